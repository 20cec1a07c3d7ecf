"""A page per theme with the problems, causes, practices, outcomes and suggestions of all cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import product
from urllib.parse import urlencode

from casebook.library.folder import Library
from casebook.site.alike import AlikeGroups
from casebook.site.case_items import (
    CaseItem,
    assign_theme_slugs,
    build_item_address,
    quote_block,
    render_evidence_mark,
    render_origin,
)
from casebook.site.html import SitePage, TocItem, render_title, tag
from casebook.site.matrix import (
    MatrixCells,
    build_cell_name,
    find_cells,
    render_cell_pages,
    render_matrix,
)
from casebook.vocabulary import Theme

MOST_QUOTATIONS = 12
"""Quotations of one role on a theme's page; a link to the search leads to the others."""

MOST_KEPT_NAMES = 40
"""Names of themes, present and former, up to which each cell of the matrix keeps its address: their
number grows with the square."""

THEME_SECTIONS = (
    ("problem", "遇到的问题", "有此问题"),
    ("cause", "说到的成因", "说到此成因"),
    ("practice", "试过的做法", "有此做法"),
    ("outcome", "报告的成效", "报告此成效"),
    ("suggestion", "提出的建议", "有此建议"),
    ("lesson", "得出的启示", "有此启示"),
)
"""Role, heading, and the phrase for what several cases share, in the order of the story."""


def render_theme_pages(
    library: Library, items: Sequence[CaseItem], groups: AlikeGroups
) -> dict[str, SitePage]:
    """The overview of all themes and the page of each theme that has an item."""
    by_theme: dict[str, list[CaseItem]] = {}
    for item in items:
        for name in item.themes:
            by_theme.setdefault(name, []).append(item)
    names = assign_theme_slugs(library)
    matrix_cells = find_cells(items)
    pages = {
        "themes/index.md": _render_overview(library, by_theme, matrix_cells),
        **render_cell_pages(library, matrix_cells),
    }
    for theme in library.vocabulary.themes.values():
        if found := by_theme.get(theme.name):
            pages[f"themes/{names[theme.name]}.md"] = _render_theme_page(theme, found, groups)
    return pages | dict(_render_former_pages(library, pages))


def _render_former_pages(
    library: Library, pages: Mapping[str, SitePage]
) -> Iterator[tuple[str, SitePage]]:
    """What keeps the addresses of former names, and of pages that have nothing to list now.

    They lead to the page of the present name, or to the overview.
    """
    slugs = assign_theme_slugs(library)
    present = {name: library.vocabulary.theme_name(name) for name in slugs}
    addresses = [(slugs[name], slugs[own], own) for name, own in present.items()]
    for row, column in product(slugs, repeat=2) if len(slugs) <= MOST_KEPT_NAMES else ():
        own_row, own_column = present[row], present[column]
        target = build_cell_name(own_row, own_column, slugs)
        addresses.append((build_cell_name(row, column, slugs), target, f"{own_row}，{own_column}"))
    for address, target, name in addresses:
        if f"themes/{address}.md" not in pages:
            is_there = f"themes/{target}.md" in pages
            named = (f"{target}.html", name) if is_there else ("index.html", "按主题查找")
            yield f"themes/{address}.md", _render_former_page(name, *named)


def _render_former_page(title: str, target: str, name: str) -> SitePage:
    link = tag("a", escape(name), href=target)
    body = render_title(title) + tag("p", f"请看 {link}。")
    return SitePage(title, body, refresh=target, bare=True)


def _render_theme_page(theme: Theme, items: Sequence[CaseItem], groups: AlikeGroups) -> SitePage:
    by_key = {item.key: item for item in items}
    parts, sections = [], []
    absent = ""
    for role, heading, common in THEME_SECTIONS:
        found = [item for item in items if item.block.role == role]
        if not found:  # others may have linked to it
            absent += tag("span", "", id=f"cb_{role}")
        else:
            sections.append(TocItem(2, f"cb_{role}", heading))
            parts.append(_render_section(theme, role, heading, common, found, by_key, groups))
    cases = len({item.case.id for item in items})
    intro = f"{escape(theme.description)}。{cases} 个案例里有 {len(items)} 条谈到。"
    top = tag("p", tag("a", "全部主题", href="index.html"), class_="cb-up")
    opening = (
        top,
        render_title(theme.name),
        tag("p", intro, class_="cb-intro"),
        absent + _render_jump_links(items),
    )
    html = tag("div", "\n".join((*opening, *parts)), class_="cb-theme")
    return SitePage(theme.name, html, tuple(sections), description=theme.description)


def _render_jump_links(items: Sequence[CaseItem]) -> str:
    """Links to the sections with their counts."""
    counts = Counter(item.block.role for item in items)
    links = [
        tag("a", f"{heading} {tag('b', str(counts[role]))}", href=f"#cb_{role}")
        for role, heading, _ in THEME_SECTIONS
        if counts[role]
    ]
    return tag("nav", "".join(links), class_="cb-jump", aria_label="本页内容")


def _render_section(
    theme: Theme,
    role: str,
    heading: str,
    common: str,
    items: Sequence[CaseItem],
    by_key: Mapping[str, CaseItem],
    groups: AlikeGroups,
) -> str:
    answers = sorted(_group_answers(items, by_key, groups), key=_rank_answer, reverse=True)
    shown = "".join(_render_answer(answer, common) for answer in answers[:MOST_QUOTATIONS])
    more = ""
    if len(answers) > MOST_QUOTATIONS:
        query = urlencode({"role": role, "theme": theme.name})
        href = f"../search/index.html?{query}"
        more = tag("p", tag("a", f"查看全部 {len(items)} 条", href=href), class_="cb-more")
    listed = tag("ul", shown, class_="cb-answers")
    return tag("h2", escape(heading), id=f"cb_{role}", class_=f"cb-part cb-part--{role}") + (
        listed + more
    )


def _group_answers(
    items: Iterable[CaseItem], by_key: Mapping[str, CaseItem], groups: AlikeGroups
) -> Iterator[list[CaseItem]]:
    """Groups of near-identical items, with one item per case."""
    seen: set[str] = set()
    for item in items:
        if item.key in seen:
            continue
        alike = [by_key[key] for key in groups.get(item.key, ()) if key in by_key]
        seen.update(other.key for other in alike)
        by_case = {other.case.id: other for other in (*reversed(alike), item)}
        yield [item, *(other for key, other in sorted(by_case.items()) if key != item.case.id)]


def _rank_answer(answer: Sequence[CaseItem]) -> tuple[int, bool, str]:
    """The sort key: items of many cases first, then outcomes with quantities, then the newest."""
    return len(answer), answer[0].has_quantities, answer[0].case.date


def _render_answer(answer: Sequence[CaseItem], common: str) -> str:
    first = answer[0]
    heading = (first.block.heading or "").strip("。")
    quoted = quote_block(first.block)
    words = escape(heading) if heading else escape(quoted)
    link = tag("a", words, href=build_item_address(first)) + render_evidence_mark(first)
    parts = [tag("p", link, class_="cb-answers__title")]
    if heading and quoted:
        parts.append(tag("blockquote", tag("p", escape(quoted))))
    parts.append(tag("p", _render_origins(answer, common), class_="cb-answers__source"))
    return tag("li", "".join(parts))


def _render_origins(answer: Sequence[CaseItem], common: str) -> str:
    if len(answer) == 1:
        return render_origin(answer[0].case)
    links = "、".join(
        tag("a", escape(item.case.title), href=build_item_address(item))
        for item in answer[:MOST_QUOTATIONS]
    )
    count = tag("strong", f"{len(answer)} 个案例{common}", class_="cb-common")
    return f"{count}：{links}" + ("等" if len(answer) > MOST_QUOTATIONS else "")


def _render_overview(
    library: Library, by_theme: Mapping[str, Sequence[CaseItem]], found: MatrixCells
) -> SitePage:
    tiles = _render_theme_tiles(library, by_theme)
    grid = render_matrix(library, found)
    parts = [render_title("按主题查找"), tag("p", _OVERVIEW_INTRO, class_="cb-intro"), tiles]
    sections: tuple[TocItem, ...] = ()
    if grid:
        parts += [tag("h2", "成因与做法", id="cb_matrix"), grid]
        sections = (TocItem(2, "cb_matrix", "成因与做法"),)
    return SitePage("主题", "\n".join(parts), sections, wide=True)


_OVERVIEW_INTRO = (
    "主题把不同案例里的同类问题、成因和做法连在一起，由公开的关键词判定，"
    "判得不对可以在案例文件里改。"
)


def _render_theme_tiles(library: Library, by_theme: Mapping[str, Sequence[CaseItem]]) -> str:
    """Links to the themes that have items, with their descriptions; '' if none has."""
    names = assign_theme_slugs(library)
    tiles = [
        tag(
            "a",
            tag("strong", escape(theme.name))
            + tag("small", escape(theme.description))
            + tag("span", f"{len(by_theme[theme.name])} 条"),
            href=f"{names[theme.name]}.html",
            class_="cb-topic",
        )
        for theme in library.vocabulary.themes.values()
        if by_theme.get(theme.name)
    ]
    return tag("nav", "".join(tiles), class_="cb-topics", aria_label="主题") if tiles else ""

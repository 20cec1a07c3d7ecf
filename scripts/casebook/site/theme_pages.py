"""A page per theme with the problems, causes, practices, outcomes and suggestions of all cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape

from casebook.library.folder import Library
from casebook.site.alike import AlikeGroups
from casebook.site.case_items import (
    CaseItem,
    assign_theme_slugs,
    build_item_address,
    name_heading,
    quote_block,
    render_evidence_mark,
    render_origin,
)
from casebook.site.former_pages import build_list_name, render_former_pages
from casebook.site.html import SitePage, TocItem, fold_rest, render_title, tag
from casebook.site.list_filter import NO_FILTER, ListFilter
from casebook.site.listings import paginate_entries
from casebook.site.matrix import MatrixCells, find_cells, render_cell_pages, render_matrix
from casebook.vocabulary import Theme

SHOWN_QUOTATIONS = 3
"""Quotations of one role that a theme's page shows at once: a screen of a phone."""

MOST_QUOTATIONS = 25
"""Quotations on the page at all; all items are on pages of their own then."""

SHOWN_TILES = 12
"""Themes that the overview shows at once, those with most items."""

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
    library: Library,
    items: Sequence[CaseItem],
    groups: AlikeGroups,
    entries: Mapping[str, str],
    narrow: ListFilter = NO_FILTER,
) -> dict[str, SitePage]:
    """The overview of all themes and the page of each theme that has an item.

    `entries` has the HTML of each item in a list by its key, `narrow` is the form above lists.
    """
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
            page = _render_theme_page(theme, names[theme.name], found, groups)
            pages[f"themes/{names[theme.name]}.md"] = page
            pages |= _render_lists(theme, names[theme.name], found, entries, narrow)
    listed = [role for role, _, _ in THEME_SECTIONS]
    return pages | dict(render_former_pages(library, pages, listed))


def _render_lists(
    theme: Theme,
    slug: str,
    items: Sequence[CaseItem],
    entries: Mapping[str, str],
    narrow: ListFilter,
) -> dict[str, SitePage]:
    """All items of a theme and role, where its page cannot quote them all."""
    pages: dict[str, SitePage] = {}
    for role, heading, _ in THEME_SECTIONS:
        found = [item for item in items if item.block.role == role]
        if len(found) > MOST_QUOTATIONS:
            ranked = sorted(found, key=partial(_rank_item, theme), reverse=True)
            listed = [entries[item.key] for item in ranked]
            name, path = f"{theme.name}：{heading}", f"themes/{build_list_name(slug, role)}"
            up = (theme.name, f"{slug}.html")
            tools = narrow.render(theme=[theme.name], role=[role])
            pages |= paginate_entries(path, name, "证据多的在前。", listed, up, tools)
    return pages


def _render_theme_page(
    theme: Theme, slug: str, items: Sequence[CaseItem], groups: AlikeGroups
) -> SitePage:
    by_key = {item.key: item for item in items}
    parts, sections = [], []
    absent = ""
    for role, heading, common in THEME_SECTIONS:
        found = [item for item in items if item.block.role == role]
        if not found:  # others may have linked to it
            absent += tag("span", "", id=f"cb_{role}")
        else:
            sections.append(TocItem(2, f"cb_{role}", heading))
            answers = list(_group_answers(found, by_key, groups))
            answers.sort(key=partial(_rank_answer, theme), reverse=True)
            title = tag("h2", escape(heading), id=f"cb_{role}", class_=f"cb-part cb-part--{role}")
            more = _link_list(slug, role, len(found))
            parts.append(title + _render_answers(answers, common, more))
    cases = len({item.case.id for item in items})
    about = f"{escape(theme.description)}。" if theme.description else ""
    intro = f"{about}{cases} 个案例里有 {len(items)} 条谈到。"
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


def _link_list(slug: str, role: str, count: int) -> str:
    """A link to the list of all items; '' where the page quotes them all."""
    if count <= MOST_QUOTATIONS:
        return ""
    href = f"{build_list_name(slug, role)}.html"
    return tag("p", tag("a", f"查看全部 {count} 条", href=href), class_="cb-more")


def _render_answers(answers: Sequence[Sequence[CaseItem]], common: str, more: str) -> str:
    """The first quotations at once, the others to unfold, and what leads to all."""
    quoted = [_render_answer(answer, common) for answer in answers[:MOST_QUOTATIONS]]
    lists = [
        tag("ul", "".join(part), class_="cb-answers")
        for part in (quoted[:SHOWN_QUOTATIONS], quoted[SHOWN_QUOTATIONS:])
        if part
    ]
    rest = lists[1] if len(lists) > 1 else ""
    return fold_rest(lists[0], rest, f"另 {len(quoted) - SHOWN_QUOTATIONS} 条") + more


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


def _rank_answer(
    theme: Theme, answer: Sequence[CaseItem]
) -> tuple[int, tuple[bool, bool, bool, str]]:
    """The sort key: what many cases have first, then by the evidence of the first item."""
    return len(answer), _rank_item(theme, answer[0])


def _rank_item(theme: Theme, item: CaseItem) -> tuple[bool, bool, bool, str]:
    """The sort key: mainly about the theme, with figures, with a heading, the newest: first."""
    is_main = item.themes[0] == theme.name
    return is_main, item.has_quantities, bool(item.block.heading), item.case.date


def _render_answer(answer: Sequence[CaseItem], common: str) -> str:
    first = answer[0]
    heading = name_heading(first.block.heading or "")
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
    if not grid:  # others may have linked to it
        parts.append(tag("span", "", id="cb_matrix"))
    else:
        parts += [tag("h2", "成因与做法", id="cb_matrix"), grid]
        sections = (TocItem(2, "cb_matrix", "成因与做法"),)
    return SitePage("主题", "\n".join(parts), sections, wide=True)


_OVERVIEW_INTRO = (
    "主题把不同案例里的同类问题、成因和做法连在一起，由公开的关键词判定，"
    "判得不对可以在案例文件里改。"
)


def _render_theme_tiles(library: Library, by_theme: Mapping[str, Sequence[CaseItem]]) -> str:
    """Links to the themes that have items, those with most first; '' if none has."""
    slugs = assign_theme_slugs(library)
    named = [theme for theme in library.vocabulary.themes.values() if theme.name in by_theme]
    named.sort(key=lambda theme: len(by_theme[theme.name]), reverse=True)
    tiles = [_render_tile(theme, slugs[theme.name], len(by_theme[theme.name])) for theme in named]
    navs = [
        tag("nav", "".join(part), class_="cb-topics", aria_label=label)
        for part, label in ((tiles[:SHOWN_TILES], "主题"), (tiles[SHOWN_TILES:], "更多主题"))
        if part
    ]
    rest = navs[1] if len(navs) > 1 else ""
    return fold_rest(navs[0], rest, f"另 {len(tiles) - SHOWN_TILES} 个主题") if navs else ""


def _render_tile(theme: Theme, slug: str, count: int) -> str:
    name, about = tag("strong", escape(theme.name)), tag("small", escape(theme.description))
    words = name + about + tag("span", f"{count} 条")
    return tag("a", words, href=f"{slug}.html", class_="cb-topic")

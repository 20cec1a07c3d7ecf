"""Lists across cases: all practices, causes, solutions …, and all cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from casebook.model import Case
from casebook.site.case_items import (
    CaseItem,
    build_item_address,
    quote_block,
    render_evidence_mark,
    render_origin,
)
from casebook.site.case_page import describe_block, render_role_label
from casebook.site.html import SitePage, render_title, tag
from casebook.site.list_filter import NO_FILTER, ListFilter
from casebook.vocabulary import Vocabulary

ENTRIES_PER_PAGE = 50
"""Entries on one page of a list."""

NEWEST_FIRST = "新的在前，没有写明日期的在后。"
"""The order of most lists, for readers."""

ROLES_PAGE = ("按内容浏览", "roles.html")
"""The name and the address of the page above the lists of items."""

BROWSE_PAGE = ("分类浏览", "browse.html")
"""The name and the address of the page above the lists of cases."""

NO_SLUGS: Mapping[str, str] = {}
"""For lists of a library without pages of themes."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the blocks that have one of `roles`."""

    name: str
    title: str
    roles: tuple[str, ...]
    intro: str


LISTINGS = (
    Listing("problems", "问题", ("problem",), "遇到了什么困难、短板和矛盾。"),
    Listing("causes", "成因", ("cause",), "问题为什么会出现。"),
    Listing("practices", "做法", ("practice",), "各单位做了什么、怎么做的。"),
    Listing(
        "solutions", "建议与做法", ("practice", "suggestion"), "解决问题的办法：做过的和建议做的。"
    ),
    Listing("outcomes", "成效", ("outcome",), "取得了什么结果。"),
    Listing("lessons", "启示", ("lesson",), "从中得到的体会。"),
)
"""The lists of the site, in the order of the navigation."""


def render_listing_pages(
    cases: Sequence[Case],
    items: Sequence[CaseItem],
    entries: Mapping[str, str],
    narrow: ListFilter = NO_FILTER,
    slugs: Mapping[str, str] = NO_SLUGS,
) -> dict[str, SitePage]:
    """All lists, by source path (lists/practices.md, lists/practices-2.md …), the newest first.

    `entries` has the HTML of each entry by the key of the item or the id of the case, `slugs` the
    file names of the pages of themes. `narrow` is the form above each list.
    """
    pages = {}
    for listing in LISTINGS:
        selected = select_items(listing, items)
        found = [entries[item.key] for item in selected]
        tools = narrow.render(role=listing.roles) + _link_themes(listing, selected, slugs)
        path, intro = f"lists/{listing.name}", f"{listing.intro}{NEWEST_FIRST}"
        pages.update(paginate_entries(path, listing.title, intro, found, ROLES_PAGE, tools))
    listed = [entries[case.id] for case in sort_newest_first(cases)]
    tools = narrow.render()
    pages.update(paginate_entries("lists/cases", "全部案例", NEWEST_FIRST, listed, tools=tools))
    return pages


def select_items(listing: Listing, items: Sequence[CaseItem]) -> list[CaseItem]:
    """The items of a list, in their order."""
    return [item for item in items if item.block.role in listing.roles]


def _link_themes(listing: Listing, items: Sequence[CaseItem], slugs: Mapping[str, str]) -> str:
    """Links to the same list by theme; '' where no item has one."""
    counts = Counter(theme for item in items for theme in item.themes)
    named = [theme for theme in slugs if counts[theme]]
    named.sort(key=lambda theme: -counts[theme])
    links = [
        tag(
            "a",
            f"{escape(theme)} {tag('b', str(counts[theme]))}",
            href=f"../themes/{slugs[theme]}.html#cb_{listing.roles[0]}",
        )
        for theme in named
    ]
    return tag("nav", "".join(links), class_="cb-jump", aria_label="按主题") if links else ""


def sort_newest_first(cases: Sequence[Case]) -> list[Case]:
    """Cases by date, the newest first; those without a date last; by id within a date."""
    return sorted(sorted(cases, key=lambda case: case.id), key=lambda case: case.date, reverse=True)


def sort_items_newest_first(items: Sequence[CaseItem]) -> list[CaseItem]:
    """Items by the date of their case, in their order within a case; those without a date last."""
    ordered = sorted(items, key=lambda item: item.case.id)
    return sorted(ordered, key=lambda item: item.case.date, reverse=True)


def _render_entries(items: Sequence[str], first: int) -> str:
    return tag("ol", "".join(items), class_="cb-list", start=str(first)) if items else ""


def paginate_entries(
    path: str,
    name: str,
    intro: str,
    items: Sequence[str],
    up: tuple[str, str] = ("", ""),
    tools: str = "",
    render: Callable[[Sequence[str], int], str] = _render_entries,
    wide: bool = False,
) -> dict[str, SitePage]:
    """Divide a list of rendered entries into pages (path, path-2 …) that link to each other.

    `up` is the name and address of the page above them; `tools` stands above the entries, which
    `render` puts together, given the number of the first.
    """
    above = tag("p", tag("a", escape(up[0]), href=up[1]), class_="cb-up") if up[0] else ""
    count = max(1, -(-len(items) // ENTRIES_PER_PAGE))
    pages = {}
    for number in range(1, count + 1):
        shown = items[(number - 1) * ENTRIES_PER_PAGE : number * ENTRIES_PER_PAGE]
        heading = name if number == 1 else f"{name}（第 {number} 页）"
        parts = [
            above + render_title(heading),
            tag("p", f"{escape(intro)}{_render_total(items)}", class_="cb-intro"),
            tools if items else "",
            render(shown, (number - 1) * ENTRIES_PER_PAGE + 1),
            _render_pager(path, number, count),
        ]
        pages[_build_page_path(path, number)] = SitePage(heading, "\n".join(parts), wide=wide)
    return pages


def _render_total(items: Sequence[str]) -> str:
    return f"共 {len(items)} 条。" if items else "现在还没有。"


def _build_page_path(path: str, number: int) -> str:
    return f"{path}.md" if number == 1 else f"{path}-{number}.md"


def _render_pager(path: str, number: int, count: int) -> str:
    """Links to the neighbors and the ends of a list; '' for a list of one page."""
    if count == 1:
        return ""
    names = (("第一页", 1, ""), ("上一页", number - 1, "prev"))
    more = (("下一页", number + 1, "next"), ("最后一页", count, ""))
    before = [_render_page_link(path, *link) for link in names if number > 1]
    after = [_render_page_link(path, *link) for link in more if number < count]
    middle = tag("span", f"第 {number} / {count} 页", aria_current="page")
    return tag("nav", " ".join((*before, middle, *after)), class_="cb-pager", aria_label="翻页")


def _render_page_link(path: str, name: str, number: int, rel: str) -> str:
    file = _build_page_path(path, number).rpartition("/")[2].removesuffix(".md")
    return tag("a", name, href=f"{file}.html", rel=rel)


def render_item_entry(item: CaseItem, vocabulary: Vocabulary) -> str:
    """An item in a list: role and heading, the first sentences, its case."""
    role = vocabulary.roles.get(item.block.role)
    link = tag("a", escape(describe_block(item.block, 60)), href=build_item_address(item))
    excerpt = quote_block(item.block) if item.block.heading else ""
    return tag(
        "li",
        tag(
            "p",
            render_role_label(role) + link + render_evidence_mark(item),
            class_="cb-list__title",
        )
        + (tag("p", escape(excerpt), class_="cb-list__text") if excerpt else "")
        + tag("p", render_origin(item.case), class_="cb-list__case"),
    )


def render_case_entry(case: Case) -> str:
    """A case in a list: title, the first sentences, its facts."""
    facts = describe_case(case)
    link = tag("a", escape(case.title), href=f"../cases/{case.id}.html")
    lead = quote_block(case.blocks[0])
    return tag(
        "li",
        tag("p", link, class_="cb-list__title")
        + (tag("p", escape(lead), class_="cb-list__text") if lead else "")
        + (tag("p", escape(facts), class_="cb-list__case") if facts else ""),
    )


def describe_case(case: Case) -> str:
    """Kind, region, organ and date of a case, as far as known, on one line."""
    return "，".join(f for f in (case.kind, case.region, case.organ, case.date) if f)


def count_listings(items: Sequence[CaseItem]) -> Iterator[tuple[str, str, int]]:
    """Name, title and number of entries of each list that is not empty."""
    for listing in LISTINGS:
        if found := sum(item.block.role in listing.roles for item in items):
            yield listing.name, listing.title, found

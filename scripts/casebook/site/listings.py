"""Lists across cases: all practices, causes, solutions …, and all cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook import markup
from casebook.library import Library
from casebook.model import Block, Case
from casebook.site.case_page import block_title, role_label
from casebook.site.html import Page, tag, text, title

PER_PAGE = 200
"""Entries on one page of a list."""

EXCERPT = 90
"""Characters of a block's text that a list shows."""

OWN_TEXT = 300
"""Characters from which a section's own text is more than a way into its items."""


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


@dataclass(frozen=True, slots=True)
class Entry:
    """A block in a list with the case it belongs to."""

    case: Case
    block: Block


def entries(cases: Sequence[Case], roles: Sequence[str]) -> list[Entry]:
    """Blocks with one of the roles; a section whose items have it is listed by its items.

    What a reader cites is one practice, not the chapter of them. A section that says much itself
    (OWN_TEXT) is listed beside its items.
    """
    return [
        Entry(case, block)
        for case in cases
        for index, block in enumerate(case.blocks)
        if block.level > 1 and block.role in roles and _stands(case.blocks, index, roles)
    ]


def _stands(blocks: Sequence[Block], index: int, roles: Sequence[str]) -> bool:
    return len(blocks[index].text) >= OWN_TEXT or not _has_items(blocks, index, roles)


def _has_items(blocks: Sequence[Block], index: int, roles: Sequence[str]) -> bool:
    """Whether a block below this one, in its section, is itself an entry."""
    for below in blocks[index + 1 :]:
        if below.level <= blocks[index].level:
            return False
        if below.role in roles:
            return True
    return False


def listing_pages(library: Library) -> dict[str, Page]:
    """All lists, by source path (lists/practices.md, lists/practices-2.md …)."""
    pages = {}
    for listing in LISTINGS:
        found = entries(library.cases, listing.roles)
        items = [_entry(entry, library) for entry in found]
        pages.update(_numbered(f"lists/{listing.name}", listing.title, listing.intro, items))
    cases = [_case_item(case) for case in newest_first(library.cases)]
    intro = "新的在前，没有写明日期的在后。"
    pages.update(_numbered("lists/cases", "全部案例", intro, cases))
    return pages


def newest_first(cases: Sequence[Case]) -> list[Case]:
    """Cases by date, the newest first; those without a date behind them; by id within a date."""
    return sorted(sorted(cases, key=lambda case: case.id), key=lambda case: case.date, reverse=True)


def _numbered(path: str, name: str, intro: str, items: Sequence[str]) -> dict[str, Page]:
    """A list cut into pages that know each other."""
    count = max(1, -(-len(items) // PER_PAGE))
    pages = {}
    for number in range(1, count + 1):
        shown = items[(number - 1) * PER_PAGE : number * PER_PAGE]
        heading = name if number == 1 else f"{name}（第 {number} 页）"
        parts = [
            title(heading),
            tag("p", f"{text(intro)}{_total(items)}", class_="cb-intro"),
            _ordered(shown, (number - 1) * PER_PAGE + 1),
            _pager(path, number, count),
        ]
        pages[_path(path, number)] = Page(heading, "\n".join(parts))
    return pages


def _ordered(items: Sequence[str], first: int) -> str:
    return tag("ol", "".join(items), class_="cb-list", start=str(first)) if items else ""


def _total(items: Sequence[str]) -> str:
    return f"共 {len(items)} 条。" if items else "现在还没有。"


def _path(path: str, number: int) -> str:
    return f"{path}.md" if number == 1 else f"{path}-{number}.md"


def _pager(path: str, number: int, count: int) -> str:
    """Links to the neighbors and the ends of a list; nothing where it has one page."""
    if count == 1:
        return ""
    names = (("第一页", 1, ""), ("上一页", number - 1, "prev"))
    more = (("下一页", number + 1, "next"), ("最后一页", count, ""))
    before = [_page_link(path, *link) for link in names if number > 1]
    after = [_page_link(path, *link) for link in more if number < count]
    middle = tag("span", f"第 {number} / {count} 页", aria_current="page")
    return tag("nav", " ".join((*before, middle, *after)), class_="cb-pager", aria_label="翻页")


def _page_link(path: str, name: str, number: int, rel: str) -> str:
    file = _path(path, number).removeprefix("lists/").removesuffix(".md")
    return tag("a", name, href=f"{file}.html", rel=rel)


def _entry(entry: Entry, library: Library) -> str:
    role = library.vocabulary.roles.get(entry.block.role)
    address = f"../cases/{entry.case.id}.html#{entry.block.anchor}"
    headline = role_label(role) + tag("a", text(block_title(entry.block, 60)), href=address)
    excerpt = _excerpt(entry.block) if entry.block.heading else ""
    return tag(
        "li",
        tag("p", headline, class_="cb-list__title")
        + (tag("p", text(excerpt), class_="cb-list__text") if excerpt else "")
        + tag("p", _from_case(entry.case), class_="cb-list__case"),
    )


def _excerpt(block: Block) -> str:
    plain = markup.to_plain(block.text).replace("\n", " ")
    return plain if len(plain) <= EXCERPT else plain[:EXCERPT] + "…"


def _from_case(case: Case) -> str:
    facts = "，".join(fact for fact in (case.region, case.organ, case.date) if fact)
    link = tag("a", text(case.title), href=f"../cases/{case.id}.html")
    return f"出自 {link}" + (f"（{text(facts)}）" if facts else "")


def _case_item(case: Case) -> str:
    facts = "，".join(f for f in (case.kind, case.region, case.organ, case.date) if f)
    link = tag("a", text(case.title), href=f"../cases/{case.id}.html")
    lead = _excerpt(case.blocks[0])
    return tag(
        "li",
        tag("p", link, class_="cb-list__title")
        + (tag("p", text(lead), class_="cb-list__text") if lead else "")
        + (tag("p", text(facts), class_="cb-list__case") if facts else ""),
    )


def counts(library: Library) -> Iterator[tuple[str, str, int]]:
    """Name, title and number of entries of each list that is not empty."""
    for listing in LISTINGS:
        if found := len(entries(library.cases, listing.roles)):
            yield listing.name, listing.title, found

"""Cases and items as documents: their passages, and the line that says where each comes from.

docs/scripts/export/excerpts.js makes the same of what a reader has collected in the browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from casebook.export.passages import (
    Passage,
    format_date,
    list_passages,
    list_signature,
    make_title,
    name_heading_kind,
)
from casebook.model import Block, Case
from casebook.site.publications import find_publication

EXCERPTS_TITLE = "经验摘录"
"""The title of a document of items where nobody gives another."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A case, or with an `anchor` one of its items; fields that are not known are ''.

    `role` is a name, `published` the original publication, `address` that of the item on the site.
    """

    id: str
    anchor: str
    title: str
    heading: str
    role: str
    organ: str
    region: str
    date: str
    published: str
    address: str
    passages: tuple[Passage, ...]


def make_excerpt(
    case: Case, anchor: str, roles: Mapping[str, str], site: str, *, alone: bool = False
) -> Excerpt:
    """An item with the blocks below it (not if `alone`), without an `anchor` the whole case.

    `roles` are names by id, `site` is the site's address, '' where it is not known. Raises
    LookupError for an anchor that the case does not have.
    """
    blocks = _select_blocks(case, anchor) if anchor else case.blocks
    first = blocks[0]
    original = find_publication(case)
    return Excerpt(
        id=case.id,
        anchor=anchor,
        title=case.title,
        heading=(first.heading or "") if anchor else case.title,
        role=roles.get(first.role, "") if anchor else "",
        organ=case.organ,
        region=case.region,
        date=case.date,
        published=original.described if original else "",
        address=build_address(site, case.id, anchor),
        passages=tuple(_list_inner_passages(blocks[:1] if alone else blocks)),
    )


def _select_blocks(case: Case, anchor: str) -> Sequence[Block]:
    """A block and those below it."""
    start = [block.anchor for block in case.blocks].index(anchor)
    level = case.blocks[start].level
    below = takewhile(lambda block: block.level > level, case.blocks[start + 1 :])
    return (case.blocks[start], *below)


def _list_inner_passages(blocks: Sequence[Block]) -> Iterator[Passage]:
    """The text of the first block, which has the heading of the excerpt, and all of the others."""
    first, *below = blocks
    yield from list_passages([replace(first, heading=None)])
    yield from list_passages(below, shift=2 - first.level)


def build_address(site: str, case_id: str, anchor: str = "") -> str:
    """The permanent address of a case or an item; '' where the site's address is not known."""
    if not site:
        return ""
    return f"{site.rstrip('/')}/cases/{case_id}.html" + (f"#{anchor}" if anchor else "")


def make_case_document(case: Case, site: str) -> list[Passage]:
    """A whole case: title, who wrote it and when, text, source."""
    original = find_publication(case)
    published = original.described if original else ""
    origin = describe_case_origin(case.id, published, build_address(site, case.id))
    return [
        make_title(case.title),
        *list_passages(case.blocks),
        *list_signature(case),
        Passage("source", origin),
    ]


def make_collection(cases: Sequence[Case], site: str) -> list[Passage]:
    """Several cases in one document: a list of their titles, and each on a page of its own."""
    listed = (Passage("contents", case.title) for case in cases)
    inner = (passage for case in cases for passage in make_case_document(case, site))
    return [Passage("contents-title", "目录"), *listed, *inner]


def make_excerpt_document(title: str, excerpts: Sequence[Excerpt]) -> list[Passage]:
    """Excerpts in their order, each with its source."""
    inner = (passage for excerpt in excerpts for passage in _list_excerpt_passages(excerpt))
    return [make_title(title), *inner]


def _list_excerpt_passages(excerpt: Excerpt) -> Iterator[Passage]:
    if excerpt.heading:
        yield Passage(name_heading_kind(0), excerpt.heading)
    yield from excerpt.passages
    yield Passage("source", describe_origin(excerpt))


def describe_case_origin(case_id: str, published: str, address: str) -> str:
    """The line at the end of a whole case."""
    here = address or f"经验库案例 {case_id}"
    return f"来源：{published}；收录于 {here}" if published else f"来源：{here}"


def describe_origin(excerpt: Excerpt) -> str:
    """The line below an excerpt: organ, title, date, role, original publication, address."""
    organ = f"{excerpt.organ}：" if excerpt.organ else ""
    date = f"（{format_date(excerpt.date)}）" if excerpt.date else ""
    facts = (
        f"——{organ}《{excerpt.title}》{date}",
        excerpt.role,
        f"原载 {excerpt.published}" if excerpt.published else "",
        excerpt.address or f"经验库案例 {'#'.join(filter(None, (excerpt.id, excerpt.anchor)))}",
    )
    return "，".join(filter(None, facts))

"""Where the sections and items of a case stand in its source: page, paragraph, line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html import escape

from casebook.library.source_records import PartRange
from casebook.library.stored_sources import StoredText
from casebook.model import Block, Line
from casebook.site.html import tag

HEADING_CHARACTERS = 40
"""Characters of a heading in the list of places."""


def render_block_places(part: PartRange, stored: StoredText, blocks: Sequence[Block]) -> str:
    """A list that opens to the place of each block, linked to the block; '' without places."""
    rows = list(_render_rows(dict(part.blocks), stored, blocks))
    if not rows:
        return ""
    head = tag("summary", f"各部分在来源里的位置，共 {len(rows)} 处")
    return tag("details", head + tag("ul", "".join(rows)), class_="cb-repairs")


def _render_rows(
    places: dict[str, int], stored: StoredText, blocks: Sequence[Block]
) -> Iterator[str]:
    for block in blocks:
        if block.anchor in places:
            number = bisect_right(stored.line_starts, places[block.anchor]) - 1
            name = (block.heading or block.text)[:HEADING_CHARACTERS]
            link = tag("a", escape(name), href=f"#{block.anchor}")
            yield tag("li", f"{link}：{name_place(stored.lines[number], number + 1)}")


def name_place(line: Line, number: int) -> str:
    """The place of a line in words; `number` counts lines from 1, for a form that says nothing."""
    facts = line.facts
    page = f"第 {facts.page} 页" if facts.page else ""
    if facts.cell:
        return f"{page}第 {facts.cell[0]} 个表格第 {facts.cell[1]} 行"
    if facts.paragraph:
        return f"{page}第 {facts.paragraph} 段"
    return page or f"第 {number} 行"

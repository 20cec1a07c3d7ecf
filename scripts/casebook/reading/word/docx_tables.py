"""Tables of Word files: rows and cells with their spans, and how a table becomes lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from casebook.model import Line, LineFacts
from casebook.reading.forms import table_lines
from casebook.reading.word.docx_names import CELL, NOT_SHOWN, ROW, VAL, W, is_on, number, value
from casebook.reading.word.safe_xml import Element

MOST_COLUMNS, MOST_CELLS = 64, 100_000
"""Columns of a table, of which Word has 63, and its cells; a larger one gives its paragraphs."""


class Grid(NamedTuple):
    """A table whose cells hold lines and tables; `facts` hold for all its rows."""

    number: int
    facts: LineFacts
    rows: list[list[list[Block]]]


Block = Line | Grid
"""What follows one another in a text or a cell."""

_NOTHING: list[Block] = []
"""The content of a cell that only fills the place of another; nothing is put into it."""

ReadCell = Callable[[Element], list[Block]]


def read_rows(table: Element, read_cell: ReadCell) -> list[list[list[Block]]]:
    """The rows of a table; a cell that continues a merged one is empty, as Word shows it."""
    return [list(_row_cells(row, read_cell)) for row in _children(table, ROW) if _is_shown(row)]


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also within controls and other wrappers."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in NOT_SHOWN and len(child):
            yield from _children(child, tag)


def _is_shown(row: Element) -> bool:
    form = row.find(f"{W}trPr")
    if form is None:
        return True
    return form.find(f"{W}del") is None and not is_on(form.find(f"{W}hidden"))


def _row_cells(row: Element, read_cell: ReadCell) -> Iterator[list[Block]]:
    form = row.find(f"{W}trPr")
    yield from _empty(number(value(form, "gridBefore"), 0))
    for cell in _children(row, CELL):
        properties = cell.find(f"{W}tcPr")
        if properties is not None and properties.find(f"{W}cellDel") is not None:
            continue
        yield [] if _continues(properties) else read_cell(cell)
        yield from _empty(number(value(properties, "gridSpan"), 1) - 1)
    yield from _empty(number(value(form, "gridAfter"), 0))


def _empty(count: int) -> Iterator[list[Block]]:
    yield from [_NOTHING] * min(count, MOST_COLUMNS)


def _continues(properties: Element | None) -> bool:
    """Whether a cell belongs to the one above it or before it."""
    merges = [] if properties is None else properties.findall(f"{W}vMerge")
    merges += [] if properties is None else properties.findall(f"{W}hMerge")
    return any(each.get(VAL, "continue") != "restart" for each in merges)


def lay_out(blocks: list[Block]) -> Iterator[Line]:
    """The lines of blocks; a table within a cell is text of the cell when its table is kept."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from _table(block)


def _table(grid: Grid) -> Iterator[Line]:
    width = max(map(len, grid.rows), default=0)
    lines: list[Line] = []
    if width <= MOST_COLUMNS and width * len(grid.rows) <= MOST_CELLS:
        rows = [[list(_flat(cell)) for cell in row] for row in grid.rows]
        lines += table_lines(rows, grid.number, grid.facts)
    if any(line.facts.cell for line in lines):
        yield from lines
    else:
        yield from (line for row in grid.rows for cell in row for line in lay_out(cell))


def _flat(cell: list[Block]) -> Iterator[Line]:
    for block in cell:
        if isinstance(block, Line):
            yield block
        else:
            yield from (line for row in block.rows for inner in row for line in _flat(inner))

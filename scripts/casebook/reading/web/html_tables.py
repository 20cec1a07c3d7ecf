"""Tables of a page: those of data as a grid of cells, with merged cells in their place."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from casebook.reading.forms import MOST_CELL_CHARACTERS

_NO_DATA = frozenset(
    ("table", "form", "input", "select", "h1", "h2", "h3", "iframe", "article", "section")
)
MOST_CELLS = 5_000
"""Cells of a table of data; one with more sets out a page, or is no table of a write-up."""

MOST_COLUMNS = 60
"""Columns that merged cells may make; a wider one is an error of the page."""


def is_data_table(table: etree._Element) -> bool:
    """Whether a table has rows of short cells; any other sets out a page."""
    if table.get("role") == "presentation":
        return False
    for element in table.iterdescendants(*_NO_DATA):
        return element is None  # the first one decides
    rows = list(_rows(table))
    filled = covered = count = 0
    for row in rows:
        texts = ["".join(cell.itertext()).strip() for cell in _cells(row)]
        count += len(texts)
        if count > MOST_CELLS or any(len(text) > MOST_CELL_CHARACTERS for text in texts):
            return False
        filled += sum(map(bool, texts)) + (covered > 0) > 1
        covered = max(covered - 1, *(_span(cell, "rowspan", 1000) - 1 for cell in _cells(row)))
    return len(rows) > 1 and filled > 1


def table_grid(table: etree._Element) -> list[list[etree._Element | None]]:
    """The cells by row and column; None continues a merged cell, or is missing."""
    grid: list[list[etree._Element | None]] = []
    below: dict[int, int] = {}  # rows that a cell of the column still covers
    for row in _rows(table):
        line: list[etree._Element | None] = []
        for cell in _cells(row):
            _pass_covered(line, below)
            width, height = _span(cell, "colspan", MOST_COLUMNS), _span(cell, "rowspan", 1000)
            width = max(min(width, MOST_COLUMNS - len(line)), 1)
            height = height if len(line) < MOST_COLUMNS else 1
            below |= {len(line) + place: height - 1 for place in range(width)}
            line += [cell, *[None] * (width - 1)]
        _pass_covered(line, below)
        grid.append(line)
    width = max(map(len, grid), default=0)
    return [[*line, *[None] * (width - len(line))] for line in grid]


def _pass_covered(line: list[etree._Element | None], below: dict[int, int]) -> None:
    """Go on to the next column that no cell from above covers."""
    while below.get(len(line), 0) > 0:
        below[len(line)] -= 1
        line.append(None)


def _span(cell: etree._Element, name: str, most: int) -> int:
    text = str(cell.get(name, "1")).strip()
    return min(max(int(text), 1), most) if text.isdigit() and len(text) < 5 else 1


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in table.iter("tr"):
        if next(_cells(row), None) is not None:
            yield row


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from row.iterchildren("td", "th")

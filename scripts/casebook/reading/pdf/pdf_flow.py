"""The text of all pages of a printed document in the order in which it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from casebook.model import Line, LineFacts
from casebook.reading.forms import table_lines
from casebook.reading.pdf.pdf_columns import find_gutter, order_regions
from casebook.reading.pdf.pdf_layout import (
    NO_COLUMN,
    Column,
    Layout,
    PlacedLine,
    column_edges,
    measure,
)
from casebook.reading.pdf.pdf_lines import TABLE, Run, TextLine, is_stand_in, join_texts, set_lines
from casebook.reading.pdf.pdf_margins import (
    Page,
    note_mark,
    settle_note,
    settle_raised,
    split_notes,
)
from casebook.reading.pdf.pdf_paragraphs import goes_on
from casebook.reading.pdf.pdf_tables import (
    Grid,
    find_grids,
    goes_over,
    is_rest_of_row,
    join_cells,
    table_rows,
)

_BULLET = re.compile("(?:[•◦▪‣\ue000-\uf8ff]|[·●■◆○□➢✓](?= )) *")
"""The sign of a list, which other readers leave out; without a distance only plain ones."""


@dataclass(slots=True)
class _Region:
    """A column of a page, or what stands across its columns, from top to bottom."""

    page: Page
    lines: list[TextLine]
    column: Column = NO_COLUMN


@dataclass(frozen=True, slots=True)
class _Part:
    """What a page has of a table."""

    page: Page
    grid: Grid
    runs: tuple[Run, ...]


_Table = list[_Part]
"""A table with its parts, of which each is on a page of its own."""


def read_flow(pages: Sequence[Page]) -> Iterator[Line]:
    """The paragraphs of pages; those of notes last, what stands around the text in its place."""
    found = [find_gutter(page.runs) for page in pages]
    gutters = [gutter for gutter in found if gutter is not None]
    known = gutters[:1] if len(gutters) * 2 > len(pages) else []
    tables = _find_tables(pages)
    regions = [region for page in pages for region in _find_regions(page, known, tables)]
    layout = _measure(regions)
    writer = _Writer(layout)
    notes: list[PlacedLine] = []
    for page in pages:
        own = [region for region in regions if region.page is page]
        split = [split_notes(region.lines, page.rules, layout.size) for region in own]
        marks = {note_mark(line) for _, lines in split for line in lines} - {""}
        writer.set_aside(page.above, page.number)
        for region, (lines, under) in zip(own, split, strict=True):
            notes += _place(under, region)
            for placed in _place(lines, region):
                writer.add(placed, marks, tables)
        writer.set_aside(page.below, page.number)
    yield from writer.finish(notes)


def _find_tables(pages: Sequence[Page]) -> list[_Table]:
    """The tables of all pages; a row alone is one only where it goes on over a page break."""
    tables: list[_Table] = []
    for page in pages:
        for grid in find_grids(page.rules):
            inside = tuple(run for run in page.runs if grid.holds(run))
            if not inside:
                continue
            part = _Part(page, grid, inside)
            if tables and _goes_over(tables[-1][-1], part):
                tables[-1].append(part)
            else:
                tables.append([part])
    return [table for table in tables if len(table) > 1 or not table[0].grid.is_one_row]


def _goes_over(last: _Part, part: _Part) -> bool:
    return last.page.number + 1 == part.page.number and goes_over(
        last.grid, last.page.runs, part.grid, part.page.runs
    )


def _find_regions(
    page: Page, gutters: Sequence[float], tables: Sequence[_Table]
) -> Iterator[_Region]:
    """The regions of a page; a run stands for each table that begins on it."""
    runs = page.runs
    for number, table in enumerate(tables):
        for part in table:
            if part.page is page:
                runs = [run for run in runs if not part.grid.holds(run)]
                runs += [_stand_in(part, number)] if part is table[0] else []
    for region in order_regions(runs, gutters):
        yield _Region(page, set_lines(region))


def _stand_in(part: _Part, number: int) -> Run:
    size, grid = part.runs[0].size, part.grid
    return Run(f"{TABLE}{number}", grid.xs[0], grid.xs[-1], grid.ys[0] - size, size, 0)


def _measure(regions: Sequence[_Region]) -> Layout:
    """Set the edges of the regions; the layout of their text without tables."""
    bodies = [[line for line in region.lines if not is_stand_in(line)] for region in regions]
    filled = [(region, body) for region, body in zip(regions, bodies, strict=True) if body]
    edges = column_edges([body for _, body in filled], [region.page.width for region, _ in filled])
    for (region, _), column in zip(filled, edges, strict=True):
        region.column = column
    return measure([placed for region, body in filled for placed in _place(body, region)])


def _place(lines: Iterable[TextLine], region: _Region) -> list[PlacedLine]:
    return [
        PlacedLine(line, region.page.number, region.column, place == 0)
        for place, line in enumerate(lines)
    ]


class _Writer:
    """Joins lines to paragraphs as they come, and counts these."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lines: list[Line] = []
        self._paragraph: list[PlacedLine] = []
        self._text = ""
        self._waiting: list[Line] = []
        self._count = self._tables = 0

    def set_aside(self, lines: Iterable[TextLine], page: int) -> None:
        """Add lines from around the text, after the paragraph that they may interrupt."""
        facts = LineFacts(page=page, origin="outside")
        self._waiting += [Line(settle_raised(line.text, ()), True, facts) for line in lines]
        if not self._paragraph:
            self._end_paragraph()

    def add(self, placed: PlacedLine, marks: set[str], tables: Sequence[_Table]) -> None:
        """Add a line of the text or a table; `marks` are those of the page's notes."""
        if is_stand_in(placed.line):
            self._end_paragraph()
            self._add_table(tables[int(placed.line.text[len(TABLE) :])])
            return
        if not (self._paragraph and goes_on(self._paragraph, placed, self._layout)):
            self._end_paragraph()
        self._paragraph.append(placed)
        self._text = join_texts(self._text, settle_raised(placed.line.text, marks))

    def finish(self, notes: Sequence[PlacedLine]) -> list[Line]:
        """All lines, with those of notes, each note one paragraph."""
        self._end_paragraph()
        for placed in notes:
            if note_mark(placed.line):
                self._end_paragraph("note")
            self._paragraph.append(placed)
            self._text = join_texts(self._text, settle_note(placed.line.text))
        self._end_paragraph("note")
        return self._lines

    def _end_paragraph(self, origin: str = "text") -> None:
        if self._paragraph:
            bullet = _BULLET.match(self._text)
            text = self._text[bullet.end() :] if bullet else self._text
            self._lines.append(Line(text, True, self._facts(self._paragraph, origin)))
        self._lines += self._waiting
        self._paragraph, self._text, self._waiting = [], "", []

    def _facts(self, paragraph: Sequence[PlacedLine], origin: str) -> LineFacts:
        self._count += 1
        first = paragraph[0]
        facts = LineFacts(
            page=first.page,
            paragraph=self._count,
            size=round(first.line.size, 1),
            bold=all(placed.line.weight > self._layout.weight for placed in paragraph),
            centered=paragraph[-1].is_centered
            and all(placed.is_centered or placed.rest < 1.2 for placed in paragraph),
        )
        if origin == "note":
            return replace(facts, origin="note")
        if not all(placed.line.hidden for placed in paragraph):
            return facts
        least = min(placed.line.confidence for placed in paragraph)
        return replace(facts, origin="ocr", confidence=round(least, 2))

    def _add_table(self, table: _Table) -> None:
        self._tables += 1
        self._count += 1
        rows, pages = _join_parts(table)
        facts = LineFacts(page=pages[0], paragraph=self._count)
        for line in table_lines(rows, self._tables, facts):
            page = pages[line.facts.cell[1] - 1] if line.facts.cell else pages[0]
            self._lines.append(line._replace(facts=replace(line.facts, page=page)))


def _join_parts(table: _Table) -> tuple[list[list[list[Line]]], list[int]]:
    """The rows of a table and the page of each; a head that is printed again stands once."""
    rows: list[list[list[Line]]] = []
    pages: list[int] = []
    for part in table:
        own = table_rows(part.grid, part.runs)
        if rows and own[0] == rows[0]:
            own = own[1:]
        elif rows and is_rest_of_row(own[0]):
            rows[-1] = [join_cells(*cells) for cells in zip(rows[-1], own[0], strict=True)]
            own = own[1:]
        rows += own
        pages += [part.page.number] * len(own)
    return rows, pages

"""What a reader returns, whatever form a document has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casebook.model import Line, LineFacts, UserError

MOST_CELL_CHARACTERS = 200
"""Characters of a cell; a table with a longer one sets out a page, and its cells are text."""


PAGES_WITHOUT_TEXT = "pages-without-text"
"""The remark that pages of a document are pictures of text."""


class UnreadTextError(UserError):
    """A document whose text can be seen but not read: a recognizer may read it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader left out or doubts of a document; `message` is a Chinese sentence.

    `rule` is the stable English id of the finding, such as images-left-out.
    """

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class ReadForm:
    """The lines of a document; `replaced` counts bytes that could not be decoded."""

    lines: tuple[Line, ...]
    encoding: str
    replaced: int = 0
    remarks: tuple[Remark, ...] = ()


Cell = Sequence[Line]
"""The paragraphs of a cell; a cell that continues a merged one has none."""


def table_lines(rows: Sequence[Sequence[Cell]], table: int, facts: LineFacts) -> Iterator[Line]:
    """The lines of a table: a line a row in Markdown, with the table and the row in its facts.

    `table` is its number in the document, from 1; `facts` (page, paragraph) hold for all lines. A
    table that sets out a page, with one column or long cells, gives the paragraphs of its cells.
    """
    width = max((len(row) for row in rows), default=0)
    if width < 2 or len(rows) < 2 or any(_is_long(cell) for row in rows for cell in row):
        yield from (line for row in rows for cell in row for line in cell)
        return
    for number, row in enumerate(rows, start=1):
        cells = [*map(_cell_text, row), *[""] * (width - len(row))]
        placed = replace(facts, cell=(table, number, 0))
        yield Line(f"| {' | '.join(cells)} |", True, placed)
        if number == 1:
            yield Line(f"|{' --- |' * width}", True, placed)


def _is_long(cell: Cell) -> bool:
    return sum(len(line.text) for line in cell) > MOST_CELL_CHARACTERS


def _cell_text(cell: Cell) -> str:
    """The text of a cell in one line; a bar in it is escaped, as Markdown asks."""
    return " ".join(line.text.strip() for line in cell if line.text.strip()).replace("|", "\\|")

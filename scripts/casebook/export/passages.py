"""The text of a case as passages, from which Word files, Markdown and plain text are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from casebook.model import LOWEST_LEVEL, Block, Case
from casebook.site.html import render_markdown
from casebook.text.title_lines import break_title

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a table: plain text without marks.

    `kind` is title, heading-1 to heading-5, text, table, signature, source, contents-title or
    contents. Line feeds stand only between the lines of a title. A table has `rows` and no text.
    """

    kind: str
    text: str = ""
    rows: tuple[Row, ...] = ()


_HEADING_KINDS = tuple(f"heading-{depth}" for depth in range(1, LOWEST_LEVEL))


def list_passages(blocks: Sequence[Block], shift: int = 0) -> Iterator[Passage]:
    """Blocks with their headings; `shift` moves headings to deeper levels."""
    for block in blocks:
        if block.level > 1 and block.heading:
            yield Passage(name_heading_kind(block.level - 2 + shift), block.heading)
        if block.text:
            yield from read_passages(render_markdown(block.text))


def name_heading_kind(depth: int) -> str:
    """The kind of a heading; `depth` counts from 0, and the deepest kind serves all below it."""
    return _HEADING_KINDS[max(0, min(depth, len(_HEADING_KINDS) - 1))]


def make_title(title: str) -> Passage:
    """A title in lines."""
    return Passage("title", "\n".join(break_title(title)))


def list_signature(case: Case) -> Iterator[Passage]:
    """Who wrote a case and when, as far as known: below the text, as official documents do."""
    if case.organ:
        yield Passage("signature", case.organ)
    if case.date:
        yield Passage("signature", format_date(case.date))


def format_date(date: str) -> str:
    """A date as official documents write it: 2023-05-04 is 2023年5月4日."""
    parts = date.split("-")
    if not all(part.isdecimal() for part in parts):
        return date
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def read_passages(html: str) -> list[Passage]:
    """The paragraphs and tables of safe HTML; docs/scripts/export/passages.js does it alike."""
    reader = _PassageReader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return reader.passages


_BLOCKS = frozenset(("p", "li", "blockquote", "ul", "ol", "hr", "br"))
_SPACE = " \t\r\n\u00a0\u3000"
_SOFT_BREAK = re.compile(rf"[{_SPACE}]*\n[{_SPACE}]*")
_SPACES = re.compile("[ \t\r\u00a0]+")
_LATIN_BREAK = re.compile(rf"(?<=[!-~])[{_SPACE}]*\n[{_SPACE}]*(?=[!-~])")


class _PassageReader(HTMLParser):
    """Collects text until a block begins or ends."""

    def __init__(self) -> None:
        super().__init__()
        self.passages: list[Passage] = []
        self._text = ""
        self._mark = ""
        self._is_code = False
        self._lists: list[int] = []  # items of an ordered list so far; -1 in one of signs
        self._rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, a list, a table or a part of it."""
        if tag in ("td", "th"):
            self._text = ""
        elif self._rows is not None:
            if tag == "tr":
                self._rows.append([])
            self._text += "\n" if tag in _BLOCKS else ""
        elif tag in _BLOCKS or tag in ("pre", "table"):
            self.end_paragraph()
            self._open(tag)

    def _open(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else -1)
        elif tag == "li" and self._lists:
            ordered = self._lists[-1] >= 0
            self._lists[-1] += ordered
            self._mark = f"{self._lists[-1]}. " if ordered else "• "
        elif tag == "table":
            self._rows = []
        self._is_code = tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        """End what ends there."""
        if self._rows is not None:
            if tag in ("td", "th") and self._rows:
                self._rows[-1].append(_clean(self._text))
            elif tag == "table":
                self._end_table(self._rows)
        elif tag in _BLOCKS or tag == "pre":
            self.end_paragraph()
            if tag in ("ul", "ol"):
                self._lists.pop()

    def _end_table(self, rows: Iterable[list[str]]) -> None:
        self._rows, self._text = None, ""
        filled = tuple(tuple(row) for row in rows if row)
        if filled:
            self.passages.append(Passage("table", rows=filled))

    def handle_data(self, data: str) -> None:
        """Add characters to the open paragraph or cell."""
        self._text += data

    def end_paragraph(self) -> None:
        """Note what was collected; code has a passage a line."""
        lines = self._text.split("\n") if self._is_code else [self._text]
        for line in filter(None, map(_clean, lines)):
            self.passages.append(Passage("text", self._mark + line))
            self._mark = ""
        self._text, self._is_code = "", False


def _clean(text: str) -> str:
    """A text on one line: a soft break is a space only between Latin characters."""
    joined = _SOFT_BREAK.sub("", _LATIN_BREAK.sub(" ", text.strip(_SPACE)))
    return _SPACES.sub(" ", joined)

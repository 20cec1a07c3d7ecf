"""The paragraphs of a Word file in their order, as lines with facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from casebook.model import Line, LineFacts, Origin
from casebook.reading.forms import ReadForm
from casebook.reading.word.docx_breaks import BLANKS, BREAK, PAGE_BREAK, split_breaks
from casebook.reading.word.docx_fields import fields_of
from casebook.reading.word.docx_names import (
    ALTERNATE,
    CHUNK,
    CONTROL,
    CONTROL_FORM,
    NOT_SHOWN,
    PARAGRAPH,
    PARAGRAPH_FORM,
    RUN_FORM,
    TABLE,
    R,
    W,
    chosen_branch,
    is_on,
    value,
)  # fmt: skip
from casebook.reading.word.docx_numbering import Numbering, join_label
from casebook.reading.word.docx_runs import Content, Piece, RunReader, main_look
from casebook.reading.word.docx_styles import ParagraphStyle, StyleSheet, outline_level, read_look
from casebook.reading.word.docx_tables import Block, Grid, lay_out, read_rows
from casebook.reading.word.safe_xml import Element

_ANY_BREAK = re.compile(f"[{BREAK}{PAGE_BREAK}]")
_CONTENTS_HEADING = re.compile("目[录次錄]|contents", re.I)


ReadChunk = Callable[[str], ReadForm | None]
"""The lines of an embedded document by the id of its relation, None where it cannot be read."""


@dataclass(frozen=True, slots=True)
class _Carried:
    """What a paragraph whose mark is gone gives to the next one; its label, when that is shown."""

    pieces: list[Piece] = field(default_factory=list)
    label: tuple[str, str] = ("", "")


class TextReader:
    """Reads the stories of a document one after the other: the body, boxes, notes."""

    def __init__(
        self, styles: StyleSheet, numbering: Numbering, runs: RunReader, chunks: ReadChunk
    ) -> None:
        """`runs` knows the notes that were referred to, `chunks` reads embedded documents."""
        self.has_title = False
        self._styles, self._numbering, self._runs = styles, numbering, runs
        self._paragraphs = self._tables = 0
        self._origin: Origin = "text"
        self._read_chunk = chunks
        self._row: Element | None = None
        self._row_pages = (0, 0)

    def read_story(self, story: Element, origin: Origin) -> list[Line]:
        """The lines of a story; its fields are its own."""
        fields, self._runs.fields = self._runs.fields, fields_of(story)
        with self._within(origin):
            lines = _with_contents_heading(list(lay_out(self._blocks(story))))
        self._runs.fields = fields
        return lines

    @contextmanager
    def _within(self, origin: Origin) -> Iterator[None]:
        before, self._origin = self._origin, origin
        yield
        self._origin = before

    def _blocks(self, parent: Element) -> list[Block]:
        """The paragraphs and tables of a body, a cell, a box or a note."""
        blocks: list[Block] = []
        carried = self._read_into(parent, blocks, _Carried())
        if carried.pieces:
            blocks += self._lines(Content(carried.pieces).text, carried.label, LineFacts())
        return blocks

    def _read_into(self, parent: Element, blocks: list[Block], carried: _Carried) -> _Carried:
        for child in parent:
            if child.tag == PARAGRAPH:
                found, carried = self._paragraph(child, carried)
                blocks += found
            elif child.tag == TABLE:
                blocks.append(self._table(child))
            elif child.tag == CONTROL and _is_contents(child):
                with self._within("outside"):
                    carried = self._read_into(child, blocks, carried)
            elif child.tag == CHUNK:
                blocks += self._chunk(child)
            elif child.tag == ALTERNATE:
                branch = chosen_branch(child)
                carried = carried if branch is None else self._read_into(branch, blocks, carried)
            elif child.tag not in NOT_SHOWN and len(child):
                carried = self._read_into(child, blocks, carried)
        return carried

    def _chunk(self, chunk: Element) -> list[Line]:
        """The lines of an embedded document, counted on with those of this one."""
        form = self._read_chunk(chunk.get(f"{R}id", ""))
        paragraphs, tables, lines = self._paragraphs, self._tables, []
        for line in form.lines if form else ():
            facts = line.facts
            self._paragraphs = max(self._paragraphs, paragraphs + facts.paragraph)
            if facts.cell:
                table, row, column = facts.cell
                self._tables = max(self._tables, tables + table)
                facts = replace(facts, cell=(tables + table, row, column))
            number = facts.paragraph and paragraphs + facts.paragraph
            lines.append(line._replace(facts=replace(facts, paragraph=number)))
        return lines

    def _table(self, table: Element) -> Grid:
        self._tables += 1
        facts = LineFacts(paragraph=self._paragraphs + 1, origin=self._origin)
        number = self._tables
        facts = replace(facts, page=self._runs.page)
        return Grid(number, facts, read_rows(table, self._cell))

    def _cell(self, cell: Element) -> list[Block]:
        """The blocks of a cell. Cells of a row begin on one page, and may end on the next one."""
        row, page = cell.getparent(), self._runs.page
        if row is not self._row:
            self._row, self._row_pages = row, (page, page)
        self._runs.page = self._row_pages[0]
        blocks = self._blocks(cell)
        self._row_pages = (self._row_pages[0], max(self._row_pages[1], self._runs.page))
        self._runs.page = self._row_pages[1]
        return blocks

    def _paragraph(self, paragraph: Element, carried: _Carried) -> tuple[list[Block], _Carried]:
        """The lines of a paragraph and of its boxes, or what it hands on to the next one."""
        form = paragraph.find(PARAGRAPH_FORM)
        style = self._styles.paragraph(value(form, "pStyle"))
        content = self._runs.read(paragraph, style)
        removed, hidden = _mark_is_gone(form)
        removed = removed or _is_drop_cap(form)
        shows = bool(content.pieces)
        carried.pieces.extend(content.pieces)
        content.pieces = carried.pieces
        if removed or (hidden and content.hides and not shows):
            return self._boxes(content), carried
        label = carried.label if carried.label[0] else self._count(form, style)
        if hidden and shows:
            return self._boxes(content), _Carried(content.pieces, label)
        self._paragraphs += 1
        look = self._facts(form, style, content)
        return [*self._lines(content.text, label, look), *self._boxes(content)], _Carried()

    def _count(self, form: Element | None, style: ParagraphStyle) -> tuple[str, str]:
        num_id, level = self._numbering.place_of(form, style)
        return self._numbering.label(num_id, level) if num_id else ("", "")

    def _facts(self, form: Element | None, style: ParagraphStyle, content: Content) -> LineFacts:
        size, bold = main_look(content.pieces)
        outside = [piece.outside for piece in content.pieces if piece.text.strip()]
        is_contents = style.is_contents or (outside and all(outside))
        return LineFacts(
            page=content.page,
            paragraph=self._paragraphs,
            size=size,
            bold=bold,
            centered=(value(form, "jc") == "center") if value(form, "jc") else style.centered,
            level=0 if is_contents else self._level(form, style),
            origin="outside" if is_contents else self._origin,
        )

    def _level(self, form: Element | None, style: ParagraphStyle) -> int:
        """The title is above all headings, where the document has one."""
        if style.is_title:
            return 1
        own = outline_level(form)
        level = style.level if own is None else own
        return level + self.has_title if level else 0

    def _lines(self, text: str, label: tuple[str, str], facts: LineFacts) -> list[Block]:
        """The line of a paragraph; several where soft breaks stand for ends."""
        first, *others = split_breaks(text) if _ANY_BREAK.search(text) else [text]
        last = others.pop() if others else None
        plain, (name, suffix) = facts, label
        if name and first.strip():
            first = join_label(name, suffix, first.lstrip(BLANKS))
            facts = replace(facts, label=name)
        lines: list[Block] = [Line(first, last is None, facts)]
        lines += (Line(each, False, plain) for each in others)
        return lines if last is None else [*lines, Line(last, True, plain)]

    def _boxes(self, content: Content) -> list[Block]:
        """The lines of text boxes, after the paragraph that they are anchored in."""
        origin: Origin = "box" if self._origin == "text" else self._origin
        lines: list[Block] = []
        for box in content.boxes:
            if isinstance(box, str):
                lines.append(Line(box, True, LineFacts(self._paragraphs, origin=origin)))
            else:
                lines += self.read_story(box, origin)
        return [line for line in lines if isinstance(line, Line) and line.text.strip()]


def _mark_is_gone(form: Element | None) -> tuple[bool, bool]:
    """Whether the end of a paragraph was deleted or moved away, and whether it is hidden."""
    mark = None if form is None else form.find(RUN_FORM)
    if mark is None:
        return False, False
    removed = mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None
    separator = is_on(mark.find(f"{W}specVanish"))
    return removed, bool(read_look(mark).hidden or separator)


def _is_drop_cap(form: Element | None) -> bool:
    """Whether a paragraph is the large first character of the next one."""
    frame = None if form is None else form.find(f"{W}framePr")
    return frame is not None and frame.get(f"{W}dropCap", "none") != "none"


def _is_contents(control: Element) -> bool:
    """Whether a content control holds a table of contents."""
    found = control.find(f"{CONTROL_FORM}/{W}docPartObj/{W}docPartGallery")
    return found is not None and "table of contents" in found.get(f"{W}val", "").lower()


def _with_contents_heading(lines: list[Line]) -> list[Line]:
    """A line 目录 that no style names is outside the text when a table of contents follows it."""
    after: Origin = "text"
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        bare = "".join(line.text.split())
        if after == "outside" and _CONTENTS_HEADING.fullmatch(bare):
            lines[place] = line._replace(facts=replace(line.facts, origin="outside"))
        after = line.facts.origin if bare else after
    return lines

"""The text of a paragraph as it is shown, with how its letters look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from casebook.reading.counting import format_number
from casebook.reading.word.docx_breaks import BREAK, PAGE_BREAK
from casebook.reading.word.docx_fields import Fields
from casebook.reading.word.docx_math import equation_text
from casebook.reading.word.docx_names import (
    ALTERNATE,
    CHART,
    CONTROL,
    CONTROL_FORM,
    DIAGRAM,
    DIAGRAMS,
    NEW_PAGE,
    NOT_SHOWN,
    PIC,
    RUN,
    RUN_FORM,
    VAL,
    XML_SPACE,
    A,
    M,
    R,
    V,
    W,
    chosen_branch,
    value,
)  # fmt: skip
from casebook.reading.word.docx_styles import (
    ParagraphStyle,
    RunStyle,
    StyleSheet,
    read_look,
    shown_look,
)  # fmt: skip
from casebook.reading.word.docx_symbols import PRIVATE, replace_symbols, symbol
from casebook.reading.word.safe_xml import Element

ReadPart = Callable[[str], Element | None]
"""The root of the part that a relation leads to, None where there is none."""

NOTE_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}
"""How Word counts notes when a document says nothing."""


class Piece(NamedTuple):
    """Letters that look alike; `outside` are those of a table of contents."""

    text: str
    look: RunStyle
    outside: bool = False


@dataclass
class Content:
    """What a paragraph shows: its pieces, and the boxes that are anchored in it.

    A box is an element with paragraphs, or the text of a WordArt. `hides` says that text of the
    paragraph is hidden, `page` where its text begins, 0 where that is not known.
    """

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Element | str] = field(default_factory=list)
    hides: bool = False
    page: int = 0

    @property
    def text(self) -> str:
        """All letters, with BREAK or PAGE_BREAK for each soft break."""
        return "".join(piece.text for piece in self.pieces)


@dataclass
class Tally:
    """What a document has beside its text, and the marks of the notes referred to so far.

    `notes` are by kind and id; `marks` counts those that Word numbers, by kind; `embedded` counts
    the documents in it that were not read.
    """

    pictures: int = 0
    embedded: int = 0
    hidden: int = 0
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    marks: Counter[str] = field(default_factory=Counter)


class _Place(NamedTuple):
    """Where a walk through a paragraph stands: the style, the look of the run and its font."""

    style: ParagraphStyle
    look: RunStyle
    font: str = ""


class RunReader:
    """Reads paragraphs of one story after the other; fields may run through several."""

    def __init__(
        self, styles: StyleSheet, tally: Tally, note_forms: dict[str, str], named: ReadPart
    ) -> None:
        """`note_forms` says how footnotes and endnotes are counted, `named` reads a part by id."""
        self._named = named
        self._diagrams: set[str] = set()
        self.fields = Fields()
        self.page = 0
        self._styles = styles
        self._tally = tally
        self._note_forms = NOTE_FORMS | note_forms
        self._content = Content()
        self._handlers = self._table()

    def read(self, paragraph: Element, style: ParagraphStyle) -> Content:
        """The content of a paragraph of that style."""
        self._content = content = Content()
        look = shown_look(RunStyle(), RunStyle(), style.look, self._styles.base)
        self._walk(paragraph, _Place(style, look))
        content.page = content.page or self.page
        return content

    def _table(self) -> dict[str, Callable[[Element, _Place], None]]:
        """What is done with an element; the content of any other is read."""
        signs = {"tab": "\t", "ptab": "\t", "cr": BREAK, "noBreakHyphen": "-"}
        table = {
            f"{W}{name}": lambda _, place, sign=sign: self._add(sign, place)
            for name, sign in signs.items()
        }
        return table | {
            RUN: self._run,
            f"{W}t": self._text,
            f"{W}br": self._break,
            f"{W}sym": self._symbol,
            NEW_PAGE: self._new_page,
            f"{W}fldChar": lambda mark, place: self._add(self.fields.turn(mark), place),
            f"{W}instrText": lambda code, _: self.fields.add_code(code.text or ""),
            f"{W}fldSimple": self._simple_field,
            f"{W}footnoteReference": self._reference,
            f"{W}endnoteReference": self._reference,
            f"{W}txbxContent": lambda box, _: self._content.boxes.append(box),
            f"{V}textpath": lambda art, _: self._content.boxes.append(art.get("string", "")),
            f"{PIC}pic": self._picture,
            f"{V}imagedata": self._picture,
            CHART: self._picture,
            DIAGRAM: self._diagram,
            ALTERNATE: self._alternate,
            CONTROL: self._control,
            f"{M}oMath": lambda math, place: self._add(equation_text(math), place),
        }

    def _walk(self, element: Element, place: _Place) -> None:
        for child in element:
            handler = self._handlers.get(child.tag)
            if handler is not None:
                handler(child, place)
            elif child.tag not in NOT_SHOWN and len(child):
                self._walk(child, place)

    def _run(self, run: Element, place: _Place) -> None:
        form = run.find(RUN_FORM)
        if form is not None:
            character = self._styles.character(value(form, "rStyle"))
            look = shown_look(read_look(form), character, place.style.look, self._styles.base)
            fonts = form.find(f"{W}rFonts")
            font = "" if fonts is None else fonts.get(f"{W}ascii", fonts.get(f"{W}hAnsi", ""))
            place = _Place(place.style, look, font)
        self._walk(run, place)

    def _add(self, text: str, place: _Place) -> None:
        """Take shown text; hidden text is only counted."""
        if not text or self.fields.in_code:
            return
        if place.look.hidden:
            self._content.hides = True
            self._tally.hidden += bool(text.strip())
            return
        if text.strip():
            self._content.page = self._content.page or self.page
        self._content.pieces.append(Piece(text, place.look, self.fields.in_contents))

    def _text(self, element: Element, place: _Place) -> None:
        text = element.text or ""
        if element.get(XML_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        if PRIVATE.search(text):
            text = replace_symbols(text, place.font)
        self._add(text.replace("\r\n", BREAK).replace("\r", BREAK), place)

    def _break(self, element: Element, place: _Place) -> None:
        is_line = element.get(f"{W}type", "textWrapping") == "textWrapping"
        self._add(BREAK if is_line else PAGE_BREAK, place)

    def _new_page(self, element: Element, place: _Place) -> None:
        """Where a page began when Word saved the file; `page` is 0 where it says so nowhere."""
        self.page += bool(self.page)

    def _symbol(self, element: Element, place: _Place) -> None:
        try:
            code = int(element.get(f"{W}char", ""), 16)
        except ValueError:
            return
        self._add(symbol(element.get(f"{W}font", ""), code), place)

    def _simple_field(self, element: Element, place: _Place) -> None:
        """A field in one element: the code is an attribute, the result its content."""
        self.fields.begin(element.get(f"{W}instr") or " ")
        self._walk(element, place)
        self.fields.end()

    def _reference(self, element: Element, place: _Place) -> None:
        """The mark of a note, such as [1]; the note is read after the text, once."""
        if place.look.hidden or self.fields.in_code:
            return
        kind = "footnote" if element.tag.endswith("footnoteReference") else "endnote"
        key = kind, element.get(f"{W}id", "")
        custom = element.get(f"{W}customMarkFollows", "0") not in ("0", "false", "off")
        if key not in self._tally.notes:
            self._tally.notes[key] = "" if custom else self._next_mark(kind)
        self._add(self._tally.notes[key], place)

    def _next_mark(self, kind: str) -> str:
        self._tally.marks[kind] += 1
        shown = format_number(self._tally.marks[kind], self._note_forms[kind])
        return f"[{shown}]" if shown.isascii() else shown

    def _picture(self, element: Element, place: _Place) -> None:
        self._tally.pictures += 1

    def _diagram(self, element: Element, place: _Place) -> None:
        """The words of a SmartArt, a box each; the drawing itself is a picture."""
        self._picture(element, place)
        relation = element.get(f"{R}dm", "")
        part = None if relation in self._diagrams else self._named(relation)
        self._diagrams.add(relation)
        for point in () if part is None else part.iter(f"{DIAGRAMS}pt"):
            self._content.boxes.append("".join(each.text or "" for each in point.iter(f"{A}t")))

    def _alternate(self, element: Element, place: _Place) -> None:
        branch = chosen_branch(element)
        if branch is not None:
            self._walk(branch, place)

    def _control(self, element: Element, place: _Place) -> None:
        """A content control; the prompt of an empty one is not the author's."""
        if element.find(f"{CONTROL_FORM}/{W}showingPlcHdr") is None:
            self._walk(element, place)


def main_look(pieces: list[Piece]) -> tuple[float, bool]:
    """Size and boldness of most of the letters."""
    sizes: dict[float, int] = {}
    bold = 0
    for piece in pieces:
        letters = len(piece.text.replace(" ", ""))
        size = piece.look.size or 0.0
        sizes[size] = sizes.get(size, 0) + letters
        bold += letters if piece.look.bold else -letters
    return max(sizes, key=sizes.__getitem__, default=0.0), bold > 0


def note_forms(settings: Element | None, body: Element) -> Iterator[tuple[str, str]]:
    """How a document counts its notes, where it says so: kind and number format."""
    for kind in NOTE_FORMS:
        path = f"{W}{kind}Pr/{W}numFmt"
        found = None if settings is None else settings.find(path)
        last = body.find(f"{W}sectPr/{path}")
        shown = last if last is not None else found
        if shown is not None:
            yield kind, shown.get(VAL, NOTE_FORMS[kind])

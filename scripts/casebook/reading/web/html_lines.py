"""The text of a page in lines, and the blocks of the page that they lie in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from casebook.model import Line, LineFacts, Origin
from casebook.reading.web.html_breaks import BREAK, Chunk, Piece, split_paragraphs
from casebook.reading.web.html_labels import ListNumbers, join_list_label
from casebook.reading.web.html_style import PLAIN_STYLE, TextStyle, derive_style
from casebook.reading.web.html_tables import is_data_table, table_grid

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "label",
        "legend",
        "li",
        "main",
        "marquee",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset(
    [
        "applet",
        "area",
        "audio",
        "canvas",
        "colgroup",
        "datalist",
        "embed",
        "frame",
        "frameset",
        "head",
        "iframe",
        "input",
        "map",
        "noframes",
        "noscript",
        "object",
        "param",
        "rp",
        "rt",
        "script",
        "select",
        "source",
        "style",
        "svg",
        "template",
        "textarea",
        "track",
        "video",
    ]
)
_NO_REGION = frozenset(("hr", "tr", "tbody", "thead", "tfoot"))
_NO_ATTRIBUTES: Mapping[str, str] = {}


@dataclass(slots=True)
class PageLine:
    """A line of a page; `linked` counts its characters in links, `links` the links.

    `region` is the block that it lies in. A table is one line, with the lines of its cells in
    `rows`. `hidden` is text that no reader sees; `loose` may go on in the next line.
    """

    text: str
    region: int
    style: TextStyle = PLAIN_STYLE
    level: int = 0
    label: str = ""
    linked: int = 0
    links: int = 0
    hidden: bool = False
    loose: bool = False
    rows: list[list[list[Line]]] | None = None

    def facts(self, origin: Origin) -> LineFacts:
        """What the page says of the line; `origin` is where it was found."""
        bold, size, centered = self.style[:3]
        return LineFacts(
            size=size,
            bold=bold,
            centered=centered,
            level=self.level,
            label=self.label,
            origin=origin,
        )


@dataclass(slots=True)
class Region:
    """A block element with its lines [first, end); `parent` is the block around it, -1 for none.

    `attributes` are those of the element, `images` counts the images directly in it.
    """

    tag: str
    attributes: Mapping[str, str]
    parent: int
    first: int
    end: int = 0
    images: int = 0


@dataclass(slots=True)
class PageText:
    """All lines of a page in their order, and its blocks, an outer one before those in it."""

    lines: list[PageLine] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)


def read_page_text(root: etree._Element, hidden_names: Collection[str] = ()) -> PageText:
    """The lines of an element and its blocks; `hidden_names` are those that its sheets hide."""
    walk = _Walk(hidden_names)
    walk.run(root)
    return walk.page


class _Walk:
    """Goes through an element once and collects the text between the borders of its blocks."""

    def __init__(self, hidden_names: Collection[str], style: TextStyle = PLAIN_STYLE) -> None:
        self.page = PageText()
        self._hidden_names = hidden_names
        self._styles = [style]
        self._open: list[int] = [-1]
        self._pieces: list[Piece] = []
        self._numbers = ListNumbers()
        self._level = 0
        self._pre = 0

    def run(self, root: etree._Element) -> None:
        """Collect the lines of an element."""
        events: Any = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            if event == "end":
                self._end(element, is_root=element is root)
            elif self._start(element):
                events.skip_subtree()
        self._flush()

    def _start(self, element: etree._Element) -> bool:
        """Open an element; returns whether what is in it is passed over."""
        tag = str(element.tag)
        outer = self._styles[-1]
        attributes: Mapping[str, str] = (
            {str(key): str(value) for key, value in element.attrib.items()}
            if len(element.attrib)
            else _NO_ATTRIBUTES
        )
        style = derive_style(outer, tag, attributes, self._hidden_names)
        self._styles.append(style)
        if tag in _SKIPPED:
            return True
        if tag in BLOCKS:
            self._open_block(tag, attributes)
            if tag == "table" and is_data_table(element):
                self._add_table(element, style)
                return True
            self._numbers.open(tag, attributes)
        elif tag == "br":
            self._pieces.append(BREAK)
        elif tag == "img":
            self._count_image(attributes)
        label = self._numbers.read_word_label(element, attributes) if attributes else None
        if label is not None:
            self._pieces.append(Piece(label, style))
            return True
        self._add(element.text, style)
        return False

    def _end(self, element: etree._Element, is_root: bool) -> None:
        tag = str(element.tag)
        self._styles.pop()
        if tag in BLOCKS:
            self._flush()
            self._numbers.close(tag)
            self._pre -= tag == "pre"
            self._level = 0 if tag in HEADINGS else self._level
            if tag not in _NO_REGION:
                self.page.regions[self._open.pop()].end = len(self.page.lines)
        if not is_root:
            self._add(element.tail, self._styles[-1])

    def _open_block(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._flush()
        self._pre += tag == "pre"
        self._level = HEADINGS.get(tag, self._level)
        if tag not in _NO_REGION:
            region = Region(tag, attributes, self._open[-1], len(self.page.lines))
            self._open.append(len(self.page.regions))
            self.page.regions.append(region)

    def _add(self, text: str | None, style: TextStyle) -> None:
        if text:
            self._pieces.append(Piece(text, style))

    def _count_image(self, attributes: Mapping[str, str]) -> None:
        sizes = (attributes.get(name, "").rstrip("px") for name in ("width", "height"))
        if self._open[-1] >= 0 and not any(size.isdigit() and int(size) < 40 for size in sizes):
            self.page.regions[self._open[-1]].images += 1

    def _flush(self) -> None:
        """End the paragraph that is open, if any."""
        pieces, self._pieces = self._pieces, []
        if any(piece.text and not piece.text.isspace() for piece in pieces):
            for chunk in split_paragraphs(pieces, is_heading=self._level > 0, is_pre=self._pre > 0):
                self._add_line(chunk)

    def _add_line(self, chunk: Chunk) -> None:
        label = "" if chunk.hidden else self._numbers.take_label(chunk.text)
        shown = label if label and not chunk.text.startswith(label) else ""
        self.page.lines.append(
            PageLine(
                text=join_list_label(shown, chunk.text),
                region=self._open[-1],
                style=chunk.style,
                level=self._level,
                label=label,
                linked=chunk.linked,
                links=chunk.links,
                hidden=chunk.hidden,
                loose=chunk.loose,
            )
        )

    def _add_table(self, table: etree._Element, style: TextStyle) -> None:
        """Add a table of data as one line, and what is hidden in it as others."""
        hidden: list[PageLine] = []
        rows: list[list[list[Line]]] = []
        whole = PageLine("", self._open[-1], style, rows=rows)
        for row in table_grid(table):
            rows.append([])
            for cell in row:
                lines = list(self._lines_of_cell(cell, style)) if cell is not None else []
                hidden += (line for line in lines if line.hidden)
                shown = [line for line in lines if not line.hidden]
                rows[-1].append([Line(line.text, True) for line in shown])
                whole.linked += sum(line.linked for line in shown)
                whole.links += sum(line.links for line in shown)
        whole.text = " ".join(line.text for row in rows for cell in row for line in cell)
        self.page.lines += [whole] if whole.text else []
        self.page.lines += hidden

    def _lines_of_cell(self, cell: etree._Element, style: TextStyle) -> Iterator[PageLine]:
        walk = _Walk(self._hidden_names, style)
        walk.run(cell)
        for line in walk.page.lines:
            line.region = self._open[-1]
            yield line
        self.page.regions[self._open[-1]].images += sum(r.images for r in walk.page.regions)

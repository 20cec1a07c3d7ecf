"""Where a text has the syntax of Markdown, which nothing that edits its prose may touch.

A text that is no Markdown by name may still have links, code and tables. There, what prose may
have as well (an indent, a dollar sign, asterisks, quotation marks `like these') is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pyromark

from casebook.text.characters import HAN

_SIGNS = ("](", "]:", "\\`")
_ADDRESS = re.compile(r"<[A-Za-z0-9][^<>\s]*[@:][^<>\s]*>")
_CODE = re.compile(r"(`(?<!``)`*)(?!`)(?=((?:[^\n]|\n(?![ \t]*\n)){0,9999}?)(?<!`)\1(?!`))")
_FENCES = re.compile(r"^[ \t>*+\-.)\d]*(?:~~~|```)", re.M)
_ROW = re.compile(r"^(?=[^\n-]*-)[-:|>*+.)\d \t]*\|[-:|>*+.)\d \t]*\r?$", re.M)
"""What any link without a text has, any code, and the border below the head of any table."""

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_MATH
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
)
_MARKERS = {"Emphasis": 1, "Strong": 2, "Strikethrough": 2}
_BRACKETS = {"Link": 1, "Image": 2}
_HAN = re.compile(f"[{HAN}]")
_FENCE = re.compile(r"[`~\s]+")
_PATH = re.compile(r"[/#]|\.[A-Za-z]{2,5}$")
_KEY = re.compile(r"---[ \t]*\r?\n(?:\s*#[^\n]*\n)*\s*[\w-]+[ \t]*:", re.A)
_TAG = re.compile(rb"<!--(?:[^<]|<(?!!--)){0,9999}?-->|<[^<>]{1,1000}>")

PROSE_SHARE = 1 / 3
"""Share of Chinese characters from which a block that looks like code is indented or quoted prose.
"""

Span = tuple[int, int]
"""Start and end of a place, end exclusive."""


class Syntax(NamedTuple):
    """Sorted places that are syntax, and cells of tables, which may have damaged characters."""

    marks: Sequence[Span] = ()
    cells: Sequence[Span] = ()


def find_syntax(text: str, is_markdown: bool) -> Syntax:
    """The syntax of a text, in code points; `is_markdown` says that its name ends so. Linear."""
    if not (is_markdown or _may_have_syntax(text)):
        return Syntax()
    data = text.encode("utf-8", "replace")  # a lone surrogate, as a mark that is as long
    text = data.decode()
    found = _Places(data, is_markdown)
    for event, place in pyromark.events_with_range(text, options=_OPTIONS):
        kind, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        found.add(kind, value, place["start"], place["end"])
    definitions = pyromark.reference_definitions(text, options=_OPTIONS) if "]:" in text else {}
    for label, definition in definitions.items():
        if label[:1] != "^" and (is_markdown or _PATH.search(definition["dest"])):
            found.marks.append((definition["span"]["start"], definition["span"]["end"]))
    return _in_code_points(data, found.marks, found.cells)


def _may_have_syntax(text: str) -> bool:
    """Whether a text that is no Markdown by name may have links, code, a table or front matter.

    It takes a twentieth of the time of the parser. A link to a label needs the label's address.
    """
    return (
        text.startswith("---")
        or any(sign in text for sign in _SIGNS)
        or ("<" in text and _ADDRESS.search(text) is not None)
        or any(not _is_prose(found[2]) for found in _CODE.finditer(text))
        or (("~~~" in text or "```" in text) and _FENCES.search(text) is not None)
        or ("|" in text and _ROW.search(text) is not None)
    )


class _Places:
    """Collects places of syntax, in bytes, from the events of the parser."""

    def __init__(self, data: bytes, is_markdown: bool) -> None:
        self.marks: list[Span] = []
        self.cells: list[Span] = []
        self._data = data
        self._is_markdown = is_markdown
        self._ends: list[int] = []  # of the content so far of each open link, image and table

    def add(self, kind: str, value: Any, start: int, end: int) -> None:
        """Note what one event says of the bytes [start, end)."""
        if kind in ("Text", "SoftBreak"):  # most events
            pass
        elif kind == "End":
            self._close(value if isinstance(value, str) else next(iter(value)), start, end)
        elif kind == "Start":
            name, facts = next(iter(value.items())) if isinstance(value, dict) else (value, {})
            self._open(name, facts, start, end)
        elif self._is_syntax(kind, start, end):
            self.marks.append((start, end))
        if self._ends and kind != "Start" and value not in ("TableRow", "TableHead"):
            self._ends[-1] = end

    def _open(self, name: str, facts: Any, start: int, end: int) -> None:
        if name in _BRACKETS:
            self.marks.append((start, start + _BRACKETS[name]))
            self._ends.append(start if facts["link_type"] == "Autolink" else self.marks[-1][1])
        elif name == "Table":
            self._ends.append(start)
        elif name == "TableCell":
            if self._is_row(start):
                self.marks.append((self._ends[-1], start))
                self.cells.append((start, end))
            elif b"|" in self._data[self._ends[-1] : start]:
                last = self._ends[-1]
                self.marks.append((last, self._data.index(b"|", last) + 1))
        elif name == "FootnoteDefinition":
            self.marks.append((start, self._data.index(b":", start) + 1))
        elif name in _MARKERS and self._is_markdown:
            width = _MARKERS[name]
            self.marks += ((start, start + width), (end - width, end))
        elif name == "HtmlBlock" and self._is_markdown:
            self.marks += (tag.span() for tag in _TAG.finditer(self._data, start, end))
        elif self._is_block_of_syntax(name, facts, start, end):
            self.marks.append((start, end))

    def _is_row(self, place: int) -> bool:
        """Whether a line has a bar: Markdown takes all lines below a table for rows of it."""
        first, last = self._data.rfind(b"\n", 0, place) + 1, self._data.find(b"\n", place)
        return b"|" in self._data[first : last if last >= 0 else len(self._data)]

    def _close(self, name: str, start: int, end: int) -> None:
        """A link ends with its target, a table with the border of its last cell."""
        if name in _BRACKETS:
            last = self._ends.pop()
            self.marks.append((last if self._data[start] != ord("<") else start, end))
        elif name == "Table":
            last = self._ends.pop()
            self.marks.append((last, last + len(self._data[last:end].rstrip())))

    def _is_syntax(self, kind: str, start: int, end: int) -> bool:
        if kind == "Code":
            return self._is_markdown or not self._is_prose(start, end)
        if kind in ("InlineMath", "DisplayMath"):  # no formula: 花$5，增$6
            return self._is_markdown and not _HAN.search(self._data[start:end].decode())
        also = self._is_markdown and kind in ("InlineHtml", "HardBreak")
        return also or kind == "FootnoteReference"

    def _is_block_of_syntax(self, name: str, facts: Any, start: int, end: int) -> bool:
        """Whether a block is front matter or code."""
        if name == "MetadataBlock":
            head = self._data[start:end].decode(errors="replace")
            return self._is_markdown or _KEY.match(head) is not None
        if name != "CodeBlock":
            return False
        if self._is_markdown and facts != "Indented":
            return True
        fence = self._data[start : start + 3]
        closed = self._data[start + 3 : end].rstrip().endswith(fence)
        sure = self._is_markdown if facts == "Indented" else closed
        return sure and not self._is_prose(start, end)

    def _is_prose(self, start: int, end: int) -> bool:
        return _is_prose(self._data[start:end].decode(errors="replace"))


def _is_prose(block: str) -> bool:
    shown = _FENCE.sub("", block)
    return len(_HAN.findall(shown)) > PROSE_SHARE * len(shown)


def _in_code_points(data: bytes, marks: Iterable[Span], cells: Iterable[Span]) -> Syntax:
    """Places in bytes as sorted places in code points; neighbors are joined."""
    points: dict[int, int] = {}
    last = count = 0
    for place in sorted({place for span in (*marks, *cells) for place in span}):
        count += len(data[last:place].decode(errors="replace"))
        points[place] = count
        last = place
    joined: list[Span] = []
    for start, end in sorted((points[start], points[end]) for start, end in marks):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return Syntax(joined, [(points[start], points[end]) for start, end in cells])

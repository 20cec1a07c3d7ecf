"""The reader of Markdown: paragraphs without its marks, and what the marks say as facts.

The lines are plain text. Emphasis and bullets go, a number stays as shown, a link keeps its text
with its address in parentheses, a row of a table is a line, and code stays with its fences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyromark

from casebook.model import BULLET, Line, LineFacts, Origin, UserError, plain_lines
from casebook.reading.encoding import decode
from casebook.reading.forms import ReadForm, Remark, table_lines
from casebook.reading.front_matter_lines import divide_front_matter, read_front_matter
from casebook.reading.soft_breaks import join_soft_breaks
from casebook.reading.web.html_labels import join_list_label
from casebook.reading.web.html_lines import PageText, read_page_text
from casebook.reading.web.html_tree import parse_page
from casebook.text.characters import HAN_PATTERN, SURNAMES
from casebook.text.sentence_ends import FULL_STOPS, LINE_ENDS

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
)
_STRUCTURE = re.compile(
    r"^ {0,3}(?:#{1,6}\s|[-*+] |\d{1,9}[.)] |>|```|~~~|\|.*\|)|\]\(|\*\*\S|!\[|^\[\^"
    r"|^[^\n]{1,60}[^。！？\n]\n {0,3}(?:={2,}|-{2,})[ \t]*$",
    re.M,
)
"""Signs of Markdown; a file without any is plain text, whatever its name."""

_TIGHT_HEADING = re.compile(r"(#{1,6})([\u4e00-\u9fff（(《“\d][^#\n]{0,60}?)(?<![。！？；，])\s*$")
_CONTENTS = re.compile(r"\[\[?(?:TOC|toc|目录)\]\]?|目\s*录|Contents|Table of Contents", re.I)
_ADDRESS = re.compile(r"https?://[^\s]+|www\.[^\s]+")
_OPENS = re.compile(
    r"\u3000|[（(]?[一二三四五六七八九十]{1,3}[、）)]|[（(]?\d{1,2}[、．）)]|[①-⑳]|第[一二三四五六七八九十\d]{1,3}[章节条部]"
)
"""How a paragraph opens that no author would wrap so."""

_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)
_BLANKS = re.compile(r"[ \t\r\n]+")

_Handlers = Mapping[str, Callable[[Any, Any], None]]
"""What to do with an event, by its kind: a function of its value and its place in bytes."""

MOST_CHARACTERS = 6_000_000
MOST_EVENTS = 200_000
"""What the parser may find in a file; a book has some 50,000."""

LONGEST_HEADING = 80
"""Characters of an underlined heading: a rule under a paragraph makes none of it."""

LONGEST_WRAPPED, RAGGED = 160, 16
"""Columns of a line that was wrapped, and by how many it may be shorter than the longest; a
Chinese character has two."""

_TOO_LARGE = "Markdown 文件太大：请拆分后再导入。"
_IMAGES = "文中的 {count} 张图片没有导入。"


def read_markdown(data: bytes) -> ReadForm:
    """The lines of a Markdown file. Raises UserError for a case file, or one that is no text."""
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").removeprefix("\ufeff")
    if len(text) > MOST_CHARACTERS:
        raise UserError(_TOO_LARGE)
    front, body = divide_front_matter(text)
    head = read_front_matter(front)
    if not head and not _STRUCTURE.search(body):
        return ReadForm(plain_lines(decoded.text), decoded.encoding, decoded.replaced)
    reader = _Reader(body)
    lines = _numbered([*_without_title(head, reader.lines), *reader.lines, *reader.notes])
    left_out = Remark("images-left-out", _IMAGES.format(count=reader.images))
    remarks = (left_out,) if reader.images else ()
    return ReadForm(tuple(lines), decoded.encoding, decoded.replaced, remarks)


def _without_title(head: list[Line], lines: list[Line]) -> list[Line]:
    """The lines of the front matter; its title only where the text does not begin with it."""
    first = next((line.text for line in lines if line.facts.level == 1), None)
    return [line for line in head if not (line.facts.level == 1 and line.text == first)]


def _numbered(lines: list[Line]) -> Iterator[Line]:
    """Count the paragraphs; a table is one."""
    number, table = 0, 0
    for line in lines:
        cell = line.facts.cell
        if line.facts.origin == "outside":
            yield line
            continue
        number += bool(line.text) and (cell is None or cell[0] != table)
        table = cell[0] if cell else 0
        yield line._replace(facts=replace(line.facts, paragraph=number))


class _Reader:
    """Goes through the events of the parser once; paragraphs end where blocks do."""

    def __init__(self, text: str) -> None:
        self.lines: list[Line] = []
        self.notes: list[Line] = []
        self.images = 0
        self._data = text.encode("utf-8", "replace")
        self._pieces: list[str] = []
        self._bold_depth = 0
        self._is_bold = True
        self._level = 0
        self._lists: list[tuple[int | None, str]] = []
        self._label = ""
        self._links: list[tuple[int, str]] = []
        self._emphases: list[int] = []
        self._anchors = 0
        self._unread = 0
        self._note = self._note_mark = ""
        self._code: list[str] | None = None
        self._html: list[str] = []
        self._rows: list[list[list[Line]]] = []
        self._tables = 0
        self._list_start = 0
        self._run(text)

    def _run(self, text: str) -> None:
        starts, ends, others = self._starts(), self._ends(), self._others()
        events = pyromark.events_with_range(self._data.decode(), options=_OPTIONS)
        for count, (event, place) in enumerate(events):
            if count > MOST_EVENTS:
                raise UserError(_TOO_LARGE)
            kind, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
            if kind in ("Start", "End"):
                name, facts = next(iter(value.items())) if isinstance(value, dict) else (value, {})
                handler = (starts if kind == "Start" else ends).get(str(name))
                if handler:
                    handler(facts, place)
            elif not self._unread:
                others.get(str(kind), self._skip)(value, place)
        self._flush()

    def _starts(self) -> _Handlers:
        return {
            "Heading": self._open_heading,
            "List": self._open_list,
            "Item": self._open_item,
            "CodeBlock": self._open_code,
            "HtmlBlock": lambda *_: self._html.clear(),
            "Table": lambda *_: self._open_table(),
            "TableHead": lambda *_: self._rows.append([]),
            "TableRow": lambda *_: self._rows.append([]),
            "Link": self._open_link,
            "Image": self._open_image,
            "Strong": lambda *_: self._weigh(1),
            "Emphasis": lambda *_: self._emphases.append(len(self._pieces)),
            "FootnoteDefinition": self._open_note,
        }

    def _ends(self) -> _Handlers:
        return {
            "Heading": self._close_heading,
            "Paragraph": lambda *_: self._flush(),
            "List": lambda *_: self._close_list(),
            "Item": lambda *_: self._flush(),
            "CodeBlock": self._close_code,
            "HtmlBlock": lambda *_: self._close_html(),
            "Table": lambda *_: self._close_table(),
            "TableCell": lambda *_: self._close_cell(),
            "Link": lambda *_: self._close_link(),
            "Image": lambda *_: self._close_image(),
            "Strong": lambda *_: self._weigh(-1),
            "Emphasis": self._close_emphasis,
            "FootnoteDefinition": lambda *_: self._close_note(),
        }

    def _others(self) -> _Handlers:
        return {
            "Text": lambda value, _: self._add(value),
            "Code": lambda value, _: self._add(value),
            "SoftBreak": lambda *_: self._add("\n"),
            "HardBreak": lambda *_: self._flush(),
            "Html": lambda value, _: self._html.append(value),
            "InlineHtml": lambda value, _: self._add_tag(value),
            "FootnoteReference": lambda value, _: self._add(f"[{value}]"),
        }

    def _skip(self, value: Any, place: Any) -> None:
        """Nothing: rules, and what this reader does not know."""

    def _add(self, text: str) -> None:
        if self._code is not None:
            self._code.append(text)
            return
        self._pieces.append(text)
        if text.strip() and not self._bold_depth:
            self._is_bold = False

    def _add_tag(self, tag: str) -> None:
        if tag[:3].lower() == "<br":
            self._flush()

    def _weigh(self, depth: int) -> None:
        self._bold_depth += depth

    def _close_emphasis(self, facts: Any, place: Any) -> None:
        """Asterisks that stand for a product or for parts of names are text: 5*3*2, 王*和李*."""
        start = self._emphases.pop()
        inner = "".join(self._pieces[start:])
        before = self._pieces[start - 1][-1:] if start else ""
        is_product = before.isdigit() and inner.isdigit()
        are_names = before in SURNAMES and inner[-1:] in SURNAMES
        is_star = self._data[place["start"] : place["start"] + 1] == b"*"
        if before and is_star and (is_product or are_names):
            self._pieces[start:] = [f"*{inner}*"]

    def _flush(self) -> None:
        """End the paragraph that is open, if any."""
        text = "".join(self._pieces)
        bold, self._is_bold = self._is_bold, True
        self._pieces.clear()
        if self._level:
            self._write(text, self._level, bold)
            return
        for level, part in _split_tight_headings(text):
            for paragraph in _split_paragraphs(part):
                self._write(paragraph, level, bold)

    def _write(self, text: str, level: int, bold: bool) -> None:
        text = _BLANKS.sub(" ", join_soft_breaks(text)).strip(" \u3000")
        if not text:
            return
        label, self._label = self._label, ""
        text = join_list_label(label, text)
        facts = LineFacts(level=level, bold=bold and not level, label=label, origin="markdown")
        if self._note:
            facts = replace(facts, origin="note")
            text, self._note_mark = f"{self._note_mark}{text}", ""
        elif _CONTENTS.fullmatch(text) and text[0] == "[":
            facts = replace(facts, origin="outside")
        (self.notes if self._note else self.lines).append(Line(text, True, facts))

    def _open_heading(self, facts: Any, place: Any) -> None:
        self._flush()
        self._level = int(facts["level"][1])

    def _close_heading(self, facts: Any, place: Any) -> None:
        """An underlined paragraph is a heading only if it could be one."""
        text = "".join(self._pieces).strip()
        underlined = self._data[place["start"] : place["start"] + 1] != b"#"
        if underlined and (len(text) > LONGEST_HEADING or text[-1:] in FULL_STOPS):
            self._level = 0
        self._flush()
        self._level = 0

    def _open_list(self, facts: Any, place: Any) -> None:
        self._flush()
        if not self._lists:
            self._list_start, self._anchors = len(self.lines), 0
        mark = re.match(rb"\s*\d{1,9}([.)])", self._data[place["start"] : place["start"] + 40])
        self._lists.append((facts, mark[1].decode() if mark else "."))

    def _open_item(self, facts: Any, place: Any) -> None:
        self._flush()
        number, mark = self._lists[-1]
        self._label = BULLET if number is None else f"{number}{mark}"
        if number is not None:
            self._lists[-1] = (number + 1, mark)

    def _close_list(self) -> None:
        self._flush()
        self._lists.pop()
        items = len(self.lines) - self._list_start
        if not self._lists and items > 1 and self._anchors >= items:
            self._leave_out_contents()

    def _leave_out_contents(self) -> None:
        """A list of links to places of the text itself is a contents list, with its heading."""
        first = self._list_start
        if first and _CONTENTS.fullmatch(self.lines[first - 1].text):
            first -= 1
        for place in range(first, len(self.lines)):
            line = self.lines[place]
            self.lines[place] = line._replace(facts=replace(line.facts, origin="outside"))

    def _open_link(self, facts: Any, place: Any) -> None:
        address = facts["dest_url"]
        self._anchors += address.startswith("#")
        self._links.append((len(self._pieces), address))

    def _close_link(self) -> None:
        start, address = self._links.pop()
        shown = "".join(self._pieces[start:])
        if _ADDRESS.fullmatch(address) and address.rstrip("/") != shown.rstrip("/"):
            self._pieces.append(f"（{address}）")

    def _open_image(self, facts: Any, place: Any) -> None:
        self.images += 1
        self._unread += 1

    def _close_image(self) -> None:
        self._unread -= 1

    def _open_note(self, name: Any, place: Any) -> None:
        self._flush()
        self._note, self._note_mark = str(name), f"[{name}] "

    def _close_note(self) -> None:
        self._flush()
        self._note = ""

    def _open_code(self, facts: Any, place: Any) -> None:
        self._flush()
        self._code = []

    def _close_code(self, facts: Any, place: Any) -> None:
        """Code stays as it is, with its fences; indented prose is a paragraph."""
        code, self._code = "".join(self._code or ()), None
        source = self._data[place["start"] : place["end"]].decode(errors="replace")
        fence = re.match(r"(?:`{3,}|~{3,})[^\n]*", source)
        if not fence and HAN_PATTERN.search(code):
            for line in code.splitlines():
                self._write(line, 0, bold=False)
            return
        facts = LineFacts(origin="markdown")
        opening = fence[0] if fence else "```"
        closing = opening[0] * (len(opening) - len(opening.lstrip(opening[0])))
        shown = (opening, *code.rstrip("\n").split("\n"), closing)
        self.lines += (Line(line, True, facts) for line in shown)

    def _close_html(self) -> None:
        """The text of a block of tags, as a page shows it."""
        source = _COMMENT.sub("", "".join(self._html))
        page = read_page_text(parse_page(source)) if source.strip() else PageText()
        self.images += sum(region.images for region in page.regions)
        for line in page.lines:
            origin: Origin = "outside" if line.hidden else "markdown"
            if line.rows is not None:
                self._tables += 1
                self.lines += table_lines(line.rows, self._tables, line.facts(origin))
            else:
                self.lines.append(Line(line.text, True, line.facts(origin)))

    def _open_table(self) -> None:
        self._flush()
        self._rows = []

    def _close_cell(self) -> None:
        text = _BLANKS.sub(" ", "".join(self._pieces)).strip()
        self._pieces.clear()
        self._is_bold = True
        self._rows[-1].append([Line(text, True)] if text else [])

    def _close_table(self) -> None:
        self._tables += 1
        facts = LineFacts(origin="markdown")
        self.lines += table_lines(self._rows, self._tables, facts)


def _split_tight_headings(text: str) -> Iterator[tuple[int, str]]:
    """Levels and texts of a paragraph in which `#标题` lacks the blank that Markdown asks for."""
    if "#" not in text:
        yield 0, text
        return
    rest: list[str] = []
    for line in text.split("\n"):
        found = _TIGHT_HEADING.fullmatch(line)
        if found:
            yield 0, "\n".join(rest)
            yield len(found[1]), found[2]
            rest = []
        else:
            rest.append(line)
    yield 0, "\n".join(rest)


def _split_paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of pasted text, which has no empty lines between them; else the text whole.

    A wrapped line is about as long as the others. A shorter one that ends a sentence ends the
    paragraph, every line does where one is too long for any page, and so does one before 一、.
    """
    lines = text.split("\n")
    widths = [len(line) + sum(character >= "\u2e80" for character in line) for line in lines]
    is_wrapped = max(widths) <= LONGEST_WRAPPED
    start = 0
    for number in range(1, len(lines)):
        ends = lines[number - 1].rstrip()[-1:] in tuple(LINE_ENDS)
        is_short = widths[number - 1] < max(widths) - RAGGED
        if not is_wrapped or _OPENS.match(lines[number]) or (ends and is_short):
            yield "\n".join(lines[start:number])
            start = number
    yield "\n".join(lines[start:])

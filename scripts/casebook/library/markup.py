"""Plain text to the Markdown of a case body and back.

A body is Markdown, so what a write-up says literally (`XX***`, a line that starts with `1.`) is
escaped once, at import, and read back without the escapes wherever plain text is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from casebook.model import Block

FENCE = re.compile(r"^ {0,3}(```|~~~)")
"""A line that opens or closes a block of code, with the mark that must close it."""

MOST_SIGNS = 15_000
"""Signs of Markdown in the body of one case: each costs up to 35 microseconds to render."""

_SIGN = re.compile(r"[\\`*_|&<>!~\[\]]|^[ \t]*(?:[#+=-]|\d+[.)])|  $", re.M)
_INLINE = re.compile(r"[\\`*_\[\]]")
_LINE_START = re.compile(r"^[#>+-]")
_NUMBER = re.compile(r"^(\d+)([.)])(?=\s)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")
_LINK = re.compile(r"(?<!\\)!?\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)")
_LIST_MARK = re.compile(r"^[ \t]*(?:[#>+*-]|\d+[.)])[ \t]+", re.M)
_EMPHASIS = re.compile(r"(?<!\\)(\*\*|\*|`)(?=\S)([^*`\n]+?)(?<=\S)(?<!\\)\1")
_TABLE_DASHES = re.compile(r"\|(?: ?:?-{3,}:? ?\|)+$")
_BAR = re.compile(r"(?<!\\)\|")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def lines_outside_code(lines: Iterable[str], first_line: int = 1) -> Iterator[tuple[int, str]]:
    """The lines of a body that are no code between fences, with their numbers."""
    fence = ""
    for number, line in enumerate(lines, start=first_line):
        found = FENCE.match(line)
        if found and (not fence or found[1] == fence):
            fence = "" if fence else found[1]
        elif not fence:
            yield number, line


def find_excess_sign(markdown: str) -> int | None:
    """The place of the first sign of Markdown beyond MOST_SIGNS; None if there is none."""
    if len(markdown) <= MOST_SIGNS:
        return None
    found = next(islice(_SIGN.finditer(markdown), MOST_SIGNS, None), None)
    return found.start() if found else None


def from_plain(text: str) -> str:
    """Plain paragraphs, one a line, as Markdown that renders to exactly these characters.

    The rows of a table (a line a row, in bars, a row of dashes second) stay next to each other.
    """
    paragraphs = [bare for line in text.split("\n") if (bare := line.strip())]
    parts: list[str] = []
    in_table = False
    for line, following in pairwise([*paragraphs, ""]):
        opens = is_table_row(line) and bool(_TABLE_DASHES.match(following))
        in_table = is_table_row(line) and (in_table or opens)
        row = _escape_row(line) if in_table else _escape(line)
        parts += [row] if in_table and not opens else ["", row]
    return "\n".join(parts).strip("\n")


def is_table_row(line: str) -> bool:
    """Whether a line is a row of a table: cells between bars."""
    return len(line) > 1 and line[0] == line[-1] == "|"


def _escape_row(row: str) -> str:
    """A row whose cells are escaped; a bar within a cell is so already."""
    return "\\|".join(_escape(piece) for piece in row.split("\\|"))


def _escape(line: str) -> str:
    line = _INLINE.sub(r"\\\g<0>", line.replace("&", "&amp;").replace("<", "&lt;"))
    return _NUMBER.sub(r"\1\\\2", _LINE_START.sub(r"\\\g<0>", line))


@lru_cache(64)  # a case's page, themes and index ask for the same blocks
def to_plain(markdown: str) -> str:
    """Markdown as the characters a reader sees, one paragraph a line.

    Lines of one paragraph are joined; lists, emphasis and links lose their marks.
    """
    text = _LINK.sub(r"\1", _LIST_MARK.sub("\n", markdown))
    text = _ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\2", text))
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    paragraphs = (_join_lines(part) for part in re.split(r"\n[ \t]*\n", text))
    return "\n".join(part for part in paragraphs if part)


def _join_lines(paragraph: str) -> str:
    """Soft line breaks vanish between Chinese characters and are a space between Latin ones.

    The rows of a table stay lines, their cells apart by a wide space.
    """
    rows = paragraph.strip().split("\n")
    if len(rows) > 1 and is_table_row(rows[0]) and _TABLE_DASHES.match(rows[1]):
        return "\n".join(_plain_row(row) for row in (rows[0], *rows[2:]))
    joined = re.sub(r"(?<=[!-~])[ \t]*\n[ \t]*(?=[!-~])", " ", paragraph.strip())
    return re.sub(r"[ \t]*\n[ \t]*", "", joined)


def _plain_row(row: str) -> str:
    cells = (cell.strip().replace("\\|", "|") for cell in _BAR.split(row.strip().strip("|")))
    return "　".join(filter(None, cells))


def plain_text(blocks: Sequence[Block], glue: str = "\n") -> str:
    """Headings and texts of the blocks below the title, and the lead, as one text."""
    parts: list[str] = []
    for block in blocks:
        if block.level > 1 and block.heading:
            parts.append(block.heading)
        if block.text:
            parts.append(block.text)
    return glue.join(parts)

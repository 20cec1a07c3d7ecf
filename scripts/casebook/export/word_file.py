"""Passages as a Word file: XML between the strings of word_parts.py, in a zip of fixed dates."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from html import escape

from casebook.export.passages import Passage, Row
from casebook.export.word_parts import DOCUMENT, PROPERTIES, list_templates

_NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot have."""

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of all members: the earliest that a zip file can have."""


def make_word_file(passages: Sequence[Passage]) -> bytes:
    """The bytes of a .docx; the same passages give the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in render_parts(passages).items():
            member = zipfile.ZipInfo(name, _FIRST_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            archive.writestr(member, text)
    return held.getvalue()


def render_parts(passages: Sequence[Passage]) -> dict[str, str]:
    """The parts of the file by their names; the first title is the file's, too."""
    templates = list_templates()
    title = next((p.text.replace("\n", "") for p in passages if p.kind == "title"), "")
    parts: dict[str, str] = dict(templates["parts"])
    parts[PROPERTIES] = _escape(title).join(templates["properties"])
    parts[DOCUMENT] = render_body(passages).join(templates["document"])
    return parts


def render_body(passages: Iterable[Passage]) -> str:
    """The paragraphs and tables; each title but one at the beginning opens a page.

    An empty paragraph follows a table, because two tables that touch are one for Word.
    """
    templates = list_templates()
    parts: list[str] = []
    for passage in passages:
        if passage.kind == "table":
            parts += [_render_table(passage.rows), *templates["kinds"]["cell"]]
            continue
        later = parts and passage.kind == "title"
        before, after = templates["next"] if later else templates["kinds"][passage.kind]
        lines = (_escape(line) for line in passage.text.split("\n"))
        parts.append(before + templates["line"].join(lines) + after)
    return "".join(parts)


def _render_table(rows: Sequence[Row]) -> str:
    """A table of equal columns; a row that is short is filled with empty cells."""
    templates = list_templates()
    count = max(map(len, rows))
    width = str(templates["width"] // count)
    columns = templates["column"].replace("{}", width) * count
    before, after = templates["table"]
    grid = columns.join(templates["grid"])
    inner = "".join(_render_row([*row, *[""] * (count - len(row))], width) for row in rows)
    return f"{before}{grid}{inner}{after}"


def _render_row(cells: Sequence[str], width: str) -> str:
    templates = list_templates()
    before, after = templates["kinds"]["cell"]
    opening, end = templates["cell"]
    inner = "".join(
        opening.replace("{}", width) + before + _escape(cell) + after + end for cell in cells
    )
    return str(inner.join(templates["row"]))


def _escape(text: str) -> str:
    return escape(_NO_XML.sub("", text), quote=False)

"""Passages as Markdown and as plain text; docs/scripts/export/texts.js does it alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebook.export.passages import Passage, Row
from casebook.library import markup


def render_markdown_file(passages: Iterable[Passage]) -> str:
    """Markdown that shows exactly the characters of the passages."""
    return "\n\n".join(map(_render_markdown, passages)) + "\n"


def _render_markdown(passage: Passage) -> str:
    if passage.kind == "table":
        return _render_table(passage.rows)
    text = markup.from_plain(passage.text.replace("\n", ""))
    return f"{'#' * _depth(passage)} {text}" if _depth(passage) else text


def _depth(passage: Passage) -> int:
    """The level of a heading, 0 for other passages."""
    if passage.kind == "title":
        return 1
    number = passage.kind.removeprefix("heading-")
    return int(number) + 1 if number.isdecimal() else 0


def _render_table(rows: Sequence[Row]) -> str:
    count = max(map(len, rows))
    full = [[*row, *[""] * (count - len(row))] for row in rows]
    lines = ["| " + " | ".join(map(_escape_cell, row)) + " |" for row in full]
    return "\n".join([lines[0], "|" + " --- |" * count, *lines[1:]])


def _escape_cell(cell: str) -> str:
    return markup.from_plain(cell).replace("|", "\\|")


def render_plain_file(passages: Iterable[Passage]) -> str:
    """Plain text: a line for each paragraph; cells of a table are apart by tabs.

    An empty line follows a title and a source, and stands before a heading and a title.
    """
    lines: list[str] = []
    for passage in passages:
        spaced = passage.kind.startswith("heading") or passage.kind == "title"
        if spaced and lines and lines[-1]:
            lines.append("")
        if passage.kind == "table":
            lines += ["\t".join(row) for row in passage.rows]
        else:
            lines.append(passage.text.replace("\n", ""))
        if passage.kind in ("title", "source"):
            lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"

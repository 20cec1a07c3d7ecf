"""Markdown for a forge: text of strangers stays text, and a page fits the forge's limit.

A title may hold anything: `@name` would call a person, `#1` link an issue, `[x](y)` lead elsewhere,
and a bar or a line feed end the cell of a table. In what is escaped here nothing does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casebook.runtime.visible_text import reveal_invisible, reveal_line

LONGEST_CELL = 300
"""Characters of a text of others that a page shows; a title may have 300,000."""

_SIGNS = re.compile(r"[\\`*_\[\]|!~$#]")
"""What Markdown on GitHub gives a meaning to; `$` begins a formula."""

_LINKS = re.compile(r"@|\\#(?=\d)|GH-(?=\d)|://|www(?=\.)", re.I)
"""What GitHub turns into a link, a mention or a reference: it looks at the text as displayed, so
that an escape does not help, only a character of no width in the middle."""

_NO_WIDTH = "&#8203;"


def escape_markdown(text: str, longest: int = LONGEST_CELL) -> str:
    """A text as it is displayed, in a cell, a list or a paragraph; not at the start of a line.

    >>> escape_markdown("a|b <b>@all</b>")
    'a\\\\|b &lt;b>@&#8203;all&lt;/b>'
    """
    shown = text if len(text) <= longest else f"{text[: longest - 1]}…"
    plain = reveal_invisible(shown).replace("&", "&amp;").replace("<", "&lt;")
    return _LINKS.sub(_cut_link, _SIGNS.sub(r"\\\g<0>", plain))


def _cut_link(found: re.Match[str]) -> str:
    if found[0] == "://":
        return f":{_NO_WIDTH}//"
    return f"{found[0]}{_NO_WIDTH}"


def format_code(text: str, language: str = "") -> str:
    """A block of code that no text in it can end; what nobody sees in it goes by its code point."""
    shown = "\n".join(map(reveal_line, text.rstrip().split("\n")))
    runs = [len(run) for run in re.findall("`+", shown)]
    fence = "`" * max(3, 1 + max(runs, default=0))
    return f"{fence}{language}\n{shown}\n{fence}"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: a heading, what introduces its rows, and rows, of which some may go.

    A row may have several lines. `unit` counts rows in Chinese: 个问题, 篇. One that is `folded`
    opens with a click.
    """

    heading: str
    intro: Sequence[str] = ()
    rows: Sequence[str] = ()
    unit: str = "项"
    folded: bool = False


def format_table_head(*names: str) -> str:
    """The two lines that open a table."""
    return f"| {' | '.join(names)} |\n|{'---|' * len(names)}"


def format_table_row(cells: Iterable[str]) -> str:
    """A row of cells that are escaped already."""
    return f"| {' | '.join(cells)} |"


def render_sections(sections: Sequence[Section], most_bytes: int) -> str:
    """The sections in their order, in at most so many bytes of UTF-8.

    Each may take an equal share of the room and what the ones before it have left. Rows are shown
    whole or not at all, and the page says how many are not.
    """
    parts: list[str] = []
    room = most_bytes
    for index, section in enumerate(sections):
        part = _fit_section(section, room // (len(sections) - index))
        parts.append(part)
        room -= len(part.encode())
    return "".join(parts)


def _fit_section(section: Section, room: int) -> str:
    everything = _format_section(section, section.rows)
    if len(everything.encode()) <= room:
        return everything
    room -= len(_format_section(section, ()).encode())
    shown: list[str] = []
    for row in section.rows:
        room -= len(row.encode()) + 1
        if room < 0:
            break
        shown.append(row)
    return _format_section(section, shown)


def _format_section(section: Section, rows: Sequence[str]) -> str:
    body = "\n".join([*section.intro, *rows])
    if hidden := len(section.rows) - len(rows):
        body += f"\n\n（这里放不下，另有 {hidden} {section.unit}未列出。）"
    if section.folded:
        return f"<details><summary>{section.heading}</summary>\n\n{body}\n\n</details>\n\n"
    return f"### {section.heading}\n\n{body}\n\n"

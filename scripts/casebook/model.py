"""The values that travel between the stages: plain, immutable, without behavior of their own.

Positions are code points, zero-based, the end exclusive, unless a field says otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Certainty = Literal["certain", "likely"]
Severity = Literal["error", "warning"]
Origin = Literal["text", "ocr", "box", "note", "markdown", "outside"]
"""Where a line was found; `outside` is what a page has around its text, and a contents list."""

Relation = Literal["identical", "near", "contains", "revision", "series", "shares"]

ROLES = ("background", "problem", "cause", "practice", "outcome", "lesson", "suggestion")
"""Roles in the order in which a write-up usually tells them; names come from the vocabulary."""

LOWEST_LEVEL = 6
"""Markdown knows six levels of headings; deeper ones are written as the sixth."""


BULLET = "•"
"""The label of an item that a sign opens, whatever sign; the text of its line is without it."""


class UserError(Exception):
    """Input or a call that cannot be used; the message is one clear Chinese sentence.

    Paths in it are shown with slashes on every system.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message.replace("\\", "/") if os.sep == "\\" else message)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What a document's form says of a line; a field is empty where the form says nothing.

    `page` and `paragraph` count from 1, `size` is in points, `level` is the heading level of its
    style, `label` its list number as shown or BULLET, `cell` its table, row and column (from 1;
    column 0 is the whole row), `origin` where it was found, and `confidence` how sure
    a recognizer is of all its characters (0 to 1; 0 where none was at work).
    """

    page: int = 0
    paragraph: int = 0
    size: float = 0.0
    bold: bool = False
    centered: bool = False
    level: int = 0
    label: str = ""
    cell: tuple[int, int, int] | None = None
    origin: Origin = "text"
    confidence: float = 0.0


NO_FACTS = LineFacts()
"""A line of plain text, whose form says nothing."""


class Line(NamedTuple):
    """A paragraph or line of a document as it was read, without its line feed.

    `certain_end` says that a paragraph ends here: nothing may join the next line to it. Lines
    joined by line feeds are the decoded source.
    """

    text: str
    certain_end: bool = False
    facts: LineFacts = NO_FACTS


def plain_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text whose form says nothing."""
    return tuple(map(Line, text.split("\n")))


def join_lines(lines: Iterable[Line]) -> str:
    """The decoded source that lines make."""
    return "\n".join(line.text for line in lines)


class Step(NamedTuple):
    """One change made by repair, placed in the decoded source; a text may have thousands.

    `before` is the source's slice [start, end), `after` what the text has instead. `rule` is the
    first rule that touched the place, `rules` all of them in order, `certainty` the lowest.
    """

    rule: str
    start: int
    end: int
    before: str
    after: str
    certainty: Certainty = "certain"
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A place in the decoded source that a person should look at; nothing was changed there."""

    rule: str
    start: int
    end: int
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with the body under it, without the headings below.

    Level 1 is the title with the lead, 2 a section, 3 an item. `heading` keeps the source's
    wording with marker and closing mark, and is None for an item without one. `text` is plain in
    a `WriteUp` (paragraphs divided by one line feed) and Markdown in a `Case`. `source` is the id
    of the variant from which a merge took the block over.
    """

    level: int
    heading: str | None
    role: str = ""
    text: str = ""
    anchor: str = ""
    themes: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class BlockDecision:
    """Why a block is one and has its role, as `--explain` prints it.

    `level` are the signs of its heading, `role` the role given ('' for none), `runner_up` the next
    best role with its points, `why` the evidence for the role.
    """

    level: str
    role: str
    runner_up: str
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a write-up that a person should look at; `rule` is a stable English id."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class WriteUp:
    """One write-up recovered from a source, before it becomes a case.

    `part` counts from 1 within the source. `start` and `end` place it in the repaired text.
    Fields that the text does not state are empty. `facts` are what it says about itself beyond
    that (author, source, number, keywords, abstract); `not_a_case` says what it is instead of an
    experience (通知, 法规 …). `decisions` has one entry for each block.
    """

    part: int
    title: str
    blocks: tuple[Block, ...]
    kind: str = ""
    organ: str = ""
    region: str = ""
    date: str = ""
    start: int = 0
    end: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)
    not_a_case: str = ""
    decisions: tuple[BlockDecision, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where a case comes from: a received document (by file name and SHA-256) and the part.

    `file` is its name in the library, '' for a document that is not stored: that has a `name`.
    `redacted` says what was masked in the case, as `phone-number×2、id-card×1`. Without a document
    it is an address, or the name of a place (a newspaper, 本单位撰写).
    """

    file: str = ""
    sha256: str = ""
    part: int = 1
    url: str = ""
    name: str = ""
    redacted: str = ""


@dataclass(frozen=True, slots=True)
class VariantRef:
    """A text merged into a case: its id and how it relates to the canonical text."""

    id: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its file says it. `blocks[0]` is always the level-1 block: title and lead.

    `aliases` are former addresses that lead to it: `ID`, or `ID#anchor` of what a split moved here.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    kind: str = ""
    organ: str = ""
    region: str = ""
    date: str = ""
    themes: tuple[str, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    aliases: tuple[str, ...] = ()
    variants: tuple[VariantRef, ...] = ()
    contributor: str = ""
    ai_use: str = ""
    allow: tuple[Mapping[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem found in a file: `line` and `column` count from 1, `message` is Chinese."""

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str


def as_dict(value: Any) -> dict[str, Any]:
    """The fields of one of these values, one level deep, in their order; tuples as lists."""
    fields = ((name, getattr(value, name)) for name in type(value).__match_args__)
    return {name: list(item) if isinstance(item, tuple) else item for name, item in fields}

"""Headings and their depth: from paragraphs to the outline of a write-up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from casebook.model import LOWEST_LEVEL
from casebook.structure.markers import PLAIN, RUN_IN
from casebook.structure.paragraphs import HEADING_LENGTH, Paragraph, is_one_sentence

PLAIN_LENGTH = 20
"""Characters of a section name that stands alone on a line without a marker."""

_FIRST_SENTENCE = re.compile(rf"[^。！？]{{1,{HEADING_LENGTH}}}[。！？]")
_CLOSED = re.compile("[。！？；，、：”…,;:.!?）)》]$")
_BRACKETED = re.compile(r"[【\[〔]([^】\]〕]+)[】\]〕]")
_MARKDOWN = re.compile(r"(#{1,6})[ \t]+(.+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading of the outline, or (heading None) the lead; `paragraphs` is the body under it."""

    level: int
    heading: str | None
    paragraphs: tuple[str, ...]


@dataclass(slots=True)
class _Levels:
    """Depth by the order in which families of markers appear: a new family goes one deeper."""

    stack: list[str] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)

    def level(self, family: str, number: int) -> int:
        """The depth of a heading of this family (2 for a section)."""
        if family == PLAIN:
            self.stack = [PLAIN]
        elif family in self.stack:
            del self.stack[self.stack.index(family) + 1 :]
        elif number > 1 and family in self.known:
            self.stack = [*self.stack[: self.known[family] - 2], family]
        else:
            self.stack.append(family)
        level = min(len(self.stack) + 1, LOWEST_LEVEL)
        self.known[family] = level
        return level


def outline(
    paragraphs: Sequence[Paragraph], is_section_name: Callable[[str], bool]
) -> Iterator[Entry]:
    """The lead and the headings with their bodies, in order.

    `is_section_name` says whether an unmarked line reads like the name of a section.
    """
    levels = _Levels()
    entry = Entry(1, None, ())
    for index, paragraph in enumerate(paragraphs):
        found = _heading(paragraphs, index, is_section_name)
        if found is None:
            entry = replace(entry, paragraphs=(*entry.paragraphs, paragraph.text))
            continue
        yield entry
        family, number, heading, body = found
        entry = Entry(levels.level(family, number), heading, (body,) if body else ())
    yield entry


def _heading(
    paragraphs: Sequence[Paragraph], index: int, is_section_name: Callable[[str], bool]
) -> tuple[str, int, str, str] | None:
    """Family, number, heading and the rest of its paragraph, or None for running text."""
    paragraph = paragraphs[index]
    if marked := _MARKDOWN.fullmatch(paragraph.text):
        return f"markdown-{len(marked[1])}", 1, marked[2], ""
    if paragraph.marker is None:
        return _plain_heading(paragraphs, index, is_section_name)
    marker = paragraph.marker
    if is_one_sentence(paragraph.text):
        return (
            (marker.family, marker.number, paragraph.text, "")
            if _opens(paragraphs, index)
            else None
        )
    first = _FIRST_SENTENCE.match(paragraph.text)
    if first and marker.family in RUN_IN and first.end() > marker.length + 2:
        rest = paragraph.text[first.end() :].strip()
        return marker.family, marker.number, first[0], rest
    return None


def _opens(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether anything stands under a marked line; lines of one list follow each other directly."""
    own = paragraphs[index].marker
    if index + 1 == len(paragraphs) or own is None:
        return False
    before, after = paragraphs[max(0, index - 1)], paragraphs[index + 1]
    listed = before.marker and before.marker.family == own.family and is_one_sentence(before.text)
    follows = listed and before.marker and before.marker.number == own.number - 1
    return not follows and (after.marker is None or after.marker.family != own.family)


def _plain_heading(
    paragraphs: Sequence[Paragraph], index: int, is_section_name: Callable[[str], bool]
) -> tuple[str, int, str, str] | None:
    text = paragraphs[index].text
    if len(text) > PLAIN_LENGTH or index + 1 == len(paragraphs):
        return None
    bracketed = _BRACKETED.fullmatch(text)
    named = is_section_name(bracketed[1] if bracketed else text)
    return (PLAIN, 1, text, "") if bracketed or (named and not _CLOSED.search(text)) else None

"""Paragraphs of a text, with headings that a compiler glued to the end of the one before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebook.structure.markers import PART, Marker, glued_markers, read_marker

HEADING_LENGTH = 60
"""Characters of a heading at most, marker included; longer ones are sentences of the text."""

_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile("[。！？!?；;]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without the white space around it; `start` places it in the text."""

    text: str
    start: int
    marker: Marker | None = None

    @property
    def end(self) -> int:
        """Where the paragraph ends in the text."""
        return self.start + len(self.text)


def read_paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text, glued headings split off."""
    lines = [
        Paragraph(line[0].strip(), line.start() + len(line[0]) - len(line[0].lstrip()))
        for line in _LINE.finditer(text)
        if line[0].strip()
    ]
    return _with_markers(_unglued(lines))


def _with_markers(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    return [Paragraph(p.text, p.start, read_marker(p.text)) for p in paragraphs]


def is_one_sentence(text: str) -> bool:
    """Whether a text is short enough for a heading and has no sentence end but its last mark."""
    return len(text) <= HEADING_LENGTH and not _SENTENCE_END.search(text[:-1])


def _unglued(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Split a heading off the end of a paragraph, where its number continues the sequence."""
    last: dict[str, int] = defaultdict(int)
    for index, line in enumerate(lines):
        own = read_marker(line.text)
        if own:
            last[own.family] = own.number
        position = _glued_heading(line.text, last) if index + 1 < len(lines) else 0
        if not position:
            yield line
            continue
        heading = line.text[position:]
        if marker := read_marker(heading):
            last[marker.family] = marker.number
            if marker.family == PART:
                last = defaultdict(int, {PART: marker.number})
        yield Paragraph(line.text[:position].rstrip(), line.start)
        yield Paragraph(heading, line.start + position)


def _glued_heading(text: str, last: dict[str, int]) -> int:
    """Where the heading glued to the end of `text` starts, or 0.

    It is the last marker of the paragraph, the rest of the line is one short sentence, the number
    continues what came before, and its predecessor does not stand in this same paragraph (then
    it is an enumeration inside running text).
    """
    markers = glued_markers(text)
    if not markers:
        return 0
    position, marker = markers[-1]
    if not is_one_sentence(text[position:]) or len(text) - position <= marker.length:
        return 0
    if any(other.family == marker.family for _, other in markers[:-1]):
        return 0
    own = read_marker(text)
    enumerated = own is not None and own.family == marker.family and not is_one_sentence(text)
    expected = marker.number in (1, last[marker.family] + 1)
    if marker.family == PART:
        return position if marker.number == last[PART] + 1 else 0
    return position if expected and not (enumerated and marker.family == "shi") else 0

"""Paragraphs of a text, with headings that a compiler glued into the one before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from casebook.model import NO_FACTS, Line, LineFacts
from casebook.structure.markers import PART, SHI, Marker, glued_markers, read_marker
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS, FULL_STOPS, SENTENCE_ENDS

HEADING_LENGTH = 60
"""Characters of a heading at most, marker included; longer ones are sentences of the text."""

LEAST_BODY = 20
"""Characters of text that stand at least behind a heading glued into a paragraph."""

LONG_PARAGRAPH = 400
"""Characters from which （一） and 1. inside a paragraph open parts of it, not an enumeration."""

_SENTENCE_END = re.compile(f"[{ANY_SENTENCE_ENDS}]")
_FIRST_SENTENCE = re.compile(rf"[^{SENTENCE_ENDS}]{{1,{HEADING_LENGTH}}}[{FULL_STOPS}]")
_SPACE = re.compile(
    rf"[^{SENTENCE_ENDS}\s]{{4,{HEADING_LENGTH}}}(?=[ 　]+(?P<text>[^{SENTENCE_ENDS}\n]+)[。；])"
)
"""A heading, marker included, before the sentence that was a line of its own once."""

_OUTER = frozenset({"han", "chapter", "division"})
_INNER = frozenset({"han-paren", "arabic", "arabic-paren"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without the white space around it; `start` places it in the text.

    `facts` are those of its line, also where the line held several paragraphs.
    """

    text: str
    start: int
    marker: Marker | None = None
    facts: LineFacts = NO_FACTS

    @property
    def end(self) -> int:
        """Where the paragraph ends in the text."""
        return self.start + len(self.text)


def read_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of a text, glued headings split off."""
    return _with_markers(_unglued(list(_whole_lines(lines))))


def _whole_lines(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Each line that says something, as a paragraph."""
    start = 0
    for text, _, facts in lines:
        if bare := text.strip():
            yield Paragraph(bare, start + len(text) - len(text.lstrip()), facts=facts)
        start += len(text) + 1


def _with_markers(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    return [replace(p, marker=read_marker(p.text)) for p in paragraphs]


def is_one_sentence(text: str) -> bool:
    """Whether a text is short enough for a heading and has no sentence end but its last mark."""
    return len(text) <= HEADING_LENGTH and not _SENTENCE_END.search(text[:-1])


def _unglued(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Split headings off a paragraph, where their numbers continue the sequence."""
    last: dict[str, int] = defaultdict(int)
    for index, line in enumerate(lines):
        _remember(read_marker(line.text), last)
        start = 0
        for position in _glued(line.text, last, is_last=index + 1 == len(lines)):
            _remember(read_marker(line.text[position:]), last)
            yield _piece(line, start, position)
            start = position
        yield _piece(line, start, len(line.text))


def _piece(line: Paragraph, start: int, end: int) -> Paragraph:
    return replace(line, text=line.text[start:end].rstrip(), start=line.start + start)


def _remember(marker: Marker | None, last: dict[str, int]) -> None:
    """Keep the last number of each family; a new write-up starts counting anew."""
    if marker is None:
        return
    if marker.family == PART:
        last.clear()
    last[marker.family] = marker.number


def _glued(text: str, last: dict[str, int], *, is_last: bool) -> list[int]:
    """Where headings glued into a paragraph start."""
    markers = glued_markers(text)
    if not markers:
        return []
    inner = _inner_headings(text, markers, last)
    if inner or is_last:
        return inner
    position = _trailing_heading(text, markers, last)
    return [position] if position else []


def _inner_headings(
    text: str, markers: Sequence[tuple[int, Marker]], last: dict[str, int]
) -> list[int]:
    """Headings inside a paragraph that count on and have text behind them.

    一、 behind a full stop opens a part wherever it counts on; （一） and 1. only in a paragraph so
    long that it cannot be an enumeration.
    """
    families = _OUTER | _INNER if len(text) >= LONG_PARAGRAPH else _OUTER
    expected = {family: last[family] + 1 for family in families}
    found: list[tuple[int, Marker]] = []
    for order, (position, marker) in enumerate(markers):
        end = markers[order + 1][0] if order + 1 < len(markers) else len(text)
        if marker.family not in families or not _has_text(text[position:end]):
            continue
        if marker.number in (1, expected[marker.family]):
            found.append((position, marker))
            expected[marker.family] = marker.number + 1
    counts = [marker.family for _, marker in found]
    return [p for p, m in found if counts.count(m.family) > 1 or last[m.family]]


def _has_text(segment: str) -> bool:
    """Whether a segment is a first sentence, short as a heading, with a text behind it."""
    if space_end(segment):
        return True
    first = _FIRST_SENTENCE.match(segment)
    return bool(first) and len(segment) - (first.end() if first else 0) >= LEAST_BODY


def space_end(text: str) -> int:
    """Where a heading ends that a space parts from the first sentence of its text, or 0.

    The sentence goes on for longer than the heading: 一、党建引领 绘就新图景。 is one heading.
    """
    found = _SPACE.match(text)
    return found.end() if found and 2 * len(found["text"]) >= 3 * found.end() else 0


def _trailing_heading(
    text: str, markers: Sequence[tuple[int, Marker]], last: dict[str, int]
) -> int:
    """Where the heading glued to the end of `text` starts, or 0.

    It is the last marker of the paragraph, the rest of the line is one short sentence, the number
    continues what came before, and its predecessor does not stand in this same paragraph (then
    it is an enumeration inside running text).
    """
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
    return position if expected and not (enumerated and marker.family == SHI) else 0

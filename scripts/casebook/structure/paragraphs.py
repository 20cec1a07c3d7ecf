"""The paragraphs of a text; headings that were glued into a paragraph are split off."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from casebook.model import NO_FACTS, Line, LineFacts
from casebook.structure.markers import (
    PART_FAMILY,
    SHI_FAMILY,
    Marker,
    find_glued_markers,
    read_marker,
)
from casebook.text.patterns import lazy_pattern
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS, FULL_STOPS, SENTENCE_ENDS

HEADING_CHARACTERS = 60
"""Characters, with the marker; a longer line is a sentence of the text, no heading."""

GLUED_TEXT_CHARACTERS = 20
"""Characters of text that must follow a heading that is glued into a paragraph."""

LONG_PARAGRAPH_CHARACTERS = 400
"""Characters of a paragraph in which （一） and 1. open parts; in a shorter one they enumerate."""

_SENTENCE_END = re.compile(f"[{ANY_SENTENCE_ENDS}]")
_FIRST_SENTENCE = re.compile(rf"[^{SENTENCE_ENDS}]{{1,{HEADING_CHARACTERS}}}[{FULL_STOPS}]")
_SPACE = re.compile(
    rf"[^{SENTENCE_ENDS}\s]{{4,{HEADING_CHARACTERS}}}"
    rf"(?=[ 　]+(?P<text>[^{SENTENCE_ENDS}\n]+)[。；])"
)
"""A heading, marker included, before the sentence that was a line of its own once."""

_OPEN_BRACKET = re.compile(r"[（(《“][^）)》”]*$")

_TWO_HEADINGS = lazy_pattern(
    rf"[^{SENTENCE_ENDS}，：\d（(]{{4,16}}(?=(?:1[、.．]|（一）|①)[\u4e00-\u9fff“])"
)
"""A section and its first item in one line: 一、主要做法1、建立档案。"""

_OUTER = frozenset({"han", "chapter", "division"})
_INNER = frozenset({"han-paren", "arabic", "arabic-paren"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without white space around it; `start` is its offset in code points.

    `facts` and `certain_end` are those of its line, also if the line had several paragraphs.
    """

    text: str
    start: int
    marker: Marker | None = None
    facts: LineFacts = NO_FACTS
    certain_end: bool = False

    @property
    def is_row(self) -> bool:
        """Whether this is a row of a table, in Markdown or with tabs: no heading, never cut."""
        text = self.text
        return self.facts.cell is not None or text[0] == text[-1] == "|" or text.count("\t") > 1

    @property
    def end(self) -> int:
        """The offset of the end of the paragraph in the text."""
        return self.start + len(self.text)


def read_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of a text, with glued headings split off."""
    return _add_markers(_unglue(list(_list_lines(lines))))


def _list_lines(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Each line that is not empty, as a paragraph."""
    start = 0
    for text, certain, facts in lines:
        if bare := text.strip():
            offset = start + len(text) - len(text.lstrip())
            yield Paragraph(bare, offset, facts=facts, certain_end=certain)
        start += len(text) + 1


def _add_markers(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    return [replace(p, marker=read_marker(p.text)) for p in paragraphs]


def is_one_sentence(text: str) -> bool:
    """Whether a text is short enough for a heading, and only its last mark may end a sentence."""
    return len(text) <= HEADING_CHARACTERS and not _SENTENCE_END.search(text[:-1])


def _unglue(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs; a glued heading whose number continues its sequence begins a new one."""
    last: dict[str, int] = defaultdict(int)
    for index, line in enumerate(lines):
        if line.is_row:
            yield line
            continue
        _remember(read_marker(line.text), last)
        start = 0
        for position in _find_glued(line.text, last, is_last=index + 1 == len(lines)):
            _remember(read_marker(line.text[position:]), last)
            yield _take_piece(line, start, position)
            start = position
        yield _take_piece(line, start, len(line.text))


def _take_piece(line: Paragraph, start: int, end: int) -> Paragraph:
    return replace(line, text=line.text[start:end].rstrip(), start=line.start + start)


def _remember(marker: Marker | None, last: dict[str, int]) -> None:
    """Record the last number of each family; a new part starts all sequences again."""
    if marker is None:
        return
    if marker.family == PART_FAMILY:
        last.clear()
    last[marker.family] = marker.number


def _find_glued(text: str, last: dict[str, int], *, is_last: bool) -> list[int]:
    """The offsets at which headings glued into a paragraph start."""
    own = read_marker(text)
    if own and own.family in _OUTER and (both := _TWO_HEADINGS.match(text)):
        position = both.end()
        items = text[position:]
        rest = _find_inner_headings(items, find_glued_markers(items), last, opens_items=True)
        return [position, *(position + place for place in rest)]
    markers = find_glued_markers(text)
    if not markers:
        return []
    inner = _find_inner_headings(text, markers, last)
    if inner or is_last:
        return inner
    position = _find_trailing_heading(text, markers, last)
    return [position] if position else []


def _find_inner_headings(
    text: str,
    markers: Sequence[tuple[int, Marker]],
    last: dict[str, int],
    *,
    opens_items: bool = False,
) -> list[int]:
    """The offsets of headings inside a paragraph that continue a sequence and have text after them.

    一、 after a full stop opens a part in any paragraph; （一） and 1. only in a paragraph that is
    too long for an enumeration, or that `opens_items` right after the name of their section.
    """
    long = len(text) >= LONG_PARAGRAPH_CHARACTERS
    families = _OUTER | _INNER if long or opens_items else _OUTER
    expected = {family: last[family] + 1 for family in families}
    if opens_items and (own := read_marker(text)):
        expected[own.family] = 2
    found: list[tuple[int, Marker]] = []
    for order, (position, marker) in enumerate(markers):
        end = markers[order + 1][0] if order + 1 < len(markers) else len(text)
        if marker.family not in families or not _has_text(text[position:end]):
            continue
        if marker.number in (1, expected[marker.family]):
            found.append((position, marker))
            expected[marker.family] = marker.number + 1
    counts = [marker.family for _, marker in found]
    return [p for p, m in found if counts.count(m.family) > 1 or last[m.family] or opens_items]


def _has_text(segment: str) -> bool:
    """Whether a segment is a sentence as short as a heading, with a text after it."""
    if find_space_end(segment):
        return True
    first = _FIRST_SENTENCE.match(segment)
    return bool(first) and len(segment) - (first.end() if first else 0) >= GLUED_TEXT_CHARACTERS


def find_space_end(text: str) -> int:
    """The end of a heading that a space separates from the first sentence of its text, or 0.

    The sentence must be much longer than the heading: 一、党建引领 绘就新图景。 is one heading.
    """
    found = _SPACE.match(text)
    if not found or _OPEN_BRACKET.search(found[0]):  # 基于画像（User Profile）和日志
        return 0
    return found.end() if 2 * len(found["text"]) >= 3 * found.end() else 0


def _find_trailing_heading(
    text: str, markers: Sequence[tuple[int, Marker]], last: dict[str, int]
) -> int:
    """The offset of a heading that is glued to the end of `text`, or 0.

    It is the last marker of the paragraph, one short sentence follows, and its number continues a
    sequence. The number before it must not be in the same paragraph, which is then an enumeration.
    """
    position, marker = markers[-1]
    if not is_one_sentence(text[position:]) or len(text) - position <= marker.length:
        return 0
    if any(other.family == marker.family for _, other in markers[:-1]):
        return 0
    own = read_marker(text)
    enumerated = own is not None and own.family == marker.family and not is_one_sentence(text)
    expected = marker.number in (1, last[marker.family] + 1)
    if marker.family == PART_FAMILY:
        return position if marker.number == last[PART_FAMILY] + 1 else 0
    return position if expected and not (enumerated and marker.family == SHI_FAMILY) else 0

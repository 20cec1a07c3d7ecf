"""Line breaks that a page width made: the lines of one paragraph joined again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple
from unicodedata import east_asian_width

from casebook.repair.draft_text import DraftText
from casebook.repair.edits import Edit, removal
from casebook.text.characters import HAN
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.patterns import lazy_pattern
from casebook.text.sentence_ends import LINE_ENDS
from casebook.text.word_frequencies import frequency

_LINE = re.compile(r"[^\n]+")
_UNFINISHED = re.compile(f"[{HAN}0-9、，“《（）》”]")
"""The last character of a line that may go on."""

_INDENT = ("\u3000", "  ", "\t")
_GOES_ON = lazy_pattern(f"[{HAN}0-9，、。；：！？“”《》（）]")
ITEM_MARKER = lazy_pattern(
    rf"[{ONE_TO_TEN}百]{{1,3}}[、.．是]|[（(][{ONE_TO_TEN}\d]{{1,3}}[）)]|\d{{1,2}}[.．、)）]\D"
    rf"|第[{ONE_TO_TEN}百\d]{{1,3}}[章节条篇部项个]|[①-⑳]|[-*+•◆■●○] ?|附件|抄送|目录"
)

_STRANDED = lazy_pattern(
    f"(?<=[{HAN}0-9A-Za-z”》）])([ \t]*\n[ \t]*)([，。、；：！？”》）,;:]{{1,2}})"
    r"([ \t]*\n[ \t]*|\s*\Z)"
)
"""A mark that an extractor put on a line of its own."""

_MARK_FIRST = re.compile("\n[ \t]*[，。、；：！？”》）,;:]")
"""The break before such a mark."""

UNITS = frozenset("个万亿余多名户件人次年月日岁元%％")

WIDTHS = range(32, 121)
"""Columns that a page may be wide (a Chinese character takes two); narrower lines are verse."""

TOLERANCE = 4
"""Columns, two characters, by which lines of one page differ for marks and Latin words."""


class _Line(NamedTuple):
    start: int
    end: int
    text: str

    @property
    def width(self) -> int:
        """Columns of the line, as far as they may matter."""
        return sum(map(_columns, self.text[: WIDTHS.stop]))


@cache
def _columns(character: str) -> int:
    return 2 if east_asian_width(character) in "WFA" else 1


def join_broken_lines(document: DraftText) -> Sequence[Edit]:
    """Remove breaks around marks, and after lines of one page width within a sentence."""
    if stranded := [e for e in _stranded(document.text) if _may_join(document, e)]:
        return stranded
    lines = [_line(found) for found in _LINE.finditer(document.text)]
    times = Counter(line.text for line in lines)  # a repeated line is a title
    following = range(len(lines) - 1)
    unfinished = [i for i in following if _UNFINISHED.match(lines[i].text[-1:])]
    unfinished = [i for i in unfinished if _goes_on(lines[i], lines[i + 1], document)]
    unfinished = [i for i in unfinished if times[lines[i].text] == 1]
    width = _page_width([lines[i] for i in unfinished])
    meant = _within_paragraphs(lines, unfinished, width)
    if not any(tears_word(lines[i].text, lines[i + 1].text) for i in meant):
        return []
    if _has_indents(lines, width):
        breaks = [i for i in following if _goes_on(lines[i], lines[i + 1], document)]
        breaks = [i for i in breaks if times[lines[i].text] == 1]
        meant = _within_paragraphs(lines, breaks, width)
    if len(meant) <= sum(line.width > width + TOLERANCE for line in lines):
        return []  # a page has no lines that are wider, a text with headings has
    return [removal((lines[i].end, lines[i + 1].start)) for i in meant]


def _may_join(document: DraftText, place: _Line | Edit) -> bool:
    """Whether the line feed after a line, or in an edit, is not known to end a paragraph."""
    start = place.end if isinstance(place, _Line) else place.start
    return not document.ends_paragraph(document.text.index("\n", start))


def _stranded(text: str) -> Iterator[Edit]:
    """The break before a mark on a line of its own, and the one after it within a sentence."""
    for feed in _MARK_FIRST.finditer(text):
        start = feed.start()
        while text[start - 1 : start] in (" ", "\t"):
            start -= 1
        if not (found := _STRANDED.match(text, start)):
            continue
        yield removal(found.span(1))
        if found[2][-1] in "，、；：,;:" and _GOES_ON.match(text, found.end()):
            yield removal(found.span(3))


def _line(found: re.Match[str]) -> _Line:
    text = found[0].rstrip()
    return _Line(found.start(), found.start() + len(text), text)


def _goes_on(line: _Line, following: _Line, document: DraftText) -> bool:
    """Whether a line may end at a page width, and the next one goes on without indent."""
    return (
        len(line.text) < WIDTHS.stop
        and document.text.count("\n", line.end, following.start) == 1
        and _GOES_ON.match(following.text) is not None
        and ITEM_MARKER.match(following.text) is None
        and line.width in WIDTHS
        and _may_join(document, line)
    )


def _page_width(lines: Sequence[_Line]) -> int:
    """The most frequent width, give or take TOLERANCE; 0 for no lines."""
    counts = Counter(line.width for line in lines)
    if not counts:
        return 0
    near = {width: sum(counts[width - d] for d in range(TOLERANCE + 1)) for width in counts}
    return max(near, key=lambda width: (near[width], width))


def _has_indents(lines: Sequence[_Line], width: int) -> bool:
    """Whether all paragraphs have an indent, so that a line without goes on after a full stop."""
    shorter = [True, *(line.width < width - TOLERANCE for line in lines)]
    starts = [
        line.text.startswith(_INDENT)
        for line, first in zip(lines, shorter, strict=False)
        if first and (line.width >= width - TOLERANCE or line.text[-1:] in LINE_ENDS)
    ]
    return any(starts) and all(starts)


def _within_paragraphs(lines: Sequence[_Line], breaks: Sequence[int], width: int) -> list[int]:
    """The breaks at the width in paragraphs that end with a mark and within it.

    The line after a heading of that width is wider, and lists end without a mark.
    """
    found: list[int] = []
    ended: dict[int, bool] = {}
    for place in reversed([i for i in breaks if abs(width - lines[i].width) <= TOLERANCE]):
        last = lines[place + 1]
        is_last = last.text[-1:] in LINE_ENDS and last.width <= width + TOLERANCE
        ended[place] = ended.get(place + 1, is_last)
        found += [place] if ended[place] else []
    return found[::-1]


def tears_word(line: str, following: str) -> bool:
    """Whether a break is within a word of the dictionary, or before the unit of a figure."""
    if line[-1].isdecimal() and following[0] in UNITS:
        return True
    spans = ((left, right) for left in (1, 2, 3) for right in (1, 2, 3) if left + right <= 4)
    return any(frequency(line[-left:] + following[:right]) for left, right in spans)

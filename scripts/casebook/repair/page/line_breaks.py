"""Line breaks that a page width made: the lines of one paragraph joined again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from unicodedata import east_asian_width

from casebook.repair.draft_text import DraftText
from casebook.repair.edits import Edit, removal
from casebook.text.characters import HAN
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.patterns import lazy_pattern
from casebook.text.sentence_ends import LINE_ENDS
from casebook.text.word_frequencies import spans_word

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


@cache
def _columns(character: str) -> int:
    return 2 if east_asian_width(character) in "WFA" else 1


def _width(line: str) -> int:
    """Columns of a line, as far as they may matter."""
    shown = line[: WIDTHS.stop]
    return len(shown) if shown.isascii() else sum(map(_columns, shown))


def _is_wider(line: str, columns: int) -> bool:
    """Whether a line has more columns than that; its length often says so."""
    least = min(len(line), WIDTHS.stop)
    return least > columns or (2 * least > columns and _width(line) > columns)


def join_broken_lines(document: DraftText) -> Sequence[Edit]:
    """Remove breaks around marks, and after lines of one page width within a sentence."""
    if stranded := [e for e in _stranded(document.text) if _may_join(document, e.start)]:
        return stranded
    lines = [line.rstrip() for line in document.all_lines]
    starts = document.borders
    times = Counter(lines)  # a repeated line is a title

    def goes_on(place: int) -> bool:
        joins = times[lines[place]] == 1 and _goes_on(lines[place], lines[place + 1])
        return joins and _may_join(document, starts[place])

    following = range(len(lines) - 1)
    unfinished = [i for i in following if _UNFINISHED.match(lines[i][-1:]) and goes_on(i)]
    width = _page_width([lines[i] for i in unfinished])
    meant = _within_paragraphs(lines, unfinished, width)
    if not any(tears_word(lines[i], lines[i + 1]) for i in meant):
        return []
    if _has_indents([line.rstrip() for line in document.all_lines if line], width):
        meant = _within_paragraphs(lines, [i for i in following if goes_on(i)], width)
    if len(meant) <= sum(_is_wider(line, width + TOLERANCE) for line in lines):
        return []  # a page has no lines that are wider, a text with headings has
    return [removal((starts[i] + len(lines[i]), starts[i + 1])) for i in meant]


def _may_join(document: DraftText, place: int) -> bool:
    """Whether the next line feed after a place is not known to end a paragraph."""
    return not document.ends_paragraph(document.text.index("\n", place))


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


def _goes_on(line: str, following: str) -> bool:
    """Whether a line may end at a page width, and the next one goes on without indent."""
    return (
        WIDTHS.start <= 2 * len(line)
        and len(line) < WIDTHS.stop
        and _GOES_ON.match(following) is not None
        and ITEM_MARKER.match(following) is None
        and (WIDTHS.start <= len(line) < WIDTHS.stop // 2 or _width(line) in WIDTHS)
    )


def _page_width(lines: Sequence[str]) -> int:
    """The most frequent width, give or take TOLERANCE; 0 for no lines."""
    counts = Counter(map(_width, lines))
    if not counts:
        return 0
    near = {width: sum(counts[width - d] for d in range(TOLERANCE + 1)) for width in counts}
    return max(near, key=lambda width: (near[width], width))


def _has_indents(lines: Sequence[str], width: int) -> bool:
    """Whether all paragraphs have an indent, so that a line without goes on after a full stop."""
    full = [_is_wider(line, width - TOLERANCE - 1) for line in lines]
    starts = [
        line.startswith(_INDENT)
        for line, is_full, after_full in zip(lines, full, [False, *full], strict=False)
        if not after_full and (is_full or line[-1:] in LINE_ENDS)
    ]
    return any(starts) and all(starts)


def _within_paragraphs(lines: Sequence[str], breaks: Sequence[int], width: int) -> list[int]:
    """The breaks at the width in paragraphs that end with a mark and within it.

    The line after a heading of that width is wider, and lists end without a mark.
    """
    found: list[int] = []
    ended: dict[int, bool] = {}
    for place in reversed([i for i in breaks if abs(width - _width(lines[i])) <= TOLERANCE]):
        last = lines[place + 1]
        is_last = last[-1:] in LINE_ENDS and not _is_wider(last, width + TOLERANCE)
        ended[place] = ended.get(place + 1, is_last)
        found += [place] if ended[place] else []
    return found[::-1]


def tears_word(line: str, following: str) -> bool:
    """Whether a break is within a word of the dictionary, or before the unit of a figure."""
    if line[-1].isdecimal() and following[0] in UNITS:
        return True
    return spans_word(line, following)

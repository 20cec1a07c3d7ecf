"""Line breaks that a page width made: the lines of one paragraph joined again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from casebook.repair.draft_text import DraftText, RuleResult
from casebook.repair.edits import Edit
from casebook.text.characters import HAN
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.sentence_ends import LINE_ENDS
from casebook.text.word_frequencies import frequency

_LINE = re.compile(r"[^\n]+")
_UNFINISHED = re.compile(f"[{HAN}0-9、，“《（]$")
_GOES_ON = re.compile(f"[{HAN}0-9，、。；：！？“”《》（）]")
_KEPT_WITH = re.compile(f"[{HAN}][，、。；：！？”》）]")
ITEM_MARKER = re.compile(
    rf"[{ONE_TO_TEN}百]{{1,3}}[、.．是]|[（(][{ONE_TO_TEN}\d]{{1,3}}[）)]|\d{{1,2}}[.．、)）]\D"
    rf"|第[{ONE_TO_TEN}百\d]{{1,3}}[章节条篇部项个]|[①-⑳]|[-*+•◆■●○] ?|附件|抄送|目录"
)

_STRANDED = re.compile(
    f"(?<=[{HAN}0-9A-Za-z”》）])([ \t]*\n[ \t]*)([，。、；：！？”》）,;:!?]{{1,2}})"
    r"([ \t]*\n[ \t]*|\s*\Z)"
)
"""A mark that an extractor put on a line of its own."""

WIDTHS = range(32, 121)
"""Columns that a page may be wide (a Chinese character takes two); narrower lines are verse."""

TORN_SHARE = 0.15
"""Least share of the breaks that are within a word. An author breaks no line there."""

ESTABLISHED_FREQUENCY = 5
"""Least frequency of a word whose characters are on both sides of a break."""

TOLERANCE = 3
"""Columns by which lines of one page differ, since a mark must not begin a line."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def width(self) -> int:
        """Columns of the line, as far as they may matter."""
        shown = self.text[: WIDTHS.stop]
        return len(shown) + sum(east_asian_width(character) in "WFA" for character in shown)


def join_broken_lines(document: DraftText) -> RuleResult:
    """Remove breaks around marks, and after lines of one page width within a sentence."""
    if stranded := tuple(e for e in _stranded(document.text) if _may_join(document, e.start)):
        return RuleResult(stranded)
    lines = [_line(found) for found in _LINE.finditer(document.text)]
    times = Counter(line.text for line in lines)  # a repeated line is a title
    breaks = [
        i
        for i in range(len(lines) - 1)
        if times[lines[i].text] == 1
        and _runs_on(lines[i], lines[i + 1], document.text)
        and _may_join(document, lines[i].end)
    ]
    width = _page_width([lines[i] for i in breaks])
    at_width = [i for i in breaks if _fills(lines[i], lines[i + 1], width)]
    meant = _within_sentences(lines, at_width)
    torn = sum(tears_word(lines[i].text, lines[i + 1].text) for i in meant)
    if torn < max(1, TORN_SHARE * len(meant)):
        return RuleResult()
    edits = (Edit(lines[i].end, lines[i + 1].start, "", "likely") for i in meant)
    return RuleResult(tuple(edits))


def _may_join(document: DraftText, position: int) -> bool:
    """Whether the next line feed is not known to end a paragraph."""
    return not document.ends_paragraph(document.text.index("\n", position))


def _stranded(text: str) -> Iterator[Edit]:
    """The break before a mark on a line of its own, and the one after it within a sentence."""
    for found in _STRANDED.finditer(text):
        yield Edit(found.start(1), found.end(1), "", "likely")
        if found[2][-1] in "，、；：,;:" and _GOES_ON.match(text, found.end()):
            yield Edit(found.start(3), found.end(3), "", "likely")


def _line(found: re.Match[str]) -> _Line:
    text = found[0].rstrip()
    return _Line(found.start(), found.start() + len(text), text)


def _runs_on(line: _Line, following: _Line, text: str) -> bool:
    """Whether a line ends in the middle of a sentence and the next one goes on without indent."""
    return (
        len(line.text) < WIDTHS.stop
        and text.count("\n", line.end, following.start) == 1
        and _UNFINISHED.search(line.text) is not None
        and _GOES_ON.match(following.text) is not None
        and ITEM_MARKER.match(following.text) is None
        and line.width in WIDTHS
    )


def _fills(line: _Line, following: _Line, width: int) -> bool:
    """Whether a line is as wide as the page, or shorter since a mark took its last character on."""
    lacking = width - line.width
    return -TOLERANCE <= lacking <= TOLERANCE + 2 * bool(_KEPT_WITH.match(following.text))


def _page_width(lines: Sequence[_Line]) -> int:
    """The most frequent width, give or take TOLERANCE; 0 for no lines."""
    counts = Counter(line.width for line in lines)
    if not counts:
        return 0
    near = {width: sum(counts[width - d] for d in range(TOLERANCE + 1)) for width in counts}
    return max(near, key=lambda width: (near[width], width))


def _within_sentences(lines: Sequence[_Line], breaks: Sequence[int]) -> list[int]:
    """The breaks of paragraphs that end with a mark; those of lists do not."""
    found: list[int] = []
    ended: dict[int, bool] = {}
    for place in reversed(breaks):
        ended[place] = ended.get(place + 1, lines[place + 1].text[-1:] in LINE_ENDS)
        found += [place] if ended[place] else []
    return found[::-1]


def tears_word(line: str, following: str) -> bool:
    """Whether a break between two lines is within a word of the dictionary."""
    spans = ((left, right) for left in (1, 2, 3) for right in (1, 2, 3) if left + right <= 4)
    return any(
        frequency(line[-left:] + following[:right]) >= ESTABLISHED_FREQUENCY
        for left, right in spans
    )

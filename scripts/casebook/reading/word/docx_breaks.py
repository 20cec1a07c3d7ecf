"""Soft breaks within a paragraph of a Word file: mostly layout, sometimes the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.text.characters import HAN
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS, CLOSING_MARKS

BREAK, PAGE_BREAK = "\n", "\f"
"""What stands for a soft break and for one to a new page or column in the text of a paragraph."""

BLANKS = " \t\u3000"

FEWEST_BREAKS = 3
"""Soft breaks of a paragraph from which they may stand for ends of paragraphs, as in text that was
copied from a web page; fewer only set a line."""

LONGEST_HEADING = 40
"""Characters of a numbered heading that stands alone before a soft break."""

_WIDE = re.compile(f"[{HAN}\u3000-\u303f\uff01-\uff60\u2014\u2018-\u201d\u2026]")
_MARKER = re.compile(
    rf"[（(]?(?:[{ONE_TO_TEN}]{{1,3}}|\d{{1,2}})[、．.）)](?!\d)|第[{ONE_TO_TEN}百]{{1,4}}[章节条]|[①-⑳]"
)
_CLAUSE_ENDS = "，、,"


def split_breaks(text: str) -> list[str]:
    """The lines of a paragraph: one, where breaks only set it.

    A break becomes a blank, or nothing between Chinese characters. A line ends at a new page, and
    where numbered lines begin or end; what has many breaks, half of them after sentences, was
    copied from a page with a break after each line. Whether such a line ends a paragraph is not
    known.
    """
    lines = [line for page in text.split(PAGE_BREAK) for line in _split_page(page)]
    return [line for line in lines if line.strip(BLANKS)] or [""]


def _split_page(text: str) -> Iterator[str]:
    lines = [line for line in text.split(BREAK) if line.strip(BLANKS)]
    if len(lines) > FEWEST_BREAKS and 2 * sum(map(_is_ended, lines[:-1])) >= len(lines) - 1:
        yield from lines
        return
    start = 0
    for place in range(1, len(lines)):
        if _divides(lines[place - 1], lines[place]):
            yield _join(lines[start:place])
            start = place
    yield _join(lines[start:])


def _is_ended(line: str) -> bool:
    return line.rstrip(BLANKS + CLOSING_MARKS)[-1:] in ANY_SENTENCE_ENDS


def _divides(before: str, after: str) -> bool:
    """Whether one of two lines is a numbered one of its own."""
    heading = before.strip(BLANKS)
    if _MARKER.match(after.strip(BLANKS)):
        return True
    alone = len(heading) <= LONGEST_HEADING and heading[-1] not in _CLAUSE_ENDS
    return alone and _MARKER.match(heading) is not None


def _join(lines: list[str]) -> str:
    """The lines of a row as one."""
    joined = lines[:1]
    for line in (each.strip(" \t") for each in lines[1:]):
        joined[-1] = joined[-1].rstrip(" \t")
        is_wide = _WIDE.match(joined[-1][-1:]) and _WIDE.match(line)
        joined += ["" if is_wide else " ", line]
    return "".join(joined)

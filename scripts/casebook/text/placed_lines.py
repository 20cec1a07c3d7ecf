"""Lines of a text with their places, and what is around a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

Span = tuple[int, int]
"""Start and end in code points."""

PlacedLine = tuple[Span, str]
"""A line's range including its line feed, and its text without spaces around."""


class Ranges:
    """Places of a text, to ask whether a position lies in one; those that touch are one."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts, self._ends = list[int](), list[int]()
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def __contains__(self, position: int) -> bool:
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._ends[index]

    def __or__(self, spans: Iterable[Span]) -> Ranges:
        return Ranges((*zip(self._starts, self._ends, strict=True), *spans))


def lines_with(text: str, character: str) -> Iterator[Span]:
    """The lines that contain a character, each with the line feed after it."""
    at = text.find(character)
    while at >= 0:
        end = text.find("\n", at) + 1 or len(text)
        yield text.rfind("\n", 0, at) + 1, end
        at = text.find(character, end)


def lines_having(text: str, pattern: re.Pattern[str], lines: Span) -> Iterator[Span]:
    """Those of a range of lines in which there is a place of a pattern, without the line feed."""
    position, limit = lines
    while place := pattern.search(text, position, limit):
        start = text.rfind("\n", 0, place.start()) + 1
        end = text.find("\n", place.start())
        position = end if end >= 0 else len(text)
        yield start, position


def own_line(text: str, start: int, end: int) -> Span | None:
    """The range of a place's line if only blanks and bullets are in it; 40 of them at most."""
    before, feed, _ = text[end : end + 40].partition("\n")
    after = text[max(0, start - 40) : start].rpartition("\n")[2]
    if before.strip() or after.strip("-*+ \t\u3000"):
        return None
    return start - len(after), end + len(before) + len(feed)


def around(text: str, start: int, end: int, width: int = 1) -> tuple[str, str]:
    """The text before and after a place, `width` characters each; less at a border."""
    return text[max(0, start - width) : start], text[end : end + width]

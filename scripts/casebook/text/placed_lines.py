"""Lines of a text with their places, and what is around a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Span = tuple[int, int]
"""Start and end in code points."""

PlacedLine = tuple[Span, str]
"""A line's range including its line feed, and its text without spaces around."""


def placed_lines(text: str) -> tuple[PlacedLine, ...]:
    """Every line that is not blank, with its range including the line feed, and stripped."""
    lines = re.finditer(r"[^\n]+\n?", text)
    return tuple((line.span(), bare) for line in lines if (bare := line[0].strip()))


def lines_with(text: str, character: str) -> Iterator[Span]:
    """The lines that contain a character, each with the line feed after it."""
    at = text.find(character)
    while at >= 0:
        end = text.find("\n", at) + 1 or len(text)
        yield text.rfind("\n", 0, at) + 1, end
        at = text.find(character, end)


def lines_at(text: str, places: Iterable[re.Match[str]]) -> Iterator[Span]:
    """The lines in which places in order begin, each once and without the line feed."""
    end = -1
    for place in places:
        if place.start() > end:
            start = text.rfind("\n", 0, place.start()) + 1
            end = text.find("\n", place.start())
            end = end if end >= 0 else len(text)
            yield start, end


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

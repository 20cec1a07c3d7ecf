"""Lines of a text with their places, and edits that remove them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casebook.repair.edits import Edit

Span = tuple[int, int]
PlacedLine = tuple[Span, str]
"""A line's range including its line feed, and its text without spaces around."""

_BLANKS = "-*+ \t\u3000"
MOST_BLANKS = 40
"""Characters of an indent or of blanks after a text that are looked at."""


def placed_lines(text: str) -> Iterator[PlacedLine]:
    """Every line that is not blank, with its range including the line feed, and stripped."""
    for line in re.finditer(r"[^\n]+\n?", text):
        if stripped := line[0].strip():
            yield line.span(), stripped


def line_around(text: str, start: int, end: int) -> Span:
    """The range of the lines that a place is in, including the last line feed."""
    return text.rfind("\n", 0, start) + 1, text.find("\n", end) + 1 or len(text)


def own_line(text: str, start: int, end: int) -> Span | None:
    """The range of the line of a place, or None if anything but blanks and bullets is in it."""
    head, tail = text[max(0, start - MOST_BLANKS) : start], text[end : end + MOST_BLANKS]
    before, feed, _ = tail.partition("\n")
    after = head.rpartition("\n")[2]
    if before.strip() or after.strip(_BLANKS):
        return None
    return start - len(after), end + len(before) + len(feed)


def removal(span: Span) -> Edit:
    """The edit that removes a range; what is no text of its author is never surely so."""
    return Edit(*span, "", "likely")


def removals(text: str, places: Iterable[Span]) -> Iterator[Edit]:
    """Edits that remove places, each with its line if nothing else is in it. Places are apart."""
    for place in places:
        yield removal(own_line(text, *place) or place)

"""The lines of a source by position, and what becomes of them when its text is repaired."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from casebook.model import Line, join_lines, plain_lines
from casebook.repair.edits import Draft


class SourceLines:
    """Lines as they were read, placed in the source that they make."""

    def __init__(self, lines: Sequence[Line], is_markdown: bool = False) -> None:
        self.is_markdown = is_markdown
        self.text = join_lines(lines)
        self._lines = lines
        self._starts = [0, *accumulate(len(line.text) + 1 for line in lines)]
        self.is_plain = all(line == Line(line.text) for line in lines)

    def ends_at(self, position: int) -> bool:
        """Whether a paragraph surely ends at a position: a line feed, or the end of the source."""
        if self.is_plain:
            return False
        number = self._number(position)
        return self._lines[number].certain_end and position + 1 == self._starts[number + 1]

    def is_outside(self, position: int) -> bool:
        """Whether the form of the document says that a position is outside the text."""
        return self._lines[self._number(position)].facts.origin == "outside"

    def after_repair(self, draft: Draft) -> tuple[Line, ...]:
        """The lines of the draft's text, each with the facts of the line in which it begins."""
        if self.is_plain:
            return plain_lines(draft.text)
        lines: list[Line] = []
        start = 0
        for text in draft.text.split("\n"):
            facts = self._lines[self._number(draft.source_position(start))].facts
            start += len(text) + 1
            lines.append(Line(text, self.ends_at(draft.source_position(start - 1)), facts))
        return tuple(lines)

    def _number(self, position: int) -> int:
        """The line that a position of the source lies in, its line feed included."""
        return min(bisect_right(self._starts, position), len(self._lines)) - 1

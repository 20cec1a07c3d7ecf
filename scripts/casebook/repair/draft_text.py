"""What a rule may ask about the text it repairs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, count, pairwise
from operator import add
from typing import Any, TypeVar

from casebook.model import Certainty
from casebook.repair.edits import Draft, Edit
from casebook.repair.source_lines import SourceLines
from casebook.text.characters import script_of
from casebook.text.placed_lines import (
    PlacedLine,
    Ranges,
    Span,
    lines_having,
    lines_with,
)

_CODE = re.compile(r"`(?:(?<![^\n]`)``[^`\n]*\n.{0,9999}?^```|[^`\n]{1,80}`)", re.S | re.M)
_DATA = re.compile(r"^[ \t]*[{\[][^\n]*[}\]],?[ \t]*$", re.M)
_NOT_PROSE = {
    "://": re.compile(r"(?:https?|ftp)://[!-~]*[A-Za-z0-9/#=_&-]"),  # without a mark after it
    "www.": re.compile(r"www\.[!-~]*[A-Za-z0-9/#=_&-]"),
    "@": re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}", re.A),
    "{": _DATA,
    "[": _DATA,
}
"""Patterns of what is not prose, by what a line has that has any: most lines need none."""


@dataclass(frozen=True, slots=True)
class TextDoubt:
    """A place [start, end) of the current text that a person should look at."""

    start: int
    end: int
    message: str


_Found = TypeVar("_Found", bound=tuple[Any, ...])

Finding = Edit | TextDoubt
"""What a rule finds. It yields its findings in any order; its edits must not overlap."""


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule found: edits, sorted and apart, and doubts."""

    edits: tuple[Edit, ...] = ()
    doubts: tuple[TextDoubt, ...] = ()


NOTHING = RuleResult()


class DraftText:
    """The current text of a draft with facts that are worked out only when a rule asks."""

    def __init__(self, draft: Draft, source: SourceLines) -> None:
        self.draft = draft
        self._source = source
        self.text = draft.text
        self.is_markdown = source.is_markdown
        self._changed: dict[frozenset[str], tuple[set[int], list[Span]]] = {}

    @cached_property
    def script(self) -> str:
        """The script of the text: "traditional", "simplified" or ""."""
        return script_of(self.text)

    @cached_property
    def lines(self) -> Sequence[PlacedLine]:
        """Every line that is not blank, with its range, and stripped."""
        rows = zip(pairwise(self.borders), self.all_lines, strict=True)
        return [(span, bare) for span, line in rows if (bare := line.strip())]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [start for (start, _), _ in self.lines]

    @cached_property
    def _protected(self) -> Ranges:
        """Places that are not prose."""
        found = [place.span() for place in _CODE.finditer(self.text)]
        for sign, pattern in _NOT_PROSE.items():
            for line in lines_with(self.text, sign):
                found += (place.span() for place in pattern.finditer(self.text, *line))
        return Ranges(found)

    def search(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """All places of a pattern that looks at nothing beyond the line of its place."""
        spans = self.unsearched(pattern)
        found = [place for span in spans for place in pattern.finditer(self.text, *span)]
        self.remember(pattern, (place.start() for place in found))
        return found

    def search_lines(self, find: Callable[[str, Span], Iterable[_Found]]) -> list[_Found]:
        """All that a function finds that looks at nothing beyond the lines that it is given.

        What it finds begins with its place.
        """
        found = [one for span in self.unsearched(find) for one in find(self.text, span)]
        self.remember(find, (one[0] for one in found))
        return found

    def lines_that(self, belong: Callable[[str], object]) -> list[int]:
        """Which of `lines` fulfill a condition, which looks at nothing but a line itself."""
        starts, found = self._line_starts, list[int]()
        for span in self.unsearched(belong):
            first, end = (bisect_left(starts, place) for place in span)
            found += [i for i in range(first, end) if belong(self.lines[i][1])]
        self.remember(belong, (starts[i] for i in found))
        return found

    def lines_of(self, pattern: re.Pattern[str]) -> list[Span]:
        """The lines in which there is a place of such a pattern, each without its line feed."""
        spans = self.unsearched(pattern)
        found = [line for span in spans for line in lines_having(self.text, pattern, span)]
        self.remember(pattern, (start for start, _ in found))
        return found

    def replace_all(
        self, pattern: re.Pattern[str], after: str, certainty: Certainty = "certain"
    ) -> Iterator[Edit]:
        """Edits that put the same text at all places of such a pattern."""
        return (Edit(*found.span(), after, certainty) for found in self.search(pattern))

    def flag_all(self, pattern: re.Pattern[str], message: str) -> Iterator[TextDoubt]:
        """Doubts with the same message at all places of such a pattern."""
        return (TextDoubt(*found.span(), message) for found in self.search(pattern))

    def unsearched(self, search: Hashable) -> list[Span]:
        """Ranges of whole lines in which a search may find something.

        That is all but the lines in which the same search found nothing when the text last was
        searched: most of what later passes see. The search tells `remember` where it found what.
        """
        before, found = self.draft.searched.get(search, (None, frozenset[str]()))
        if before is None:
            return [(0, len(self.text))]
        if before not in self._changed:
            numbers = self._numbers_of(self._distinct_lines - before)
            self._changed[before] = numbers, self._spans_of(numbers)
        changed, spans = self._changed[before]
        again = self._numbers_of(found)
        return spans if again <= changed else self._spans_of(changed | again)

    def _numbers_of(self, lines: Iterable[str]) -> set[int]:
        return {number for line in lines for number in self._numbers.get(line, ())}

    def _spans_of(self, numbers: Iterable[int]) -> list[Span]:
        """The ranges of these lines; neighbors make one range."""
        spans = list[Span]()
        for number in sorted(numbers):
            start, end = self.borders[number : number + 2]
            spans.append((spans.pop()[0] if spans and spans[-1][1] == start else start, end))
        return spans

    def remember(self, search: Hashable, places: Iterable[int]) -> None:
        """Note that a search looked at all lines, and found something where these places are."""
        numbers = {bisect_right(self.borders, place) - 1 for place in places}
        found = frozenset(self.all_lines[number] for number in numbers)
        self.draft.searched[search] = self._distinct_lines, found

    @cached_property
    def all_lines(self) -> list[str]:
        """Every line without its line feed."""
        return self.text.split("\n")

    @cached_property
    def borders(self) -> list[int]:
        """Where each line begins, and the last one ends."""
        ends = map(add, accumulate(map(len, self.all_lines)), count(1))
        return [0, *list(ends)[:-1], len(self.text)]

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """The numbers of each line, which may stand several times."""
        numbers: dict[str, list[int]] = {}
        for number, line in enumerate(self.all_lines):
            numbers.setdefault(line, []).append(number)
        return numbers

    @cached_property
    def _distinct_lines(self) -> frozenset[str]:
        return frozenset(self.all_lines)

    def is_protected(self, position: int) -> bool:
        """Whether a place is an address, code or data, whose characters are not typography."""
        return position in self._protected

    def is_doubtful(self, position: int) -> bool:
        """Whether an earlier rule flagged this place: its marks may be bytes of something else."""
        return self.draft.source_position(position) in self.draft.doubtful

    def collect(self, findings: Iterable[Finding], spares_code: bool) -> RuleResult:
        """Findings in order, without those at flagged places, and if it spares code, in code."""
        places = [*findings]
        if not places:  # as a rule
            return NOTHING
        places.sort(key=lambda one: (one.start, one.end))
        if spares_code:
            places = [one for one in places if not self.is_protected(one.start)]
        if self.draft.doubtful:
            places = [one for one in places if not self.is_doubtful(one.start)]
        edits = tuple(one for one in places if isinstance(one, Edit))
        return RuleResult(edits, tuple(one for one in places if isinstance(one, TextDoubt)))

    def is_of_source(self, start: int, end: int) -> bool:
        """Whether [start, end) stands so in the source: no rule put it in."""
        place = self.draft.source_position(start)
        return self.draft.source.startswith(self.text[start:end], place)

    def ends_paragraph(self, position: int) -> bool:
        """Whether the line feed at a place certainly ends a paragraph: no rule may remove it."""
        return self.has_facts and self._source.ends_at(self.draft.source_position(position))

    @property
    def has_facts(self) -> bool:
        """Whether the form of the document says more than its text."""
        return not self._source.is_plain

    def is_outside(self, position: int) -> bool:
        """Whether the form of the document says that a place is outside the text."""
        return self.has_facts and self._source.is_outside(self.draft.source_position(position))

    def removed_before(self, position: int) -> str:
        """What earlier rules deleted directly before `position` of the text."""
        return self.draft.removed_before(position)

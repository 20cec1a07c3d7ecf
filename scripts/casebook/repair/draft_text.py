"""What a rule may ask about the text it repairs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from casebook.model import Certainty
from casebook.repair.edits import Draft, Edit
from casebook.repair.source_lines import SourceLines
from casebook.text.characters import script_of
from casebook.text.placed_lines import PlacedLine, Span, lines_with, placed_lines

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_CODE = re.compile(r"^```[^`\n]*\n.{0,9999}?^```|`[^`\n]{1,80}`", re.S | re.M)
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
        self._changed: dict[int, list[int]] = {}

    @cached_property
    def script(self) -> str:
        """The script of the text: "traditional", "simplified" or ""."""
        return script_of(self.text)

    @cached_property
    def lines(self) -> Sequence[PlacedLine]:
        """Every line that is not blank, with its range, and stripped."""
        return placed_lines(self.text)

    @cached_property
    def _protected(self) -> tuple[list[int], list[int]]:
        """Starts and ends of places that are not prose."""
        found = [place.span() for place in _CODE.finditer(self.text)] if "`" in self.text else []
        for sign, pattern in _NOT_PROSE.items():
            for line in lines_with(self.text, sign):
                found += (place.span() for place in pattern.finditer(self.text, *line))
        return _united(found)

    @cached_property
    def _doubtful(self) -> tuple[list[int], list[int]]:
        """Starts and ends of places of the source that were flagged."""
        return _united(self.draft.doubtful)

    def search(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """All places of a pattern that looks at nothing beyond the line of its place."""
        spans = self.unsearched(pattern)
        found = [place for span in spans for place in pattern.finditer(self.text, *span)]
        self.remember(pattern, (place.start() for place in found))
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
        before, found = self.draft.searched.get(search, ({}, set()))
        if not before:
            return [(0, len(self.text))]
        if (changed := self._changed.get(id(before))) is None:
            changed = [
                start for line in self._starts.keys() - before for start in self._starts[line]
            ]
            self._changed[id(before)] = changed
        again = (start for line in found for start in self._starts.get(line, ()))
        spans = list[Span]()
        for start in sorted({*changed, *again}):
            end = self.text.find("\n", start) + 1 or len(self.text)
            spans.append((spans.pop()[0] if spans and spans[-1][1] == start else start, end))
        return spans

    def remember(self, search: Hashable, places: Iterable[int]) -> None:
        """Note that a search looked at all lines, and found something where these places are."""
        found, end = set[str](), 0
        for place in sorted(places):
            if place >= end:
                start = self.text.rfind("\n", 0, place) + 1
                end = self.text.find("\n", place) + 1 or len(self.text)
                found.add(self.text[start:end])
        self.draft.searched[search] = self._starts, found

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where each line begins, with all its places."""
        starts: dict[str, list[int]] = {}
        for line in _LINE.finditer(self.text):
            starts.setdefault(line[0], []).append(line.start())
        return starts

    def is_protected(self, position: int) -> bool:
        """Whether a place is an address, code or data, whose characters are not typography."""
        return _is_within(position, *self._protected)

    def is_doubtful(self, position: int) -> bool:
        """Whether an earlier rule flagged this place: its marks may be bytes of something else."""
        return _is_within(self.draft.source_position(position), *self._doubtful)

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
        return self._source.ends_at(self.draft.source_position(position))

    def is_outside(self, position: int) -> bool:
        """Whether the form of the document says that a place is outside the text."""
        return self._source.is_outside(self.draft.source_position(position))

    def removed_before(self, position: int) -> str:
        """What earlier rules deleted directly before `position` of the text."""
        return self.draft.removed_before(position)


def _united(ranges: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Starts and ends of ranges, in order; those that overlap or touch are one."""
    starts, ends = list[int](), list[int]()
    for start, end in sorted(ranges):
        if ends and start <= ends[-1]:
            ends[-1] = max(end, ends[-1])
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _is_within(position: int, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether a position lies in one of some ranges that are sorted and apart."""
    index = bisect_right(starts, position) - 1
    return index >= 0 and position < ends[index]

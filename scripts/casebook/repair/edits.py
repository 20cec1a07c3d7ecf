"""Edits and their bookkeeping: rules change a text in turn, the steps stay placed in the source.

A rule sees the text as the rules before it left it. A `Draft` composes its edits with all earlier
ones, so that at the end one sorted list of steps leads from the source to the text and back. The
cost of a rule is linear in the text and in the number of changes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from casebook.model import Certainty, Step
from casebook.repair.search_effort import SearchEffort
from casebook.text.placed_lines import Ranges


class Edit(NamedTuple):
    """Replace [start, end) of the current text by `after`.

    A named tuple, because rules make thousands of them.
    """

    start: int
    end: int
    after: str
    certainty: Certainty = "certain"


def removal(place: tuple[int, int]) -> Edit:
    """The edit that removes a place as likely no text of its author."""
    return Edit(*place, "", "likely")


@dataclass(slots=True)
class _Hunks:
    """Changed places in order: [source_starts, source_ends) of the source is [starts, ends).

    A struct of arrays: there are thousands of hunks, and each rule shifts all later ones.
    """

    source_starts: array[int] = field(default_factory=lambda: array("i"))
    source_ends: array[int] = field(default_factory=lambda: array("i"))
    starts: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("i"))
    rules: list[tuple[str, ...]] = field(default_factory=list)
    certainties: list[Certainty] = field(default_factory=list)

    def append(
        self, source: tuple[int, int], place: tuple[int, int], rules: tuple[str, ...],
        certainty: Certainty,
    ) -> None:  # fmt: skip
        """Add a place after the others."""
        self.source_starts.append(source[0])
        self.source_ends.append(source[1])
        self.starts.append(place[0])
        self.ends.append(place[1])
        self.rules.append(rules)
        self.certainties.append(certainty)

    def extend(self, others: _Hunks, first: int, last: int, shift: int) -> None:
        """Add the places [first, last) of others, moved in the text."""
        self.source_starts += others.source_starts[first:last]
        self.source_ends += others.source_ends[first:last]
        self.starts.extend([start + shift for start in others.starts[first:last]])
        self.ends.extend([end + shift for end in others.ends[first:last]])
        self.rules += others.rules[first:last]
        self.certainties += others.certainties[first:last]

    def lag(self, count: int) -> int:
        """Source position minus text position after the first `count` places."""
        return self.source_ends[count - 1] - self.ends[count - 1] if count else 0


class Draft:
    """A source text and what the rules so far have made of it.

    `doubtful` has the places of the source that this run of the rules flagged so far; `searched` by
    search the lines of the text when it was last searched, and those of them where something was
    found (`DraftText.unsearched`); `unread` damage of which the decoder made nothing, with what is
    around it.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self.doubtful = Ranges()
        self.effort = SearchEffort()
        self.unread = set[Hashable]()
        self.searched: dict[Hashable, tuple[frozenset[str], frozenset[str]]] = {}
        self._hunks = _Hunks()
        self._order: dict[str, int] = {}

    @classmethod
    def of(cls, source: str, steps: Sequence[Step]) -> Draft:
        """The draft that finished steps lead to, to ask it for positions."""
        draft = cls(source)
        draft.apply("", [Edit(s.start, s.end, s.after, s.certainty) for s in steps])
        return draft

    def apply(self, rule: str, edits: Iterable[Edit]) -> bool:
        """Apply the edits of one rule; they must be sorted and must not overlap.

        Returns whether anything changed. Edits that change nothing are dropped. Raises ValueError
        when edits overlap.
        """
        changes = [edit for edit in edits if self.text[edit.start : edit.end] != edit.after]
        if not changes:
            return False
        self._order.setdefault(rule, len(self._order))
        self._hunks = _compose(self._hunks, changes, rule)
        places = ((e.start, self.text[e.start : e.end], e.after) for e in changes)
        self.text = _replace(self.text, places)
        return True

    def source_position(self, position: int) -> int:
        """Where in the source the character at `position` of the text comes from."""
        hunks = self._hunks
        index = bisect_right(hunks.starts, position) - 1
        if index < 0:
            return position
        if position < hunks.ends[index]:
            return hunks.source_starts[index]
        return position + hunks.lag(index + 1)

    def removed_before(self, position: int) -> str:
        """The source text that earlier rules deleted directly before `position`, or ''."""
        hunks = self._hunks
        after = bisect_right(hunks.starts, position)
        for index in range(max(0, after - 2), after):
            if hunks.starts[index] == hunks.ends[index] == position:
                return self.source[hunks.source_starts[index] : hunks.source_ends[index]]
        return ""

    def steps(self) -> tuple[Step, ...]:
        """The changes so far, sorted, placed in the source."""
        hunks = self._hunks
        order = cache(lambda rules: tuple(sorted(rules, key=self._order.__getitem__)))
        source_places = [*zip(hunks.source_starts, hunks.source_ends, strict=True)]
        before = _intern_pieces(self.source, source_places)
        after = _intern_pieces(self.text, zip(hunks.starts, hunks.ends, strict=True))
        rules = map(order, hunks.rules)
        rows = zip(source_places, before, after, hunks.certainties, rules, strict=True)
        return tuple(
            Step(names[0], *place, was, now, certainty, names)
            for place, was, now, certainty, names in rows
            if was != now
        )


def _intern_pieces(text: str, places: Iterable[tuple[int, int]]) -> Iterator[str]:
    """The text at each place. Equal pieces are one string, because few are distinct."""
    known: dict[str, str] = {}
    for start, end in places:
        piece = text[start:end]
        yield known.setdefault(piece, piece)


def _compose(hunks: _Hunks, edits: Sequence[Edit], rule: str) -> _Hunks:
    """Merge two sorted lists of changes; what touches the same characters becomes one hunk."""
    result = _Hunks()
    shift = 0  # how far this rule's edits have moved the text after the current place
    only = (rule,)
    i = j = 0
    while j < len(edits):
        edit = edits[j]
        far = bisect_left(hunks.ends, edit.start, i)
        if i < far:
            result.extend(hunks, i, far, shift)  # far from any edit: only moved
            i = far
        if _is_alone(edit, hunks.starts[i : i + 1], edits[j + 1 : j + 2]):
            start, end, after, certainty = edit
            lag, j = hunks.lag(i), j + 1
            moved = (start + shift, start + shift + len(after))
            result.append((start + lag, end + lag), moved, only, certainty)
            shift += len(after) - (end - start)
            continue
        old, new = i, j
        start, i, j, end = _group(hunks, edits, i, j)
        growth = sum(len(edit.after) - (edit.end - edit.start) for edit in edits[new:j])
        _append_merged(result, hunks, (old, i), edits[new:j], (start, end, shift, growth), rule)
        shift += growth
    result.extend(hunks, i, len(hunks.ends), shift)
    return result


def _is_alone(edit: Edit, hunk: Sequence[int], following: Sequence[Edit]) -> bool:
    """Whether neither the next hunk nor the next edit may touch a place that is replaced."""
    return (
        edit.start < edit.end
        and (not hunk or hunk[0] >= edit.end)
        and (not following or following[0].start >= edit.end)
    )


def _group(hunks: _Hunks, edits: Sequence[Edit], i: int, j: int) -> tuple[int, int, int, int]:
    """The next changes that touch: where they start, the indices after them, where they end."""
    first = [*zip(hunks.starts[i : i + 1], hunks.ends[i : i + 1], strict=True)]
    start, end = min(first + [(edit.start, edit.end) for edit in edits[j : j + 1]])
    while True:
        if i < len(hunks.ends) and _touches(start, end, hunks.starts[i], hunks.ends[i]):
            end = max(end, hunks.ends[i])
            i += 1
        elif j < len(edits) and _touches(start, end, edits[j].start, edits[j].end):
            end = max(end, edits[j].end)
            j += 1
        else:
            return start, i, j, end


def _append_merged(
    result: _Hunks, hunks: _Hunks, old: tuple[int, int], new: Sequence[Edit],
    place: tuple[int, int, int, int], rule: str,
) -> None:  # fmt: skip
    """Add one hunk for changes that touch: `old` ones and `new` ones at a place of the text."""
    start, end, shift, growth = place
    within = slice(*old)
    source_start = start + hunks.lag(old[0])
    if old[0] < old[1]:
        source_start = hunks.source_starts[old[0]] - (hunks.starts[old[0]] - start)
    rules = tuple(dict.fromkeys(name for known in hunks.rules[within] for name in known))
    if new and rule not in rules:
        rules += (rule,)
    likely = "likely" in hunks.certainties[within] or any(e.certainty == "likely" for e in new)
    source = (source_start, end + hunks.lag(old[1]))
    moved = (start + shift, end + shift + growth)
    result.append(source, moved, rules, "likely" if likely else "certain")


def _touches(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether the next range shares characters with this one, or both are the same point."""
    if start == end == other_start:
        return other_start == other_end or (start, end) == (other_start, other_end)
    return other_start < end or (start, end) == (other_start, other_end)


def replay(source: str, steps: Iterable[Step]) -> str:
    """The text that the steps make of their source. Raises ValueError when they do not fit."""
    return _replace(source, ((step.start, step.before, step.after) for step in steps))


def undo(text: str, steps: Iterable[Step]) -> str:
    """The source that the steps were made from. Raises ValueError when they do not fit."""
    steps = [*steps]
    growths = (len(step.after) - len(step.before) for step in steps)
    shifts = accumulate(growths, initial=0)
    rows = ((s.start + shift, s.after, s.before) for s, shift in zip(steps, shifts, strict=False))
    return _replace(text, rows)


def _replace(text: str, rows: Iterable[tuple[int, str, str]]) -> str:
    """The text with the second string of each row, at its place, replaced by the third."""
    pieces: list[str] = []
    position = 0
    for start, before, after in rows:
        if start < position or not text.startswith(before, start):
            raise ValueError(f"the change at {start} does not fit the text")
        pieces += (text[position:start], after)
        position = start + len(before)
    return "".join((*pieces, text[position:]))

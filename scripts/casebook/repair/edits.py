"""Edits and their bookkeeping: rules change a text in turn, the steps stay placed in the source.

A rule sees the text as the rules before it left it. A `Draft` composes its edits with all earlier
ones, so that at the end one sorted list of steps leads from the source to the text and back. The
cost of a rule is linear in the text and in the number of changes.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casebook.model import Certainty, Step


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace [start, end) of the current text by `after`."""

    start: int
    end: int
    after: str
    certainty: Certainty = "certain"


class _Hunk(NamedTuple):
    """A changed place: [source_start, source_end) of the source is [start, end) of the text.

    A named tuple, for there are thousands of them, and each rule makes them anew.
    """

    source_start: int
    source_end: int
    start: int
    end: int
    rules: tuple[str, ...]
    certainty: Certainty


class Draft:
    """A source text and what the rules so far have made of it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self.doubtful: list[tuple[int, int]] = []
        self._hunks: list[_Hunk] = []
        self._order: dict[str, int] = {}

    @classmethod
    def of(cls, source: str, steps: Sequence[Step]) -> Draft:
        """The draft that finished steps lead to, to ask it for positions."""
        draft = cls(source)
        draft.apply("", [Edit(s.start, s.end, s.after, s.certainty) for s in steps])
        return draft

    def apply(self, rule: str, edits: Iterable[Edit]) -> bool:
        """Apply the edits of one rule; they must be sorted and must not overlap.

        Returns whether anything changed. Edits that change nothing are dropped.
        """
        changes = [edit for edit in edits if self.text[edit.start : edit.end] != edit.after]
        if not changes:
            return False
        self._order.setdefault(rule, len(self._order))
        self._hunks = _compose(self._hunks, changes, rule)
        self.text = _replaced(self.text, changes)
        return True

    def source_position(self, position: int) -> int:
        """Where in the source the character at `position` of the text comes from."""
        index = bisect_right(self._hunks, position, key=lambda hunk: hunk.start) - 1
        if index < 0:
            return position
        hunk = self._hunks[index]
        if position < hunk.end:
            return hunk.source_start
        return position - hunk.end + hunk.source_end

    def removed_before(self, position: int) -> str:
        """The source text that earlier rules deleted directly before `position`, or ''."""
        index = bisect_right(self._hunks, position, key=lambda hunk: hunk.start)
        for hunk in self._hunks[max(0, index - 2) : index]:
            if hunk.start == hunk.end == position:
                return self.source[hunk.source_start : hunk.source_end]
        return ""

    def steps(self) -> tuple[Step, ...]:
        """The changes so far, sorted, placed in the source."""
        steps = map(self._step, self._hunks)
        return tuple(step for step in steps if step.before != step.after)

    def _step(self, hunk: _Hunk) -> Step:
        rules = tuple(sorted(hunk.rules, key=self._order.__getitem__))
        before = self.source[hunk.source_start : hunk.source_end]
        after = self.text[hunk.start : hunk.end]
        return Step(
            rules[0], hunk.source_start, hunk.source_end, before, after, hunk.certainty, rules
        )


def _replaced(text: str, edits: Sequence[Edit]) -> str:
    pieces: list[str] = []
    position = 0
    for edit in edits:
        if edit.start < position:
            raise ValueError(f"edits overlap or are not sorted at {edit.start}")
        pieces += (text[position : edit.start], edit.after)
        position = edit.end
    return "".join((*pieces, text[position:]))


def _compose(hunks: Sequence[_Hunk], edits: Sequence[Edit], rule: str) -> list[_Hunk]:
    """Merge two sorted lists of changes; what touches the same characters becomes one hunk."""
    result: list[_Hunk] = []
    shift = 0  # how far the text behind the current place has moved by this rule's edits
    lag = 0  # source position minus text position behind the last hunk
    i = j = 0
    while i < len(hunks) or j < len(edits):
        border = edits[j].start if j < len(edits) else math.inf
        first = i
        while i < len(hunks) and hunks[i].end < border:  # far from any edit: only moved
            i += 1
        result += (_moved(hunk, shift) for hunk in hunks[first:i]) if shift else hunks[first:i]
        lag = hunks[i - 1].source_end - hunks[i - 1].end if i else lag
        if j == len(edits):
            break
        edit, old, new = edits[j], i, j
        if _is_alone(edit, hunks[i : i + 1], edits[j + 1 : j + 2]):
            start, end, j = edit.start, edit.end, j + 1
            after = start + shift + len(edit.after)
            place = (start + lag, end + lag, start + shift, after)
            result.append(_Hunk(*place, (rule,), edit.certainty))
            shift += len(edit.after) - (end - start)
            continue
        start, i, j, end = _group(hunks, edits, i, j)
        hunk = _merged(hunks[old:i], edits[new:j], (start, end), lag, rule)
        growth = sum(len(edit.after) - (edit.end - edit.start) for edit in edits[new:j])
        result.append(hunk._replace(start=start + shift, end=end + shift + growth))
        shift += growth
    return result


def _is_alone(edit: Edit, hunk: Sequence[_Hunk], following: Sequence[Edit]) -> bool:
    """Whether neither the next hunk nor the next edit may touch a place that is replaced."""
    return (
        edit.start < edit.end
        and (not hunk or hunk[0].start > edit.end)
        and (not following or following[0].start >= edit.end)
    )


def _moved(hunk: _Hunk, shift: int) -> _Hunk:
    """A hunk whose place in the text moved."""
    source_start, source_end, start, end, rules, certainty = hunk
    return _Hunk(source_start, source_end, start + shift, end + shift, rules, certainty)


def _group(
    hunks: Sequence[_Hunk], edits: Sequence[Edit], i: int, j: int
) -> tuple[int, int, int, int]:
    """The next changes that touch: where they start, the indices behind them, where they end."""
    start, end = _first_range(hunks, edits, i, j)
    while True:
        if i < len(hunks) and _touches(start, end, hunks[i].start, hunks[i].end):
            end = max(end, hunks[i].end)
            i += 1
        elif j < len(edits) and _touches(start, end, edits[j].start, edits[j].end):
            end = max(end, edits[j].end)
            j += 1
        else:
            return start, i, j, end


def _merged(
    old: Sequence[_Hunk], new: Sequence[Edit], span: tuple[int, int], lag: int, rule: str
) -> _Hunk:
    """One hunk for changes that touch, placed in the text before this rule."""
    start, end = span
    source_start = old[0].source_start - (old[0].start - start) if old else start + lag
    lag = old[-1].source_end - old[-1].end if old else lag
    rules = tuple(dict.fromkeys(name for hunk in old for name in hunk.rules))
    if new and rule not in rules:
        rules += (rule,)
    certainties = [*(hunk.certainty for hunk in old), *(edit.certainty for edit in new)]
    return _Hunk(
        source_start,
        end + lag,
        start,
        end,
        rules,
        "likely" if "likely" in certainties else "certain",
    )


def _first_range(hunks: Sequence[_Hunk], edits: Sequence[Edit], i: int, j: int) -> tuple[int, int]:
    ranges = [(hunk.start, hunk.end) for hunk in hunks[i : i + 1]]
    ranges += [(edit.start, edit.end) for edit in edits[j : j + 1]]
    return min(ranges)


def _touches(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether the next range shares characters with this one, or both are the same point."""
    if start == end == other_start:
        return other_start == other_end or (start, end) == (other_start, other_end)
    return other_start < end or (start, end) == (other_start, other_end)


def replay(source: str, steps: Iterable[Step]) -> str:
    """The text that the steps make of their source. Raises ValueError when they do not fit."""
    pieces: list[str] = []
    position = 0
    for step in steps:
        if step.start < position or source[step.start : step.end] != step.before:
            raise ValueError(f"step at {step.start} does not fit the source")
        pieces += (source[position : step.start], step.after)
        position = step.end
    return "".join((*pieces, source[position:]))


def undo(text: str, steps: Iterable[Step]) -> str:
    """The source that the steps were made from. Raises ValueError when they do not fit."""
    pieces: list[str] = []
    position = shift = 0
    for step in steps:
        start = step.start + shift
        if text[start : start + len(step.after)] != step.after:
            raise ValueError(f"step at {step.start} does not fit the text")
        pieces += (text[position:start], step.before)
        position = start + len(step.after)
        shift += len(step.after) - (step.end - step.start)
    return "".join((*pieces, text[position:]))

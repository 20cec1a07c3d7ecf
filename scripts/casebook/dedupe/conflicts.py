"""Where two texts that look alike say different facts: the mark of a series.

A conflict needs both sides: a fact that the first text has and the second nowhere, in the place of
one that the second has and the first nowhere. What only one of them says contradicts nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from casebook.dedupe.alignment import Passage
from casebook.dedupe.facts import Fact, FactKind, numeric_facts, plain
from casebook.dedupe.names import PLACEHOLDERS, Word, words
from casebook.dedupe.pieces import Piece
from casebook.dedupe.slots import (
    Conflict,
    Plain,
    Slot,
    contrast_conflict,
    name_conflict,
    slots,
)
from casebook.text.numerals import ONE_TO_TEN

_PARSED = 1024
"""Paragraphs kept taken apart, some megabytes."""

_MOST_CHANGED = 5_000
"""Changed paragraphs that are looked into, a book of them; beyond, each counts as wording."""

_THROUGHOUT = 3
"""Times that a word stands in the place of another one, if it is no matter of wording."""

_EVENTS: tuple[FactKind, ...] = ("date", "ordinal")
_SUBJECT_TAGS = ("n", "vn", "an")

_FIELD = 40
"""Characters of what a field holds; more is prose behind a colon."""

_ENDS = " 。；;，,、"
_CONTACT = re.compile("联系|电话|手机|传真|邮箱|网址|微信|记者|通讯员|摄影|作者|编辑")

_NUMBER = re.compile(rf"\d|[{ONE_TO_TEN}百千万]{{2}}")


@dataclass(slots=True)
class Tally:
    """What differs in aligned paragraphs: facts in conflict, other wording, filled placeholders.

    `reworded` counts the places of a common paragraph that are worded otherwise, `wording` these
    and the paragraphs that only one text has.
    """

    conflicts: list[Conflict] = field(default_factory=list)
    wording: int = 0
    reworded: int = 0
    filled: list[tuple[str, str]] = field(default_factory=list)
    replaced: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Words in the place of others, where either text has its own only, and how often."""

    def of(self, *kinds: FactKind) -> list[Conflict]:
        """The conflicts of these kinds."""
        return [conflict for conflict in self.conflicts if conflict.kind in kinds]


def tally(passages: Iterable[Passage], a: Plain, b: Plain) -> Tally:
    """Go through an alignment of `a` and `b`; a paragraph that only one has counts as wording."""
    result = Tally()
    differing: list[NumericChange] = []
    for passage in passages:
        if passage.a is None or passage.b is None or len(differing) >= _MOST_CHANGED:
            result.wording += passage.kind != "common"
        elif passage.kind == "changed":
            x, y = _parsed(passage.a.text), _parsed(passage.b.text)
            differing.append((_more(x.facts, y.facts), _more(y.facts, x.facts)))
            if conflict := _field(passage.a, passage.b, a, b):
                result.conflicts.append(conflict)
                continue
            for slot in slots(x.words, y.words):
                _count(slot, a, b, result)
    if any(only_a and only_b for only_a, only_b in differing):
        apart = units_apart(a.facts, b.facts)
        result.conflicts += (c for change in differing for c in conflicts_of(change, apart))
    return result


def _field(x: Piece, y: Piece, a: Plain, b: Plain) -> Conflict | None:
    """A field (主讲人：…, 地点：…) that is filled otherwise; whom to call makes no difference."""
    label = x.label
    if not label or label != y.label or _CONTACT.search(label):
        return None
    own, other = (plain(piece.text)[len(label) + 1 :].strip(_ENDS) for piece in (x, y))
    if not 0 < len(own) <= _FIELD or not 0 < len(other) <= _FIELD:
        return None
    if PLACEHOLDERS.search(own + other) or own in b.text or other in a.text:
        return None
    if not set(numeric_facts(own)).isdisjoint(numeric_facts(other)):
        return None  # the same day or sum, written otherwise
    return Conflict("term", own, other)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """The words and the numbers of a paragraph."""

    words: Sequence[Word]
    facts: Counter[Fact]


@lru_cache(_PARSED)
def _parsed(text: str) -> _Parsed:
    """A paragraph taken apart; a text of a family is compared with several others in a row."""
    normal = plain(text)
    return _Parsed(words(normal), Counter(numeric_facts(normal)))


def _count(slot: Slot, a: Plain, b: Plain, result: Tally) -> None:
    placeholders = [bool(PLACEHOLDERS.search(text)) for text in (slot.a_text, slot.b_text)]
    if placeholders[0] != placeholders[1]:
        result.filled.append((slot.a_text, slot.b_text))
    elif conflict := name_conflict(slot, a, b) or contrast_conflict(slot, a, b):
        result.conflicts.append(conflict)
    elif not all(placeholders) and not (
        _NUMBER.search(slot.a_text) and _NUMBER.search(slot.b_text)
    ):
        result.wording += 1
        result.reworded += 1
        if _is_word(slot.a) and _is_word(slot.b) and slot.a_text not in b.text:
            result.replaced[slot.a_text, slot.b_text] += slot.b_text not in a.text


def _is_word(run: Sequence[Word]) -> bool:
    """Whether a run is a single noun (or such a name of an activity as 教育)."""
    return len(run) == 1 and len(run[0].text) > 1 and run[0].tag.startswith(_SUBJECT_TAGS)


def opening_conflicts(a: Plain, b: Plain, found: Tally) -> Iterator[Conflict]:
    """Dates, ordinals, places and subjects in which two texts disagree where they begin.

    A subject (教育, 卫生) must be another one throughout. `found` is what differs in passages.
    """
    change = numeric_change(a.opening, b.opening)
    if all(any(fact.kind in _EVENTS for fact in side) for side in change):
        for conflict in conflicts_of(change, units_apart(a.facts, b.facts)):
            if conflict.kind in _EVENTS:
                yield conflict
    for conflict in found.conflicts:
        if conflict.place and conflict.a in a.opening and conflict.b in b.opening:
            yield conflict
    for (x, y), count in found.replaced.items():
        if count >= _THROUGHOUT and x in a.opening and y in b.opening:
            yield Conflict("term", x, y)


NumericChange = tuple[list[Fact], list[Fact]]
"""The dates, ordinals and figures that only one of two passages has, in their order."""


def numeric_change(a: str, b: str) -> NumericChange:
    """What two plain passages do not have in common in numbers."""
    left, right = Counter(numeric_facts(a)), Counter(numeric_facts(b))
    return _more(left, right), _more(right, left)


def _more(facts: Counter[Fact], other: Counter[Fact]) -> list[Fact]:
    return list((facts - other).elements())


def units_apart(a: Collection[Fact], b: Collection[Fact]) -> set[tuple[FactKind, str]]:
    """Kinds and units in which each of two texts says something that the other never says."""
    only_a, only_b = set(a) - set(b), set(b) - set(a)
    return {(f.kind, f.unit) for f in only_a} & {(f.kind, f.unit) for f in only_b}


def conflicts_of(
    change: NumericChange, apart: Collection[tuple[FactKind, str]]
) -> Iterator[Conflict]:
    """The facts of these units that stand against each other, in order."""
    only_a, only_b = change
    for unit in dict.fromkeys((fact.kind, fact.unit) for fact in only_a):
        if unit in apart:
            x = (str(fact) for fact in only_a if (fact.kind, fact.unit) == unit)
            y = (str(fact) for fact in only_b if (fact.kind, fact.unit) == unit)
            yield from (Conflict(unit[0], *pair) for pair in zip(x, y, strict=False))

"""Where two texts that look alike say different facts: the mark of a series.

A conflict needs both sides: a fact that the first text has and the second nowhere, in the place of
one that the second has and the first nowhere. What only one of them says contradicts nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from casebook.dedupe.alignment import Passage
from casebook.dedupe.compare import glued_changes
from casebook.dedupe.contrasts import contrast
from casebook.dedupe.facts import Fact, FactKind, numeric_facts, plain
from casebook.dedupe.names import (
    PLACEHOLDERS,
    Word,
    is_person,
    is_place,
    makes_place,
    names,
    words,
)

_PARSED = 1024
"""Paragraphs kept taken apart, some megabytes."""

_OPENING = 100
"""Characters at the beginning of a text that say what it is about."""

_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万]{2}")


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same slot filled with another fact: `a` in the first text, `b` in the second.

    Either is empty where only the other text names anything. Of names, `place` says that both are
    places, `known` that neither is only guessed to be a person's.
    """

    kind: FactKind
    a: str
    b: str
    place: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of words that stands changed between equal words, with the word after it."""

    a: Sequence[Word]
    b: Sequence[Word]
    after_a: Word | None
    after_b: Word | None
    whole: bool = False
    """Whether the two runs have no word in common."""

    @property
    def a_text(self) -> str:
        """The words of the first text."""
        return "".join(word.text for word in self.a)

    @property
    def b_text(self) -> str:
        """The words of the second text."""
        return "".join(word.text for word in self.b)


class Plain:
    """A text as conflicts are looked for in it, each view worked out when first asked for."""

    def __init__(self, text: str) -> None:
        self._raw = text

    @classmethod
    def joined(cls, title: str, body: Plain) -> Plain:
        """A title with the text under it."""
        return cls(f"{title}\n{body._raw}")

    @cached_property
    def text(self) -> str:
        """The text with full-width forms and traditional script made plain."""
        return plain(self._raw)

    @cached_property
    def opening(self) -> str:
        """What the text begins with."""
        return self.text.strip()[:_OPENING]

    @cached_property
    def facts(self) -> frozenset[Fact]:
        """All its dates, ordinals and figures."""
        return frozenset(numeric_facts(self.text))


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

    def of(self, *kinds: FactKind) -> list[Conflict]:
        """The conflicts of these kinds."""
        return [conflict for conflict in self.conflicts if conflict.kind in kinds]


def tally(passages: Iterable[Passage], a: Plain, b: Plain) -> Tally:
    """Go through an alignment of `a` and `b`; a paragraph that only one has counts as wording."""
    result = Tally()
    differing: list[NumericChange] = []
    for passage in passages:
        if passage.a is None or passage.b is None:
            result.wording += 1
        elif passage.kind == "changed":
            x, y = _parsed(passage.a.text), _parsed(passage.b.text)
            differing.append((_more(x.facts, y.facts), _more(y.facts, x.facts)))
            for slot in slots(x.words, y.words):
                _count(slot, a, b, result)
    if any(only_a and only_b for only_a, only_b in differing):
        apart = units_apart(a.facts, b.facts)
        result.conflicts += (c for change in differing for c in conflicts_of(change, apart))
    return result


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
    if any(placeholders):
        if not all(placeholders):
            result.filled.append((slot.a_text, slot.b_text))
    elif conflict := name_conflict(slot, a, b) or _contrast(slot, a, b):
        result.conflicts.append(conflict)
    elif not (_NUMBER.search(slot.a_text) and _NUMBER.search(slot.b_text)):
        result.wording += 1
        result.reworded += 1


def slots(a: Sequence[Word], b: Sequence[Word]) -> Iterator[Slot]:
    """The changed stretches between two runs of words."""
    texts_a, texts_b = [word.text for word in a], [word.text for word in b]
    for (start, end), (other, other_end) in glued_changes(texts_a, texts_b, glue=0):
        yield Slot(
            a[start:end],
            b[other:other_end],
            a[end] if end < len(a) else None,
            b[other_end] if other_end < len(b) else None,
            whole=end - start == len(a) and other_end - other == len(b),
        )


def name_conflict(slot: Slot, a: Plain, b: Plain) -> Conflict | None:
    """The conflict where both sides of a slot name what the other text does not know."""
    named_a, named_b = names(slot.a, slot.after_a), names(slot.b, slot.after_b)
    if not named_a or not named_b:
        return None
    own_a = next((word for word in named_a if word.text not in b.text), None)
    own_b = next((word for word in named_b if word.text not in a.text), None)
    if own_a is None or own_b is None:
        return None
    behind = (_behind(own_a, slot.a, slot.after_a), _behind(own_b, slot.b, slot.after_b))
    place = (is_place(own_a) and is_place(own_b)) or makes_place(*behind)
    known = not (is_person(own_a) or is_person(own_b))
    return Conflict("name", own_a.text, own_b.text, place, known)


def _behind(word: Word, run: Sequence[Word], after: Word | None) -> Word | None:
    """What follows a word of a run, without punctuation between."""
    if word.closed:
        return None
    place = next(n for n, held in enumerate(run) if held is word)
    return run[place + 1] if place + 1 < len(run) else after


def _contrast(slot: Slot, a: Plain, b: Plain) -> Conflict | None:
    """Words that exclude one another, each in one of the texts only."""
    found = contrast(slot.a_text, slot.b_text)
    if found and found[0] not in b.text and found[1] not in a.text:
        return Conflict("term", *found)
    return None


def opening_conflicts(a: Plain, b: Plain, found: Iterable[Conflict]) -> Iterator[Conflict]:
    """Dates, ordinals and places in which two texts disagree where they begin.

    `found` are the conflicts between their passages.
    """
    apart = units_apart(a.facts, b.facts)
    for conflict in conflicts_of(numeric_change(a.opening, b.opening), apart):
        if conflict.kind in ("date", "ordinal"):
            yield conflict
    for conflict in found:
        if conflict.place and conflict.a in a.opening and conflict.b in b.opening:
            yield conflict


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

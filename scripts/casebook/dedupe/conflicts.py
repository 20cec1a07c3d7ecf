"""Conflicts: different facts in the same place of two texts that look alike, the sign of a series.

A conflict needs two facts, and neither may occur anywhere in the other text. For example, with the
rest of the two sentences equal:

    2022年受理来信          2023年受理来信              a conflict, unless a text names both years
    2022年受理来信          受理来信                    none: only one text names a year
    张桥镇受理来信          XX镇受理来信                none: a placeholder was filled in
    推进信访工作            做好信访工作                none: another wording
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from casebook.dedupe.alignment import Passage
from casebook.dedupe.facts import Fact, FactKind, find_numeric_facts, make_plain
from casebook.dedupe.names import PLACEHOLDERS, Word, segment_words
from casebook.dedupe.pieces import Piece
from casebook.dedupe.slots import (
    Conflict,
    PlainText,
    Slot,
    find_contrast_conflict,
    find_name_conflict,
    find_slots,
)
from casebook.text.numerals import ONE_TO_TEN

_CACHED_PARAGRAPHS = 1024
"""Parsed paragraphs in the cache, a few megabytes."""

_MOST_CHANGED_PARAGRAPHS = 5_000
"""Changed paragraphs that are searched for conflicts; above, each counts as one rewording."""

_THROUGHOUT_TIMES = 3
"""Replacements of one word by another from which they are no rewording but another subject."""

_EVENTS: tuple[FactKind, ...] = ("date", "ordinal")
_SUBJECT_TAGS = ("n", "vn", "an")

_FIELD_CHARACTERS = 40
"""Characters of the value of a field; more is prose after a colon."""

_FIELD_END_MARKS = " 。；;，,、"
_CONTACT = re.compile("联系|电话|手机|传真|邮箱|网址|微信|记者|通讯员|摄影|作者|编辑")

_NUMBER = re.compile(rf"\d|[{ONE_TO_TEN}百千万]{{2}}")


@dataclass(slots=True)
class Tally:
    """What differs in aligned paragraphs: conflicts, rewordings and filled placeholders.

    `reworded` counts the reworded places in paragraphs that both texts have. `wording` counts
    these and the paragraphs that only one text has. `filled` are placeholders with what the other
    text has in their place.
    """

    conflicts: list[Conflict] = field(default_factory=list)
    wording: int = 0
    reworded: int = 0
    filled: list[tuple[str, str]] = field(default_factory=list)
    replaced: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Words of one text that the other never has, with what replaces them there, and how often."""

    def of(self, *kinds: FactKind) -> list[Conflict]:
        """The conflicts of these kinds."""
        return [conflict for conflict in self.conflicts if conflict.kind in kinds]


def tally_changes(passages: Iterable[Passage], a: PlainText, b: PlainText) -> Tally:
    """Tally what differs in the passages of an alignment of `a` and `b`."""
    result = Tally()
    differing: list[NumericChange] = []
    for passage in passages:
        if passage.a is None or passage.b is None or len(differing) >= _MOST_CHANGED_PARAGRAPHS:
            result.wording += passage.kind != "common"
        elif passage.kind == "changed":
            x, y = _parse_paragraph(passage.a.text), _parse_paragraph(passage.b.text)
            differing.append((_subtract(x.facts, y.facts), _subtract(y.facts, x.facts)))
            if conflict := _find_field_conflict(passage.a, passage.b, a, b):
                result.conflicts.append(conflict)
                continue
            for slot in find_slots(x.words, y.words):
                _count_slot(slot, a, b, result)
    if any(only_a and only_b for only_a, only_b in differing):
        apart = find_units_apart(a.facts, b.facts)
        result.conflicts += (c for change in differing for c in pair_conflicts(change, apart))
    return result


def _find_field_conflict(x: Piece, y: Piece, a: PlainText, b: PlainText) -> Conflict | None:
    """The conflict where one field (主讲人：…, 地点：…) has two values, unless it is a contact."""
    label = x.label
    if not label or label != y.label or _CONTACT.search(label):
        return None
    own, other = (
        make_plain(piece.text)[len(label) + 1 :].strip(_FIELD_END_MARKS) for piece in (x, y)
    )
    if not 0 < len(own) <= _FIELD_CHARACTERS or not 0 < len(other) <= _FIELD_CHARACTERS:
        return None
    if PLACEHOLDERS.search(own + other) or own in b.text or other in a.text:
        return None
    if not set(find_numeric_facts(own)).isdisjoint(find_numeric_facts(other)):
        return None  # the same day or sum in another form
    return Conflict("term", own, other)


@dataclass(frozen=True, slots=True)
class _ParsedParagraph:
    """The words and the numbers of a paragraph."""

    words: Sequence[Word]
    facts: Counter[Fact]


@lru_cache(_CACHED_PARAGRAPHS)
def _parse_paragraph(text: str) -> _ParsedParagraph:
    """The words and numbers of a paragraph, cached for further comparisons of its text."""
    normal = make_plain(text)
    return _ParsedParagraph(segment_words(normal), Counter(find_numeric_facts(normal)))


def _count_slot(slot: Slot, a: PlainText, b: PlainText, result: Tally) -> None:
    placeholders = [bool(PLACEHOLDERS.search(text)) for text in (slot.a_text, slot.b_text)]
    if placeholders[0] != placeholders[1]:
        result.filled.append((slot.a_text, slot.b_text))
    elif conflict := find_name_conflict(slot, a, b) or find_contrast_conflict(slot, a, b):
        result.conflicts.append(conflict)
    elif not all(placeholders) and not (
        _NUMBER.search(slot.a_text) and _NUMBER.search(slot.b_text)
    ):
        result.wording += 1
        result.reworded += 1
        if _is_word(slot.a) and _is_word(slot.b) and slot.a_text not in b.text:
            result.replaced[slot.a_text, slot.b_text] += slot.b_text not in a.text


def _is_word(run: Sequence[Word]) -> bool:
    """Whether a run of words is one noun or the name of an activity (教育)."""
    return len(run) == 1 and len(run[0].text) > 1 and run[0].tag.startswith(_SUBJECT_TAGS)


def find_opening_conflicts(a: PlainText, b: PlainText, found: Tally) -> Iterator[Conflict]:
    """Dates, ordinals, places and subjects that differ in the openings of two texts.

    A subject (教育, 卫生) must be replaced throughout. `found` is what differs in the passages.
    """
    change = find_numeric_change(a.opening, b.opening)
    if all(any(fact.kind in _EVENTS for fact in side) for side in change):
        for conflict in pair_conflicts(change, find_units_apart(a.facts, b.facts)):
            if conflict.kind in _EVENTS:
                yield conflict
    for conflict in found.conflicts:
        if conflict.place and conflict.a in a.opening and conflict.b in b.opening:
            yield conflict
    for (x, y), count in found.replaced.items():
        if count >= _THROUGHOUT_TIMES and x in a.opening and y in b.opening:
            yield Conflict("term", x, y)


NumericChange = tuple[list[Fact], list[Fact]]
"""The dates, ordinals and figures that only the first and only the second passage has."""


def find_numeric_change(a: str, b: str) -> NumericChange:
    """The numeric facts that only one of two plain passages has, in their order."""
    left, right = Counter(find_numeric_facts(a)), Counter(find_numeric_facts(b))
    return _subtract(left, right), _subtract(right, left)


def _subtract(facts: Counter[Fact], other: Counter[Fact]) -> list[Fact]:
    return list((facts - other).elements())


def find_units_apart(a: Collection[Fact], b: Collection[Fact]) -> set[tuple[FactKind, str]]:
    """Kinds and units in which each of two texts has a fact that the other lacks."""
    only_a, only_b = set(a) - set(b), set(b) - set(a)
    return {(f.kind, f.unit) for f in only_a} & {(f.kind, f.unit) for f in only_b}


def pair_conflicts(
    change: NumericChange, apart: Collection[tuple[FactKind, str]]
) -> Iterator[Conflict]:
    """The facts of these kinds and units, paired in their order."""
    only_a, only_b = change
    for unit in dict.fromkeys((fact.kind, fact.unit) for fact in only_a):
        if unit in apart:
            x = (str(fact) for fact in only_a if (fact.kind, fact.unit) == unit)
            y = (str(fact) for fact in only_b if (fact.kind, fact.unit) == unit)
            yield from (Conflict(unit[0], *pair) for pair in zip(x, y, strict=False))

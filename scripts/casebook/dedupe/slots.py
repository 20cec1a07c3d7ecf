"""The places in which two runs of words differ, and what a difference of words may mean.

Another name in the same slot is a conflict when either text knows its own only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from rapidfuzz.distance import Prefix

from casebook.dedupe.compare import glued_changes
from casebook.dedupe.contrasts import contrast
from casebook.dedupe.facts import Fact, FactKind, numeric_facts, plain
from casebook.dedupe.names import (
    Word,
    is_person,
    is_place,
    makes_place,
    names,
    place_pair,
)

_OPENING = 100
"""Characters at the beginning of a text that say what it is about."""

_NO_NAME_TAGS = ("v", "p", "c", "d", "r", "u")


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
    return _known_names(slot, a, b) or _places(slot, a, b)


def _places(slot: Slot, a: Plain, b: Plain) -> Conflict | None:
    """Another place, by the form of its name; a verb before 乡 or 市 names none."""
    texts = (slot.a_text, slot.b_text)
    ends = (_maker(slot.a, slot.after_a), _maker(slot.b, slot.after_b))
    found = place_pair(texts[0] + ends[0], texts[1] + ends[1])
    if not found or found[0] in b.text or found[1] in a.text:
        return None
    if any(word.tag.startswith(_NO_NAME_TAGS) for word in _own_words(slot)):
        return None
    return Conflict("name", *found, place=True)


def _own_words(slot: Slot) -> Iterator[Word]:
    """The words of both sides but for those in what both begin with (到 in 到桃花村, 到梨溪村)."""
    common = Prefix.similarity(slot.a_text, slot.b_text)
    for run in (slot.a, slot.b):
        ends = accumulate(len(word.text) for word in run)
        yield from (word for word, end in zip(run, ends, strict=True) if end > common)


def _maker(run: Sequence[Word], after: Word | None) -> str:
    """What makes a place of the last word of a run, if anything does (白石 镇)."""
    if not run or run[-1].closed or after is None or not makes_place(after):
        return ""
    return after.text[0]


def _known_names(slot: Slot, a: Plain, b: Plain) -> Conflict | None:
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


def contrast_conflict(slot: Slot, a: Plain, b: Plain) -> Conflict | None:
    """Words that exclude one another, each in one of the texts only."""
    found = contrast(slot.a_text, slot.b_text)
    if found and found[0] not in b.text and found[1] not in a.text:
        return Conflict("term", *found)
    return None

"""Slots: the places in which two sequences of words differ, and the conflicts in them.

Two names in one slot are a conflict if neither occurs anywhere in the other text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from rapidfuzz.distance import Prefix

from casebook.dedupe.contrasts import find_contrast
from casebook.dedupe.differences import find_glued_changes
from casebook.dedupe.facts import Fact, FactKind, find_numeric_facts, make_plain
from casebook.dedupe.names import (
    Word,
    find_names,
    find_place_pair,
    is_person,
    is_place,
    makes_place,
)

_OPENING_CHARACTERS = 100
"""Characters at the start of a text that are its opening and say what it is about."""

_NO_NAME_TAGS = ("v", "p", "c", "d", "r", "u")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One slot with two facts: `a` in the first text, `b` in the second.

    One of them is '' where only the other text has a name. For names, `place` says that both are
    places, and `known` that the dictionary does not merely guess a person.
    """

    kind: FactKind
    a: str
    b: str
    place: bool = False
    known: bool = True


class PlainText:
    """A text in the forms in which conflicts are searched, each computed when first asked for."""

    def __init__(self, text: str) -> None:
        self._raw = text

    @classmethod
    def with_title(cls, title: str, body: PlainText) -> PlainText:
        """A title with the text under it."""
        return cls(f"{title}\n{body._raw}")

    @cached_property
    def text(self) -> str:
        """The text with half-width forms and in simplified script."""
        return make_plain(self._raw)

    @cached_property
    def opening(self) -> str:
        """The start of the text, _OPENING_CHARACTERS long."""
        return self.text.strip()[:_OPENING_CHARACTERS]

    @cached_property
    def facts(self) -> frozenset[Fact]:
        """All dates, ordinals and figures of the text."""
        return frozenset(find_numeric_facts(self.text))


@dataclass(frozen=True, slots=True)
class Slot:
    """The words of both texts between two equal words, and the word that follows in each."""

    a: Sequence[Word]
    b: Sequence[Word]
    after_a: Word | None
    after_b: Word | None
    whole: bool = False
    """Whether the slot covers both sequences, so that they have no word in common."""

    @property
    def a_text(self) -> str:
        """The words of the first text."""
        return "".join(word.text for word in self.a)

    @property
    def b_text(self) -> str:
        """The words of the second text."""
        return "".join(word.text for word in self.b)


def find_slots(a: Sequence[Word], b: Sequence[Word]) -> Iterator[Slot]:
    """The slots of two sequences of words, in order."""
    texts_a, texts_b = [word.text for word in a], [word.text for word in b]
    for (start, end), (other, other_end) in find_glued_changes(texts_a, texts_b, glue=0):
        yield Slot(
            a[start:end],
            b[other:other_end],
            a[end] if end < len(a) else None,
            b[other_end] if other_end < len(b) else None,
            whole=end - start == len(a) and other_end - other == len(b),
        )


def find_name_conflict(slot: Slot, a: PlainText, b: PlainText) -> Conflict | None:
    """The conflict where both sides of a slot are names that the other text lacks."""
    return _find_known_name_conflict(slot, a, b) or _find_place_conflict(slot, a, b)


def _find_place_conflict(slot: Slot, a: PlainText, b: PlainText) -> Conflict | None:
    """The conflict of two places by the form of their names; a verb before 乡 makes no name."""
    texts = (slot.a_text, slot.b_text)
    ends = (_find_place_word(slot.a, slot.after_a), _find_place_word(slot.b, slot.after_b))
    found = find_place_pair(texts[0] + ends[0], texts[1] + ends[1])
    if not found or found[0] in b.text or found[1] in a.text:
        return None
    if any(word.tag.startswith(_NO_NAME_TAGS) for word in _list_own_words(slot)):
        return None
    return Conflict("name", *found, place=True)


def _list_own_words(slot: Slot) -> Iterator[Word]:
    """The words of both sides without their common prefix (到 of 到桃花村, 到梨溪村)."""
    common = Prefix.similarity(slot.a_text, slot.b_text)
    for run in (slot.a, slot.b):
        ends = accumulate(len(word.text) for word in run)
        yield from (word for word, end in zip(run, ends, strict=True) if end > common)


def _find_place_word(run: Sequence[Word], after: Word | None) -> str:
    """The character after a run that makes its last word a place (镇 of 白石 镇), or ''."""
    if not run or run[-1].closed or after is None or not makes_place(after):
        return ""
    return after.text[0]


def _find_known_name_conflict(slot: Slot, a: PlainText, b: PlainText) -> Conflict | None:
    named_a, named_b = find_names(slot.a, slot.after_a), find_names(slot.b, slot.after_b)
    if not named_a or not named_b:
        return None
    own_a = next((word for word in named_a if word.text not in b.text), None)
    own_b = next((word for word in named_b if word.text not in a.text), None)
    if own_a is None or own_b is None:
        return None
    following = (
        _find_following(own_a, slot.a, slot.after_a),
        _find_following(own_b, slot.b, slot.after_b),
    )
    place = (is_place(own_a) and is_place(own_b)) or makes_place(*following)
    known = not (is_person(own_a) or is_person(own_b))
    return Conflict("name", own_a.text, own_b.text, place, known)


def _find_following(word: Word, run: Sequence[Word], after: Word | None) -> Word | None:
    """The word after a word of a run, or None where punctuation or nothing follows."""
    if word.closed:
        return None
    place = next(n for n, held in enumerate(run) if held is word)
    return run[place + 1] if place + 1 < len(run) else after


def find_contrast_conflict(slot: Slot, a: PlainText, b: PlainText) -> Conflict | None:
    """The conflict of two words that exclude each other, where each text has only one of them."""
    found = find_contrast(slot.a_text, slot.b_text)
    if found and found[0] not in b.text and found[1] not in a.text:
        return Conflict("term", *found)
    return None

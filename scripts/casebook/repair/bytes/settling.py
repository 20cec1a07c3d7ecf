"""The one margin rule: what is put in, what is put in and flagged, what stays open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from casebook.repair.bytes.decoder import NEAR, Character
from casebook.repair.bytes.text_model import LOST_CHARACTER, TextModel
from casebook.repair.draft_text import TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import HAN_PATTERN, fold_text
from casebook.text.word_frequencies import frequency, makes_word

LEAST_MARGIN, CLEAR_MARGIN = -1.0, 4.0
"""Log-odds, in nats, of a character with lost bytes against all others together from which on it is
put in, and put in without a flag."""

WHOLE_MARGIN = 1.0
"""Log-odds of a character with all bytes below which it is flagged: they may pair otherwise."""

UNSUPPORTED_MARGIN = 1.5
"""The same for a character that makes no word with its neighbors, to be put in."""

FREQUENT = 20_000
"""How often the dictionary counts a character that need make no word."""

MOST_RIVALS = 3
"""Other readings that a message names."""

OPEN = "这里是转码乱码，字节已不全，请对照原文补上。"
"""What is said of a place that cannot be read."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A character as it is put in, U+FFFD where it stays open; `doubt` is the message about it."""

    character: Character
    text: str
    doubt: str

    @property
    def is_certain(self) -> bool:
        """Whether no byte is lost, and nothing else comes near."""
        return self.character.whole and self.character.margin >= CLEAR_MARGIN

    @property
    def is_open(self) -> bool:
        """Whether it cannot be said what stood here."""
        return self.text == LOST_CHARACTER


def settle(
    read: Sequence[Character], model: TextModel, before: str = "", after: str = ""
) -> list[Settled]:
    """What becomes of each character of a reading between two texts."""
    whole = fold_text(before[-NEAR:] + "".join(one.text for one in read) + after[:NEAR])
    place = len(before[-NEAR:])
    settled = []
    for one in read:
        end = place + len(one.text)
        around = whole[max(0, place - NEAR) : place], whole[end : end + NEAR]
        settled.append(_settle(one, *around, model))
        place = end
    return settled


def _settle(one: Character, before: str, after: str, model: TextModel) -> Settled:
    if one.whole:
        return Settled(one, one.text, "" if one.margin >= WHOLE_MARGIN else _unsure(one))
    least = LEAST_MARGIN if _is_supported(one.text, before, after, model) else UNSUPPORTED_MARGIN
    if one.text == LOST_CHARACTER or one.margin < least:
        return Settled(one, LOST_CHARACTER, OPEN)
    return Settled(one, one.text, "" if one.margin >= CLEAR_MARGIN else _unsure(one))


def _is_supported(text: str, before: str, after: str, model: TextModel) -> bool:
    """Whether a character is a mark, often stands alone, or stands so in a word or elsewhere."""
    folded = fold_text(text)
    alone = len(text) > 1 or not HAN_PATTERN.match(text) or frequency(folded) >= FREQUENT
    known = model.knows(before[-1:] + folded) or model.knows(folded + after[:1])
    return alone or known or makes_word(before, folded, after)


def _unsure(one: Character) -> str:
    others = sorted(one.rivals, key=lambda text: -one.rivals[text])
    named = "”“".join(text for text in others[:MOST_RIVALS] if text and text != LOST_CHARACTER)
    also = f"“{named}”" if named else "别的字"
    return f"“{one.text}”是按残缺的字节推断的，也可能是{also}，请对照原文核对。"


def changes(settled: Sequence[Settled]) -> tuple[list[Edit], list[TextDoubt]]:
    """Edits for what could be read, doubts for what is open, by borders of shown characters."""
    edits, doubts = list[Edit](), list[TextDoubt]()
    block: list[Settled] = []
    for one, following in zip_longest(settled, settled[1:]):
        block.append(one)
        if one.doubt:
            doubts.append(TextDoubt(one.character.start, one.character.end, one.doubt))
        if not (following and following.character.start < one.character.end):
            edits += _edits(block)  # no shown character holds bytes of both
            block = []
    return edits, doubts


def _edits(block: Sequence[Settled]) -> Iterator[Edit]:
    """The edit of some characters that share shown ones.

    What stays open is left as it is shown, if it shares nothing with its neighbors.
    """
    if not all(one.is_open for one in block):
        start, end = block[0].character.start, block[-1].character.end
        certain = all(one.is_certain for one in block)
        said = "".join(one.text for one in block)
        yield Edit(start, end, said, "certain" if certain else "likely")

"""What a reading of a byte-shifted run must reach before it is taken for what stood there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from casebook.repair.bytes.byte_pairs import is_gb2312
from casebook.repair.bytes.byte_runs import Run, around
from casebook.text.characters import HAN_PATTERN, fold_text
from casebook.text.segmentation import score, segment
from casebook.text.word_frequencies import frequency, makes_word

LEAST_GAIN, LEAST_GAIN_BARE = 8.0, 10.0
"""What a repair must gain over the damaged text, in nats; where no `?` is left, more."""

ODD_MARKS, _ODD = 6.0, re.compile("[?？\ufffd][,，。；;、]")
"""What a repair gains beside that where `?` stands before a mark that never follows it."""

READING_GAIN = 5.0
"""What it gains beside that by a last character that is read as the pinyin behind it says."""

LEAST_LIKELY, LEAST_LIKELY_BARE = -7.2, -6.3
"""How likely a repair must be, in nats a character. Set on six million clean characters."""

FEWEST_COMPLETE, FEWEST_COMPLETE_CLEARLY = 3, 2
"""Characters with both bytes that a repair must have where its last byte is lost, too; and where
no other reading comes near."""

MOST_INFERRED, MOST_INFERRED_CLEARLY = 0.4, 0.9
FEW_INFERRED = 4
"""Share of characters with a lost byte that a repair may have, and number that is always fine."""

FREQUENT = 20_000
"""How often the dictionary counts a character that may stand alone although it was inferred."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A solved run: [start, end) becomes `characters`; `complete` says whose bytes were all there.

    `places` gives for each character the range of the text it stands for; `likely` is the mean
    logarithm a character, in nats.
    """

    start: int
    end: int
    characters: str
    complete: tuple[bool, ...]
    places: tuple[tuple[int, int], ...]
    likely: float


class Solution(Protocol):
    """A reading of a run: its characters, which of them have all bytes, where their bytes begin."""

    @property
    def characters(self) -> str:
        """The characters."""

    @property
    def complete(self) -> tuple[bool, ...]:
        """For each character whether both of its bytes are there."""

    @property
    def shown(self) -> tuple[int, ...]:
        """For each character the shown pair that holds its first byte."""


def guarded(text: str, run: Run, best: Solution, told: float) -> Shift | None:
    """The reading as a Shift if it passes every guard; `told` is what speaks for it besides."""
    left, right = around(text, run)
    damaged = _cost(left, text[run.start : run.end], right)
    repaired = _cost(left, best.characters, right)
    told += ODD_MARKS if _ODD.match(text, run.start) and run.first > run.start else 0.0
    gain, likely = repaired - damaged + told, repaired / len(best.characters)
    bare = run.first == run.start
    if gain < (LEAST_GAIN_BARE if bare else LEAST_GAIN):
        return None
    if likely < (LEAST_LIKELY_BARE if bare else LEAST_LIKELY):
        return None
    if not _is_plain(left + best.characters + right, len(left), best.complete):
        return None
    return Shift(run.start, run.end, best.characters, best.complete, _places(run, best), likely)


def is_told(run: Run, best: Solution, clear: bool) -> bool:
    """Whether enough bytes of a reading are there to tell it from chance, or from all others."""
    most = MOST_INFERRED_CLEARLY if clear else MOST_INFERRED
    fewest = FEWEST_COMPLETE_CLEARLY if clear else FEWEST_COMPLETE
    inferred = best.complete.count(False)
    complete = len(best.complete) - inferred
    if inferred > max(FEW_INFERRED, most * len(best.characters)):
        return False
    ends = run.trail or run.ascii or run.reading or not best.characters.strip("，。”！？；")
    return bool(ends) or complete >= fewest


def _is_plain(text: str, start: int, complete: Sequence[bool]) -> bool:
    """Whether all characters are in use, and inferred ones are words or parts of words."""
    folded = fold_text(text)
    for place, known in enumerate(complete, start):
        character = folded[place]
        if not HAN_PATTERN.match(character):
            continue
        if not is_gb2312(character):
            return False
        before, after = folded[max(0, place - 3) : place], folded[place + 1 : place + 4]
        if (
            not known
            and frequency(character) < FREQUENT
            and not makes_word(before, character, after)
        ):
            return False
    return True


def _cost(left: str, middle: str, right: str) -> float:
    """Logarithm of the probability of a text between two others that are there in any case."""
    return score(segment(left + middle + right)) - score(segment(left)) - score(segment(right))


def _places(run: Run, best: Solution) -> tuple[tuple[int, int], ...]:
    """Share the damaged range out among the characters: by the shown character of the lead byte."""
    starts = [run.start + shown for shown in best.shown]
    for i in range(1, len(starts)):
        starts[i] = max(starts[i], starts[i - 1] + 1)
    starts = [min(position, run.end) for position in starts]
    return tuple(zip(starts, [*starts[1:], run.end], strict=True))

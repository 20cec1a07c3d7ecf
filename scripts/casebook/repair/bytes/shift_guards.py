"""What a reading of a byte-shifted run must reach before it is taken for what stood there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casebook.repair.bytes.byte_pairs import is_gb2312
from casebook.repair.bytes.byte_runs import Run, around
from casebook.repair.bytes.decoder import Character
from casebook.repair.bytes.settling import CLEAR_MARGIN
from casebook.text.characters import HAN_PATTERN, fold_text
from casebook.text.segmentation import score, segment

LEAST_GAIN, LEAST_GAIN_BARE = 8.0, 10.0
"""What a repair must gain over the damaged text, in nats; where no `?` is left, more."""

ODD_MARKS, _ODD = 6.0, re.compile("[?？\ufffd][,，。；;、]")
"""What a repair gains beside that where `?` stands before a mark that never follows it."""

READING_GAIN = 5.0
"""What it gains beside that by a last character that is read as the pinyin behind it says."""

LEAST_LIKELY, LEAST_LIKELY_BARE = -7.2, -6.3
"""How likely a repair must be, in nats a character. Set on six million clean characters."""

FEWEST_COMPLETE = 2
"""Characters with both bytes that a repair must have where its last byte is lost, too."""

SIMPLIFIED_MARGIN = 2.5
"""Margin, in nats, of every inferred character of simplified text that is read."""

MOST_INFERRED, FEW_INFERRED = 0.9, 4
"""Share of characters with a lost byte that a reading may have where not all are clear, and number
that is always fine."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A solved run: [start, end) becomes `characters`.

    `places` gives for each character the range of the text it stands for; `likely` is the mean
    logarithm a character, in nats.
    """

    start: int
    end: int
    characters: tuple[Character, ...]
    places: tuple[tuple[int, int], ...]
    likely: float

    @property
    def text(self) -> str:
        """What the characters say."""
        return "".join(one.text for one in self.characters)


def guarded(text: str, run: Run, read: Sequence[Character], told: float) -> Shift | None:
    """The reading as a Shift if it passes every guard; `told` is what else supports it, in nats."""
    left, right = around(text, run)
    said = "".join(one.text for one in read)
    damaged = _cost(left, text[run.start : run.end], right)
    repaired = _cost(left, said, right)
    told += ODD_MARKS if _ODD.match(text, run.start) and run.first > run.start else 0.0
    gain, likely = repaired - damaged + told, repaired / len(said)
    bare = run.first == run.start
    if gain < (LEAST_GAIN_BARE if bare else LEAST_GAIN):
        return None
    if likely < (LEAST_LIKELY_BARE if bare else LEAST_LIKELY):
        return None
    if not _is_plain(said):
        return None
    return Shift(run.start, run.end, tuple(read), _places(run, read), likely)


def is_told(run: Run, read: Sequence[Character], simplified: bool) -> bool:
    """Whether enough bytes of a reading are there to tell it from chance, or from all others.

    Simplified text is in step again at the end of the line only: more vanish, more readings fit.
    """
    inferred = sum(not one.whole for one in read)
    clear = _all_at_least(read, CLEAR_MARGIN)
    if simplified and run.trail is None and not _all_at_least(read, SIMPLIFIED_MARGIN):
        return False
    if not clear and inferred > max(FEW_INFERRED, MOST_INFERRED * len(read)):
        return False
    said = "".join(one.text for one in read)
    ends = run.trail or run.ascii or run.reading or not said.strip("，。”！？；")
    return bool(ends) or len(read) - inferred >= FEWEST_COMPLETE


def _all_at_least(read: Sequence[Character], margin: float) -> bool:
    return all(one.whole or one.margin >= margin for one in read)


def _is_plain(text: str) -> bool:
    """Whether all characters are in use."""
    return all(is_gb2312(c) for c in fold_text(text) if HAN_PATTERN.match(c))


def _cost(left: str, middle: str, right: str) -> float:
    """Logarithm of the probability of a text between two others that are there in any case."""
    return score(segment(left + middle + right)) - score(segment(left)) - score(segment(right))


def _places(run: Run, read: Sequence[Character]) -> tuple[tuple[int, int], ...]:
    """Share the damaged range out among the characters: by the shown character of the lead byte."""
    starts = [run.start, *(max(run.start, one.start) for one in read[1:])]
    for i in range(1, len(starts)):
        starts[i] = max(starts[i], starts[i - 1] + 1)
    starts = [min(position, run.end) for position in starts]
    return tuple(zip(starts, [*starts[1:], run.end], strict=True))

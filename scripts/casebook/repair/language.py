"""How likely a run of characters is in this document: bigrams, backed by a dictionary.

The document itself, its damaged places cut out, is a sufficient model for restoring a few lost
characters (measured on the sample: right in all three runs, where a newspaper model erred). An
excerpt has no document around it; there the words of the segmenter's dictionary speak.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from itertools import pairwise
from typing import Any

from casebook.repair.characters import fold, fold_text, rarity

_BACKING = 3.0
"""Weight of the general estimate, in observations, when a bigram is judged."""

_PRIOR = 2000.0
"""Weight of the rough frequencies, in observations, when a character is judged."""

_WORD = 2000.0
"""Frequency of a two-character word at which it is as likely as all else behind its first one."""

_TOTAL = 30_000_000.0
"""Observations behind the frequencies of the dictionary, by order of magnitude."""

_UNSEEN = 5.0
"""Observations given to every character of the dictionary, for its use within longer words."""

_MARKS = {
    "：“": 0.3,
    "。”": 0.03,
    "！”": 0.34,
    "？”": 0.15,
    "”，": 0.14,
    "”。": 0.12,
    "”、": 0.05,
    "”“": 0.03,
    "、“": 0.015,
    "》，": 0.14,
    "》。": 0.05,
}
"""Probability of a mark behind another (counted in 1.9 million characters of newspaper)."""


@cache
def _dictionary() -> Any:
    from rjieba import Jieba

    return Jieba()


@cache
def is_word(text: str) -> bool:
    """Whether a text is a word of the segmenter's dictionary."""
    known: bool = _dictionary().has_word(text)
    return known


LONGEST_WORD = 4
"""Characters of the longest words that are asked for around a character."""


def makes_word(
    before: str, middle: str, after: str, also: Collection[str] = (), least: int = 1
) -> bool:
    """Whether a character makes a word with characters beside it.

    A word stands in `also`, or in the dictionary with a frequency of `least` or more.
    """
    for left in range(min(len(before), LONGEST_WORD - 1) + 1):
        for right in range(min(len(after), LONGEST_WORD - 1 - left) + 1):
            word = before[len(before) - left :] + middle + after[:right]
            if len(word) > 1 and (frequency(word) >= least or word in also):
                return True
    return False


@cache
def frequency(word: str) -> int:
    """How often the segmenter's dictionary counts a word; 0 for a text that is no word."""
    counted: int = _dictionary().suggest_freq(word) if is_word(word) else 0
    return counted


@cache
def general_probability(first: str, second: str) -> float:
    """Probability of `second` behind `first` in Chinese at large, as far as pairs tell."""
    if is_word(first + second):
        frequency: int = _dictionary().suggest_freq(first + second)
        return frequency / (frequency + _WORD)
    return _MARKS.get(first + second, 0.0)


@cache
def likelihood(before: str, character: str) -> float:
    """Rough natural logarithm of the probability of a character behind another ('' for none)."""
    return math.log(_alone(character) + general_probability(before, character))


@cache
def _alone(character: str) -> float:
    """Rough probability of a character by itself: as a word of the dictionary, if it is one."""
    if counted := frequency(fold(character)):
        return (counted + _UNSEEN) / _TOTAL
    return math.exp(rarity(character))


class Bigrams:
    """A character bigram model of one document, in simplified script."""

    def __init__(self, pieces: Iterable[str]) -> None:
        folded = [fold_text(piece) for piece in pieces]
        self._single = Counter(character for piece in folded for character in piece)
        self._pairs = Counter(pair for piece in folded for pair in pairwise(piece))
        self._total = sum(self._single.values())
        self._steps: dict[tuple[str, str], float] = {}

    def single(self, character: str) -> float:
        """Probability of a character, by the document and by rough frequency."""
        seen = self._single[fold(character)] + _PRIOR * math.exp(rarity(character))
        return seen / (self._total + _PRIOR)

    def step(self, before: str, character: str) -> float:
        """Natural logarithm of the probability of `character` directly after `before`."""
        if (known := self._steps.get((before, character))) is not None:
            return known
        score = self._steps[before, character] = self._step(fold(before), fold(character))
        return score

    def _step(self, first: str, second: str) -> float:
        backing = (self.single(second) + general_probability(first, second)) / 2
        seen = self._pairs[first, second] + _BACKING * backing
        return math.log(seen / (self._single[first] + _BACKING))

    def mean(self, text: str) -> float:
        """Mean logarithm per character of `text` after its first character."""
        if len(text) < 2:
            return 0.0
        return sum(map(self.step, text, text[1:])) / (len(text) - 1)

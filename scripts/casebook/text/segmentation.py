"""How likely a run of characters is as a row of words, by its best segmentation.

A reading grows character by character. Its score is that of the best way to divide it into words
(Viterbi over the dictionary's frequencies), so 围绕 scores higher than two rare characters that
exist but make no word.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from operator import add

from casebook.text.characters import HAN_PATTERN, fold_script, rarity
from casebook.text.mark_weights import MARK_WEIGHTS
from casebook.text.word_frequencies import LONGEST_WORD, TOTAL_COUNT, frequency

_UNSEEN_COUNT = 0.5
"""Observations added to the count of a character by itself."""

_UNKNOWN_WEIGHT = -18.0
"""Greatest log probability of a Chinese character that is no word of the dictionary."""

_NUMBER = re.compile("[0-9A-Za-z.%]")
_NUMBER_WEIGHT = -4.5
"""Log probability of a digit or a Latin letter, since any may follow any other."""

Segmentation = tuple[str, tuple[float, ...]]
"""The last characters of a reading, and the best scores up to before each of them and its end."""

START: Segmentation = ("", (0.0,))


@lru_cache(maxsize=1 << 18)
def _word_weight(text: str) -> float:
    """Log probability of a word of two characters or more; -inf for none."""
    counted = frequency(text)
    return math.log(counted / TOTAL_COUNT) if counted else -math.inf


@cache
def _single_weight(character: str) -> float:
    """Log probability of a character as a word by itself; never -inf."""
    weights = MARK_WEIGHTS.get(character)
    if weights and weights.per_word is not None:
        return weights.per_word
    if counted := frequency(character):
        return math.log((counted + _UNSEEN_COUNT) / TOTAL_COUNT)
    if _NUMBER.match(character):
        return _NUMBER_WEIGHT
    rare = rarity(character)
    return min(_UNKNOWN_WEIGHT, rare) if HAN_PATTERN.match(character) else rare


@lru_cache(maxsize=1 << 17)
def _end_weights(tail: str, character: str) -> tuple[float, ...]:
    """Log probabilities of the last word, for its lengths from one character on."""
    longer = (_word_weight(tail[1 - length :] + character) for length in range(2, len(tail) + 2))
    return (_single_weight(character), *longer)


def extend(segmentation: Segmentation, character: str) -> Segmentation:
    """The reading with one more character, in either script."""
    tail, scores = segmentation
    folded = fold_script(character)
    weights = _end_weights(tail, folded)
    best = max(map(add, reversed(scores), weights))
    return (tail + folded)[1 - LONGEST_WORD :], (*scores, best)[-LONGEST_WORD:]


def segment(text: str, start: Segmentation = START) -> Segmentation:
    """The reading `start` with all characters of a text."""
    for character in text:
        start = extend(start, character)
    return start


def score(segmentation: Segmentation) -> float:
    """Natural logarithm of the probability of a reading, by its best segmentation."""
    return segmentation[1][-1]

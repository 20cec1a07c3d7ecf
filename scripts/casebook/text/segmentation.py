"""How likely a run of characters is as a row of words, by its best segmentation.

A reading grows character by character. Its score is that of the best way to divide it into words
(Viterbi over the dictionary's frequencies), so 围绕 scores higher than two rare characters that
exist but make no word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache

from casebook.text.characters import HAN_PATTERN, fold_script, fold_text, rarity
from casebook.text.mark_weights import MARK_WEIGHTS
from casebook.text.word_frequencies import (
    LONGEST_WORD,
    TOTAL_COUNT,
    count_word,
    cut_words,
    frequency,
)

_UNSEEN_COUNT = 0.5
"""Observations added to the count of a character by itself."""

_UNKNOWN_WEIGHT = -18.0
"""Greatest log probability of a Chinese character that is no word of the dictionary."""

_NUMBER = re.compile("[0-9A-Za-z.%０-９％]")
_NUMBER_WEIGHT = -4.5
"""Log probability of a digit or a Latin letter, since any may follow any other."""

MOST_CACHED = 1 << 20
"""Weights that are kept, which take 100 MB."""

Segmentation = tuple[str, tuple[float, ...]]
"""The last characters of a reading, and the best scores up to before each of them and its end."""

START: Segmentation = ("", (0.0,))


class _WordWeights(dict[str, float]):
    """Log probabilities of words of several characters, as they are asked for; -inf for none."""

    def __missing__(self, word: str) -> float:
        if len(self) >= MOST_CACHED:
            self.clear()
        counted = count_word(word)
        self[word] = weight = math.log(counted / TOTAL_COUNT) if counted else -math.inf
        return weight


_WORDS = _WordWeights()


class _WordEnds(dict[str, tuple[tuple[int, float], ...]]):
    """The words of several characters that end a text: their lengths and log probabilities."""

    def __missing__(self, text: str) -> tuple[tuple[int, float], ...]:
        if len(self) >= MOST_CACHED:
            self.clear()
        ends = self[text[1:]] if len(text) > 1 else ()
        if len(text) > 1 and (weight := _WORDS[text]) > -math.inf:
            ends = (*ends, (len(text), weight))
        self[text] = ends
        return ends


_ENDS = _WordEnds()


@cache
def single_weight(character: str) -> float:
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


def extend(
    segmentation: Segmentation, character: str, single: Callable[[str], float] = single_weight
) -> Segmentation:
    """The reading with one more character, in either script.

    `single` weighs a character that is a word by itself.
    """
    tail, scores = segmentation
    folded = fold_script(character)
    text = tail + folded
    best = scores[-1] + single(folded)
    for length, weight in _ENDS[text]:
        total = scores[-length] + weight
        if total > best:
            best = total
    return text[1 - LONGEST_WORD :], (*scores[1 - LONGEST_WORD :], best)


def segment(text: str, start: Segmentation = START) -> Segmentation:
    """The reading `start` with all characters of a text: `extend` for each, without its states."""
    tail, known = start
    shown, scores = tail + fold_text(text), [*known]
    for end in range(len(tail) + 1, len(shown) + 1):
        best = scores[-1] + single_weight(shown[end - 1])
        for length in range(2, min(end, LONGEST_WORD) + 1):
            total = scores[-length] + _WORDS[shown[end - length : end]]
            if total > best:
                best = total
        scores.append(best)
    return shown[1 - LONGEST_WORD :], tuple(scores[-LONGEST_WORD:])


def score(segmentation: Segmentation) -> float:
    """Natural logarithm of the probability of a reading, by its best segmentation."""
    return segmentation[1][-1]


def least_score(text: str) -> float:
    """What the score of a text is at least: that of the dictionary's own way to divide it.

    It takes a quarter of the time, and is the score itself for nine texts of ten.
    """
    weights = (
        single_weight(word)
        if len(word) == 1
        else _WORDS[word]
        if len(word) <= LONGEST_WORD
        else sum(map(single_weight, word))
        for word in cut_words(fold_text(text))
    )
    return sum(weights)


def makes_any_word(before: str, middle: str, after: str) -> bool:
    """Whether a character makes a word with up to two characters before it and one after it.

    All in simplified form.
    """
    return bool(_ENDS[before + middle] or (after and _ENDS[before + middle + after]))

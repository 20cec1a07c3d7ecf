"""How likely a run of characters is as a row of words: the segmenter's dictionary, best cut first.

A reading grows character by character; its score is that of the best way to cut it into words
(Viterbi over the dictionary's frequencies), so that 围绕 beats two characters that only exist.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from operator import add

from casebook.text.characters import HAN_PATTERN, fold_script, rarity
from casebook.text.language import frequency

LONGEST = 4
"""Characters of the longest words that are looked up."""

_TOTAL = 6.0e7
"""Observations behind the frequencies of the dictionary."""

_RARE = 0.5
"""Observations given to a character that is no word of the dictionary."""

_MARKS = {"，": -3.0, "。": -3.4, "、": -4.0, "“": -4.6, "”": -4.6, "；": -5.5, "：": -5.2}
_MARKS |= {"（": -5.8, "）": -5.8, "《": -6.1, "》": -6.1, "—": -6.1, "…": -7.2, "\u3000": -4.0}
_MARKS |= {"［": -8.0, "］": -8.0, "【": -8.0, "】": -8.0}
"""Logarithm of the share of frequent marks among the words of running text (counted in news)."""

_NUMBER = re.compile("[0-9A-Za-z.%]")
_DIGIT = -4.5
"""The same for digits and Latin letters, of which any may follow any."""

Cut = tuple[str, tuple[float, ...]]
"""The last characters of a reading, and the best scores up to before each of them and its end."""

START: Cut = ("", (0.0,))


@lru_cache(maxsize=1 << 18)
def _word(text: str) -> float:
    """Natural logarithm of the probability of a word of two characters or more; -inf for none."""
    counted = frequency(text)
    return math.log(counted / _TOTAL) if counted else -math.inf


@cache
def _single(character: str) -> float:
    """The same for a character by itself, which always may stand."""
    if character in _MARKS:
        return _MARKS[character]
    if counted := frequency(character):
        return math.log((counted + _RARE) / _TOTAL)
    if _NUMBER.match(character):
        return _DIGIT
    return min(-18.0, rarity(character)) if HAN_PATTERN.match(character) else rarity(character)


@lru_cache(maxsize=1 << 17)
def _costs(tail: str, character: str) -> tuple[float, ...]:
    """What it costs to end with a character by itself, or with a word of two characters or more."""
    words = (_word(tail[1 - length :] + character) for length in range(2, len(tail) + 2))
    return (_single(character), *words)


def grown(cut: Cut, character: str) -> Cut:
    """The reading with one more character, in either script."""
    tail, scores = cut
    folded = fold_script(character)
    costs = _costs(tail, folded)
    best = max(map(add, reversed(scores), costs))
    return (tail + folded)[1 - LONGEST :], (*scores, best)[-LONGEST:]


def read(text: str, cut: Cut = START) -> Cut:
    """The reading with all characters of a text."""
    for character in text:
        cut = grown(cut, character)
    return cut


def score(cut: Cut) -> float:
    """Natural logarithm of the probability of a reading, cut in the best way."""
    return cut[1][-1]

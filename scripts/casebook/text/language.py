"""How likely words and neighbors are in Chinese at large, by the segmenter's dictionary.

A few pairs of marks and the odds of a full stop behind a character are counted in plain text: the
dictionary knows words only.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from casebook.text.characters import fold_script, fold_text, rarity

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


OFFICIAL = 300
"""How often a word of official prose counts at least, in the measure of the dictionary."""


@cache
def _official() -> frozenset[str]:
    path = Path(__file__).with_name("official.yml")
    return frozenset(yaml.safe_load(path.read_text(encoding="utf-8"))["words"].split())


@cache
def frequency(word: str) -> int:
    """How often the segmenter's dictionary counts a word; 0 for a text that is no word."""
    counted: int = _dictionary().suggest_freq(word) if is_word(word) else 0
    return max(counted, OFFICIAL) if word in _official() else counted


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
    if counted := frequency(fold_script(character)):
        return (counted + _UNSEEN) / _TOTAL
    return math.exp(rarity(character))


@cache
def _odds(name: str, key: str) -> dict[str, float]:
    path = Path(__file__).with_name(name)
    classes = yaml.safe_load(path.read_text(encoding="utf-8"))
    split = str.split if key == "words" else "".join
    said = ((each["odds"], split(each.get(key, ""))) for each in classes)
    return {part: odds for odds, parts in said for part in parts if not part.isspace()}


def start_odds(character: str) -> float:
    """How much likelier than elsewhere a character is behind a full stop, in nats."""
    return _odds("starts.yml", "before").get(fold_script(character), 0.0)


def opening_odds(word: str) -> float:
    """What speaks for a word of two characters behind a full stop, in nats."""
    return _odds("starts.yml", "words").get(fold_text(word), 0.0)


def stop_odds(before: str) -> float:
    """How much likelier than elsewhere a full stop is behind a character, in nats."""
    return _odds("stops.yml", "behind").get(fold_script(before), 0.0)

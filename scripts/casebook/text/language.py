"""How likely characters are after one another in Chinese at large.

The dictionary knows words only. A few pairs of marks (`mark_weights`) and the odds of a full stop
after a character (`stops.yml`, `starts.yml`) were counted in plain text.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import yaml

from casebook.text.characters import HAN_PATTERN, fold_script, fold_text, rarity
from casebook.text.mark_weights import PAIR_PROBABILITIES
from casebook.text.word_frequencies import TOTAL_COUNT, dictionary_count, frequency

_EVEN_WORD_COUNT = 2000.0
"""Count of a word of two characters that is as likely as all else after its first character."""

_UNSEEN_COUNT = 5.0
"""Observations given to every character of the dictionary, for its use within longer words."""

_SINGLE_WEIGHT = 2.0
"""Factor of the probability of a character by itself.

This module once took 30 million for the dictionary's total. `UNKNOWN` and the other costs of
`repair.bytes.utf8_paths` and `mixed_bytes` were set with that, and are log 2 too high without it.
"""


@cache
def general_probability(first: str, second: str) -> float:
    """Probability of `second` after `first` in Chinese at large; 0 where no pair is known."""
    if counted := dictionary_count(first + second):
        return counted / (counted + _EVEN_WORD_COUNT)
    return PAIR_PROBABILITIES.get(first + second, 0.0)


@cache
def likelihood(before: str, character: str) -> float:
    """Rough natural logarithm of the probability of a character after another ('' for none)."""
    return math.log(_probability_alone(character) + general_probability(before, character))


@cache
def _probability_alone(character: str) -> float:
    """Rough probability of a character by itself: as a word of the dictionary, if it is one."""
    if counted := frequency(fold_script(character)):
        return _SINGLE_WEIGHT * (counted + _UNSEEN_COUNT) / TOTAL_COUNT
    return math.exp(rarity(character))


@cache
def _odds(name: str, key: str) -> dict[str, float]:
    """Log-odds of the characters or the words of a table."""
    path = Path(__file__).with_name(name)
    classes = yaml.safe_load(path.read_text(encoding="utf-8"))
    split = str.split if key == "words" else "".join
    rows = ((each["odds"], split(each.get(key, ""))) for each in classes)
    return {part: odds for odds, parts in rows for part in parts if not part.isspace()}


_DIGITS, _NUMERALS = (
    frozenset("0123456789０１２３４５６７８９"),
    frozenset("二三四五六七八九十百千"),
)


@cache
def _figure_table(key: str) -> dict[str, float]:
    """Log-odds of the characters next to figures."""
    path = Path(__file__).with_name("figures.yml")
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))[key]
    named = {c: each["odds"] for each in rows[:-1] for c in each["characters"]}
    return {**named, "": rows[-1]["odds"]}


def figure_odds(before: str, character: str) -> float:
    """Log-likelihood ratio, in nats, of two neighbors of which one is a figure; 0 for others."""
    if character in _DIGITS:
        side, word = "before_digits", fold_script(before) if before else ""
    elif before in _DIGITS or before in _NUMERALS:
        side = "after_digits" if before in _DIGITS else "after_numerals"
        word = fold_script(character)
    else:
        return 0.0
    if not HAN_PATTERN.match(word) or word in _NUMERALS:
        return 0.0
    table = _figure_table(side)
    return table.get(word, table[""])


def start_odds(character: str) -> float:
    """Log-likelihood ratio, in nats, of a character after a full stop and elsewhere."""
    return _odds("starts.yml", "characters").get(fold_script(character), 0.0)


def opening_odds(word: str) -> float:
    """The same of a word of two characters."""
    return _odds("starts.yml", "words").get(fold_text(word), 0.0)


def stop_odds(before: str) -> float:
    """Log-likelihood ratio, in nats, of a full stop after a character and after any other."""
    return _odds("stops.yml", "characters").get(fold_script(before), 0.0)

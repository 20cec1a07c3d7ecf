"""The words of private_words.yml as patterns.

What precedes a value is read backwards, from the value to its label: a match then begins at a known
place, and a text full of numbers costs little more than one without any.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from casebook.text.characters import HAN
from casebook.text.word_tables import read_table

WORDS = Path(__file__).with_name("private_words.yml")

_LONGEST_SPREAD_WORD = 3
"""Characters of words that are also found with a space after each: 微 信."""

_FILLER = (
    r"(?:[-:=|()\[\]【】<>\"“”'‘’#/\s]|\)[^()]{1,8}\(|码号|号编|号|码|\.?oN"
    "|为|是|即|系|至|在|于){0,8}?"
)
"""What may stand between a label and its value, backwards: 电话（区办）：, `| 电话 | `."""


@cache
def list_words(*keys: str) -> tuple[str, ...]:
    """The words of an entry, longest first."""
    entry: Any = read_table(WORDS)
    for key in keys:
        entry = entry[key]
    return tuple(sorted(entry.split(), key=len, reverse=True))


def alternatives(*keys: str) -> str:
    """The words of an entry as the inside of a group."""
    return "|".join(map(re.escape, list_words(*keys)))


def list_label_kinds() -> tuple[str, ...]:
    """The kinds of labels that precede a value."""
    return tuple(read_table(WORDS)["labels"])


@cache
def list_labels(kind: str) -> tuple[str, ...]:
    """The labels of a kind in lower case."""
    return tuple(word.lower() for word in list_words("labels", kind))


@cache
def label_pattern(kind: str) -> re.Pattern[str]:
    """The label of a kind that precedes a value, backwards."""
    return re.compile(_FILLER + _backwards(list_words("labels", kind)), re.I)


@cache
def public_line_pattern() -> re.Pattern[str]:
    """The label of a number that is there for everybody, backwards."""
    return re.compile(_FILLER + _backwards(list_words("public_lines")))


@cache
def thing_pattern() -> re.Pattern[str]:
    """The name of a thing that has a number, such as 合同编号：, backwards; or letters."""
    words = _backwards(list_words("thing_labels"))
    return re.compile(
        rf"{_FILLER}(?:{words}|(?:号编|码代|码编|号|码(?!号)|单|书(?![支文秘])|字)[{HAN}A-Za-z])"
        r"|[-:/#._]?[A-Za-z_]|[-#._]\d|[〕\]]\d{4}[〔\[]"
    )


@cache
def amount_pattern() -> re.Pattern[str]:
    """What precedes an amount, backwards: 投入, （元）, ￥."""
    words = _backwards(list_words("amount_words"))
    units = _backwards((*list_words("units"), *list_words("units_alone")))
    return re.compile(
        rf"(?:[:= |]|为){{0,3}}了?{words}|[¥￥$€]|[:| ]*\){units}[万亿千百]*(?::位单)?\("
    )


@cache
def unit_pattern() -> re.Pattern[str]:
    """What an amount is followed by: 元, 多万元, %; or the rest of a decimal."""
    alone = rf"(?:{alternatives('units_alone')})(?![{HAN}])"
    return re.compile(
        rf" ?[多余]?[万亿千百]{{0,2}}(?:{alternatives('units')}|{alone}|号(?!码))|\.\d"
    )


def _backwards(words: tuple[str, ...]) -> str:
    """A group of words that are read backwards; words of letters are whole words."""
    return f"(?:{'|'.join(map(_reverse_word, words))})"


def _reverse_word(word: str) -> str:
    spread = len(word) <= _LONGEST_SPREAD_WORD
    backwards = (" ?" if spread else "").join(map(re.escape, reversed(word)))
    return backwards + ("(?![A-Za-z])" if word[0].isascii() and word[0].isalpha() else "")

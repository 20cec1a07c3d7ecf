"""How often words occur in Chinese: the segmenter's dictionary, the one table of frequencies.

rjieba 0.2.2 carries jieba-rs 0.11.0 with the `dict.txt` of jieba 0.42.1 (January 2020): 349,046
words and their counts in a newspaper of 1998 and novels.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from casebook.text.placed_lines import around
from casebook.text.word_tables import read_words

TOTAL_COUNT = 6.0e7
"""Observations in the dictionary: its counts sum to 60,101,967."""

LONGEST_WORD = 4
"""Characters of the longest words that are looked up."""

OFFICIAL_WORD_COUNT = 300
"""The least count of a word of official prose (`official.yml`), in the measure of the dictionary.
"""


def load_segmenter() -> Any:
    """The segmenter, which holds the dictionary: made once, when its module is first imported."""
    import rjieba

    return rjieba


def list_official_words() -> tuple[str, ...]:
    """Words of official prose that the dictionary lacks or counts too rarely (`official.yml`)."""
    return read_words(Path(__file__).with_name("official.yml"), "words")


@cache
def _official() -> frozenset[str]:
    return frozenset(list_official_words())


def idioms() -> tuple[str, ...]:
    """Idioms of official prose, of four characters each (`idioms.yml`)."""
    return read_words(Path(__file__).with_name("idioms.yml"), "idioms")


@cache
def is_word(text: str) -> bool:
    """Whether a text is a word of the dictionary."""
    known: bool = load_segmenter().has_word(text)
    return known


def is_in_dictionary(text: str) -> bool:
    """The same, not remembered: for many texts that are asked for once."""
    known: bool = load_segmenter().has_word(text)
    return known


def cut_words(text: str) -> list[str]:
    """A text in words, as the dictionary alone divides it."""
    words: list[str] = load_segmenter().cut(text, False)
    return words


def is_name(word: str) -> bool:
    """Whether a word of the dictionary is in it as a proper name."""
    return any(tag.startswith(("nr", "ns")) for _, tag in load_segmenter().tag(word))


def find_place_names(text: str) -> Iterator[tuple[int, str]]:
    """The words of a text that the dictionary has as places, with their positions."""
    position = 0
    for word, tag in load_segmenter().tag(text):
        if tag == "ns":
            yield position, word
        position += len(word)


@cache
def dictionary_count(word: str) -> int:
    """How often the dictionary counts a word, by what it suggests for it; 0 for no word.

    A suggestion is the count, or one more where the word's parts make it as likely.
    """
    return int(load_segmenter().suggest_freq(word)) if is_word(word) else 0


def count_word(word: str) -> int:
    """How often a word occurs in TOTAL_COUNT words; 0 for a text that is no word."""
    known = load_segmenter().has_word(word)
    counted = int(load_segmenter().suggest_freq(word)) if known else 0
    return max(counted, OFFICIAL_WORD_COUNT) if word in _official() else counted


frequency = cache(count_word)
"""The same, remembered."""


def makes_word(
    before: str, middle: str, after: str, also: Collection[str] = (), least: int = 1
) -> bool:
    """Whether a character makes a word with characters next to it.

    A word is in `also`, or has a frequency of `least` or more.
    """
    words = texts_with(before, middle, after)
    return any(frequency(word) >= least or word in also for word in words)


def spans_word(before: str, after: str) -> bool:
    """Whether the end of a text and the beginning of another one may make a word."""
    return any(
        frequency(before[-left:] + after[:right])
        for left in range(1, LONGEST_WORD)
        for right in range(1, LONGEST_WORD + 1 - left)
    )


def texts_with(before: str, middle: str, after: str) -> Iterator[str]:
    """What may be a word of a character and characters next to it, up to LONGEST_WORD."""
    for left in range(min(len(before), LONGEST_WORD - 1) + 1):
        for right in range(min(len(after), LONGEST_WORD - 1 - left) + 1):
            if left + right:
                yield before[len(before) - left :] + middle + after[:right]


def is_in_word(text: str, place: int, also: Collection[str] = (), least: int = 1) -> bool:
    """Whether the character at a place of a text makes a word with characters next to it."""
    before, after = around(text, place, place + 1, LONGEST_WORD - 1)
    return makes_word(before, text[place], after, also, least)

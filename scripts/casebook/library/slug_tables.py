"""The readings and words with which the page 在线整理 makes an id from a title.

It divides a title by the longest words of a short list, not by the segmenter, so that its ids
may differ from those of `identity.slug` in hyphens.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from pypinyin import lazy_pinyin

from casebook.text.characters import HAN_PATTERN, fold_script, is_gb2312
from casebook.text.word_frequencies import count_word, list_official_words, load_segmenter

FREQUENT_CHARACTERS, PAIRS = 700, 4000
"""The characters of which words are looked for (each with each), and the words that are kept."""

_HAN = range(0x4E00, 0xA000)


class SlugTables(NamedTuple):
    """Characters by reading; words of two characters, one after the other; longer ones; and the
    readings of words in which a character is not read as by itself."""

    readings: dict[str, str]
    pairs: str
    longer: tuple[str, ...]
    exceptions: dict[str, str]


@lru_cache(maxsize=1)
def make_slug_tables(prose: str) -> SlugTables:
    """The tables, from the installed library of readings; about 60 kB as JSON.

    `prose` are words as titles have them: those of the vocabulary.
    """
    readings: dict[str, str] = {}
    for character in _list_characters():
        reading = _read(character)
        if reading.isascii() and reading.isalpha():
            readings[reading] = readings.get(reading, "") + character
    words = list(dict.fromkeys((*_list_pairs(prose), *list_official_words())))
    pairs = "".join(w for w in words if len(w) == 2)
    longer = tuple(w for w in words if len(w) > 2)
    alone = {w: " ".join(map(_read, w)) for w in words}
    exceptions = {w: read for w in words if (read := _read(w)) != alone[w]}
    return SlugTables(readings, pairs, longer, exceptions)


def _list_characters() -> list[str]:
    """The characters of simplified script: those of GB 2312, and what traditional ones become."""
    usual = list(map(chr, _HAN))
    become = {fold_script(character) for character in usual if fold_script(character) != character}
    return [character for character in usual if is_gb2312(character) or character in become]


def _list_pairs(prose: str) -> list[str]:
    """The most frequent words of two characters: the dictionary can be asked, but not listed."""
    counts = Counter(HAN_PATTERN.findall(prose + "".join(list_official_words())))
    frequent = [character for character, _ in counts.most_common(FREQUENT_CHARACTERS)]
    words = filter(load_segmenter().has_word, map("".join, product(frequent, repeat=2)))
    return sorted(words, key=count_word, reverse=True)[:PAIRS]


def _read(word: str) -> str:
    return " ".join(lazy_pinyin(word))

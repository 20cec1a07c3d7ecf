"""Toneless pinyin: which pairs of Chinese characters of the library a pair of syllables spells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

import numpy as np
from pypinyin import Style, pinyin

from casebook.search.packing import as_characters, deflated_json, script
from casebook.search.postings import Lists

KEPT = 6
"""Pairs of characters kept for a pair of syllables, those with the most postings."""

RARER = 20
"""How many times rarer than the most frequent a kept pair may be."""

_HAN = (0x4E00, 0xA000)


@cache
def readings(character: str) -> tuple[str, ...]:
    """The toneless readings of a character, ü as v; none of what is not Chinese."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else ()


@cache
def syllables() -> tuple[str, ...]:
    """Every toneless syllable of the characters of GB 2312."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = (code.decode("gb2312", "ignore") for code in codes)
    found = {reading for c in characters if c for reading in readings(c)}
    return tuple(sorted(s for s in found if s.isascii() and s.isalpha()))


def pinyin_files(lists: Lists) -> dict[str, bytes]:
    """Which characters each syllable spells, and a file for each syllable: which pairs of these
    and of the next syllable's the library has, the most frequent first.

    Of the pairs that sound alike those far rarer than the first are chance neighbors, no words.
    """
    sounds = _sounds(lists)
    places = {s: {c: chr(at + 48) for at, c in enumerate(own)} for s, own in sounds.items()}
    table: dict[str, dict[str, tuple[int, str]]] = {syllable: {} for syllable in sounds}
    for first, second, count in _pairs(lists):
        for left, right in product(first[1], second[1]):
            if left in table and right in table:
                found = table[left]
                most, pairs = found.get(right, (count, ""))
                if len(pairs) < 2 * KEPT and count * RARER >= most:
                    pair = places[left][first[0]] + places[right][second[0]]
                    found[right] = most, pairs + pair
    numbers = {syllable: number for number, syllable in enumerate(sounds)}
    return {"sounds": script("sounds", deflated_json(sounds))} | {
        f"y-{left}": script(f"y-{left}", deflated_json(_rows(found, numbers)))
        for left, found in table.items()
    }


def _rows(found: Mapping[str, tuple[int, str]], numbers: Mapping[str, int]) -> str:
    """The number of the next syllable, how many pairs, and their characters' places, as numbers."""
    rows = ((numbers[right], pairs) for right, (_, pairs) in found.items())
    return "".join(as_characters((number, len(pairs) // 2)) + pairs for number, pairs in rows)


def _sounds(lists: Lists) -> dict[str, str]:
    """Every syllable, to the characters of the library that it spells."""
    sounds = dict.fromkeys(syllables(), "")
    for code in np.union1d(lists.first, lists.second).tolist():
        for reading in readings(chr(code)) if _HAN[0] <= code < _HAN[1] else ():
            if reading in sounds:
                sounds[reading] += chr(code)
    return sounds


Spoken = tuple[str, tuple[str, ...]]


def _pairs(lists: Lists) -> Iterator[tuple[Spoken, Spoken, int]]:
    """Pairs of Chinese characters, with their readings, by falling number of postings."""
    chinese = [(half >= _HAN[0]) & (half < _HAN[1]) for half in (lists.first, lists.second)]
    here = np.flatnonzero(chinese[0] & chinese[1])
    here = here[np.argsort(-lists.counts[here], kind="stable")]
    spoken = {code: (chr(code), readings(chr(code))) for code in range(*_HAN)}
    columns = (lists.first[here], lists.second[here], lists.counts[here])
    for first, second, count in zip(*(column.tolist() for column in columns), strict=True):
        yield spoken[first], spoken[second], count

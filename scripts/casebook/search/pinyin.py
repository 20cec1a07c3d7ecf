"""Toneless pinyin: which pairs of Chinese characters of the library a pair of syllables spells."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from pypinyin import Style, pinyin

from casebook.search.packing import deflated_json, script
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
    """A file for each syllable: the syllable behind it, to the pairs, the most frequent first.

    Of the pairs that sound alike those far rarer than the first are chance neighbors, no words.
    """
    table: dict[str, dict[str, tuple[int, str]]] = {syllable: {} for syllable in syllables()}
    for first, second, count in _pairs(lists):
        for left in first[1]:
            found = table.get(left)
            if found is None:
                continue
            for right in second[1]:
                most, pairs = found.get(right, (count, ""))
                if len(pairs) < 2 * KEPT and count * RARER >= most:
                    found[right] = most, pairs + first[0] + second[0]
    return {"sounds": script("sounds", deflated_json(_sounds(lists)))} | {
        f"y-{left}": script(f"y-{left}", deflated_json({r: p for r, (_, p) in found.items()}))
        for left, found in table.items()
    }


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

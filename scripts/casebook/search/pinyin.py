"""Toneless pinyin: which pairs of Chinese characters of the library a pair of syllables spells."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pypinyin import Style, pinyin

from casebook.search.packing import deflated_json, script
from casebook.search.postings import Lists

KEPT = 8
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
    """A file for each syllable: the syllable behind it, to the pairs, the most frequent first."""
    table: dict[str, dict[str, list[tuple[int, str]]]] = {s: {} for s in syllables()}
    for first, second, count in _pairs(lists):
        for left in readings(first):
            for right in readings(second):
                if left in table:
                    table[left].setdefault(right, []).append((-count, first + second))
    return {
        f"y-{left}": script(f"y-{left}", deflated_json({r: _best(p) for r, p in found.items()}))
        for left, found in table.items()
    }


def _pairs(lists: Lists) -> Iterator[tuple[str, str, int]]:
    """Pairs of Chinese characters with their number of postings."""
    for key, count in zip(lists.keys.tolist(), lists.counts.tolist(), strict=True):
        first, second = key >> 16, key & 0xFFFF
        if _HAN[0] <= first < _HAN[1] and _HAN[0] <= second < _HAN[1]:
            yield chr(first), chr(second), count


def _best(pairs: list[tuple[int, str]]) -> str:
    """The most frequent pairs; those far rarer than the first are chance neighbors, no words."""
    best = sorted(pairs)[:KEPT]
    return "".join(pair for count, pair in best if count * RARER <= best[0][0])

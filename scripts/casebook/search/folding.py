"""Folding: what a reader may type and what a text says become the same characters.

A fold works on one UTF-16 code unit at a time and never changes the length, so that places in the
folded text are places in the text. `fold` in docs/scripts/search/query.js does the same; the golden
file tests/data/search/folding.yml holds for both.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from casebook.text.characters import fold_script as simplified

Units = NDArray[np.uint16]
Flags = NDArray[np.bool_]

BREAKS = ",;:!?()\"'[]{}<>|…—·~、。“”‘’《》〈〉「」『』【】〔〕\u00a0\u3000\ufeff\u200b\u2028\u2029"
"""Marks that divide runs: no pair of characters reaches across one. ASCII below `!` does, too."""

_HAN = range(0x3400, 0xA000)
_SURROGATES = range(0xD800, 0xE000)


def plain(character: str) -> str:
    """Compatibility form in lower case (NFKC), where that is one character of the BMP."""
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 and ord(folded) < 0x10000 else character


def fold_character(character: str) -> str:
    """Compatibility form, lower case, simplified script (OpenCC)."""
    folded = plain(character)
    return _simplified(folded) if ord(folded) in _HAN else folded


def _simplified(character: str) -> str:
    """OpenCC's form, where it is one code unit too."""
    folded = simplified(character)
    return folded if ord(folded) < 0x10000 else character


@cache
def fold_table() -> Units:
    """The folded code unit of every code unit; halves of a surrogate pair stay."""
    codes = (c if c in _SURROGATES else ord(fold_character(chr(c))) for c in range(0x10000))
    return np.fromiter(codes, np.uint16, 0x10000)


@cache
def break_table() -> Flags:
    """Which code units divide runs, after folding."""
    table = np.zeros(0x10000, bool)
    table[: ord("!")] = True
    table[[ord(mark) for mark in BREAKS]] = True
    return table


@cache
def script_folds() -> dict[str, str]:
    """Characters whose folded form is more than the compatibility form in lower case."""
    whole = (code for code in range(0x10000) if code not in _SURROGATES)
    forms = ((c, fold_character(c)) for c in map(chr, whole))
    return {character: form for character, form in forms if form != plain(character)}


def units(text: str) -> Units:
    """The UTF-16 code units of a text: what a position in JavaScript counts."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def fold_units(codes: Units) -> Units:
    """Every code unit folded by itself."""
    folded: Units = fold_table()[codes]
    return folded

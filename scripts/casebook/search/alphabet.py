"""Texts as bytes that compress well: frequent characters are one byte, others two.

Deflate packs such bytes into three quarters of what it makes of UTF-16 (0.90 bytes a character
of a real case beside 1.21).
"""

from __future__ import annotations

import numpy as np

from casebook.search.collection import Collection
from casebook.search.folding import units

ONE_BYTE, MOST, ESCAPE = 200, 2500, 255
"""Characters of one byte; characters of the alphabet; the byte before any other, as UTF-16."""


def alphabet_of(collection: Collection) -> str:
    """The most frequent code units of a library, halves of pairs left out, most frequent first."""
    counts = np.bincount(units("".join(collection.texts())), minlength=0x10000)
    counts[0xD800:0xE000] = 0
    order = np.argsort(-counts, kind="stable")[:MOST]
    return "".join(chr(code) for code in order if counts[code])


def encoded(text: str, alphabet: str) -> bytes:
    """Rank r below ONE_BYTE is the byte r; the others follow as two bytes, the higher first."""
    codes = units(text)
    ranks = np.full(0x10000, -1, np.int32)
    ranks[units(alphabet)] = np.arange(len(alphabet))
    rank = ranks[codes]
    over = rank - ONE_BYTE
    rows = np.empty((len(codes), 3), np.uint8)
    rows[:, 0] = np.where(rank < 0, ESCAPE, np.where(over < 0, rank, ONE_BYTE + (over >> 8)))
    rows[:, 1] = np.where(rank < 0, codes >> 8, over & 255)
    rows[:, 2] = codes & 255
    used = np.stack([rank < 0, rank < 0, rank < 0], axis=1)
    used[:, 0], used[:, 1] = True, (rank < 0) | (over >= 0)
    return rows[used].tobytes()

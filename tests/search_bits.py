"""A second reader of the index, written from its description in scripts/casebook/search."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from casebook.search.packing import BITS, FIRST

Rows = list[tuple[int, int, int]]
"""Postings: unit, ordinals of the first and of the second character."""


def bits_of(words: np.ndarray) -> str:
    """The bits of words in the order in which they are read."""
    return "".join(format(word, f"0{BITS}b")[::-1] for word in words.tolist())


def bytes_of(content: bytes) -> bytes:
    """What is compressed in a file."""
    text = content.decode("utf-16")
    words = [ord(character) - FIRST for character in text[text.index(',"') + 2 : -2]]
    bits = bits_of(np.array(words))
    packed = bytes(int(bits[i : i + 8][::-1], 2) for i in range(0, len(bits) - 7, 8))
    reader = zlib.decompressobj(-15)
    data = reader.decompress(packed)
    assert reader.eof
    return data


def json_of(content: bytes) -> Any:
    """The compressed JSON of a file."""
    return json.loads(bytes_of(content))


def numbers_of(column: str) -> list[int]:
    """The numbers of a column."""
    codes = (ord(character) for character in column)
    return [(code if code < 0xD800 else code - 0x800) - 48 for code in codes]


def read_code(bits: str, at: int, order: int) -> tuple[int, int]:
    """The number at a place, and the place after it."""
    zeros = bits.index("1", at) - at
    start, width = at + zeros + 1, zeros + order
    low = int(bits[start : start + width][::-1] or "0", 2)
    return low + 2**width - 2**order, start + width


def read_lists(words: np.ndarray, units: int) -> Iterator[tuple[tuple[int, int], Rows]]:
    """The pairs of a shard with their postings."""
    bits = bits_of(words)
    count, at = read_code(bits, 0, 0)
    entries, first, second = [], 0, 0
    for _ in range(count):
        gap, at = read_code(bits, at, 0)
        step, at = read_code(bits, at, 6)
        size, at = read_code(bits, at, 0)
        first, second = first + gap, step if gap else second + step
        entries.append((first, second, size // 2 + 1))
    for first, second, size in entries:
        order = max(1, units // (2 * size)).bit_length() - 1
        rows: Rows = []
        for _ in range(size):
            gap, at = read_code(bits, at, order)
            both, at = read_code(bits, at, 0) if second else (0, at)
            total = next(s for s in range(both + 1) if (s + 1) * (s + 2) // 2 > both)
            right = both - total * (total + 1) // 2
            rows.append(_row(rows, gap, total - right, right))
        yield (first, second), rows
    assert "1" not in bits[at:]


def _row(rows: Rows, gap: int, left: int, right: int) -> tuple[int, int, int]:
    """A posting after others: within a unit the ordinals are steps from those before."""
    if not rows or gap:
        return (rows[-1][0] if rows else 0) + gap, left, right
    unit, *before = rows[-1]
    return unit, (before[0] + 1 + left) % 2048, (before[1] + 1 + right) % 2048


def read_units(words: np.ndarray, units: int, counted: bool) -> list[tuple[int, int]]:
    """The units of a long list and how often its pair stands in each."""
    bits = bits_of(words)
    size, at = read_code(bits, 0, 0)
    count = size // 2 + 1
    order, unit, rows = max(1, units // (2 * count)).bit_length() - 1, -1, []
    for _ in range(count):
        gap, at = read_code(bits, at, order)
        more, at = read_code(bits, at, 0) if counted else (0, at)
        unit += 1 + gap
        rows.append((unit, more + 1))
    return rows

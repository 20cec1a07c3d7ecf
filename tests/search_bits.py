"""Bits read back by the words of FORMAT.md."""

from __future__ import annotations

import numpy as np

from casebook.search.packing import BITS


def bits_of(words: np.ndarray) -> str:
    """The bits of words in the order in which they are read."""
    return "".join(format(word, f"0{BITS}b")[::-1] for word in words.tolist())


def read_code(bits: str, at: int, order: int) -> tuple[int, int]:
    """The number at a place by the words of the specification, and the place behind it."""
    zeros = bits.index("1", at) - at
    start, width = at + zeros + 1, zeros + order
    low = int(bits[start : start + width][::-1] or "0", 2)
    return low + 2**width - 2**order, start + width

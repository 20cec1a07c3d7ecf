"""Lists read back from the words of a shard, as FORMAT.md says."""

from __future__ import annotations

import numpy as np

from casebook.search.packing import BITS, Words
from casebook.search.shards import COUNT_ORDER, FIRST_ORDER, SECOND_ORDER

Rows = list[tuple[int, int, int]]
"""The postings of a list: unit, left number, right number."""


def read_shard(words: Words, divisor: int, rest: int, units: int) -> dict[int, Rows]:
    """The lists of a shard by their keys.

    `divisor` is the number of shards of its group, `rest` which of them it is.
    """
    reader = _Reader(words)
    lists: dict[int, Rows] = {}
    first = quotient = 0
    for _ in range(reader.number(0)):
        gap = reader.number(FIRST_ORDER)
        step = reader.number(SECOND_ORDER)
        first, quotient = first + gap, step if gap else quotient + step
        second = quotient * divisor + rest
        lists[first << 16 | second] = reader.rows(units, second > 0)
    return lists


def read_alone(words: Words, key: int, units: int) -> Rows:
    """The postings of a list that stands alone."""
    return _Reader(words).rows(units, key & 0xFFFF > 0)


class _Reader:
    """Words as a row of bits, and the place up to which they are read."""

    def __init__(self, words: Words) -> None:
        bits = (words[:, None] >> np.arange(BITS, dtype=np.uint16)) & 1
        self._bits = (bits + ord("0")).astype(np.uint8).tobytes().decode("ascii")
        self._at = 0

    def number(self, order: int) -> int:
        """The next number, of an order."""
        begin = self._bits.index("1", self._at) + 1
        width = begin - 1 - self._at + order
        self._at = begin + width
        low = int(self._bits[begin : self._at][::-1] or "0", 2)
        return low + (1 << width) - (1 << order)

    def rows(self, units: int, paired: bool) -> Rows:
        """The next list: the number of its postings, then these."""
        count = self.number(COUNT_ORDER)
        order = max(1, units // (2 * count)).bit_length() - 1  # `order_of`, for one list
        rows, unit = [], 0
        for _ in range(count):
            unit += self.number(order)
            rows.append((unit, *self._pair()) if paired else (unit, 0, 0))
        return rows

    def _pair(self) -> tuple[int, int]:
        """1: both zero; 01: the left; 001: the right; 000: none."""
        sign = self._bits[self._at : self._at + 3]
        zeros = sign.index("1") if "1" in sign else 3
        self._at += min(zeros + 1, 3)
        left = self.number(0) + 1 if zeros >= 2 else 0
        right = self.number(0) + 1 if zeros in (1, 3) else 0
        return left, right

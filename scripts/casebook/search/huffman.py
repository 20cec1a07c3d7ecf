"""A canonical Huffman code: told by how many codes there are of each length."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np

from casebook.search.packing import BITS, Codes, Ints


def code_lengths(counts: Sequence[int]) -> list[int]:
    """The length of each symbol's code, 1 to BITS, by how often the symbols stand (at least once).

    Where a code would be too long, the counts are evened until none is.
    """
    even = [max(1, count) for count in counts]
    while max(lengths := _lengths(even), default=0) > BITS:
        even = [count // 2 + 1 for count in even]
    return lengths


def _lengths(counts: Sequence[int]) -> list[int]:
    heap = [(count, symbol) for symbol, count in enumerate(counts)]
    heapq.heapify(heap)
    parents: dict[int, int] = {}
    for node in range(len(counts), 2 * len(counts) - 1):
        (one, first), (two, second) = heapq.heappop(heap), heapq.heappop(heap)
        parents[first] = parents[second] = node
        heapq.heappush(heap, (one + two, node))
    depths = {2 * len(counts) - 2: 0}
    for node in range(2 * len(counts) - 3, -1, -1):
        depths[node] = depths[parents[node]] + 1
    return [max(1, depths[symbol]) for symbol in range(len(counts))]


def codes_of(lengths: Ints) -> Codes:
    """Codes of symbols whose lengths ascend; their highest bit comes first."""
    codes, code = [], 0
    for symbol, length in enumerate(lengths.tolist()):
        code = (code + 1) << (length - lengths[symbol - 1]) if symbol else 0
        codes.append(int(format(code, f"0{length}b")[::-1], 2))
    return np.array(codes, np.int64), lengths.astype(np.int64)

"""Lists cut into shards: files small enough that a query reads little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from casebook.search.packing import Ints, Words, pack
from casebook.search.postings import Lists

SHARD = 4096
"""Words (two bytes each) that a shard reaches; a longer list has a shard to itself."""

ENTRY = 2
"""Words that a list's entry in the directory takes, about."""

GAP_ORDER, PAIR_ORDER, COUNT_ORDER, SIZE_ORDER = 0, 6, 2, 1


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard's first key, and its words: a directory, then the lists in the same order."""

    first: int
    words: Words


def cut_into_shards(lists: Lists) -> list[Shard]:
    """The shards in the order of their keys."""
    return [_shard(lists, *bounds) for bounds in _bounds(lists.sizes)]


def _bounds(sizes: Ints) -> Iterator[tuple[int, int]]:
    first, filled = 0, 0
    for number, size in enumerate((sizes + ENTRY).tolist()):
        if filled and filled + size > SHARD:
            yield first, number
            first, filled = number, 0
        filled += size
    if filled:
        yield first, len(sizes)


def _shard(lists: Lists, first: int, last: int) -> Shard:
    keys = lists.keys[first:last]
    body = [
        lists.words[o : o + s]
        for o, s in zip(lists.offsets[first:last], lists.sizes[first:last], strict=True)
    ]
    columns = (*key_columns(keys), lists.counts[first:last], lists.sizes[first:last])
    orders = (GAP_ORDER, PAIR_ORDER, COUNT_ORDER, SIZE_ORDER)
    return Shard(int(keys[0]), np.concatenate([table(columns, orders), *body]))


def key_columns(keys: Ints) -> tuple[Ints, Ints]:
    """Ascending keys as two columns: the gap of the first code unit to the one before, and the
    second code unit, of a key with the same first only the gap."""
    left, right = keys >> 16, keys & 0xFFFF
    gaps = np.diff(left, prepend=0)
    return gaps, np.where(gaps == 0, np.diff(right, prepend=0), right)


def table(columns: tuple[Ints, ...], orders: tuple[int, ...]) -> Words:
    """The number of rows (order 0), then row by row the columns, each of its order."""
    rows = np.stack(columns, axis=1).astype(np.int64)
    ks = np.broadcast_to(np.array(orders, np.int64), rows.shape)
    numbers = np.concatenate([[len(rows)], rows.ravel()])
    words, _ = pack(numbers, np.concatenate([[0], ks.ravel()]), np.zeros(1, np.int64))
    return words

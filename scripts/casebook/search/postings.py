"""From text to lists: where each character and each pair of characters stands.

A posting of a pair says in which unit it stands and, of both characters, the how-manieth of its
kind in the unit it is. Pairs that share a character share its number, so that a run of any length
is told from scattered pairs exactly, at three bits a posting instead of a position's eight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casebook.search.collection import Collection
from casebook.search.folding import Flags, Units, break_table
from casebook.search.packing import Ints, Words, bit_length, pack

BLOCK = 1 << 19
"""Postings packed at once, which bounds the memory."""


LARGE_CHARACTER = 20_000
"""Words of all pairs that begin with a character from which on it has a list of its own."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Packed lists in the order of their keys: first code unit << 16 | second.

    The second is 0 where a run ends, the first is 0 in the list of a single character. List i has
    `counts[i]` postings in the `sizes[i]` words from `offsets[i]` on.
    """

    keys: Ints
    counts: Ints
    sizes: Ints
    offsets: Ints
    words: Words


def order_of(postings: Ints, units: int) -> Ints:
    """The order k of a list's gaps: what suits postings scattered over half the units."""
    return bit_length(np.maximum(units // (2 * postings), 1)) - 1


def make_lists(collection: Collection) -> Lists:
    """The lists of all pairs that no break divides, and of the most frequent characters."""
    codes, lengths = collection.folded()
    unit = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    kept = ~break_table()[codes]
    order = np.argsort(codes, kind="stable")  # a radix sort: linear
    order = order[kept[order]]
    number = _numbers(codes, unit, order)
    pairs = _pairs(codes, unit, number, kept, len(lengths))
    frequent = np.bincount(pairs.keys >> 16, pairs.sizes, 1 << 16) > LARGE_CHARACTER
    first = order[(number[order] == 0) & frequent[codes[order]]]
    singles = _pack_lists(codes[first].astype(np.int64), unit[first], (), len(lengths))
    return _joined(singles, pairs)


def _numbers(codes: Units, unit: Ints, order: Ints) -> Ints:
    """Of each character: the how-manieth of its kind in its unit it is, from 0."""
    sorted_codes, sorted_units = codes[order], unit[order]
    fresh = np.ones(len(order), bool)
    fresh[1:] = (np.diff(sorted_codes) != 0) | (np.diff(sorted_units) != 0)
    starts = np.flatnonzero(fresh)
    number = np.zeros(len(codes), np.int32)
    number[order] = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
    return number


@dataclass(frozen=True, slots=True)
class _Packed:
    keys: Ints
    counts: Ints
    sizes: Ints
    words: Words


def _pairs(codes: Units, unit: Ints, number: Ints, kept: Flags, units: int) -> _Packed:
    left = np.flatnonzero(kept)  # the last character of a unit is a break
    second = np.where(kept, codes, 0)
    left = left[np.argsort(second[left + 1], kind="stable")]
    left = left[np.argsort(codes[left], kind="stable")]
    keys = (codes[left].astype(np.int64) << 16) | second[left + 1]
    return _pack_lists(keys, unit[left], (number[left], number[left + 1]), units)


def _pack_lists(keys: Ints, unit: Ints, numbers: tuple[Ints, ...], units: int) -> _Packed:
    """Lists of postings sorted by key and unit: a gap each, then the numbers."""
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(starts, append=len(keys))
    gaps = np.diff(unit, prepend=0)
    gaps[starts] = unit[starts]
    orders = order_of(counts, units)
    words, sizes = [], []
    for first, last in _blocks(starts):
        end = int(starts[last]) if last < len(starts) else len(keys)
        begin = int(starts[first])
        columns = [gaps[begin:end], *(column[begin:end] for column in numbers)]
        ks = np.zeros((end - begin, len(columns)), np.int64)
        ks[:, 0] = np.repeat(orders[first:last], counts[first:last])
        group = (starts[first:last] - begin) * len(columns)
        values = np.stack(columns, axis=1).astype(np.int64)
        packed, size = pack(values.ravel(), ks.ravel(), group)
        words.append(packed)
        sizes.append(size)
    none: list[Ints] = [np.zeros(0, np.int64)]
    return _Packed(
        keys[starts],
        counts,
        np.concatenate(sizes or none),
        np.concatenate(words or none).astype(np.uint16),
    )


def _blocks(starts: Ints) -> list[tuple[int, int]]:
    """Runs of lists, BLOCK postings or one list each."""
    if not len(starts):
        return []
    cuts = np.flatnonzero(np.diff(starts // BLOCK, prepend=-1))
    return list(zip(cuts.tolist(), [*cuts[1:].tolist(), len(starts)], strict=True))


def _joined(singles: _Packed, pairs: _Packed) -> Lists:
    """Both kinds of lists; keys of single characters come first."""
    sizes = np.concatenate([singles.sizes, pairs.sizes])
    return Lists(
        np.concatenate([singles.keys, pairs.keys]),
        np.concatenate([singles.counts, pairs.counts]),
        sizes,
        np.cumsum(sizes) - sizes,
        np.concatenate([singles.words, pairs.words]),
    )

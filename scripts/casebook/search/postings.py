"""From text to postings: where each pair of characters stands.

A posting of a pair says in which unit it stands and, of both characters, the how-manieth of its
kind in the unit it is. Pairs that share a character share its number, so that a run of any length
is told from scattered pairs exactly, at three bits a posting instead of a position's eight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casebook.search.collection import Collection
from casebook.search.folding import Flags, Units, break_table
from casebook.search.packing import Codes, Ints, bit_length, golomb, joined

NUMBERS = 2048
"""Numbers of a character within a unit are told apart up to here, then start anew."""

FREQUENT = 32_000
"""Places of a character above which it has a list of its own."""

Numbers = NDArray[np.uint16]

_NO_COUNTS = np.zeros(1 << 16, np.int64)


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists in the order of their pairs: where each begins and how many postings it has.

    `second` is 0 for a list of units that have the character `first`.
    """

    first: Units
    second: Units
    starts: Ints
    counts: Ints

    def keys(self) -> Ints:
        """A pair as one number: the first code unit << 16 | the second."""
        return (self.first.astype(np.int64) << 16) | self.second


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings in the order of their lists, within a list by place.

    A posting without a second character stands only where nothing else says that its unit has
    the first one; a frequent character has one for each of its units. `occurrences` are the
    places where each code unit stands.
    """

    lists: Lists
    unit: Ints
    left: Numbers
    right: Numbers
    units: int
    occurrences: Ints


def make_postings(collection: Collection) -> Postings:
    """The postings of all pairs that no break divides."""
    folded = list(collection.folded())
    occurrences = sum((np.bincount(codes, minlength=1 << 16) for codes, _ in folded), _NO_COUNTS)
    often = frequent(occurrences)
    parts, first = [], 0
    for codes, lengths in folded:
        last = first + len(lengths)
        unit = np.repeat(np.arange(first, last, dtype=np.int32), lengths)
        parts.append(Part.of(codes, unit, often))
        first = last
    return Postings(*_merged(parts), first, occurrences)


def frequent(occurrences: Ints) -> Flags:
    """Which characters have a list of their own."""
    return (occurrences > FREQUENT) & ~break_table()


@dataclass(frozen=True, slots=True)
class Part:
    """The postings of some units, in the order of their keys, and the runs of equal keys."""

    keys: NDArray[np.uint32]
    counts: Ints
    unit: Ints
    left: Numbers
    right: Numbers

    @classmethod
    def of(cls, codes: Units, unit: Ints, often: Flags) -> Part:
        kept = ~break_table()[codes]
        second = np.zeros(len(codes), np.uint16)
        second[:-1] = np.where(kept[1:], codes[1:], 0)
        paired = kept & (second > 0)
        number, alone = _numbers(codes, unit, paired, kept, often)
        at = np.concatenate([alone, np.flatnonzero(paired).astype(np.int32)])
        second = second[at]
        second[: len(alone)] = 0
        order = np.argsort(second, kind="stable").astype(np.int32)  # radix sorts: linear
        order = order[np.argsort(codes[at][order], kind="stable")]
        at, second = at[order], second[order]
        right = np.where(second > 0, number[np.minimum(at + 1, len(codes) - 1)], 0)
        left = np.where(second > 0, number[at], 0)
        keys = (codes[at].astype(np.uint32) << 16) | second
        starts = np.flatnonzero(np.diff(keys, prepend=~keys[:1]))
        counts = np.diff(starts, append=len(keys)).astype(np.int32)
        return cls(keys[starts], counts, unit[at], left, right)


def _merged(parts: Sequence[Part]) -> tuple[Lists, Ints, Numbers, Numbers]:
    """The postings of all parts: those of a key stand together, in the order of the parts."""
    keys = np.concatenate([np.zeros(0, np.uint32), *(part.keys for part in parts)])
    counts = np.concatenate([np.zeros(0, np.int32), *(part.counts for part in parts)])
    order = np.argsort(keys, kind="stable")
    goals = np.empty(len(keys), np.int64)
    goals[order] = np.cumsum(counts[order]) - counts[order]
    size = int(counts.sum())
    unit = np.empty(size, np.int32)
    left, right = np.empty(size, np.uint16), np.empty(size, np.uint16)
    first = 0
    for part in parts:
        last = first + len(part.keys)
        moved = goals[first:last] - np.cumsum(part.counts) + part.counts
        goal = np.repeat(moved, part.counts) + np.arange(len(part.unit))
        unit[goal], left[goal], right[goal] = part.unit, part.left, part.right
        first = last
    heads = np.flatnonzero(np.diff(keys[order], prepend=~keys[order][:1]))
    starts, found = goals[order][heads], keys[order][heads]
    lists = Lists(
        (found >> 16).astype(np.uint16), (found & 0xFFFF).astype(np.uint16),
        starts, np.diff(starts, append=size),
    )  # fmt: skip
    return lists, unit, left, right


def _numbers(
    codes: Units, unit: Ints, paired: Flags, kept: Flags, often: Flags
) -> tuple[Numbers, Ints]:
    """Of each character: the how-manieth of its kind in its unit it is, from 0. And the places
    of those that have a posting without a second character."""
    order = np.argsort(codes, kind="stable").astype(np.int32)
    order = order[kept[order]]
    fresh = np.ones(len(order), bool)
    fresh[1:] = (np.diff(codes[order]) != 0) | (np.diff(unit[order]) != 0)
    starts = np.flatnonzero(fresh)
    sizes = np.diff(starts, append=len(order))
    number = np.zeros(len(codes), np.uint16)
    number[order] = (np.arange(len(order)) - np.repeat(starts, sizes)) % NUMBERS
    heads = order[starts]
    in_pair = np.maximum.reduceat(paired[order], starts) if len(starts) else np.zeros(0, bool)
    return number, np.sort(heads[~in_pair | often[codes[heads]]])


def list_codes(postings: Postings, first: int, last: int) -> Codes:
    """The codes of the lists from `first` to `last`, two a posting: the gap to the unit before,
    and the numbers; without a second character the latter has no bits."""
    lists = postings.lists
    begin = int(lists.starts[first])
    end = int(lists.starts[last]) if last < len(lists.starts) else len(postings.unit)
    counts = lists.counts[first:last]
    unit = postings.unit[begin:end].astype(np.int64)
    gaps = np.diff(unit, prepend=0)
    heads = lists.starts[first:last] - begin
    gaps[heads] = unit[heads]
    orders = np.repeat(order_of(counts, postings.units), counts)
    left, right = (n[begin:end].astype(np.int64) for n in (postings.left, postings.right))
    numbers = _pair_codes(left, right)
    single = np.repeat(lists.second[first:last] == 0, counts)
    numbers[1][single] = 0
    numbers[0][single] = 0
    columns = zip(golomb(gaps, orders), numbers, strict=True)
    codes, widths = (np.stack(column, axis=1).ravel() for column in columns)
    return codes, widths


def order_of(postings: Ints, units: int) -> Ints:
    """The order of a list's gaps: what suits postings scattered over half the units."""
    return bit_length(np.maximum(units // (2 * postings), 1)) - 1


def _pair_codes(left: Ints, right: Ints) -> Codes:
    """Both zero: 1; the left: 01 and the right one less; the right: 001 and the left one less;
    none: 000 and both one less."""
    case = 2 * (left > 0) + (right > 0)
    sign = np.array([1, 2, 4, 0])[case], np.array([1, 2, 3, 3])[case]
    return joined(sign, _if_positive(left), _if_positive(right))


def _if_positive(numbers: Ints) -> Codes:
    codes, widths = golomb(np.maximum(numbers - 1, 0), 0)
    return codes * (numbers > 0), widths * (numbers > 0)

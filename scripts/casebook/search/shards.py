"""Lists of postings as shards: files so small that a query reads little.

Lists go by their first character: neighboring characters that begin few pairs form a group with one
shard; a character that begins many is a group with several, and the second character decides which
by its remainder. A long list has a file of its own. FORMAT.md has an example.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from casebook.search.folding import Units
from casebook.search.packing import BITS, Codes, Ints, Words, bit_length, golomb, interleave, pack
from casebook.search.postings import Postings, ranges

SHARD = 2560
"""Words (two bytes each) that a shard has about."""

LONG = 4096
"""Words above which a list has a file of its own."""

SECOND_ORDER = 6
ENTRY_BITS, POSTING_BITS = 24, 5
"""Bits of a list's entry, and of a posting beside the order of its gap, about."""


@dataclass(frozen=True, slots=True)
class Shards:
    """The words of all shards, and what finds them.

    `groups` has for each group its last first character and its number of shards, `long` the keys
    (first << 16 | second) of the lists with a file of their own, each with its words.
    """

    groups: list[tuple[int, int]]
    shards: list[Words]
    long: list[tuple[int, Words]]


def make_shards(postings: Postings) -> Shards:
    """The shards of all postings; time and size grow in proportion to them."""
    orders = gap_orders(postings.counts, postings.units)
    bits = ENTRY_BITS + postings.counts * (orders + POSTING_BITS)
    # A reader takes a file of units with one character for all of them, so only such stand there.
    long = np.where(postings.second == 0, postings.frequent[postings.first], bits > LONG * BITS)
    numbers = np.flatnonzero(~long)
    groups = _groups(postings.first[numbers], bits[numbers])
    shards = [encode_lists(postings, some) for some in _split(postings, numbers, groups)]
    keys = (postings.first.astype(np.int64) << 16) | postings.second
    alone = np.flatnonzero(long)
    files = [encode_lists(postings, alone[at : at + 1]) for at in range(len(alone))]
    return Shards(groups, shards, list(zip(keys[alone].tolist(), files, strict=True)))


def _groups(first: Units, bits: Ints) -> list[tuple[int, int]]:
    """Groups of first characters, which ascend: the last one, and the number of its shards."""
    heads = np.flatnonzero(np.diff(first.astype(np.int64), prepend=-1))
    totals = np.add.reduceat(bits, heads).tolist() if len(heads) else []
    groups: list[tuple[int, int]] = []
    filled = last = 0
    for character, total in zip(first[heads].tolist(), totals, strict=True):
        if filled and filled + total > SHARD * BITS:
            groups.append((last, -(-filled // (SHARD * BITS))))
            filled = 0
        filled, last = filled + total, character
    return [*groups, (last, -(-filled // (SHARD * BITS)))] if totals else []


def _split(postings: Postings, numbers: Ints, groups: Sequence[tuple[int, int]]) -> Iterator[Ints]:
    """The numbers of the lists of each shard, group by group."""
    lasts = [last for last, _ in groups]
    ends = np.searchsorted(postings.first[numbers], lasts, side="right").tolist()
    for begin, end, (_, count) in zip([0, *ends], ends, groups, strict=False):
        some = numbers[begin:end]
        shard = postings.second[some] % count
        yield from (some[shard == number] for number in range(count))


def encode_lists(postings: Postings, numbers: Ints) -> Words:
    """A shard of the lists with these numbers, ascending: how many, the entry of each, then the
    postings of each."""
    first, second = (c[numbers].astype(np.int64) for c in (postings.first, postings.second))
    counts = postings.counts[numbers]
    gaps = np.diff(first, prepend=0)
    seconds = np.where(gaps > 0, second, np.diff(second, prepend=0))
    sizes = 2 * (counts.astype(np.int64) - 1) + postings.words[numbers]
    return pack(
        golomb(np.array([len(numbers)]), 0),
        interleave(golomb(gaps, 0), golomb(seconds, SECOND_ORDER), golomb(sizes, 0)),
        _posting_codes(postings, numbers),
    )


def _posting_codes(postings: Postings, numbers: Ints) -> Codes:
    """Two codes a posting: the gap to the unit before, and the ordinals as one number, which has no
    bits where there is no second character."""
    counts = postings.counts[numbers]
    places = ranges(postings.starts[numbers], counts)
    unit, left, right = (
        column[places].astype(np.int64) for column in (postings.unit, postings.left, postings.right)
    )
    gaps = np.diff(unit, prepend=0)
    heads = np.cumsum(counts) - counts
    gaps[heads] = unit[heads]
    orders = np.repeat(gap_orders(counts, postings.units), counts)
    both, widths = golomb((left + right) * (left + right + 1) // 2 + right, 0)  # Cantor's pairing
    widths[np.repeat(postings.second[numbers] == 0, counts)] = 0
    return interleave(golomb(gaps, orders), (both, widths))


def gap_orders(counts: Ints, units: int) -> Ints:
    """The order of each list's gaps: what suits postings scattered over half the units."""
    return bit_length(np.maximum(units // (2 * counts), 1)) - 1

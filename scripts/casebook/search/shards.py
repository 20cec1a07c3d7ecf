"""Lists of postings as shards: files so small that a query reads little.

Lists go by their first character: neighboring characters that begin few pairs form a group with one
shard; a character that begins many is a group with several, and the second character decides which
by its remainder. A long list, whose pair nearly every case has, is cut: a file has its units, for
who asks for the pair alone, and shards by the characters around the pair have its postings, for who
asks for a longer run. FORMAT.md has an example.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from casebook.search.folding import Flags, Units
from casebook.search.packing import BITS, Codes, Ints, Words, bit_length, golomb, interleave, pack
from casebook.search.postings import ORDINALS, Ordinals, Postings, ranges

SHARD = 2560
"""Words (two bytes each) that a shard has about."""

LONG = 4096
"""Words above which a list has files of its own."""

SECOND_ORDER = 6
ENTRY_BITS, POSTING_BITS = 24, 4
"""Bits of a list's entry, and of a posting beside the order of its gap, about."""


@dataclass(frozen=True, slots=True)
class LongList:
    """A list with a file of its own: its units, and its postings in shards by the character that
    follows the pair, and by the one that stands before it."""

    key: int
    """first << 16 | second"""

    units: Words
    after: list[Words]
    before: list[Words]


@dataclass(frozen=True, slots=True)
class Shards:
    """The words of all shards, and what finds them.

    `groups` has for each group its last first character and its number of shards.
    """

    groups: list[tuple[int, int]]
    shards: list[Words]
    long: list[LongList]


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
    files = [_make_long_list(postings, number, keys[alone]) for number in alone.tolist()]
    return Shards(groups, shards, files)


def _make_long_list(postings: Postings, number: int, long: Ints) -> LongList:
    """A long list; `long` are the keys of all of them.

    What the list of the pair before says of its follower is not said again.
    """
    key = (int(postings.first[number]) << 16) | int(postings.second[number])
    place = slice(postings.starts[number], postings.starts[number] + postings.counts[number])
    units = _encode_units(postings, number, place)
    if not postings.second[number]:
        return LongList(key, units, [], [])
    before = postings.before[place]
    known = np.isin((before.astype(np.int64) << 16) | (key >> 16), long)
    after = _divide(postings, place, postings.after[place], postings.after[place] > 0)
    return LongList(key, units, after, _divide(postings, place, before, (before > 0) & ~known))


def _encode_units(postings: Postings, number: int, place: slice) -> Words:
    """Each unit of a list once, and how often the pair stands there; for a single character the
    units alone."""
    units, times = np.unique(postings.unit[place].astype(np.int64), return_counts=True)
    order = int(gap_orders(np.array([len(units)]), postings.units)[0])
    gaps = golomb(np.diff(units, prepend=-1) - 1, order)
    head = golomb(np.array([2 * (len(units) - 1) + int(postings.words[number])]), 0)
    counted = interleave(gaps, golomb(times - 1, 0)) if postings.second[number] else gaps
    return pack(head, counted)


def _divide(postings: Postings, place: slice, neighbor: Units, kept: Flags) -> list[Words]:
    """The postings of a long list as shards of lists by a neighbor of the pair, which stands in the
    place of the first character; as many shards as they need."""
    here = np.flatnonzero(kept)
    here = here[np.argsort(neighbor[here], kind="stable")]
    if not len(here):
        return []
    codes = neighbor[here]
    heads = np.flatnonzero(np.diff(codes.astype(np.int64), prepend=-1))
    counts = np.diff(heads, append=len(codes)).astype(np.int32)
    first = codes[heads]
    lists = replace(
        postings,
        first=first,
        second=np.ones(len(heads), np.uint16),
        starts=heads,
        counts=counts,
        unit=postings.unit[place][here],
        left=postings.left[place][here],
        right=postings.right[place][here],
        words=np.zeros(len(heads), bool),
    )
    bits = ENTRY_BITS + counts * (gap_orders(counts, postings.units) + POSTING_BITS)
    shards = -(-int(bits.sum()) // (SHARD * BITS))
    return [encode_lists(lists, np.flatnonzero(first % shards == n)) for n in range(shards)]


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
    """Two codes a posting: the gap to the unit before, and the steps of the ordinals as one number,
    which has no bits where there is no second character."""
    counts = postings.counts[numbers]
    places = ranges(postings.starts[numbers], counts)
    unit = postings.unit[places].astype(np.int64)
    gaps = np.diff(unit, prepend=0)
    heads = np.cumsum(counts) - counts
    gaps[heads] = unit[heads]
    orders = np.repeat(gap_orders(counts, postings.units), counts)
    goes_on = gaps == 0
    goes_on[heads] = False
    left, right = (_steps(column[places], goes_on) for column in (postings.left, postings.right))
    both, widths = golomb((left + right) * (left + right + 1) // 2 + right, 0)  # Cantor's pairing
    widths[np.repeat(postings.second[numbers] == 0, counts)] = 0
    return interleave(golomb(gaps, orders), (both, widths))


def _steps(ordinals: Ordinals, goes_on: Flags) -> Ints:
    """Ordinals; within a unit how many characters of the kind stand between one and the next."""
    own = ordinals.astype(np.int64)
    steps = np.diff(own, prepend=0) - 1
    return np.where(goes_on, steps % ORDINALS, own)


def gap_orders(counts: Ints, units: int) -> Ints:
    """The order of each list's gaps: what suits postings scattered over half the units."""
    return bit_length(np.maximum(units // (2 * counts), 1)) - 1

"""Postings as shards: files small enough that a query reads little, and no table of them.

Neighboring characters that begin few pairs share a shard; one that begins many has several, and
the second character says which by its remainder. A long list stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from casebook.search.folding import Flags
from casebook.search.packing import BITS, Codes, Ints, Words, golomb, joined, pack
from casebook.search.postings import Lists, Postings, frequent, list_codes

SHARD = 2560
"""Words (two bytes each) that a shard has about."""

LONG = 4096
"""Words from which on a list stands alone, so that nothing else is read with it."""

FIRST_ORDER, SECOND_ORDER, COUNT_ORDER = 0, 6, 2
ENTRY = 25
"""Bits of a list's entry, about."""

BLOCK = 1 << 19
"""Postings packed at once, which bounds the memory."""


@dataclass(frozen=True, slots=True)
class Shards:
    """The words of all shards, and what finds them.

    `groups`: the last characters of the groups that share shards, and how many those are;
    `alone`: the keys of lists that stand alone, by their number, and the words of each; `bits`
    those of each list's postings.
    """

    groups: list[tuple[int, int]]
    shards: list[Words]
    alone: list[tuple[int, Words]]
    bits: Ints


def cut_into_shards(postings: Postings) -> Shards:
    """The shards of all postings; time and size grow in proportion to them."""
    lists = postings.lists
    bits = list_bits(postings)
    alone = stand_alone(lists, bits, frequent(postings.occurrences))
    groups = groups_of(lists, bits, alone)
    shards = [*_packed(postings, groups, ~alone)]
    keys = lists.keys()
    whole = [(int(keys[n]), packed_alone(postings, n)) for n in np.flatnonzero(alone).tolist()]
    return Shards(groups, shards, whole, bits)


def stand_alone(lists: Lists, bits: Ints, often: Flags) -> Flags:
    """Which lists have a file of their own."""
    alone: Flags = (often[lists.first] & (lists.second == 0)) | (bits > LONG * BITS)
    return alone


def list_bits(postings: Postings) -> Ints:
    """The bits of each list's postings."""
    lists = postings.lists
    bits = [np.zeros(0, np.int64)]
    for first, last in _blocks(lists.starts):
        _, widths = list_codes(postings, first, last)
        bits.append(np.add.reduceat(widths, 2 * (lists.starts[first:last] - lists.starts[first])))
    return np.concatenate(bits)


def _blocks(starts: Ints) -> list[tuple[int, int]]:
    """Runs of lists, BLOCK postings or one list each."""
    if not len(starts):
        return []
    cuts = np.flatnonzero(np.diff(starts // BLOCK, prepend=-1))
    return list(zip(cuts.tolist(), [*cuts[1:].tolist(), len(starts)], strict=True))


def groups_of(lists: Lists, bits: Ints, alone: Flags) -> list[tuple[int, int]]:
    """Groups of first characters: the last one, and the number of their shards."""
    bits = np.where(alone, 0, bits + ENTRY)
    heads = np.flatnonzero(np.diff(lists.first.astype(np.int64), prepend=-1))
    totals = np.add.reduceat(bits, heads).tolist() if len(heads) else []
    groups: list[tuple[int, int]] = []
    filled = last = 0
    for character, total in zip(lists.first[heads].tolist(), totals, strict=True):
        if filled and filled + total > SHARD * BITS:
            groups.append((last, -(-filled // (SHARD * BITS))))
            filled = 0
        filled, last = filled + total, character
    return [*groups, (last, max(1, -(-filled // (SHARD * BITS))))] if totals else []


def _packed(postings: Postings, groups: Sequence[tuple[int, int]], kept: Flags) -> Iterator[Words]:
    """The words of all shards in order, one block of groups after the other."""
    lists = postings.lists
    ends = np.searchsorted(lists.first, [last for last, _ in groups], side="right").tolist()
    counts = [count for _, count in groups]
    first = 0
    while first < len(groups):
        last, begin = first + 1, ends[first - 1] if first else 0
        while last < len(groups) and lists.starts[ends[last] - 1] - lists.starts[begin] < BLOCK:
            last += 1
        sizes = np.diff(ends[first:last], prepend=begin)
        block = _Block(begin, ends[last - 1], np.repeat(counts[first:last], sizes))
        base = np.cumsum(counts[first:last]) - counts[first:last]
        yield from block.packed(postings, kept, np.repeat(base, sizes), sum(counts[first:last]))
        first = last


def packed_again(postings: Postings, divisor: Ints, shard: Ints, count: int) -> list[Words]:
    """The words of `count` shards that hold the postings: of each list the number of shards of its
    group, and which of the shards it is in."""
    block = _Block(0, len(divisor), divisor)
    base = shard - postings.lists.second % divisor
    return [*block.packed(postings, np.ones(len(divisor), bool), base, count)]


@dataclass(frozen=True, slots=True)
class _Block:
    """Lists of whole groups; `divisor` is the number of shards of each list's group."""

    first: int
    last: int
    divisor: Ints

    def packed(self, postings: Postings, kept: Flags, base: Ints, shards: int) -> Iterator[Words]:
        """The words of the block's shards: each the number of its lists, then these."""
        lists = postings.lists
        here = slice(self.first, self.last)
        second = lists.second[here].astype(np.int64)
        shard = base + second % self.divisor
        order = np.argsort(shard, kind="stable")
        order = order[kept[here][order]]
        sizes = np.bincount(shard[order], minlength=shards)
        heads = np.zeros(len(order), np.int64)
        starts = np.cumsum(sizes) - sizes
        heads[starts[sizes > 0]] = sizes[sizes > 0]
        entries = _entries(
            heads,
            lists.first.astype(np.int64)[here][order],
            (second // self.divisor)[order],
            lists.counts[here][order],
        )
        codes, places = _interleaved(
            entries, list_codes(postings, self.first, self.last),
            2 * (lists.starts[here] - lists.starts[self.first])[order],
            2 * lists.counts[here][order],
        )  # fmt: skip
        words, lengths = pack(codes, places[starts[sizes > 0]])
        bounds = iter(np.split(words, np.cumsum(lengths)[:-1]))
        nothing = pack((np.array([1]), np.array([1])), np.zeros(1, np.int64))[0]
        for size in sizes.tolist():
            yield next(bounds) if size else nothing


def _entries(heads: Ints, first: Ints, quotient: Ints, counts: Ints) -> Codes:
    """What stands before each list, three codes a list."""
    gaps, seconds = np.diff(first, prepend=0), np.diff(quotient, prepend=0)
    fresh = heads > 0
    gaps[fresh] = first[fresh]
    seconds = np.where(fresh | (gaps > 0), quotient, seconds)
    size, width = golomb(heads, 0)
    sizes = np.where(fresh, size, 0), np.where(fresh, width, 0)
    columns = (
        joined(sizes, golomb(gaps, FIRST_ORDER)),
        golomb(seconds, SECOND_ORDER),
        golomb(counts, COUNT_ORDER),
    )
    codes, widths = (np.stack(column, axis=1) for column in zip(*columns, strict=True))
    return codes, widths


def _interleaved(entries: Codes, codes: Codes, starts: Ints, sizes: Ints) -> tuple[Codes, Ints]:
    """Each list's entry, then its codes; and where the entries begin."""
    width = entries[0].shape[1]
    places = np.cumsum(sizes + width) - sizes - width
    within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    target = np.repeat(places + width, sizes) + within
    source = np.repeat(starts, sizes) + within
    made = []
    for entry, code in zip(entries, codes, strict=True):
        column = np.zeros(len(within) + entry.size, np.int64)
        column[(places[:, None] + np.arange(width)).ravel()] = entry.ravel()
        column[target] = code[source]
        made.append(column)
    return (made[0], made[1]), places


def packed_alone(postings: Postings, number: int) -> Words:
    """A list by itself: how many postings, then these."""
    count = golomb(postings.lists.counts[number : number + 1], COUNT_ORDER)
    parts = zip(count, list_codes(postings, number, number + 1), strict=True)
    codes, widths = (np.concatenate(part) for part in parts)
    words, _ = pack((codes, widths), np.zeros(1, np.int64))
    return words

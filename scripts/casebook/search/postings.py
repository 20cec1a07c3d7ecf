"""From text to postings: where each pair of neighboring characters stands.

A posting of a pair says in which unit of text the pair stands, and of both characters the ordinal
(from 0) among the occurrences of that character in the unit. Example: unit 7 is 党建促党务.

    pair   unit   ordinal of the first   ordinal of the second
    党建     7              0                       0
    建促     7              0                       0
    促党     7              0                       1
    党务     7              1                       0

Where pairs overlap, the shared character has the same ordinal in both: 党建 and 建促 both name 建
number 0, so 党建促 stands in the unit. 促党 names 党 number 1 and 党建 names 党 number 0, so 促党建
does not. Runs of any length are found exactly, at about three bits a posting instead of a
position's eight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casebook.search.collection import Collection
from casebook.search.folding import Flags, Units, break_table
from casebook.search.packing import Ints
from casebook.text.word_frequencies import is_in_dictionary

ORDINALS = 2048
"""Ordinals from here on start at 0 again, so that the code of two fits into 62 bits."""

FREQUENT_POSTINGS = 32_000
"""Occurrences of a character above which all units with it have a list of their own."""

_HAN = (0x4E00, 0xA000)

Ordinals = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Postings:
    """The lists of all pairs as arrays.

    List i belongs to the pair `first[i]`, `second[i]`, in ascending order. Its postings stand at
    `starts[i]` and the `counts[i] - 1` places after it in `unit`, `left` and `right` (the ordinals
    of the first and the second character), in the order of the text. In the example above, with
    nothing else in the library, 党务 is list 1 of 4: `unit[1], left[1], right[1]` are 7, 1, 0.

    A list whose second character is 0 has units that have the first one: all of them where the
    character is `frequent`, else those where no pair begins with it.
    """

    first: Units
    second: Units
    starts: Ints
    counts: Ints
    unit: Ints
    left: Ordinals
    right: Ordinals
    before: Units
    after: Units
    """The characters before and after the pair at each posting, 0 for none."""

    units: int
    frequent: Flags
    """By code unit."""

    words: Flags
    """By list: whether its pair is a word of the dictionary."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The postings of some units in the order of their keys (first << 16 | second); each distinct
    key with its count."""

    keys: NDArray[np.uint32]
    counts: Ints
    unit: Ints
    left: Ordinals
    right: Ordinals
    before: Units
    after: Units


def make_postings(collection: Collection) -> Postings:
    """The postings of all pairs that no break divides."""
    folded = list(collection.folded())
    occurrences = np.zeros(1 << 16, np.int64)
    for codes, _ in folded:
        occurrences += np.bincount(codes, minlength=1 << 16)
    frequent = (occurrences > FREQUENT_POSTINGS) & ~break_table()
    chunks, units = [], 0
    for codes, lengths in folded:
        numbers = np.arange(units, units + len(lengths), dtype=np.int32)
        chunks.append(_chunk(codes, np.repeat(numbers, lengths), frequent))
        units += len(lengths)
    return _merge(chunks, units, frequent)


def _chunk(codes: Units, unit: Ints, frequent: Flags) -> _Chunk:
    """The postings of folded text; `unit` is the number of each code unit's unit."""
    kept = ~break_table()[codes]
    following = np.append(np.where(kept[1:], codes[1:], 0), 0).astype(np.uint16)
    paired = kept & (following > 0)
    order = np.argsort(codes, kind="stable").astype(np.int32)  # 16 bits: a radix sort, linear
    ordinal, heads, begins_pair = _ordinals(codes, unit, paired, order)
    lone = heads[kept[heads] & (~begins_pair | frequent[codes[heads]])]
    # By second character: none, then as the characters themselves, each pair one place before.
    at = np.concatenate([lone, order[paired[order - 1]] - 1])
    second = following[at]
    second[: len(lone)] = 0
    by_first = np.argsort(codes[at], kind="stable")
    at, second = at[by_first], second[by_first]
    keys = (codes[at].astype(np.uint32) << 16) | second
    starts = np.flatnonzero(np.diff(keys, prepend=~keys[:1]))
    counts = np.diff(starts, append=len(keys)).astype(np.int32)
    left = np.where(second > 0, ordinal[at], 0)
    right = np.where(second > 0, ordinal[np.minimum(at + 1, len(codes) - 1)], 0)
    # What neighbors a pair: the last places have no second neighbor, and are never looked at.
    before = np.where(kept[at - 1], codes[at - 1], 0).astype(np.uint16)
    after = np.where(second > 0, following[np.minimum(at + 1, len(codes) - 1)], 0)
    return _Chunk(keys[starts], counts, unit[at], left, right, before, after.astype(np.uint16))


def _ordinals(codes: Units, unit: Ints, paired: Flags, order: Ints) -> tuple[Ordinals, Ints, Flags]:
    """The ordinal of each code unit among its equals in its unit; the places of ordinal 0; and for
    each of these whether any of the equals begins a pair. `order` sorts the code units."""
    fresh = np.ones(len(order), bool)
    fresh[1:] = (np.diff(codes[order]) != 0) | (np.diff(unit[order]) != 0)
    starts = np.flatnonzero(fresh)
    sizes = np.diff(starts, append=len(order))
    ordinal = np.empty(len(codes), np.uint16)
    ordinal[order] = (np.arange(len(order)) - np.repeat(starts, sizes)) % ORDINALS
    return ordinal, order[starts], np.logical_or.reduceat(paired[order], starts)


def _merge(chunks: Sequence[_Chunk], units: int, frequent: Flags) -> Postings:
    """The postings of all chunks: those of a key stand together, in the order of the chunks.

    Within a chunk the postings of a key are a run. Runs are put in the order of their keys, which
    gives the place where each begins, and every posting moves with its run.
    """
    keys = np.concatenate([np.zeros(0, np.uint32), *(chunk.keys for chunk in chunks)])
    counts = np.concatenate([np.zeros(0, np.int32), *(chunk.counts for chunk in chunks)])
    order = np.argsort(keys, kind="stable")
    goals = np.empty(len(keys), np.int64)
    goals[order] = np.cumsum(counts[order]) - counts[order]
    size = int(counts.sum())
    unit = np.empty(size, np.int32)
    left, right, before, after = (np.empty(size, np.uint16) for _ in range(4))
    run = 0
    for chunk in chunks:
        goal = ranges(goals[run : run + len(chunk.keys)], chunk.counts)
        unit[goal], left[goal], right[goal] = chunk.unit, chunk.left, chunk.right
        before[goal], after[goal] = chunk.before, chunk.after
        run += len(chunk.keys)
    heads = np.flatnonzero(np.diff(keys[order], prepend=~keys[order][:1]))
    starts, found = goals[order][heads], keys[order][heads]
    first, second = (found >> 16).astype(np.uint16), (found & 0xFFFF).astype(np.uint16)
    lengths = np.diff(starts, append=size)
    words = _find_words(first, second)
    ordinals = (left, right, before, after)
    return Postings(first, second, starts, lengths, unit, *ordinals, units, frequent, words)


def pair_texts(first: Units, second: Units) -> list[str]:
    """The pairs of characters as texts."""
    codes = np.stack((first, second), axis=1)
    text = codes.astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")
    return [text[at : at + 2] for at in range(0, len(text), 2)]


def _find_words(first: Units, second: Units) -> Flags:
    """Which pairs are words of two Chinese characters."""
    here = np.flatnonzero(is_chinese(first) & is_chinese(second))
    words = np.zeros(len(first), bool)
    pairs = pair_texts(first[here], second[here])
    words[here] = np.fromiter(map(is_in_dictionary, pairs), bool, len(pairs))
    return words


def is_chinese(codes: Units) -> Flags:
    """Which code units are Chinese characters of the main block."""
    found: Flags = (codes >= _HAN[0]) & (codes < _HAN[1])
    return found


def ranges(starts: Ints, counts: Ints) -> Ints:
    """The places from each start on, as many as its count: (5, 9) and (2, 3) give 5 6 9 10 11."""
    ends = np.cumsum(counts)
    return np.arange(int(counts.sum())) + np.repeat(starts - ends + counts, counts)

"""The index of a library of which little has changed, made from the one before.

As long as cases and items are as many, and stand in the same order, units keep their numbers, and
only the lists of pairs that changed units have or had are others. What would cut the shards
elsewhere makes the index anew, so that it is always the index of a fresh build, byte by byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from casebook.runtime.cache import Store
from casebook.search.before import (
    Before,
    Cases,
    Index,
    ReadBefore,
    kept_texts,
    recalled,
    texts_of,
)
from casebook.search.collection import Collection, fold_texts
from casebook.search.folding import Flags
from casebook.search.packing import Ints, Words
from casebook.search.postings import Lists, Part, Postings, frequent, make_postings
from casebook.search.reading import Rows, read_alone, read_shard
from casebook.search.shards import (
    Shards,
    cut_into_shards,
    groups_of,
    list_bits,
    packed_again,
    packed_alone,
    stand_alone,
)

MOST = 32
"""Changed cases up to which mending is faster than making all anew."""


def index_of(collection: Collection, cases: Cases, store: Store, read: ReadBefore) -> Index:
    """The index of a collection, mended where that is possible, else made."""
    before = recalled(store, read)
    changes = _changes(before, collection, cases, store) if before else None
    if before and changes is not None and (mended := _mended(before.index, changes)):
        return mended
    return make_index(collection)


def make_index(collection: Collection) -> Index:
    """The index of a collection, from its texts."""
    postings = make_postings(collection)
    return Index(cut_into_shards(postings), postings.lists, postings.occurrences)


@dataclass(frozen=True, slots=True)
class _Changes:
    """The numbers of units, ascending, with their texts before and now; of `units` in all."""

    numbers: tuple[int, ...]
    before: tuple[str, ...]
    now: tuple[str, ...]
    units: int


def _changes(before: Before, collection: Collection, now: Cases, store: Store) -> _Changes | None:
    """What changed; None where units have other numbers, or too much changed."""
    if [(i, n) for i, _, n in before.cases] != [(i, n) for i, _, n in now]:
        return None
    changed = [place for place, case in enumerate(now) if case[1] != before.cases[place][1]]
    texts = kept_texts(store, [before.cases[place][1] for place in changed[: MOST + 1]])
    if len(changed) > MOST or any(before.cases[place][1] not in texts for place in changed):
        return None
    items = np.cumsum([0, *(count for _, _, count in now)]).tolist()
    rows = []
    for place in changed:
        old, new = texts[before.cases[place][1]], texts_of(collection.cases[place])
        for number, both in enumerate(zip(old, new, strict=True), items[place]):
            for unit, was, text in zip((number, items[-1] + number), *both, strict=True):
                rows += [(unit, was, text)] if was != text else []
    numbers, olds, news = zip(*sorted(rows), strict=True) if rows else ((), (), ())
    return _Changes(numbers, olds, news, 2 * items[-1])


def _mended(index: Index, changes: _Changes) -> Index | None:
    """The index with the changes; None where its shards would be cut elsewhere."""
    if not changes.numbers:
        return index
    often = frequent(index.occurrences)
    old, gone = _lists_of(changes.numbers, changes.before, often)
    new, come = _lists_of(changes.numbers, changes.now, often)
    occurrences = index.occurrences - gone + come
    changed = {key: new.get(key, []) for key in old | new if old.get(key) != new.get(key)}
    if (frequent(occurrences) != often).any():
        return None
    files = _Files(index.shards, changes.units)
    if not all(map(files.has, changed)):
        return None
    units = set(changes.numbers)
    for key, rows in changed.items():
        kept = [row for row in files.lists_beside(key).pop(key, []) if row[0] not in units]
        if whole := sorted(kept + rows, key=lambda row: row[0]):
            files.lists_beside(key)[key] = whole
    lists, bits = _replaced(index, files.postings(changed), changed)
    alone = stand_alone(lists, bits, often)
    if lists.keys()[alone].tolist() != [key for key, _ in index.shards.alone]:
        return None
    if groups_of(lists, bits, alone) != index.shards.groups:
        return None
    return Index(replace(files.packed(), bits=bits), lists, occurrences)


def _lists_of(
    numbers: Sequence[int], texts: Sequence[str], often: Flags
) -> tuple[dict[int, Rows], Ints]:
    """The lists of some units alone by key, and how often each code unit occurs in them."""
    codes, lengths = fold_texts(texts)
    part = Part.of(codes, np.repeat(np.array(numbers, np.int32), lengths), often)
    rows = list(zip(part.unit.tolist(), part.left.tolist(), part.right.tolist(), strict=True))
    ends = np.cumsum(part.counts).tolist()
    bounds = zip(part.keys.tolist(), [0, *ends], ends, strict=False)
    return {key: rows[a:b] for key, a, b in bounds}, np.bincount(codes, minlength=1 << 16)


class _Files:
    """The files of an index, of which some lists are read and written again."""

    def __init__(self, shards: Shards, units: int) -> None:
        self._shards = shards
        self._units = units
        self._lasts = [last for last, _ in shards.groups]
        self._counts = [count for _, count in shards.groups]
        self._bases = (np.cumsum(self._counts) - self._counts).tolist()
        self._alone = {key: place for place, (key, _) in enumerate(shards.alone)}
        self._read: dict[tuple[bool, int], dict[int, Rows]] = {}

    def has(self, key: int) -> bool:
        """Whether there is a file that the list of a key belongs to."""
        return key in self._alone or key >> 16 <= max(self._lasts, default=-1)

    def lists_beside(self, key: int) -> dict[int, Rows]:
        """The lists of the file that the list of a key stands in, or would stand in, by key."""
        if key in self._alone:
            place = self._alone[key]
            words = self._shards.alone[place][1]
            return self._read.setdefault((True, place), {key: read_alone(words, key, self._units)})
        group, shard = self._place(key)
        if (False, shard) not in self._read:
            count, rest = self._counts[group], (key & 0xFFFF) % self._counts[group]
            lists = read_shard(self._shards.shards[shard], count, rest, self._units)
            self._read[False, shard] = lists
        return self._read[False, shard]

    def _place(self, key: int) -> tuple[int, int]:
        """The group and the shard of a key."""
        group = int(np.searchsorted(self._lasts, key >> 16))
        return group, self._bases[group] + (key & 0xFFFF) % self._counts[group]

    def postings(self, keys: Iterable[int]) -> Postings:
        """The postings of some lists that were read, without those that have none."""
        lists = {key: self.lists_beside(key).get(key, []) for key in keys}
        return _postings({key: rows for key, rows in lists.items() if rows}, self._units)

    def packed(self) -> Shards:
        """The shards, those anew that were read."""
        shards, alone = list(self._shards.shards), list(self._shards.alone)
        whole = {place: lists for (single, place), lists in self._read.items() if single}
        for place, lists in whole.items():
            alone[place] = (alone[place][0], packed_alone(_postings(lists, self._units), 0))
        places = [place for single, place in self._read if not single]
        for place, words in zip(places, self._shards_again(places), strict=True):
            shards[place] = words
        return replace(self._shards, shards=shards, alone=alone)

    def _shards_again(self, places: Sequence[int]) -> list[Words]:
        lists = {key: rows for place in places for key, rows in self._read[False, place].items()}
        if not lists:
            return []
        order = {place: number for number, place in enumerate(places)}
        where = [self._place(key) for key in sorted(lists)]
        divisor = np.array([self._counts[group] for group, _ in where], np.int64)
        shard = np.array([order[place] for _, place in where], np.int64)
        return packed_again(_postings(lists, self._units), divisor, shard, len(places))


def _postings(lists: Mapping[int, Rows], units: int) -> Postings:
    """The postings of lists by key."""
    keys = np.array(sorted(lists), np.int64)
    rows = np.array([row for key in keys.tolist() for row in lists[key]], np.int64).reshape(-1, 3)
    counts = np.array([len(lists[key]) for key in keys.tolist()], np.int64)
    first, second = (keys >> 16).astype(np.uint16), (keys & 0xFFFF).astype(np.uint16)
    numbers = rows[:, 1:].astype(np.uint16)
    return Postings(
        Lists(first, second, np.cumsum(counts) - counts, counts),
        rows[:, 0].astype(np.int32), numbers[:, 0], numbers[:, 1], units, np.zeros(1 << 16, int),
    )  # fmt: skip


def _replaced(index: Index, postings: Postings, changed: Iterable[int]) -> tuple[Lists, Ints]:
    """The lists of the library, and their bits, with those of the postings for the changed."""
    keys = index.lists.keys()
    kept = ~np.isin(keys, np.fromiter(changed, np.int64))
    all_keys = np.concatenate([keys[kept], postings.lists.keys()])
    order = np.argsort(all_keys)
    counts = np.concatenate([index.lists.counts[kept], postings.lists.counts])[order]
    bits = np.concatenate([index.shards.bits[kept], list_bits(postings)])[order]
    first, second = (all_keys[order] >> 16, all_keys[order] & 0xFFFF)
    return Lists(
        first.astype(np.uint16), second.astype(np.uint16), np.cumsum(counts) - counts, counts
    ), bits

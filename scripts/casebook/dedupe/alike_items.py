"""The same practice in several cases: items (paragraphs) whose texts are nearly the same.

Candidate pairs and likeness are computed as for whole documents, but names and figures may differ:
readers want to see that another city recycles a practice. Two items that are connected already are
not compared, so a practice of n cases takes about 2n comparisons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from casebook.dedupe.alignment import align_texts, compute_ratio
from casebook.dedupe.candidate_pairs import join_pairs
from casebook.dedupe.comparison_folding import fold_each
from casebook.dedupe.likeness import IN_ORDER_SIMILARITY, measure_likeness
from casebook.dedupe.pieces import PreparedText
from casebook.dedupe.union_find import UnionFind

SHORTEST_ITEM_CHARACTERS = 16
"""Folded characters; a shorter item (加强组织领导) is a slogan, not a practice."""

ALIKE_SHARE = 75.0
"""Share of each item, 0–100, that the other has, from which they are nearly the same text."""

PART_SHARE = 90.0
"""Share of the shorter item, 0–100, from which it is a shortened version of the longer item …"""

_LEAST_PART_SHARE = 50.0
"""… if this is also at least the share of the longer item."""

_PREPARED_ITEMS = 4096
"""Prepared items in the cache."""

_BUCKET_COUNT = 512
"""Buckets in which the characters of an item are counted."""

_PAIRS_AT_ONCE = 1 << 12
"""Pairs of bucket counts that are compared at once."""

ItemPairs = list[tuple[int, int]]


def group_similar_items(texts: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Groups of at least two item ids whose plain texts are nearly the same, in the given order.

    Every member is like the longest one of its group, so that likeness does not drift along a
    chain. An id is in one group at most.
    """
    ids = list(texts)
    item_groups = _ItemGroups([texts[item] for item in ids])
    groups = sorted(item_groups.list_groups())
    return tuple(tuple(ids[place] for place in group) for group in groups)


class _ItemGroups:
    """The groups of alike texts. Equal texts are one numbered text with several positions."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._places: dict[str, list[int]] = {}
        for place, folded in enumerate(fold_each(texts)):
            if len(folded) >= SHORTEST_ITEM_CHARACTERS:
                self._places.setdefault(folded, []).append(place)
        self._folded = list(self._places)
        first = [places[0] for places in self._places.values()]
        self._prepared = lru_cache(_PREPARED_ITEMS)(
            lambda number: PreparedText.of(texts[first[number]])
        )
        self._cached_comparison = lru_cache(None)(self._compare)

    def list_groups(self) -> Iterator[list[int]]:
        """The positions of each group of alike items."""
        grouped: set[int] = set()
        for group in self._group_distinct():
            grouped.update(group)
            yield sorted(place for number in group for place in self._list_positions(number))
        for number in set(range(len(self._folded))) - grouped:
            if len(self._list_positions(number)) > 1:
                yield self._list_positions(number)

    def _list_positions(self, number: int) -> list[int]:
        return self._places[self._folded[number]]

    def _group_distinct(self) -> Iterator[list[int]]:
        """The groups of alike texts, each around its longest text."""
        waiting = self._connect(self._filter_pairs(join_pairs(self._folded)))
        while waiting:
            pairs, members = waiting.pop()
            center = max(members, key=lambda number: (len(self._folded[number]), -number))
            group = {
                number for number in members if number == center or self._are_alike(center, number)
            }
            if len(group) > 1:
                yield sorted(group)
            rest = members - group
            waiting += self._connect(pair for pair in pairs if rest.issuperset(pair))

    def _filter_pairs(self, pairs: npt.NDArray[np.int64]) -> ItemPairs:
        """The pairs that have enough characters in common, in whatever order.

        This is an upper bound of what an alignment can find, at a fraction of its cost.
        """
        lengths = np.array([len(folded) for folded in self._folded])
        counts = np.array([_count_buckets(folded) for folded in self._folded])
        possible: ItemPairs = []
        for start in range(0, len(pairs), _PAIRS_AT_ONCE):
            some = pairs[start : start + _PAIRS_AT_ONCE]
            shared = np.minimum(counts[some[:, 0]], counts[some[:, 1]])
            most = 100 * shared.sum(axis=1, dtype=np.int64)
            both, part = (most / side(lengths[some], axis=1) for side in (np.max, np.min))
            passing = (both >= ALIKE_SHARE) | ((part >= PART_SHARE) & (both >= _LEAST_PART_SHARE))
            possible += [(a, b) for a, b in some[passing].tolist()]
        return possible

    def _connect(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[ItemPairs, set[int]]]:
        """The sets of texts that alike pairs connect, each with its candidate pairs."""
        sets, given = UnionFind(), list(pairs)
        for a, b in given:
            if sets.find(a) != sets.find(b) and self._are_alike(a, b):
                sets.join(a, b)
        found: dict[int, tuple[ItemPairs, set[int]]] = {}
        for a, b in given:
            if (root := sets.find(a)) == sets.find(b):
                inside, members = found.setdefault(root, ([], set()))
                inside.append((a, b))
                members |= {a, b}
        return list(found.values())

    def _are_alike(self, a: int, b: int) -> bool:
        return self._cached_comparison(min(a, b), max(a, b))

    def _compare(self, a: int, b: int) -> bool:
        """Whether two texts are alike: by a lower bound if it is enough, else by an alignment."""
        texts = self._folded[a], self._folded[b]
        lengths = len(texts[0]), len(texts[1])
        # A lower bound: measure_likeness never finds fewer common characters.
        least = compute_ratio(*texts, IN_ORDER_SIMILARITY) / 2 * sum(lengths)
        if _is_alike(least / max(lengths), least / min(lengths)):
            return True
        first, second = self._prepared(a), self._prepared(b)
        likeness = measure_likeness(first, second, align_texts(first, second))
        return _is_alike(min(likeness.a_in_b, likeness.b_in_a), likeness.containment)


def _count_buckets(folded: str) -> npt.NDArray[np.uint16]:
    """The number of characters of a text in each bucket, at most 65,535."""
    codes = np.frombuffer(folded.encode("utf-32-le", "replace"), np.uint32)
    counts = np.bincount(codes % _BUCKET_COUNT, minlength=_BUCKET_COUNT)
    return np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16)


def _is_alike(both: float, part: float) -> bool:
    """Whether shares make two texts alike, 0–100: `both` of the longer, `part` of the shorter."""
    return both >= ALIKE_SHARE or (part >= PART_SHARE and both >= _LEAST_PART_SHARE)

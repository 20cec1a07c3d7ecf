"""The same practice told in several cases: items (paragraphs) whose texts are nearly the same.

Candidates and judge are those of whole documents. Other names and figures make no difference
here: that another city recycles a practice is what a reader wants to see counted. A pair of items
that are connected already is not judged, so that a practice of n cases takes about 2n judgments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from casebook.dedupe.alignment import align_prepared, ratio
from casebook.dedupe.candidate_pairs import joined_pairs
from casebook.dedupe.compare import IN_ORDER, measure
from casebook.dedupe.comparison_folding import fold_each
from casebook.dedupe.pieces import PreparedText
from casebook.dedupe.union_find import UnionFind

SHORTEST = 16
"""Folded characters below which an item is a slogan (加强组织领导), not a practice told twice."""

ALIKE = 75.0
"""Share of either item, 0–100, that stands in the other: nearly the same text."""

PART = 90.0
"""Share of the shorter item from which it is the longer one with something left out …"""

_HALF = 50.0
"""… if it makes up this share of it at least."""

_PREPARED = 4096
"""Items kept ready for comparing."""

_BUCKETS = 512
"""Buckets that an item's characters are counted in."""

_AT_ONCE = 1 << 12
"""Pairs whose characters are compared at once."""

Pairs = list[tuple[int, int]]


def similar_items(texts: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Groups of at least two item ids whose plain texts are nearly the same, in their order.

    Every member is alike the longest one of its group, so that likeness does not drift along a
    chain; an id is in one group at most.
    """
    ids = list(texts)
    judge = _Judge([texts[item] for item in ids])
    groups = sorted(judge.groups())
    return tuple(tuple(ids[place] for place in group) for group in groups)


class _Judge:
    """The distinct texts by number, each folded and prepared once, with the places they stand."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._places: dict[str, list[int]] = {}
        for place, folded in enumerate(fold_each(texts)):
            if len(folded) >= SHORTEST:
                self._places.setdefault(folded, []).append(place)
        self._folded = list(self._places)
        first = [places[0] for places in self._places.values()]
        self._prepared = lru_cache(_PREPARED)(lambda number: PreparedText.of(texts[first[number]]))
        self._alike = lru_cache(None)(self._judged)

    def groups(self) -> Iterator[list[int]]:
        """The places of each group of alike items."""
        grouped: set[int] = set()
        for group in self._of_distinct():
            grouped.update(group)
            yield sorted(place for number in group for place in self._at(number))
        for number in set(range(len(self._folded))) - grouped:
            if len(self._at(number)) > 1:
                yield self._at(number)

    def _at(self, number: int) -> list[int]:
        return self._places[self._folded[number]]

    def _of_distinct(self) -> Iterator[list[int]]:
        """The groups of alike texts, each around its longest."""
        waiting = self._connected(self._possible(joined_pairs(self._folded)))
        while waiting:
            pairs, members = waiting.pop()
            center = max(members, key=lambda number: (len(self._folded[number]), -number))
            kept = {number for number in members if number == center or self._same(center, number)}
            if len(kept) > 1:
                yield sorted(kept)
            rest = members - kept
            waiting += self._connected(pair for pair in pairs if rest.issuperset(pair))

    def _possible(self, pairs: npt.NDArray[np.int64]) -> Pairs:
        """The pairs that share enough characters in whatever order: no alignment finds more."""
        lengths = np.array([len(folded) for folded in self._folded])
        counts = np.array([_counts(folded) for folded in self._folded])
        possible: Pairs = []
        for start in range(0, len(pairs), _AT_ONCE):
            some = pairs[start : start + _AT_ONCE]
            shared = np.minimum(counts[some[:, 0]], counts[some[:, 1]])
            most = 100 * shared.sum(axis=1, dtype=np.int64)
            both, part = (most / side(lengths[some], axis=1) for side in (np.max, np.min))
            kept = (both >= ALIKE) | ((part >= PART) & (both >= _HALF))
            possible += [(a, b) for a, b in some[kept].tolist()]
        return possible

    def _connected(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[Pairs, set[int]]]:
        """Texts that chains of alike pairs connect, with the candidate pairs among them."""
        sets, given = UnionFind(), list(pairs)
        for a, b in given:
            if sets.find(a) != sets.find(b) and self._same(a, b):
                sets.join(a, b)
        found: dict[int, tuple[Pairs, set[int]]] = {}
        for a, b in given:
            if (root := sets.find(a)) == sets.find(b):
                inside, members = found.setdefault(root, ([], set()))
                inside.append((a, b))
                members |= {a, b}
        return list(found.values())

    def _same(self, a: int, b: int) -> bool:
        return self._alike(min(a, b), max(a, b))

    def _judged(self, a: int, b: int) -> bool:
        """What stands in order settles many pairs, the others are aligned."""
        texts = self._folded[a], self._folded[b]
        lengths = len(texts[0]), len(texts[1])
        least = ratio(*texts, IN_ORDER) / 2 * sum(lengths)  # `measure` never finds less
        if _enough(least / max(lengths), least / min(lengths)):
            return True
        first, second = self._prepared(a), self._prepared(b)
        likeness = measure(first, second, align_prepared(first, second))
        return _enough(min(likeness.a_in_b, likeness.b_in_a), likeness.containment)


def _counts(folded: str) -> npt.NDArray[np.uint16]:
    """How many characters of a text fall into each bucket, 65,535 at most."""
    codes = np.frombuffer(folded.encode("utf-32-le", "replace"), np.uint32)
    counts = np.bincount(codes % _BUCKETS, minlength=_BUCKETS)
    return np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16)


def _enough(both: float, part: float) -> bool:
    """Whether texts are alike of which the longer stands in the other to `both`, 0–100."""
    return both >= ALIKE or (part >= PART and both >= _HALF)

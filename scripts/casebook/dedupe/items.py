"""The same practice told in several cases: items (paragraphs) whose texts are nearly the same.

Candidates and judge are those of whole documents. Other names and figures make no difference
here: that another city recycles a practice is what a reader wants to see counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from casebook.dedupe.alignment import align_prepared
from casebook.dedupe.candidates import candidate_pairs
from casebook.dedupe.compare import measure
from casebook.dedupe.folding import fold
from casebook.dedupe.pieces import Prepared
from casebook.dedupe.union_find import components

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
    """The items by position, each folded and prepared once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._folded = [fold(text) for text in texts]
        self._prepared = lru_cache(_PREPARED)(lambda place: Prepared.of(texts[place]))
        self._alike = lru_cache(None)(self._judged)

    def groups(self) -> Iterator[list[int]]:
        """The groups of alike items."""
        long = [place for place, text in enumerate(self._folded) if len(text) >= SHORTEST]
        pairs = candidate_pairs([self._folded[place] for place in long])
        edges = [(long[a], long[b]) for a, b in pairs if self._alike(long[a], long[b])]
        open_groups = components(edges)
        while open_groups:
            group = open_groups.pop()
            center = max(group, key=lambda place: (len(self._folded[place]), -place))
            kept = [place for place in group if place == center or self._same(center, place)]
            if len(kept) > 1:
                yield kept
            rest = set(group).difference(kept)
            open_groups += components((a, b) for a, b in edges if a in rest and b in rest)

    def _same(self, a: int, b: int) -> bool:
        return self._alike(min(a, b), max(a, b))

    def _judged(self, a: int, b: int) -> bool:
        if self._folded[a] == self._folded[b]:
            return True
        first, second = self._prepared(a), self._prepared(b)
        likeness = measure(first, second, align_prepared(first, second))
        both = min(likeness.a_in_b, likeness.b_in_a)
        return both >= ALIKE or (likeness.containment >= PART and both >= _HALF)

"""Disjoint sets (union-find): which items are connected by pairs."""

from __future__ import annotations

from collections.abc import Iterable


class UnionFind:
    """Disjoint sets of integers. An integer that was never joined is a set of its own."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def find(self, item: int) -> int:
        """The representative of the set that holds `item`: its smallest member."""
        root = item
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while item != root:
            item, self._parent[item] = self._parent.get(item, item), root
        return root

    def join(self, a: int, b: int) -> None:
        """Merge the sets that hold `a` and `b`."""
        low, high = sorted((self.find(a), self.find(b)))
        self._parent[low] = low
        self._parent[high] = low


def find_components(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The groups of connected items, each sorted, in the order of their first items."""
    sets = UnionFind()
    seen: set[int] = set()
    for a, b in pairs:
        sets.join(a, b)
        seen |= {a, b}
    groups: dict[int, list[int]] = {}
    for item in sorted(seen):
        groups.setdefault(sets.find(item), []).append(item)
    return list(groups.values())

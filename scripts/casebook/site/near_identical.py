"""Published cases that are nearly the same text: each leads to the other.

Candidates are cases whose items are alike, which is known already; only these are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import combinations

from casebook.dedupe.alignment import compute_ratio
from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.model import Case
from casebook.site.alike import AlikeGroups
from casebook.site.html import tag
from casebook.site.prepare import PreparedCase

NEAR_SIMILARITY = 95.0
"""Similarity, 0–100, above which readers want to know."""

_LEAST_SHARED_ITEMS = 0.5
"""Share of the items of the shorter case that the other has, too."""

_MOST_HOLDERS = 8
"""Cases of a group of alike items; what more of them have is a phrase of the trade."""

NearCases = Mapping[str, Sequence[tuple[Case, float]]]
"""By the id of a case the others that are nearly the same, with the similarity."""


def find_near_cases(prepared: Sequence[PreparedCase], groups: AlikeGroups) -> NearCases:
    """The pairs above NEAR_SIMILARITY, the most similar first."""
    known = {each.case.id: each for each in prepared}

    @lru_cache(maxsize=256)
    def fold(case_id: str) -> str:
        return fold_for_comparison("\n".join(known[case_id].plain))

    found: dict[str, list[tuple[Case, float]]] = {}
    for a, b in _list_candidates(groups, {i: len(each.entries) - 1 for i, each in known.items()}):
        similarity = compute_ratio(fold(a), fold(b), NEAR_SIMILARITY)
        if similarity > NEAR_SIMILARITY:
            found.setdefault(a, []).append((known[b].case, similarity))
            found.setdefault(b, []).append((known[a].case, similarity))
    for others in found.values():
        others.sort(key=lambda other: (-other[1], other[0].id))
    return found


def _list_candidates(groups: AlikeGroups, counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """The pairs of cases that share enough items; `counts` are the items of each case."""
    shared: Counter[tuple[str, str]] = Counter()
    for group in {*groups.values()}:
        holders = sorted({key.partition("#")[0] for key in group})
        if len(holders) <= _MOST_HOLDERS:
            shared.update(combinations(holders, 2))
    for (a, b), count in sorted(shared.items()):
        if count >= _LEAST_SHARED_ITEMS * min(counts[a], counts[b]):
            yield a, b


def render_near_cases(others: Sequence[tuple[Case, float]]) -> str:
    """A line that leads to them; '' without any."""
    links = "、".join(
        tag("a", escape(case.title), href=f"{case.id}.html") + f"（相似 {int(similarity)}%）"
        for case, similarity in others
    )
    return tag("p", f"另有 {len(others)} 篇几乎相同：{links}", class_="cb-same") if links else ""

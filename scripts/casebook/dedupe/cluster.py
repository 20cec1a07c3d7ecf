"""From pairs to clusters: texts that may become one case, each verified against the canonical one.

Chains of likeness drift (A ~ B ~ C, but A and C are strangers), so joining neighbors only proposes
a cluster; a member stays when it relates to the canonical text itself, and to no member as another
of a series.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from casebook.dedupe.boilerplate import Keys, common_paragraphs
from casebook.dedupe.candidate_pairs import candidate_pairs
from casebook.dedupe.comparison_folding import PLACEHOLDER, fold_for_comparison
from casebook.dedupe.judging import Judged, Places, judge_pairs
from casebook.dedupe.relations import MERGING, ComparedText, Pair
from casebook.dedupe.union_find import components
from casebook.model import Relation, UserError

Engine = Literal["auto", "duckdb", "spark"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
Progress = Callable[[int], Callable[[], None]]
"""Given the number of candidate pairs, what is to be called after each."""

_AS_LONG = 0.95
"""A text of this share of the longest is as complete; then a more concrete one is preferred."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Ids of texts that may become one case: the canonical one, and the others in order."""

    canonical: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All related pairs, ordered as the documents are, and the clusters they make."""

    pairs: tuple[Pair, ...]
    clusters: tuple[Cluster, ...]

    def about(self, ids: Collection[str]) -> Report:
        """What of the report involves one of these documents."""
        pairs = tuple(pair for pair in self.pairs if pair.a in ids or pair.b in ids)
        clusters = (c for c in self.clusters if not {c.canonical, *c.members}.isdisjoint(ids))
        return Report(pairs, tuple(clusters))


def find_duplicates(
    documents: Sequence[ComparedText],
    engine: Engine = "auto",
    progress: Progress | None = None,
    distinct: Collection[frozenset[str]] = (),
    new: Collection[str] = (),
) -> Report:
    """Compare all documents and report which are related, how, and which belong together.

    With ids in `new`, only what involves one of these is compared and reported. `distinct` are
    pairs of ids that people have decided to be different cases: they are neither reported nor in
    one cluster.

    Raises UserError for an engine that is not there and for two documents with one id.
    """
    _check(documents)
    folded = [fold_for_comparison(document.text) for document in documents]
    common = common_paragraphs([document.text for document in documents])
    family = _Family(documents, folded, common, distinct)
    if engine == "spark":
        from casebook.dedupe.spark import judged_by_spark

        judged: Iterable[Judged] = judged_by_spark(documents, common)
    else:
        wanted = {place for place, d in enumerate(documents) if not new or d.id in new}
        judged = _judged_here(documents, folded, common, wanted, progress)
    for places, pair in judged:
        family.learn(places, pair)
    clusters = tuple(
        Cluster(documents[canonical].id, tuple(documents[member].id for member in members))
        for canonical, members in sorted(family.clusters())
    )
    report = Report(family.pairs(), clusters)
    return report.about(new) if new else report


def _judged_here(
    documents: Sequence[ComparedText],
    folded: Sequence[str],
    common: Sequence[Keys],
    wanted: Collection[int],
    progress: Progress | None,
) -> Iterator[Judged]:
    """The candidate pairs of DuckDB that involve one of `wanted`, judged on this machine."""
    candidates = [(a, b) for a, b in candidate_pairs(folded) if a in wanted or b in wanted]
    step = progress(len(candidates)) if progress else lambda: None
    for judged in judge_pairs(documents, candidates, common):
        yield judged
        step()


def _check(documents: Sequence[ComparedText]) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise UserError(f"{document.id}：同一篇文章给了两次，请去掉重复的路径。")
        seen.add(document.id)


class _Family:
    """The documents with the relations found so far; they go by their position."""

    def __init__(
        self,
        documents: Sequence[ComparedText],
        folded: Sequence[str],
        common: Sequence[Keys],
        distinct: Collection[frozenset[str]],
    ) -> None:
        self._documents = documents
        self._common = common
        self._lengths = [len(text) for text in folded]
        self._placeholders = [text.count(PLACEHOLDER) for text in folded]
        self._apart = set(_places(documents, distinct))
        self._judged: dict[Places, Pair | None] = dict.fromkeys(self._apart)

    def learn(self, places: Places, pair: Pair | None) -> None:
        """Keep what has been judged, unless a person has decided."""
        if places not in self._apart:
            self._judged[places] = pair

    def _judge_all(self, canonical: int, group: Sequence[int]) -> None:
        """Judge all of a group against one of them, together: a large family on all cores."""
        pairs = [(min(canonical, other), max(canonical, other)) for other in group]
        unknown = [(a, b) for a, b in pairs if a != b and (a, b) not in self._judged]
        self._judged.update(judge_pairs(self._documents, unknown, self._common))

    def pairs(self) -> tuple[Pair, ...]:
        """All related pairs in order."""
        return tuple(pair for _, pair in sorted(self._judged.items()) if pair)

    def clusters(self) -> Iterator[tuple[int, list[int]]]:
        """Canonical documents with the members that may be merged into them.

        Others of a series join neighbors at first, too: in a large family, where each text was
        compared with the next one only, a single such pair would else tear the chain.
        """
        related = dict(self._judged)
        merging = _neighbors(related, MERGING)
        series = _neighbors(related, ("series",))
        for a, b in self._apart:
            series[a].add(b)
            series[b].add(a)
        groups = components((a, b) for ties in (merging, series) for a in ties for b in ties[a])
        groups = [group for group in groups if any(place in merging for place in group)]
        while groups:
            group = groups.pop()
            canonical, kept = self._verified(group, series)
            if kept:
                yield canonical, kept
            rest = set(group) - {canonical, *kept}
            groups += components((a, b) for a in rest for b in merging[a] & rest)

    def _verified(
        self, group: Sequence[int], series: Mapping[int, set[int]]
    ) -> tuple[int, list[int]]:
        """The canonical document of a group, and who of the others relates to it directly."""
        canonical = self._most_complete(group)
        kept: list[int] = []
        self._judge_all(canonical, group)
        for member in group:
            if member == canonical or not series.get(member, set()).isdisjoint(kept):
                continue
            pair = self._judged[min(canonical, member), max(canonical, member)]
            if pair and pair.relation in MERGING:
                kept.append(member)
        return canonical, kept

    def _most_complete(self, group: Sequence[int]) -> int:
        """The longest text; one nearly as long with half the placeholders, or fewer, before it."""
        longest = max(group, key=lambda place: (self._lengths[place], -place))
        concrete = [
            (self._placeholders[place], -self._lengths[place], place)
            for place in group
            if self._lengths[place] >= _AS_LONG * self._lengths[longest]
            and 2 * self._placeholders[place] <= self._placeholders[longest]
        ]
        return min(concrete)[-1] if concrete else longest


def _places(
    documents: Sequence[ComparedText], pairs: Collection[frozenset[str]]
) -> Iterator[Places]:
    """The positions of pairs of ids, where both documents are there."""
    place = {document.id: n for n, document in enumerate(documents)} if pairs else {}
    for a, b in (sorted(pair) for pair in pairs):
        if a in place and b in place:
            yield min(place[a], place[b]), max(place[a], place[b])


def _neighbors(
    judged: Mapping[Places, Pair | None], relations: Sequence[Relation]
) -> defaultdict[int, set[int]]:
    """For each document those that are related to it in one of these ways."""
    result: defaultdict[int, set[int]] = defaultdict(set)
    for (a, b), pair in judged.items():
        if pair and pair.relation in relations:
            result[a].add(b)
            result[b].add(a)
    return result

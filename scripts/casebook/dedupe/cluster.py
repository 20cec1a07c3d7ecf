"""Clusters of texts that may become one case, each member verified against the canonical text.

Likeness drifts along a chain, so connected texts are only the proposal of a cluster. For example,
`~` for a relation that may merge and `|` for a series:

    A ~ B ~ C    A is the longest        A and C are judged, too: not alike
    B | D        D of another year       proposed: {A, B, C, D}

The cluster is A with B. C stays out, for it is not related to A itself; D, for it is a series with
the member B. What stays out is proposed again without A and B, until no pair is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.dedupe import MERGING, Engine
from casebook.dedupe.boilerplate import ParagraphKeys, find_common_paragraphs
from casebook.dedupe.candidate_pairs import find_candidate_pairs
from casebook.dedupe.comparison_folding import PLACEHOLDER, fold_for_comparison
from casebook.dedupe.judging import Judged, Places, judge_pairs
from casebook.dedupe.relations import ComparedText, Pair
from casebook.dedupe.union_find import find_components
from casebook.model import Relation, UserError

Progress = Callable[[int], Callable[[], None]]
"""Called with the number of candidate pairs; returns what is called after each of them."""

_COMPLETE_LENGTH_SHARE = 0.95
"""Share of the longest text from which a text is as complete, so that a concrete one wins."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Ids of texts that may become one case: the canonical one, and the others in order."""

    canonical: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DuplicateReport:
    """All related pairs, in the order of the documents, and their clusters."""

    pairs: tuple[Pair, ...]
    clusters: tuple[Cluster, ...]

    def select(self, ids: Collection[str]) -> DuplicateReport:
        """The part of the report that involves one of these documents."""
        pairs = tuple(pair for pair in self.pairs if pair.a in ids or pair.b in ids)
        clusters = (c for c in self.clusters if not {c.canonical, *c.members}.isdisjoint(ids))
        return DuplicateReport(pairs, tuple(clusters))


def find_duplicates(
    documents: Sequence[ComparedText],
    engine: Engine = "auto",
    progress: Progress | None = None,
    distinct: Collection[frozenset[str]] = (),
    new: Collection[str] = (),
) -> DuplicateReport:
    """Compare all documents and report their relations and clusters.

    With ids in `new`, only pairs with one of these are compared and reported. `distinct` are pairs
    of ids that people decided to be different cases; they are never reported or in one cluster.
    `progress` is not called by the engine spark.

    Raises UserError for an engine that is not installed, and for two documents with one id.
    """
    _check_ids(documents)
    folded = [fold_for_comparison(document.text) for document in documents]
    common = find_common_paragraphs([document.text for document in documents])
    relations = _Relations(documents, folded, common, distinct)
    if engine == "spark":
        from casebook.dedupe.spark import judge_on_spark

        judged: Iterable[Judged] = judge_on_spark(documents, common)
    else:
        wanted = {place for place, d in enumerate(documents) if not new or d.id in new}
        judged = _judge_locally(documents, folded, common, wanted, progress)
    for places, pair in judged:
        relations.learn(places, pair)
    clusters = tuple(
        Cluster(documents[canonical].id, tuple(documents[member].id for member in members))
        for canonical, members in sorted(relations.find_clusters())
    )
    report = DuplicateReport(relations.list_pairs(), clusters)
    return report.select(new) if new else report


def _judge_locally(
    documents: Sequence[ComparedText],
    folded: Sequence[str],
    common: Sequence[ParagraphKeys],
    wanted: Collection[int],
    progress: Progress | None,
) -> Iterator[Judged]:
    """The candidate pairs with one of `wanted`, found by DuckDB and judged on this machine."""
    candidates = [(a, b) for a, b in find_candidate_pairs(folded) if a in wanted or b in wanted]
    step = progress(len(candidates)) if progress else lambda: None
    for judged in judge_pairs(documents, candidates, common):
        yield judged
        step()


def _check_ids(documents: Sequence[ComparedText]) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise UserError(f"{document.id}：同一篇文章给了两次，请去掉重复的路径。")
        seen.add(document.id)


class _Relations:
    """The relations found so far; documents are numbered by their position."""

    def __init__(
        self,
        documents: Sequence[ComparedText],
        folded: Sequence[str],
        common: Sequence[ParagraphKeys],
        distinct: Collection[frozenset[str]],
    ) -> None:
        self._documents = documents
        self._common = common
        self._lengths = [len(text) for text in folded]
        self._placeholders = [text.count(PLACEHOLDER) for text in folded]
        self._apart = set(_find_places(documents, distinct))
        self._judged: dict[Places, Pair | None] = dict.fromkeys(self._apart)

    def learn(self, places: Places, pair: Pair | None) -> None:
        """Record a judgment, unless a person has decided otherwise."""
        if places not in self._apart:
            self._judged[places] = pair

    def _judge_all(self, canonical: int, group: Sequence[int]) -> None:
        """Judge the members of a group against the canonical one, in one go, so on all cores."""
        pairs = [(min(canonical, other), max(canonical, other)) for other in group]
        unknown = [(a, b) for a, b in pairs if a != b and (a, b) not in self._judged]
        self._judged.update(judge_pairs(self._documents, unknown, self._common))

    def list_pairs(self) -> tuple[Pair, ...]:
        """All related pairs, in order."""
        return tuple(pair for _, pair in sorted(self._judged.items()) if pair)

    def find_clusters(self) -> Iterator[tuple[int, list[int]]]:
        """Canonical documents with the members that may be merged into them.

        Pairs of a series connect texts, too. In a large family each text is compared with the next
        one only (`candidate_pairs`), so one text of another year would break the chain in two.
        """
        related = dict(self._judged)
        merging = _find_neighbors(related, MERGING)
        series = _find_neighbors(related, ("series",))
        for a, b in self._apart:
            series[a].add(b)
            series[b].add(a)
        groups = find_components(
            (a, b) for ties in (merging, series) for a in ties for b in ties[a]
        )
        groups = [group for group in groups if any(place in merging for place in group)]
        while groups:
            group = groups.pop()
            canonical, members = self._verify(group, series)
            if members:
                yield canonical, members
            rest = set(group) - {canonical, *members}
            groups += find_components((a, b) for a in rest for b in merging[a] & rest)

    def _verify(
        self, group: Sequence[int], series: Mapping[int, set[int]]
    ) -> tuple[int, list[int]]:
        """The canonical document of a group and the members directly related to it."""
        canonical = self._find_most_complete(group)
        members: list[int] = []
        self._judge_all(canonical, group)
        for member in group:
            if member == canonical or not series.get(member, set()).isdisjoint(members):
                continue
            pair = self._judged[min(canonical, member), max(canonical, member)]
            if pair and pair.relation in MERGING:
                members.append(member)
        return canonical, members

    def _find_most_complete(self, group: Sequence[int]) -> int:
        """The longest text, or one nearly as long with at most half as many placeholders.

        If there are cases that people own, it is one of these.
        """
        group = [place for place in group if self._documents[place].owned] or group
        longest = max(group, key=lambda place: (self._lengths[place], -place))
        concrete = [
            (self._placeholders[place], -self._lengths[place], place)
            for place in group
            if self._lengths[place] >= _COMPLETE_LENGTH_SHARE * self._lengths[longest]
            and 2 * self._placeholders[place] <= self._placeholders[longest]
        ]
        return min(concrete)[-1] if concrete else longest


def _find_places(
    documents: Sequence[ComparedText], pairs: Collection[frozenset[str]]
) -> Iterator[Places]:
    """The positions of pairs of ids; a pair with an unknown id is left out."""
    place = {document.id: n for n, document in enumerate(documents)} if pairs else {}
    for a, b in (sorted(pair) for pair in pairs):
        if a in place and b in place:
            yield min(place[a], place[b]), max(place[a], place[b])


def _find_neighbors(
    judged: Mapping[Places, Pair | None], relations: Sequence[Relation]
) -> defaultdict[int, set[int]]:
    """For each document, those that are related to it in one of these ways."""
    result: defaultdict[int, set[int]] = defaultdict(set)
    for (a, b), pair in judged.items():
        if pair and pair.relation in relations:
            result[a].add(b)
            result[b].add(a)
    return result

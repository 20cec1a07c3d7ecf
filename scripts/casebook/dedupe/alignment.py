"""The paragraphs of two texts side by side: what both have, equal or changed, and what only one.

Equal paragraphs are matched first; the others are compared by rapidfuzz only with the few that
hold most of their grams, so that the work does not grow with the product of the lengths.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from rapidfuzz import fuzz

from casebook.dedupe.pieces import GRAM, Piece, PreparedText, best_holders, cut

ALIGNED = 60.0
"""Ratio from which two paragraphs are the same one, changed (unrelated ones stay below 45)."""

_ALIGNED_BETWEEN = 50.0
"""The same where they stand between the same neighbors: half reworded, and still the same one."""

_VOTED = 3
"""Paragraphs with most votes that are compared with one paragraph."""

_GAP = 4
"""Paragraphs left over in one place of each text that are compared with each other."""

LARGEST = 4 * 10**10
"""Product of lengths up to which a ratio is computed; beyond, what is common stands in for it."""

PassageKind = Literal["common", "changed", "only-a", "only-b"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A step of an alignment: a paragraph that both texts have, equal or changed, or only one.

    `a` and `b` are None where the text has nothing; `score` is their ratio, 0–100.
    """

    kind: PassageKind
    a: Piece | None
    b: Piece | None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """Piece `a` of the first text answers to piece `b` of the second, at a ratio of 0–100."""

    a: int
    b: int
    score: float


def ratio(a: str, b: str, cutoff: float = 0.0) -> float:
    """Indel ratio of two folded texts, 0–100; below the cutoff 0. Linear work beyond LARGEST."""
    if len(a) * len(b) <= LARGEST:
        return fuzz.ratio(a, b, score_cutoff=cutoff)
    first, second = ({t[i : i + GRAM] for i in range(len(t) - GRAM + 1)} for t in (a, b))
    estimate = 200 * len(first & second) / (len(first) + len(second))
    return estimate if estimate >= cutoff else 0.0


def align_prepared(a: PreparedText, b: PreparedText) -> list[Passage]:
    """The alignment of two texts, in the order of `a`; what only `b` has follows its neighbor."""
    pieces_a = _refined(a.pieces, b.pieces)
    pieces_b = _refined(b.pieces, pieces_a)
    return list(_passages(pieces_a, pieces_b, matched(pieces_a, pieces_b)))


def matched(a: Sequence[Piece], b: Sequence[Piece]) -> list[Match]:
    """Which pieces of two texts answer to each other; each is matched once at most."""
    matches = list(_equal(a, b))
    matches += _chosen(_compared(a, b, matches))
    matches += _chosen(_in_gaps(a, b, matches))
    return matches


def _refined(pieces: Sequence[Piece], other: Sequence[Piece]) -> list[Piece]:
    """The pieces; those without an equal in the other text cut as the other text has them."""
    equal = list(_equal(pieces, other))
    rest = _without(pieces, {match.a for match in equal})
    rest_other = _without(other, {match.b for match in equal})
    parts = cut([pieces[place] for place in rest], [other[place] for place in rest_other])
    refined = dict(zip(rest, parts, strict=True))
    return [part for place, piece in enumerate(pieces) for part in refined.get(place, [piece])]


def _without(pieces: Sequence[Piece], settled: set[int]) -> list[int]:
    """Places that are not settled."""
    return [place for place in range(len(pieces)) if place not in settled]


def _equal(a: Sequence[Piece], b: Sequence[Piece]) -> Iterator[Match]:
    """Equal pieces, each used once, in order."""
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for place, piece in enumerate(b):
        places[piece.folded].append(place)
    for place, piece in enumerate(a):
        if places[piece.folded]:
            yield Match(place, places[piece.folded].popleft(), 100.0)


def _compared(a: Sequence[Piece], b: Sequence[Piece], equal: Sequence[Match]) -> Iterator[Match]:
    """Changed paragraphs: each one left over, with those that most of its grams vote for."""
    rest_a = _without(a, {match.a for match in equal})
    rest_b = _without(b, {match.b for match in equal})
    pieces_a, pieces_b = [a[place] for place in rest_a], [b[place] for place in rest_b]
    for x, y in best_holders(pieces_a, pieces_b, _VOTED):
        score = ratio(pieces_a[x].folded, pieces_b[y].folded, ALIGNED)
        if score:
            yield Match(rest_a[x], rest_b[y], score)


def _in_gaps(a: Sequence[Piece], b: Sequence[Piece], matches: Sequence[Match]) -> Iterator[Match]:
    """Paragraphs too short to vote or much reworded, where they stand between the same neighbors.

    Under one label (一等奖：…) they answer to each other, however different.
    """
    gaps_a = _after_neighbors(len(a), {match.a: match.a for match in matches})
    gaps_b = _after_neighbors(len(b), {match.b: match.a for match in matches})
    for neighbor, places in gaps_a.items():
        for x, y in product(places[:_GAP], gaps_b.get(neighbor, ())[:_GAP]):
            cutoff = 0.0 if (label := a[x].label) and label == b[y].label else _ALIGNED_BETWEEN
            if score := ratio(a[x].folded, b[y].folded, cutoff):
                yield Match(x, y, score)


def _chosen(matches: Iterable[Match]) -> list[Match]:
    """At most one match for each piece, the best first; of equal ones the nearer in place."""
    chosen: list[Match] = []
    settled: set[int] = set()
    taken: set[int] = set()
    for match in sorted(matches, key=lambda m: (-m.score, abs(m.a - m.b), m.a)):
        if match.a not in settled and match.b not in taken:
            settled.add(match.a)
            taken.add(match.b)
            chosen.append(match)
    return chosen


def _passages(
    a: Sequence[Piece], b: Sequence[Piece], matches: Sequence[Match]
) -> Iterator[Passage]:
    partner = {match.a: match for match in matches}
    only_b = _after_neighbors(len(b), {match.b: match.a for match in matches})
    yield from (Passage("only-b", None, b[place]) for place in only_b[-1])
    for place, piece in enumerate(a):
        match = partner.get(place)
        if match is None:
            yield Passage("only-a", piece, None)
        else:
            kind: PassageKind = "common" if piece.folded == b[match.b].folded else "changed"
            yield Passage(kind, piece, b[match.b], match.score)
        yield from (Passage("only-b", None, b[other]) for other in only_b[place])


def _after_neighbors(count: int, partner: Mapping[int, int]) -> defaultdict[int, list[int]]:
    """Places of `b` without a partner, under the place in `a` of the match before them, or -1."""
    result: defaultdict[int, list[int]] = defaultdict(list)
    neighbor = -1
    for place in range(count):
        if place in partner:
            neighbor = partner[place]
        else:
            result[neighbor].append(place)
    return result

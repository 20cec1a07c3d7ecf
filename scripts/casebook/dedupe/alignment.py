"""An alignment of the paragraphs of two texts: which ones both have, and which only one has.

A paragraph is matched in one of three rounds, each over what the rounds before left:

    text a                 text b
    一、主要做法            一、主要做法            equal
    成立专班，每周会商。     成立工作专班，每周会商。  changed: they share grams
    （一）抓早              （一）抓小              in a gap: too short to share a gram, but between
    村里通了公路。          村里通了公路。           the same two matches

In the second round a paragraph is compared by rapidfuzz with the few that share most grams with
it, never with all, so that the work does not grow with the product of the lengths.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from rapidfuzz import fuzz

from casebook.dedupe.pieces import (
    GRAM_CHARACTERS,
    Piece,
    PreparedText,
    find_best_holders,
    split_pieces,
)

ALIGNED_RATIO = 60.0
"""Ratio from which two paragraphs are versions of one; unrelated paragraphs stay below 45."""

_GAP_RATIO = 50.0
"""The same for two paragraphs in one gap: half of the words may differ."""

_COMPARED_PARAGRAPHS = 3
"""Paragraphs that one paragraph is compared with: those that share most grams with it."""

_GAP_PARAGRAPHS = 4
"""Unmatched paragraphs of each text in one gap that are compared with each other."""

LARGEST_RATIO_PRODUCT = 4 * 10**10
"""Product of two lengths up to which a ratio is computed; above, it is estimated from grams."""

PassageKind = Literal["common", "changed", "only-a", "only-b"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of an alignment: both texts have it, equal or changed, or only one has it.

    `a` or `b` is None where the text lacks the paragraph; `score` is their ratio, 0–100.
    """

    kind: PassageKind
    a: Piece | None
    b: Piece | None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """Piece number `a` of the first text corresponds to piece number `b` of the second.

    `score` is their ratio, 0–100.
    """

    a: int
    b: int
    score: float


def compute_ratio(a: str, b: str, cutoff: float = 0.0) -> float:
    """The Indel ratio of two folded texts, 0–100, or 0 when it is below `cutoff`.

    Above LARGEST_RATIO_PRODUCT it is the Dice coefficient of their grams, in linear time.
    """
    if len(a) * len(b) <= LARGEST_RATIO_PRODUCT:
        return fuzz.ratio(a, b, score_cutoff=cutoff)
    first, second = (
        {t[i : i + GRAM_CHARACTERS] for i in range(len(t) - GRAM_CHARACTERS + 1)} for t in (a, b)
    )
    estimate = 200 * len(first & second) / (len(first) + len(second))
    return estimate if estimate >= cutoff else 0.0


def align_texts(a: PreparedText, b: PreparedText) -> list[Passage]:
    """The alignment of two texts, in the order of `a`.

    A paragraph that only `b` has follows the match that it follows in `b`.
    """
    pieces_a = _split_like(a.pieces, b.pieces)
    pieces_b = _split_like(b.pieces, pieces_a)
    return list(_list_passages(pieces_a, pieces_b, match_pieces(pieces_a, pieces_b)))


def match_pieces(a: Sequence[Piece], b: Sequence[Piece]) -> list[Match]:
    """Which pieces of two texts correspond to each other; each is matched once at most."""
    matches = list(_match_equal(a, b))
    matches += _choose_best(_match_changed(a, b, matches))
    matches += _choose_best(_match_in_gaps(a, b, matches))
    return matches


def _split_like(pieces: Sequence[Piece], other: Sequence[Piece]) -> list[Piece]:
    """The pieces; those without an equal in the other text are split like the other text."""
    equal = list(_match_equal(pieces, other))
    rest = _unmatched_places(pieces, {match.a for match in equal})
    rest_other = _unmatched_places(other, {match.b for match in equal})
    parts = split_pieces([pieces[place] for place in rest], [other[place] for place in rest_other])
    refined = dict(zip(rest, parts, strict=True))
    return [part for place, piece in enumerate(pieces) for part in refined.get(place, [piece])]


def _unmatched_places(pieces: Sequence[Piece], settled: set[int]) -> list[int]:
    """The indexes that no match has yet."""
    return [place for place in range(len(pieces)) if place not in settled]


def _match_equal(a: Sequence[Piece], b: Sequence[Piece]) -> Iterator[Match]:
    """Equal pieces, in order; each is used once."""
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for place, piece in enumerate(b):
        places[piece.folded].append(place)
    for place, piece in enumerate(a):
        if places[piece.folded]:
            yield Match(place, places[piece.folded].popleft(), 100.0)


def _match_changed(
    a: Sequence[Piece], b: Sequence[Piece], equal: Sequence[Match]
) -> Iterator[Match]:
    """Changed paragraphs: each unmatched one with those that share most grams with it."""
    rest_a = _unmatched_places(a, {match.a for match in equal})
    rest_b = _unmatched_places(b, {match.b for match in equal})
    pieces_a, pieces_b = [a[place] for place in rest_a], [b[place] for place in rest_b]
    for x, y in find_best_holders(pieces_a, pieces_b, _COMPARED_PARAGRAPHS):
        score = compute_ratio(pieces_a[x].folded, pieces_b[y].folded, ALIGNED_RATIO)
        if score:
            yield Match(rest_a[x], rest_b[y], score)


def _match_in_gaps(
    a: Sequence[Piece], b: Sequence[Piece], matches: Sequence[Match]
) -> Iterator[Match]:
    """Paragraphs in one gap, too short to share grams or much reworded.

    Under one label (一等奖：…) they correspond to each other, however different they are.
    """
    gaps_a = _group_by_neighbor(len(a), {match.a: match.a for match in matches})
    gaps_b = _group_by_neighbor(len(b), {match.b: match.a for match in matches})
    for neighbor, places in gaps_a.items():
        for x, y in product(places[:_GAP_PARAGRAPHS], gaps_b.get(neighbor, ())[:_GAP_PARAGRAPHS]):
            cutoff = 0.0 if (label := a[x].label) and label == b[y].label else _GAP_RATIO
            if score := compute_ratio(a[x].folded, b[y].folded, cutoff):
                yield Match(x, y, score)


def _choose_best(matches: Iterable[Match]) -> list[Match]:
    """At most one match for each piece: the best score, then the nearest position."""
    chosen: list[Match] = []
    settled: set[int] = set()
    taken: set[int] = set()
    for match in sorted(matches, key=lambda m: (-m.score, abs(m.a - m.b), m.a)):
        if match.a not in settled and match.b not in taken:
            settled.add(match.a)
            taken.add(match.b)
            chosen.append(match)
    return chosen


def _list_passages(
    a: Sequence[Piece], b: Sequence[Piece], matches: Sequence[Match]
) -> Iterator[Passage]:
    partner = {match.a: match for match in matches}
    only_b = _group_by_neighbor(len(b), {match.b: match.a for match in matches})
    yield from (Passage("only-b", None, b[place]) for place in only_b[-1])
    for place, piece in enumerate(a):
        match = partner.get(place)
        if match is None:
            yield Passage("only-a", piece, None)
        else:
            kind: PassageKind = "common" if piece.folded == b[match.b].folded else "changed"
            yield Passage(kind, piece, b[match.b], match.score)
        yield from (Passage("only-b", None, b[other]) for other in only_b[place])


def _group_by_neighbor(count: int, partner: Mapping[int, int]) -> defaultdict[int, list[int]]:
    """The indexes below `count` without a partner, grouped by the partner of the match before them.

    The group -1 holds those before the first match.
    """
    result: defaultdict[int, list[int]] = defaultdict(list)
    neighbor = -1
    for place in range(count):
        if place in partner:
            neighbor = partner[place]
        else:
            result[neighbor].append(place)
    return result

"""How alike two texts are, as numbers from 0 to 100, measured by rapidfuzz on folded text.

Similarity is the Indel ratio of the whole texts. It falls when paragraphs change places, and when
one text is a part of the other. Containment comes from an alignment of paragraphs and does not.

Never used: `partial_ratio`, which takes three seconds for one pair of 4,000 characters, and
`token_set_ratio`, which gives unrelated Chinese texts 80 of 100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebook.dedupe.alignment import LARGEST_RATIO_PRODUCT, Passage, compute_ratio
from casebook.dedupe.pieces import PreparedText

IN_ORDER_SIMILARITY = 80.0
"""Similarity from which the common subsequence of two whole texts counts as shared text.

Then it also covers what an alignment of paragraphs misses, such as a heading that is glued to its
paragraph. Below, characters
that are equal by chance weigh too much: in unrelated Chinese texts the subsequence makes up a
quarter to a third of the shorter one.
"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The likeness of two texts; all values are 0–100.

    `a_in_b` is the share of the characters of `a` that `b` has, paragraph by paragraph, in
    whatever order; `b_in_a` is the reverse. `containment` is that share for the shorter text.
    """

    similarity: float
    containment: float
    a_in_b: float
    b_in_a: float


def measure_likeness(a: PreparedText, b: PreparedText, passages: Sequence[Passage]) -> Likeness:
    """The likeness of two prepared texts, given their alignment."""
    if a.folded == b.folded:
        return Likeness(100.0, 100.0, 100.0, 100.0)
    lengths = len(a.folded), len(b.folded)
    shared = sum(count_common_characters(passage) for passage in passages)
    if lengths[0] * lengths[1] <= LARGEST_RATIO_PRODUCT:
        similarity = compute_ratio(a.folded, b.folded)
    else:
        similarity = 200 * shared / sum(lengths)
    if similarity >= IN_ORDER_SIMILARITY:
        shared = max(shared, similarity / 200 * sum(lengths))
    a_in_b, b_in_a = (100 * shared / max(1, length) for length in lengths)
    shorter = a_in_b if lengths[0] <= lengths[1] else b_in_a
    return Likeness(similarity, shorter, a_in_b, b_in_a)


def count_common_characters(passage: Passage) -> float:
    """Characters of the longest common subsequence of the two paragraphs, from their ratio."""
    if passage.a is None or passage.b is None:
        return 0.0
    return passage.score / 200 * (len(passage.a.folded) + len(passage.b.folded))

"""How alike two texts are, and where they differ: rapidfuzz judges, on folded text.

Similarity is the Indel ratio of the whole texts, which falls when paragraphs change places or one
text is a part of the other; containment comes from an alignment of paragraphs and does not.
`partial_ratio` and `token_set_ratio` are never used: three seconds for one pair, and 80 of 100 for
unrelated Chinese texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from casebook.dedupe.alignment import LARGEST, Passage, PassageKind, align_prepared, ratio
from casebook.dedupe.comparison_folding import fold_placed
from casebook.dedupe.pieces import PreparedText

_SPAN_GLUE = 2
"""So many equal characters between two changes, or fewer, are shown as part of one change."""

_LONGEST_SCRIPT = 10**9
"""Product of lengths up to which an edit script is worked out (it takes an eighth in bytes)."""

IN_ORDER = 80.0
"""Similarity from which the common subsequence of the whole texts is no accident; it then sees
also what an alignment of paragraphs can't, a heading glued to the text under it."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Likeness of two texts, 0–100. `containment` is how much of the shorter stands in the longer.

    `a_in_b` and `b_in_a` say it for either text: the share of its characters that the other has,
    paragraph by paragraph, in whatever order.
    """

    similarity: float
    containment: float
    a_in_b: float
    b_in_a: float


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two texts differ, as written, to be shown side by side.

    `a_spans` and `b_spans` are the changed parts (start, end in code points) of a changed
    paragraph; where only one text has the paragraph, the other's text is empty.
    """

    kind: PassageKind
    a_text: str
    b_text: str
    a_spans: tuple[Span, ...] = ()
    b_spans: tuple[Span, ...] = ()


def compare(a: str, b: str) -> Comparison:
    """Compare two plain texts whose paragraphs are divided by line feeds."""
    first, second = PreparedText.of(a), PreparedText.of(b)
    return measure(first, second, align_prepared(first, second))


def align(a: str, b: str) -> list[Passage]:
    """The paragraphs of two plain texts side by side, in the order of `a`."""
    return align_prepared(PreparedText.of(a), PreparedText.of(b))


def differences(a: str, b: str) -> list[Difference]:
    """Where two plain texts differ, in the order of `a`; equal paragraphs are left out."""
    return [_difference(passage) for passage in align(a, b) if passage.kind != "common"]


def measure(a: PreparedText, b: PreparedText, passages: Sequence[Passage]) -> Comparison:
    """The likeness of two prepared texts, given their alignment."""
    if a.folded == b.folded:
        return Comparison(100.0, 100.0, 100.0, 100.0)
    lengths = len(a.folded), len(b.folded)
    shared = sum(common_length(passage) for passage in passages)
    if lengths[0] * lengths[1] <= LARGEST:
        similarity = ratio(a.folded, b.folded)
    else:
        similarity = 200 * shared / sum(lengths)
    if similarity >= IN_ORDER:
        shared = max(shared, similarity / 200 * sum(lengths))
    a_in_b, b_in_a = (100 * shared / max(1, length) for length in lengths)
    shorter = a_in_b if lengths[0] <= lengths[1] else b_in_a
    return Comparison(similarity, shorter, a_in_b, b_in_a)


def common_length(passage: Passage) -> float:
    """Characters of the longest common subsequence of the two paragraphs, from their ratio."""
    if passage.a is None or passage.b is None:
        return 0.0
    return passage.score / 200 * (len(passage.a.folded) + len(passage.b.folded))


def _difference(passage: Passage) -> Difference:
    a, b = (piece.text if piece else "" for piece in (passage.a, passage.b))
    if passage.kind != "changed":
        return Difference(passage.kind, a, b)
    spans = changed_spans(a, b)
    return Difference("changed", a, b, tuple(x for x, _ in spans), tuple(y for _, y in spans))


def changed_spans(a: str, b: str) -> list[tuple[Span, Span]]:
    """The parts of two versions of a paragraph that differ, each with its counterpart.

    Positions are code points of the paragraphs as written; either part may be empty. Punctuation
    and other things that folding ignores make no difference.
    """
    folded_a, origin_a = fold_placed(a)
    folded_b, origin_b = fold_placed(b)
    return [
        (_placed(origin_a, x, len(a)), _placed(origin_b, y, len(b)))
        for x, y in glued_changes(folded_a, folded_b)
    ]


def glued_changes(
    a: Sequence[str], b: Sequence[str], glue: int = _SPAN_GLUE
) -> list[tuple[Span, Span]]:
    """Changed stretches of two sequences; those at most `glue` equal elements apart are one."""
    result: list[tuple[Span, Span]] = []
    for x, y in _changes(a, b):
        if result and x[0] - result[-1][0][1] <= glue:
            (x_start, _), (y_start, _) = result.pop()
            x, y = (x_start, x[1]), (y_start, y[1])
        result.append((x, y))
    return result


def _changes(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[Span, Span]]:
    """What an Indel script replaces; what is too long for one is a single change in the middle."""
    start, end = _equal_ends(a, b)
    size = (len(a) - start - end) * (len(b) - start - end)
    if size > _LONGEST_SCRIPT:
        yield (start, len(a) - end), (start, len(b) - end)
        return
    for code in Indel.opcodes(a, b):
        if code.tag != "equal":
            yield (code.src_start, code.src_end), (code.dest_start, code.dest_end)


def _equal_ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """How many elements are equal at the beginning, and after these at the end."""
    most = min(len(a), len(b))
    start = next((i for i in range(most) if a[i] != b[i]), most)
    end = next((i for i in range(most - start) if a[-1 - i] != b[-1 - i]), most - start)
    return start, end


def _placed(origin: Sequence[int], span: Span, length: int) -> Span:
    """A span of folded characters as a span of the text as written."""
    start, end = span
    if start == end:
        place = origin[start] if start < len(origin) else length
        return (place, place)
    return (origin[start], origin[end - 1] + 1)

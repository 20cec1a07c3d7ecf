"""Where two texts differ, as a reader sees it: changed paragraphs and the changed parts in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from casebook.dedupe.alignment import Passage, PassageKind, align_texts
from casebook.dedupe.comparison_folding import fold_with_positions
from casebook.dedupe.pieces import PreparedText

_GLUE_CHARACTERS = 2
"""Two changes with at most this many equal characters between them are shown as one."""

_LONGEST_SCRIPT_PRODUCT = 10**9
"""Product of two lengths up to which an edit script is computed; it takes an eighth in bytes."""

Span = tuple[int, int]
"""Start and end, in code points or list elements."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two texts differ, as written, to be shown side by side.

    `a_spans` and `b_spans` are the changed parts of a changed paragraph (code points). Where only
    one text has the paragraph, the other's text is empty.
    """

    kind: PassageKind
    a_text: str
    b_text: str
    a_spans: tuple[Span, ...] = ()
    b_spans: tuple[Span, ...] = ()


def find_differences(a: str, b: str) -> list[Difference]:
    """Where two plain texts differ, in the order of `a`; equal paragraphs are left out."""
    return [found for found in compare_paragraphs(a, b) if found.kind != "common"]


def compare_paragraphs(a: str, b: str) -> list[Difference]:
    """All paragraphs of two plain texts in the order of `a`, the equal ones too."""
    return [_describe(passage) for passage in align_texts(PreparedText.of(a), PreparedText.of(b))]


def _describe(passage: Passage) -> Difference:
    a, b = (piece.text if piece else "" for piece in (passage.a, passage.b))
    if passage.kind != "changed":
        return Difference(passage.kind, a, b)
    spans = find_changed_spans(a, b)
    return Difference("changed", a, b, tuple(x for x, _ in spans), tuple(y for _, y in spans))


def find_changed_spans(a: str, b: str) -> list[tuple[Span, Span]]:
    """The parts of two versions of a paragraph that differ, each with its counterpart.

    Positions are code points of the paragraphs as written; either part may be empty. Punctuation
    and other things that folding ignores make no difference.
    """
    folded_a, origin_a = fold_with_positions(a)
    folded_b, origin_b = fold_with_positions(b)
    return [
        (unfold_span(origin_a, x, len(a)), unfold_span(origin_b, y, len(b)))
        for x, y in find_glued_changes(folded_a, folded_b)
    ]


def find_glued_changes(
    a: Sequence[str], b: Sequence[str], glue: int = _GLUE_CHARACTERS
) -> list[tuple[Span, Span]]:
    """Changed stretches of two sequences; those at most `glue` equal elements apart are one."""
    result: list[tuple[Span, Span]] = []
    for x, y in _find_changes(a, b):
        if result and x[0] - result[-1][0][1] <= glue:
            (x_start, _), (y_start, _) = result.pop()
            x, y = (x_start, x[1]), (y_start, y[1])
        result.append((x, y))
    return result


def _find_changes(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[Span, Span]]:
    """What an Indel script replaces; what is too long for one is a single change in the middle."""
    start, end = _count_equal_ends(a, b)
    size = (len(a) - start - end) * (len(b) - start - end)
    if size > _LONGEST_SCRIPT_PRODUCT:
        yield (start, len(a) - end), (start, len(b) - end)
        return
    for code in Indel.opcodes(a, b):
        if code.tag != "equal":
            yield (code.src_start, code.src_end), (code.dest_start, code.dest_end)


def _count_equal_ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """How many elements are equal at the beginning, and after these at the end."""
    most = min(len(a), len(b))
    start = next((i for i in range(most) if a[i] != b[i]), most)
    end = next((i for i in range(most - start) if a[-1 - i] != b[-1 - i]), most - start)
    return start, end


def unfold_span(origin: Sequence[int], span: Span, length: int) -> Span:
    """A span of folded characters as a span of the text as written."""
    start, end = span
    if start == end:
        place = origin[start] if start < len(origin) else length
        return (place, place)
    return (origin[start], origin[end - 1] + 1)

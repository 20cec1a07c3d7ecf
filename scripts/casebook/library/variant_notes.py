"""What a variant says otherwise than its case, each at the place in the case where it belongs.

A merge takes over whole blocks only. A clause or figure that the variant has in a paragraph that
both have would otherwise stand in variants/ alone:

    case       投诉下降七成。
    variant    投诉下降七成，管护成本每吨降低四角二分。
    note       at the paragraph: the variant's sentence, with the part that is new

The notes are computed from both texts as they are now, so nothing is written, and an edit of the
case moves them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise, takewhile

from casebook.dedupe.alignment import Passage, align_texts
from casebook.dedupe.comparison_folding import fold_lines, fold_with_positions
from casebook.dedupe.differences import Span, find_glued_changes, unfold_span
from casebook.dedupe.pieces import Piece, PreparedText
from casebook.library import markup
from casebook.library.outline_numbers import strip_outline_number
from casebook.model import Block, Case
from casebook.text.numerals import OF_QUANTITIES

HEADING = -1
"""The paragraph number of a block's heading."""

REWORDED_CHARACTERS = 4
"""Characters below which a change without figure or negation is another wording of the same."""

LONGEST_SHIFT = 200
"""Characters by which an edit script may misplace a clause that the text repeats."""

_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_TELLING = re.compile(rf"[\d{OF_QUANTITIES}不无未没非否免禁]")
"""Figures and negations: a single one changes what a sentence says."""


@dataclass(frozen=True, slots=True)
class VariantNote:
    """Sentences of a variant, as it writes them, and the parts of them that the case lacks.

    The place is a block of the case (its index) and a paragraph of it (`split_paragraphs`), or
    HEADING. With `added` the variant has them after that place, else instead of it. `spans` are
    code points of `text`; a span is empty where the variant leaves out a part of a clause.
    `is_news` is false for another wording of the same.
    """

    variant: str
    block: int
    paragraph: int
    text: str
    spans: tuple[Span, ...]
    added: bool
    is_news: bool


@dataclass(frozen=True, slots=True)
class _PlacedLine:
    """A line of the case as readers see it, with the place that a note to it gets."""

    block: int
    paragraph: int
    text: str


def split_paragraphs(markdown: str) -> list[str]:
    """The parts of a block's Markdown between blank lines."""
    return [part for part in _BLANK_LINES.split(markdown) if part.strip()]


def find_variant_notes(case: Case, variant: Case) -> list[VariantNote]:
    """What the variant's own blocks say otherwise than the case, in the order of the case.

    Blocks that a merge took over count as the case's. Titles are left out, and so are numbers of
    headings: they belong to the outline of each text. Time grows in proportion to the texts.
    """
    lines = list(_list_lines(case.blocks))
    own = [block for block in variant.blocks if not block.source]
    a, b = (_prepare(some) for some in (lines, list(_list_lines(own))))
    known = {piece.folded for piece in a.pieces}
    return [
        note
        for line, passage in _place_passages(align_texts(a, b), lines)
        if (note := _make_note(variant.id, line, passage, known))
    ]


def _list_lines(blocks: Sequence[Block]) -> Iterator[_PlacedLine]:
    for number, block in enumerate(blocks):
        if block.level > 1 and block.heading:
            yield _PlacedLine(number, HEADING, strip_outline_number(block.heading))
        for paragraph, part in enumerate(split_paragraphs(block.text)):
            for line in markup.to_plain(part).split("\n"):
                yield _PlacedLine(number, paragraph, line)


def _prepare(lines: Sequence[_PlacedLine]) -> PreparedText:
    return PreparedText.of("\n".join(line.text for line in lines))


def _place_passages(
    passages: Sequence[Passage], lines: Sequence[_PlacedLine]
) -> Iterator[tuple[_PlacedLine, Passage]]:
    """Each passage with the line of the case that it is at, or that it comes after.

    An alignment splits a paragraph between sentences and drops none that folding leaves anything
    of, so sentences are counted to find the line.
    """
    folded = fold_lines("\n".join(line.text for line in lines))
    held = [line for line, text in zip(lines, folded, strict=True) if text]
    pieces = PreparedText.of("\n".join(line.text for line in held)).pieces
    ends = list(accumulate(map(_count_sentences, pieces)))
    count, at = 0, _PlacedLine(0, HEADING, "")
    for passage in passages:
        if passage.a:
            at = held[bisect_right(ends, count)]
            count += _count_sentences(passage.a)
        yield at, passage


def _count_sentences(piece: Piece) -> int:
    return sum(bool(folded) for _, folded in piece.sentences)


def _make_note(
    variant: str, line: _PlacedLine, passage: Passage, known: set[str]
) -> VariantNote | None:
    """The note that a passage needs, if it needs one."""
    if passage.b is None or passage.kind == "common" or passage.b.folded in known:
        return None
    if passage.a is None:
        text = passage.b.text
        changes = [_Change("", (0, len(text)), (0, len(text)))]
    else:
        text, changes = _select_sentences(passage.a, passage.b)
    if not changes:
        return None
    spans = tuple(change.span for change in changes)
    news = any(change.is_news(text) for change in changes)
    return VariantNote(variant, line.block, line.paragraph, text, spans, passage.a is None, news)


@dataclass(frozen=True, slots=True)
class _Change:
    """What the case has (`was`) where the variant has `span`, and the clauses that this touches.

    Both are code points of the variant; `touched` reaches into a clause of which a part is gone.
    """

    was: str
    span: Span
    touched: Span

    def is_news(self, text: str) -> bool:
        """Whether it is more than another wording."""
        now = text[slice(*self.span)]
        return len(now) >= REWORDED_CHARACTERS or bool(_TELLING.search(self.was + now))


def _select_sentences(a: Piece, b: Piece) -> tuple[str, list[_Change]]:
    """The sentences of `b` from the first to the last that differs, and the changes in them."""
    parts = [text for text, _ in b.sentences]
    whole, ends = "".join(parts), [0, *accumulate(map(len, parts))]
    known = {folded for _, folded in a.sentences}
    held = [folded in known for _, folded in b.sentences]
    changes = [
        change
        for change in _find_changes("".join(text for text, _ in a.sentences), whole)
        if not all(held[_find_sentences(ends, change.touched)])
    ]
    if not changes:
        return "", []
    touched = _find_sentences(ends, (changes[0].touched[0], changes[-1].touched[1]))
    start, end = ends[touched.start], ends[touched.stop]
    start += len(whole[start:end]) - len(whole[start:end].lstrip())
    moved = [
        replace(change, span=(change.span[0] - start, change.span[1] - start)) for change in changes
    ]
    return whole[start:end].rstrip(), moved


def _find_sentences(ends: Sequence[int], span: Span) -> slice:
    """The sentences in which a span lies; `ends` are 0 and the end of each sentence."""
    return slice(bisect_right(ends, span[0]) - 1, bisect_left(ends, span[1]))


def _find_changes(a: str, b: str) -> Iterator[_Change]:
    """Where `b` differs from `a`; whole clauses that only `a` has are no difference of `b`."""
    folded_a, origin_a = fold_with_positions(a)
    folded_b, origin_b = fold_with_positions(b)
    borders = _find_borders(a, origin_a)
    for (start, end), (first, last) in find_glued_changes(folded_a, folded_b, glue=0):
        if first == last and _is_whole_clauses(folded_a, start, end, borders):
            continue
        low = max(0, first - (start not in borders))
        high = min(len(folded_b), last + (end not in borders))
        yield _Change(
            was=a[slice(*unfold_span(origin_a, (start, end), len(a)))],
            span=unfold_span(origin_b, (first, last), len(b)),
            touched=unfold_span(origin_b, (low, high), len(b)),
        )


def _find_borders(text: str, origin: Sequence[int]) -> set[int]:
    """Positions in the folded text between which a mark or a space divides the text."""
    inner = (
        place
        for place, (before, after) in enumerate(pairwise(origin), start=1)
        if after > before + 1 and not (text[before].isdigit() and text[after].isdigit())
    )
    return {0, len(origin), *inner}


def _is_whole_clauses(folded: str, start: int, end: int, borders: set[int]) -> bool:
    """Whether the characters that only this text has are whole clauses of it.

    Where the text repeats itself, an edit script may take them a few characters earlier or later:
    of 甲好，乙好， it may take “好，乙” for the second clause.
    """
    most = range(1, LONGEST_SHIFT + 1)
    back = takewhile(lambda n: n <= start and folded[start - n] == folded[end - n], most)
    on = takewhile(
        lambda n: end + n <= len(folded) and folded[start + n - 1] == folded[end + n - 1], most
    )
    shifts = (0, *(-n for n in back), *on)
    return any({start + n, end + n} <= borders for n in shifts)

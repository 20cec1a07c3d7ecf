"""Which blocks of two imports of one write-up are the same block.

Anchors are made from the words, so a block that today's rules word otherwise has another one.
Blocks keep their order between two imports: equal ones are paired first, those between them by
their headings and the likeness of their words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import product

from rapidfuzz import fuzz

from casebook.model import Block

LEAST_LIKENESS = 0.6
"""Likeness (0–1) of two blocks under different headings from which they may be the same."""

_SAME_HEADING = 1.0
"""What an equal heading adds to the likeness: a block from which a part was split keeps it."""

_MOST_COMPARED = 40_000
"""Pairs between two equal blocks that are compared; of more, none is paired."""


def align_blocks(base: Sequence[Block], today: Sequence[Block]) -> dict[int, int]:
    """The index in `base` of each block of `today` that was there; leads are paired always."""
    pairs = {0: 0}
    ours, theirs = (list(map(_read_words, blocks[1:])) for blocks in (base, today))
    opcodes = SequenceMatcher(None, ours, theirs, False).get_opcodes()
    for tag, start, end, first, last in opcodes:
        if tag == "equal":
            pairs |= {first + 1 + step: start + 1 + step for step in range(end - start)}
        elif tag == "replace":
            found = _pair_gap(base[start + 1 : end + 1], today[first + 1 : last + 1])
            pairs |= {first + 1 + j: start + 1 + i for i, j in found}
    return pairs


def _read_words(block: Block) -> tuple[str, str]:
    return block.heading or "", block.text


def _pair_gap(ours: Sequence[Block], theirs: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The pairs, in order, whose likeness is greatest in sum."""
    if len(ours) * len(theirs) > _MOST_COMPARED:
        return
    likeness = {(i, j): _compare(ours[i], theirs[j]) for i, j in _cells(ours, theirs)}
    best = dict.fromkeys(product(range(len(ours) + 1), range(len(theirs) + 1)), 0.0)
    for i, j in _cells(ours, theirs):
        paired = best[i + 1, j + 1] + likeness[i, j] if likeness[i, j] else 0.0
        best[i, j] = max(paired, best[i + 1, j], best[i, j + 1])
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if likeness[i, j] and best[i, j] == best[i + 1, j + 1] + likeness[i, j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i, j] == best[i + 1, j]:
            i += 1
        else:
            j += 1


def _cells(ours: Sequence[Block], theirs: Sequence[Block]) -> list[tuple[int, int]]:
    """All pairs of indices, the last first."""
    return list(product(range(len(ours) - 1, -1, -1), range(len(theirs) - 1, -1, -1)))


def _compare(a: Block, b: Block) -> float:
    """How likely two blocks are the same; 0 if they cannot be."""
    words = fuzz.ratio(f"{a.heading or ''}\n{a.text}", f"{b.heading or ''}\n{b.text}") / 100
    same = a.heading == b.heading and a.heading is not None
    return words + _SAME_HEADING * same if same or words >= LEAST_LIKENESS else 0.0

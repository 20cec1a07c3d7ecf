"""How a printed document is set: edges of its columns, its size, line distance and indents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles
from typing import NamedTuple

from casebook.reading.pdf_lines import TextLine

FEWEST_ENDS = 3
"""Lines that end at the same place where a column ends."""

_SAME_END = 0.6
"""Sizes within which lines end at the same place."""

INDENT = (0.8, 4.2)
"""Sizes by which first lines are indented, at least and at most; two are usual."""

AT_EDGE = 0.5
"""Sizes within which a line begins, or ends, at an edge."""

_OPENING, _CLOSING = "“‘（《〈【『「［([", "，。、；：！？）》〉】』」］”’…—,.;:!?)]%％"
_UNIT = re.compile(f"[{re.escape(_OPENING)}]*(?:[A-Za-z0-9À-ɏ.,:/@_%-]+|.)[{re.escape(_CLOSING)}]*")


class Column(NamedTuple):
    """The edges of a column, in points."""

    left: float
    right: float


NO_COLUMN = Column(0.0, 0.0)


class PlacedLine(NamedTuple):
    """A line with its page (from 1) and its column; `first` in a column of a page or not."""

    line: TextLine
    page: int
    column: Column
    first: bool = False

    @property
    def indent(self) -> float:
        """Sizes from the column's left edge to the line."""
        return (self.line.left - self.column.left) / self.line.size

    @property
    def rest(self) -> float:
        """Sizes from the line's end to the column's right edge."""
        return (self.column.right - self.line.right) / self.line.size

    @property
    def is_centered(self) -> bool:
        """Whether both sides are equally far from the edges, and farther than an indent."""
        return (
            self.indent > 1 and abs(self.indent - self.rest) < 1.2 and self.indent + self.rest > 5
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """What holds for a whole document: `size` and `weight` of its text; whether first lines are
    indented, paragraphs spaced, and lines justified; `pitches` are line distances by size."""

    size: float = 0.0
    weight: int = 0
    is_indented: bool = False
    is_spaced: bool = False
    is_justified: bool = False
    pitches: tuple[tuple[float, float], ...] = ()

    def pitch(self, size: float) -> float:
        """The usual distance of lines of a size, in points."""
        known = dict(self.pitches)
        if size in known:
            return known[size]
        ratios = [pitch / other for other, pitch in self.pitches] or [1.75]
        return median(ratios) * size


def unit_width(text: str) -> float:
    """Sizes that the beginning of a line needs that no line break may divide."""
    found = _UNIT.match(text)
    return sum(map(_width, found[0])) if found else 0.0


def _width(character: str) -> float:
    return 1.0 if character > "\u2e7f" or character in "“”‘’—…" else 0.5


def column_edges(regions: Sequence[Sequence[TextLine]], widths: Sequence[float]) -> list[Column]:
    """The edges of each region of a document; `widths` are those of their pages.

    An edge is where several lines begin or end. A region of few lines has the width of the others
    with the same left edge, and without any what its left margin suggests.
    """
    lefts = [_left_edge(lines) for lines in regions]
    rights = [_right_edge(lines) for lines in regions]
    spans = [right - left for left, right in zip(lefts, rights, strict=True) if right is not None]
    columns = []
    for lines, left, right, width in zip(regions, lefts, rights, widths, strict=True):
        last = max(line.right for line in lines)
        likely = [span for span in spans if left + span >= last - lines[0].size]
        if right is None or (likely and right - left < 0.6 * median(likely)):
            right = left + median(likely) if likely else max(last, width - left)
        columns.append(Column(left, right))
    return columns


def _left_edge(lines: Sequence[TextLine]) -> float:
    """The leftmost place at which lines begin: of more than one where there are many."""
    begins = sorted(line.left for line in lines)
    if len(begins) < 6:
        return begins[0]
    size = lines[0].size
    pairs = ((one, other) for one, other in pairwise(begins) if other - one < AT_EDGE * size)
    return next((one for one, _ in pairs), begins[0])


def _right_edge(lines: Sequence[TextLine]) -> float | None:
    """The rightmost place at which several lines end, or None."""
    ends = sorted((line.right for line in lines), reverse=True)
    near = _SAME_END * median(line.size for line in lines)
    runs = zip(ends, ends[FEWEST_ENDS - 1 :], strict=False)
    return next((first for first, last in runs if first - last <= near), None)


def measure(lines: Sequence[PlacedLine]) -> Layout:
    """The layout that most lines of a document have."""
    size = _usual((placed.line.size, len(placed.line.text)) for placed in lines)
    own = [placed for placed in lines if placed.line.size == size]
    pairs = [(one, other) for one, other in pairwise(lines) if _is_pair(one, other)]
    pitches = dict(_pitches(pairs))
    ended = [pair for pair in pairs if pair[0].rest > 3 and not pair[0].is_centered]
    begun = [other.indent for _, other in ended if other.indent < INDENT[1]]
    spaced = [
        _gap(one, other) > pitches[one.line.size] + 0.25 * one.line.size
        for one, other in ended
        if one.line.size in pitches
    ]
    return Layout(
        size,
        int(_usual((placed.line.weight, len(placed.line.text)) for placed in own)),
        _share([indent >= INDENT[0] for indent in begun]) > 0.6,
        _share(spaced) > 0.8,
        _is_justified([placed.rest for placed in own]),
        tuple(pitches.items()),
    )


def _usual(pairs: Iterable[tuple[float, int]]) -> float:
    """The value with the greatest sum of weights; 0 for none."""
    found: Counter[float] = Counter()
    for value, weight in pairs:
        found[value] += weight
    return max(found, key=found.__getitem__, default=0.0)


def _is_pair(one: PlacedLine, other: PlacedLine) -> bool:
    return one.page == other.page and not other.first and one.line.size == other.line.size


def _gap(one: PlacedLine, other: PlacedLine) -> float:
    return one.line.base - other.line.base


def _pitches(pairs: Sequence[tuple[PlacedLine, PlacedLine]]) -> Iterator[tuple[float, float]]:
    """Sizes with the usual distance of their lines inside paragraphs."""
    full: dict[float, list[float]] = {}
    for one, other in pairs:
        if one.rest < 1.2 and other.indent < AT_EDGE:
            full.setdefault(one.line.size, []).append(_gap(one, other))
    for size, gaps in full.items():
        yield size, quantiles(gaps, n=4)[0] if len(gaps) > 3 else min(gaps)


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _is_justified(rests: Sequence[float]) -> bool:
    """Whether nearly all lines that end near the edge end at it."""
    near = [rest for rest in rests if rest < 2]
    return len(near) > 8 and _share([rest < 0.2 for rest in near]) > 0.93

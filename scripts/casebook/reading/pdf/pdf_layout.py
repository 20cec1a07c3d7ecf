"""How a printed document is set: edges of its columns, its size, line distance and indents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from casebook.reading.pdf.pdf_lines import TextLine, middle_of, usual_of

FEWEST_ENDS = 3
"""Lines that end at the same place where a column ends."""

_SAME_END = 0.6
"""Sizes within which lines end at the same place."""

INDENT = (0.8, 4.2)
"""Sizes by which first lines are indented, at least and at most; two are usual."""

AT_EDGE = 0.5
"""Sizes within which a line begins, or ends, at an edge."""

_OPENING, _CLOSING = "“‘（《〈【『「［([", "，。、；：！？）》〉】』」］”’…—,.;:!?)]%％"
_LAST_NARROW, _LATIN_WIDTH = "\u1fff", 0.58
"""The last of the narrow characters, and their width in sizes."""

_TOKEN = "[A-Za-z0-9À-ɏ.,:/@_%-]+"
_UNIT = re.compile(
    f"[{re.escape(_OPENING)}]*(?:{_TOKEN}|.)(?:[,.:;]{_TOKEN}|[{re.escape(_CLOSING)}])*"
)


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
        """Sizes from the column's left edge to the line; a mark may stand before the edge."""
        return max(0.0, self.line.left - self.column.left) / self.line.size

    @property
    def rest(self) -> float:
        """Sizes from the line's end to the column's right edge."""
        return (self.column.right - self.line.right) / self.line.size

    @property
    def is_level(self) -> bool:
        """Whether both sides are equally far from the edges, near or far."""
        return abs(self.indent - self.rest) < 1.2

    @property
    def is_centered(self) -> bool:
        """Whether both sides are equally far from the edges, and farther than an indent."""
        return self.is_level and self.indent > 1 and self.indent + self.rest > 5


@dataclass(frozen=True, slots=True)
class Layout:
    """What holds for a whole document: `size` and `weight` of its text; whether first lines are
    indented, paragraphs spaced, and lines justified; `pitches` are line distances by size, and
    `advance` the width of a Chinese character in sizes.
    """

    size: float = 0.0
    weight: int = 0
    is_indented: bool = False
    is_spaced: bool = False
    is_justified: bool = False
    pitches: tuple[tuple[float, float], ...] = ()
    advance: float = 1.0

    def pitch(self, size: float) -> float:
        """The usual distance of lines of a size, in points."""
        known = dict(self.pitches)
        if size in known:
            return known[size]
        ratios = [pitch / other for other, pitch in self.pitches] or [1.75]
        return middle_of(ratios) * size


def unit_width(before: str, text: str, advance: float) -> float:
    """Sizes that the beginning of a line needs that no line break may divide from `before`.

    `advance` is the width of a Chinese character with its distance, in sizes.
    """
    found = _UNIT.match(text)
    unit = found[0] if found else text[:1]
    latin = sum(character <= _LAST_NARROW for character in unit)
    slack = 0.3 if latin or before[-1:] <= _LAST_NARROW else 0.05  # spaces around Latin letters
    return (len(unit) - latin) * advance + _LATIN_WIDTH * latin + slack


def column_edges(regions: Sequence[Sequence[TextLine]], widths: Sequence[float]) -> list[Column]:
    """The edges of each region of a document; `widths` are those of their pages.

    An edge is where several lines begin or end. A region of few lines has the width of the others
    with the same left edge, and without any what its left margin suggests.
    """
    lefts = [_left_edge(lines) for lines in regions]
    rights = [_right_edge(lines) for lines in regions]
    pairs = zip(lefts, rights, strict=True)
    known = [Column(left, right) for left, right in pairs if right is not None]
    columns = []
    for lines, left, right, width in zip(regions, lefts, rights, widths, strict=True):
        own = Column(left, max(line.right for line in lines) if right is None else right)
        like = _alike(own, known, lines[0].size)
        if like and (right is None or right - left < 0.6 * (like.right - like.left)):
            own = like
        elif right is None:
            own = Column(left, max(own.right, width - left))
        columns.append(own)
    return columns


def _alike(own: Column, known: Sequence[Column], size: float) -> Column | None:
    """The column that a region of few lines is a part of: with the same left edge, or around it.

    Without any, it is as wide as others: pages may be set for two sides.
    """
    around = [one for one in known if -AT_EDGE * size < own.left - one.left < INDENT[1] * size]
    around = [one for one in around if one.right >= own.right - size]
    same = [one for one in around if own.left - one.left < AT_EDGE * size]
    if around:
        return sorted(same or around)[len(same or around) // 2]
    spans = [one.right - one.left for one in known]
    fitting = [span for span in spans if own.left + span >= own.right - size]
    return Column(own.left, own.left + middle_of(fitting)) if fitting else None


def _left_edge(lines: Sequence[TextLine]) -> float:
    """The leftmost place at which lines begin: of more than one where there are many."""
    inside = [line for line in lines if line.text[0] not in _OPENING] or lines
    begins = sorted(line.left for line in inside)
    if len(begins) < 6:
        return begins[0]
    size = lines[0].size
    pairs = ((one, other) for one, other in pairwise(begins) if other - one < AT_EDGE * size)
    return next((one for one, _ in pairs), begins[0])


def _right_edge(lines: Sequence[TextLine]) -> float | None:
    """The rightmost place at which several lines end, or None.

    Of the lines that end near it half may end at one place, a little before others.
    """
    inside = [line for line in lines if line.text[-1] not in _CLOSING] or lines
    ends = sorted((line.right for line in inside), reverse=True)
    size = middle_of(line.size for line in lines)
    runs = zip(ends, ends[FEWEST_ENDS - 1 :], strict=False)
    edge = next((first for first, last in runs if first - last <= _SAME_END * size), None)
    if edge is None:
        return None
    near = [end for end in ends if edge - size <= end <= edge]
    usual, times = Counter(round(end / size, 1) for end in near).most_common(1)[0]
    return min(edge, usual * size + 0.05 * size) if times * 2 > len(near) else edge


def measure(lines: Sequence[PlacedLine]) -> Layout:
    """The layout that most lines of a document have."""
    size = usual_of((placed.line.size, len(placed.line.text)) for placed in lines)
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
        int(usual_of((placed.line.weight, len(placed.line.text)) for placed in own)),
        _share([indent >= INDENT[0] for indent in begun]) > 0.6,
        _share(spaced) > 0.8,
        _is_justified([placed.rest for placed in own]),
        tuple(pitches.items()),
        _advance(own),
    )


def _advance(lines: Sequence[PlacedLine]) -> float:
    """The width of a character in most full lines of Chinese, at least 1."""
    found = [
        (line.right - line.left) / line.size / len(line.text)
        for line, *_ in lines
        if len(line.text) >= 10 and line.text.isalpha() and line.text[0] > _LAST_NARROW
    ]
    return max(1.0, middle_of(found)) if found else 1.0


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
        yield size, sorted(gaps)[len(gaps) // 4]


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _is_justified(rests: Sequence[float]) -> bool:
    """Whether nearly all lines that end near the edge end at it."""
    near = [rest for rest in rests if rest < 2]
    return len(near) > 8 and _share([rest < 0.2 for rest in near]) > 0.93

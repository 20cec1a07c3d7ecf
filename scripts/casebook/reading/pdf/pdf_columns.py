"""The columns of a printed page: runs in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from casebook.reading.pdf.pdf_lines import Run, group_rows, middle_of

FEWEST_ROWS = 5
"""Lines that each of two columns has at least; where other pages have the columns, one."""

LEAST_FILL = 0.65
"""Share of a column's width that half of its lines fill: cells of a table and dates do not."""

LEAST_SHARE = 0.15
"""Share of the text's width that a column has at least."""

MOST_CROSSING = 0.25
"""Share of the runs that may stand across two columns: titles, figures."""

_GUTTER = 0.8
"""Sizes of the gap between two columns."""

_BIN = 2.0
"""Points in which the gaps of a page are measured."""

_DEEPEST = 3


def find_gutter(runs: Sequence[Run]) -> float | None:
    """Where a gap divides text into two columns, or None."""
    fitting = [middle for middle in _gaps(runs) if _divides(runs, middle, FEWEST_ROWS)]
    return min(fitting, key=lambda middle: _crossing(runs, middle), default=None)


def order_regions(runs: Sequence[Run], known: Sequence[float] = ()) -> list[list[Run]]:
    """Regions of a page in reading order: what stands across columns divides them into bands.

    `known` are the gaps of other pages, which hold here for fewer lines, too.
    """
    return list(_regions(list(runs), known, 0))


def _regions(runs: list[Run], known: Sequence[float], depth: int) -> Iterator[list[Run]]:
    middle = find_gutter(runs) if depth < _DEEPEST else None
    if middle is None and depth < _DEEPEST:
        middle = next((gap for gap in known if _is_clear(runs, gap)), None)
    if middle is None:
        yield from [runs] if runs else []
        return
    for crosses, band in groupby(group_rows(runs), lambda row: _crosses(row, middle)):
        inside = [run for row in band for run in row]
        if crosses:
            yield inside
            continue
        yield from _regions([run for run in inside if run.right <= middle], known, depth + 1)
        yield from _regions([run for run in inside if run.right > middle], known, depth + 1)


def _crosses(row: Sequence[Run], middle: float) -> bool:
    return any(run.left < middle < run.right for run in row)


def _crossing(runs: Sequence[Run], middle: float) -> int:
    return sum(run.left < middle < run.right for run in runs)


def _is_clear(runs: Sequence[Run], middle: float) -> bool:
    return _crossing(runs, middle) == 0 and _divides(runs, middle, 1)


def _gaps(runs: Sequence[Run]) -> Iterator[float]:
    """The middles of gaps that few runs cross, inside the text."""
    if len(runs) < 2 * FEWEST_ROWS:
        return
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    covered = [0] * (int((right - left) / _BIN) + 2)
    for run in runs:
        for place in range(int((run.left - left) / _BIN), int((run.right - left) / _BIN) + 1):
            covered[place] += 1
    size, few = middle_of(run.size for run in runs), MOST_CROSSING * len(runs) / 2
    first, place = LEAST_SHARE * len(covered), 0
    for is_gap, bins in groupby(covered, lambda count: count <= few):
        length = len(list(bins))
        if is_gap and length * _BIN >= _GUTTER * size and first < place < len(covered) - first:
            yield left + (place + length / 2) * _BIN
        place += length


def _divides(runs: Sequence[Run], middle: float, fewest: int) -> bool:
    """Whether there are filled columns on both sides, next to each other."""
    sides = [
        [run for run in runs if run.right <= middle],
        [run for run in runs if run.left >= middle],
    ]
    if _crossing(runs, middle) > MOST_CROSSING * len(runs) or not all(sides):
        return False
    tops = [max(run.base for run in side) for side in sides]
    bottoms = [min(run.base for run in side) for side in sides]
    beside = min(tops) - max(bottoms)
    return beside >= 0 and all(_is_filled(side, fewest) for side in sides)


def _is_filled(side: Sequence[Run], fewest: int) -> bool:
    rows = group_rows(side)
    width = max(run.right for run in side) - min(run.left for run in side)
    filled = middle_of(row[-1].right - row[0].left for row in rows)
    return len(rows) >= fewest and filled >= LEAST_FILL * width and width > 6 * side[0].size

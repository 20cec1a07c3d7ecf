"""Ruled tables of a printed page: lines drawn around cells, and the runs in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from casebook.model import Line
from casebook.reading.pdf.pdf_drawings import Rule
from casebook.reading.pdf.pdf_lines import Run, join_texts, set_lines

_NEAR = 2.5
"""Points within which lines of a table meet."""

_SHORTEST = 6.0
"""Points of the shortest side of a cell."""

MOST_RULES = 4_000
"""Lines of a page; a drawing has more, and is no table."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the cells of a table end: from left to right, and from top to bottom."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[Rule, ...]

    @property
    def is_one_row(self) -> bool:
        """Whether it may only be the part of a table that goes on over a page break."""
        return len(self.ys) < 3

    def holds(self, run: Run) -> bool:
        """Whether a run stands inside the table."""
        middle, height = (run.left + run.right) / 2, run.base + 0.3 * run.size
        return self.xs[0] < middle < self.xs[-1] and self.ys[-1] < height < self.ys[0]


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables of a page, from top to bottom, of two columns and more."""
    if len(rules) > MOST_RULES:
        return []
    grids = [grid for group in _connected(rules) if (grid := _grid(group)) is not None]
    return sorted(grids, key=lambda grid: -grid.ys[0])


def goes_over(upper: Grid, above: Sequence[Run], lower: Grid, below: Sequence[Run]) -> bool:
    """Whether a table goes on in that of the next page: the same columns, and no text between.

    `above` and `below` are the texts of the two pages.
    """
    if len(upper.xs) != len(lower.xs) or any(run.base < upper.ys[-1] for run in above):
        return False
    apart = (abs(one - other) for one, other in zip(upper.xs, lower.xs, strict=True))
    return max(apart) < _SHORTEST and not any(run.base > lower.ys[0] for run in below)


def is_rest_of_row(row: Sequence[Sequence[Line]]) -> bool:
    """Whether a row after a page break has the ends of long cells: most of it is empty."""
    return not row[0] and sum(map(bool, row)) * 2 < len(row)


def join_cells(before: Sequence[Line], after: Sequence[Line]) -> list[Line]:
    """A cell that a page break divides, as one paragraph."""
    texts = [line.text for line in (*before, *after)]
    return [Line(reduce(join_texts, texts), True)] if texts else []


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines in groups that touch each other."""
    groups: list[tuple[list[float], list[Rule]]] = []
    for rule in sorted(rules, key=lambda rule: -rule.top):
        box, group = list(rule), [rule]
        apart = []
        for other in groups:
            if _touches(other[0], rule) and any(_touches(known, rule) for known in other[1]):
                group += other[1]
                box = [*map(min, box[:2], other[0][:2]), *map(max, box[2:], other[0][2:])]
            else:
                apart.append(other)
        groups = [*apart, (box, group)]
    return [group for _, group in groups]


def _touches(one: Sequence[float], other: Sequence[float]) -> bool:
    return (
        one[0] <= other[2] + _NEAR
        and other[0] <= one[2] + _NEAR
        and one[1] <= other[3] + _NEAR
        and other[1] <= one[3] + _NEAR
    )


def _grid(rules: Sequence[Rule]) -> Grid | None:
    xs = _distinct(rule.left for rule in rules if not rule.is_level)
    ys = _distinct(rule.bottom for rule in rules if rule.is_level)[::-1]
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > MOST_RULES:
        return None
    return Grid(tuple(xs), tuple(ys), tuple(rules))


def _distinct(places: Iterator[float]) -> list[float]:
    """Places in rising order, those that are near each other once."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] >= _SHORTEST:
            found.append(place)
    return found


def table_rows(grid: Grid, runs: Sequence[Run]) -> list[list[list[Line]]]:
    """The paragraphs of each cell, row by row. A merged cell is the first of its cells."""
    cells: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        row = sum(y > run.base + 0.3 * run.size for y in grid.ys) - 1
        column = sum(x < (run.left + run.right) / 2 for x in grid.xs) - 1
        cells.setdefault(_first(grid, row, column), []).append(run)
    return [
        [_cell(cells.get((row, column), [])) for column in range(len(grid.xs) - 1)]
        for row in range(len(grid.ys) - 1)
    ]


def _first(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """The first cell of the merged cell that this one belongs to, upwards and leftwards."""
    while column > 0 and not _is_ruled(grid, row, column, level=False):
        column -= 1
    while row > 0 and not _is_ruled(grid, row, column, level=True):
        row -= 1
    return row, column


def _is_ruled(grid: Grid, row: int, column: int, level: bool) -> bool:
    """Whether a line runs above a cell (`level`), or else to its left."""
    along_x = (grid.xs[column] + grid.xs[column + 1]) / 2
    along_y = (grid.ys[row] + grid.ys[row + 1]) / 2
    if level:
        return any(
            abs(rule.bottom - grid.ys[row]) < _SHORTEST and rule.left <= along_x <= rule.right
            for rule in grid.rules
            if rule.is_level
        )
    return any(
        abs(rule.left - grid.xs[column]) < _SHORTEST and rule.bottom <= along_y <= rule.top
        for rule in grid.rules
        if not rule.is_level
    )


def _cell(runs: Sequence[Run]) -> list[Line]:
    """The text of a cell as one paragraph."""
    return join_cells([Line(line.text, True) for line in set_lines(runs)], [])

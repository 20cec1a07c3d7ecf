"""What is drawn on a PDF page: the straight lines that rule it, and how much of it is images."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_float, c_int, c_void_p, cast
from itertools import repeat
from typing import Any, NamedTuple

from casebook.reading.pdf.pdf_file import address_of, fast_call, load_pdfium

MOST_OBJECTS = 20_000
"""Drawn objects of a page in which lines of tables are looked for; a map has more."""

THIN = 2.5
"""Points of the thickest line that rules a table."""


class Rule(NamedTuple):
    """A straight line of a page, thin: from (`left`, `bottom`) to (`right`, `top`)."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_level(self) -> bool:
        """Whether it lies; else it stands."""
        return self.right - self.left >= self.top - self.bottom


class Turn(NamedTuple):
    """The page's box, and the quarter turns by which its text is set upright."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Rule:
        """A box of the file in points from the lower left corner of the page set upright."""
        x0, x1 = left - self.left, right - self.left
        y0, y1 = bottom - self.bottom, top - self.bottom
        width, height = self.right - self.left, self.top - self.bottom
        if self.quarters == 1:  # the text runs upwards
            return Rule(y0, width - x1, y1, width - x0)
        if self.quarters == 2:
            return Rule(width - x1, height - y1, width - x0, height - y0)
        if self.quarters == 3:
            return Rule(height - y1, x0, height - y0, x1)
        return Rule(x0, y0, x1, y1)


def page_turn(page: Any, quarters: int) -> Turn:
    """The box of a page whose text is turned by these quarters."""
    box = load_pdfium().FS_RECTF()
    load_pdfium().FPDF_GetPageBoundingBox(page, box)
    return Turn(box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top), quarters)


def read_drawings(page: Any, turn: Turn) -> tuple[list[Rule], float]:
    """The lines of a page and the area of its images, in square points."""
    pdfium = load_pdfium()
    rules: list[Rule] = []
    area = 0.0
    for handle, kind in _page_objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(handle, turn)
            area += (box.right - box.left) * (box.top - box.bottom)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            rules += _rules_of_path(handle, turn)
    return rules, area


def _page_objects(page: Any) -> Iterator[tuple[Any, int]]:
    """Images and paths, with what each is; a page may have an object for each character."""
    count = min(load_pdfium().FPDFPage_CountObjects(page), MOST_OBJECTS)
    object_of = fast_call("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
    kind_of = fast_call("FPDFPageObj_GetType", c_int, c_void_p)
    addresses = list(map(object_of, repeat(address_of(page)), range(count)))
    for address, kind in zip(addresses, map(kind_of, addresses), strict=True):
        if kind in (load_pdfium().FPDF_PAGEOBJ_IMAGE, load_pdfium().FPDF_PAGEOBJ_PATH):
            yield cast(address, load_pdfium().FPDF_PAGEOBJECT), kind


def _bounds(handle: Any, turn: Turn) -> Rule:
    sides = [c_float() for _ in range(4)]
    load_pdfium().FPDFPageObj_GetBounds(handle, *sides)
    return turn.box(*(side.value for side in sides))


def _rules_of_path(handle: Any, turn: Turn) -> Iterator[Rule]:
    """The straight lines of a path: thin boxes, and the sides of what is stroked."""
    pdfium = load_pdfium()
    whole = _bounds(handle, turn)
    if min(whole.right - whole.left, whole.top - whole.bottom) <= THIN:
        yield whole
        return
    fill, stroked = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(handle, fill, stroked)
    count = pdfium.FPDFPath_CountSegments(handle)
    if count > MOST_OBJECTS:
        return
    for points in _subpaths(handle, count, turn):
        yield from _rules_of_points(points, bool(stroked.value))


def _rules_of_points(points: list[tuple[float, float]], stroked: bool) -> Iterator[Rule]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = Rule(min(xs), min(ys), max(xs), max(ys))
    if min(box.right - box.left, box.top - box.bottom) <= THIN:
        yield box
    elif stroked:
        for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
            if min(abs(x1 - x0), abs(y1 - y0)) <= THIN:
                yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _subpaths(handle: Any, count: int, turn: Turn) -> Iterator[list[tuple[float, float]]]:
    """The points of each connected part of a path."""
    pdfium = load_pdfium()
    matrix, x, y = pdfium.FS_MATRIX(), c_float(), c_float()
    pdfium.FPDFPageObj_GetMatrix(handle, matrix)
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        across = matrix.a * x.value + matrix.c * y.value + matrix.e
        up = matrix.b * x.value + matrix.d * y.value + matrix.f
        placed = turn.box(across, up, across, up)
        points.append((placed.left, placed.bottom))
    if points:
        yield points

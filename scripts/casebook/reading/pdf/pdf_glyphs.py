"""The characters of a PDF page with their places, and the straight lines that rule it."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from casebook.model import UserError
from casebook.reading.pdf.pdf_file import load_pdfium, read_name

MOST_CHARACTERS = 60_000
"""Characters of a page; a newspaper page has some 10,000."""

MOST_OBJECTS = 20_000
"""Drawn objects of a page in which lines of tables are looked for; a map has more."""

THIN = 2.5
"""Points of the thickest line that rules a table."""

_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi|[-,]b\b|\bw[6-9]\b", re.IGNORECASE)
_HEAVY_NAME = re.compile(r"hei|xbs|xiaobiaosong|黑|小标宋", re.IGNORECASE)
_FORCE_BOLD, _BOLD_WEIGHT = 1 << 18, 600
_NO_CHARACTER, _HYPHEN = (0, 10, 13, 0xFFFE, 0xFFFF), 2
"""Codes of PDFium for glyphs without a character and line ends, and for a hyphen at a line end."""

_FIRST_WIDE = "\u2e80"
"""From here on characters are as wide as high. Type 3 fonts tell the ink only, which is less."""

SLANT = 0.06
"""Quarter turns from which a text is slanted, as watermarks are."""

_INVISIBLE, _STROKED = 3, 2
"""Text render modes: neither filled nor stroked, and both (bold made by a stroke)."""


class Style(NamedTuple):
    """How a text object is shown: `weight` is 0 normal, 1 a heavy design, 2 bold."""

    size: float
    quarters: int = 0
    weight: int = 0
    hidden: bool = False
    slanted: bool = False


class Glyph(NamedTuple):
    """A character: its cell from `left` to `right` and its baseline, in points.

    The origin is the page's lower left corner, the page turned so that its text runs rightwards.
    """

    text: str
    left: float
    right: float
    base: float
    style: Style


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


@dataclass(slots=True)
class PageMarks:
    """What stands on a page: `glyphs` in the order of the file, `rules`, and how much is images.

    `image_share` is the share of the page's area under images, up to 1.
    """

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    image_share: float = 0.0


class _Turn(NamedTuple):
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


class _Styles:
    """Styles of text objects, fonts asked for once."""

    def __init__(self, text_page: Any) -> None:
        self._pdfium = load_pdfium()
        self._text_page = text_page
        self._matrix = self._pdfium.FS_MATRIX()
        self._weights: dict[int, int] = {}
        self._known: dict[Style, Style] = {}

    def read(self, handle: Any, index: int) -> Style:
        """The style of a text object, one of whose characters has this index."""
        pdfium, matrix = self._pdfium, self._matrix
        pdfium.FPDFText_GetMatrix(self._text_page, index, matrix)
        size = abs(pdfium.FPDFText_GetFontSize(self._text_page, index))
        size *= math.hypot(matrix.c, matrix.d) or 1.0
        angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2) if matrix.b or matrix.a < 0 else 0.0
        quarters = round(angle)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
        weight = 2 if mode == _STROKED else self._weight(pdfium.FPDFTextObj_GetFont(handle))
        slanted = abs(angle - quarters) > SLANT
        style = Style(round(size, 2), quarters % 4, weight, mode == _INVISIBLE, slanted)
        return self._known.setdefault(style, style)

    def _weight(self, font: Any) -> int:
        if not font:
            return 0
        key = ctypes.addressof(font.contents)
        if key not in self._weights:
            self._weights[key] = self._read_weight(font)
        return self._weights[key]

    def _read_weight(self, font: Any) -> int:
        name = read_name(self._pdfium.FPDFFont_GetBaseFontName, font).decode("gb18030", "replace")
        heavy = _HEAVY_NAME.search(name) is not None
        if self._pdfium.FPDFFont_GetFlags(font) & _FORCE_BOLD or _BOLD_NAME.search(name):
            return 2
        if self._pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT and not heavy:
            return 2
        return int(heavy)


def read_marks(page: Any, text_page: Any) -> PageMarks:
    """The characters and lines of a page. Raises UserError for a page that no person wrote."""
    count = load_pdfium().FPDFText_CountChars(text_page)
    if count > MOST_CHARACTERS:
        raise UserError(f"PDF 有一页超过 {MOST_CHARACTERS} 个字符，不像正常的文件：请重新导出。")
    found = list(_read_characters(text_page, count))
    turn = _page_turn(page, Counter(style.quarters for *_, style in found))
    upright = turn.box(turn.left, turn.bottom, turn.right, turn.top)
    marks = PageMarks(upright.right - upright.left, upright.top - upright.bottom)
    marks.glyphs = [_place(character, turn) for character in found]
    _read_objects(page, turn, marks)
    return marks


_Character = tuple[str, float, float, tuple[float, float, float, float], Style]
"""A character with its origin and its cell (left, bottom, right, top) as the file has them."""


def _read_characters(text_page: Any, count: int) -> Iterator[_Character]:
    """The characters that the file itself has, without the spaces that PDFium adds."""
    pdfium = load_pdfium()
    code_of, object_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetTextObject
    place_of, cell_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetLooseCharBox
    cell, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    styles = _Styles(text_page)
    known, style = 0, Style(0.0)
    for index in range(count):
        code = code_of(text_page, index)
        handle = object_of(text_page, index)
        if code in _NO_CHARACTER or not handle:
            continue
        address = ctypes.addressof(handle.contents)
        if address != known:
            known, style = address, styles.read(handle, index)
        place_of(text_page, index, x, y)
        cell_of(text_page, index, cell)
        box = (cell.left, cell.bottom, cell.right, cell.top)
        yield ("-" if code == _HYPHEN else chr(code)), x.value, y.value, box, style


def _page_turn(page: Any, quarters: Counter[int]) -> _Turn:
    box = load_pdfium().FS_RECTF()
    load_pdfium().FPDF_GetPageBoundingBox(page, box)
    most = max(quarters, key=quarters.__getitem__, default=0)
    return _Turn(box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top), most)


def _place(character: _Character, turn: _Turn) -> Glyph:
    text, x, y, cell, style = character
    if turn.quarters:
        left, base = turn.box(x, y, x, y)[:2]
        right = turn.box(*cell).right
    else:
        left, base, right = x - turn.left, y - turn.bottom, cell[2] - turn.left
    if text >= _FIRST_WIDE and right - left < 0.85 * style.size:
        right = left + style.size
    if style.quarters != turn.quarters:
        style = style._replace(slanted=True)
    return Glyph(text, left, right, base, style)


def _read_objects(page: Any, turn: _Turn, marks: PageMarks) -> None:
    """Lines and images of a page, also within one level of forms."""
    pdfium = load_pdfium()
    area = 0.0
    for handle, kind in _page_objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(handle, turn)
            area += (box.right - box.left) * (box.top - box.bottom)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            marks.rules += _rules_of_path(handle, turn)
    marks.image_share = min(1.0, area / max(1.0, marks.width * marks.height))


def _page_objects(page: Any) -> Iterator[tuple[Any, int]]:
    pdfium = load_pdfium()
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        handle = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(handle)
        yield handle, kind


def _bounds(handle: Any, turn: _Turn) -> Rule:
    sides = [ctypes.c_float() for _ in range(4)]
    load_pdfium().FPDFPageObj_GetBounds(handle, *sides)
    return turn.box(*(side.value for side in sides))


def _rules_of_path(handle: Any, turn: _Turn) -> Iterator[Rule]:
    """The straight lines of a path: thin boxes, and the sides of what is stroked."""
    pdfium = load_pdfium()
    whole = _bounds(handle, turn)
    if min(whole.right - whole.left, whole.top - whole.bottom) <= THIN:
        yield whole
        return
    fill, stroked = ctypes.c_int(), ctypes.c_int()
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


def _subpaths(handle: Any, count: int, turn: _Turn) -> Iterator[list[tuple[float, float]]]:
    """The points of each connected part of a path."""
    pdfium = load_pdfium()
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
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

"""The characters of a PDF page with their places, in pieces that are set without a gap."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from ctypes import addressof, c_double, c_float, c_int, c_uint, c_void_p, cast, sizeof
from dataclasses import dataclass, field
from itertools import chain, pairwise, repeat
from typing import Any, NamedTuple

from casebook.model import UserError
from casebook.reading.pdf.pdf_drawings import Rule, Turn, page_turn, read_drawings
from casebook.reading.pdf.pdf_file import address_of, fast_call, load_pdfium, read_name

MOST_CHARACTERS = 60_000
"""Characters of a page; a newspaper page has some 10,000."""

_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi|[-,]b\b|\bw[6-9]\b", re.IGNORECASE)
_HEAVY_NAME = re.compile(r"hei|xbs|xiaobiaosong|黑|小标宋", re.IGNORECASE)
_FORCE_BOLD, _BOLD_WEIGHT = 1 << 18, 600
_NO_CHARACTER, _HYPHEN, _SPACE = (0, 10, 13, 0xFFFE, 0xFFFF), 2, 32
"""Codes of PDFium for glyphs without a character and line ends, for a hyphen at a line end, and for
a space, which it adds where there is a distance."""

_FIRST_WIDE = "\u2e80"
"""From here on characters are as wide as high. Type 3 fonts tell the ink only, which is less."""

SLANT = 0.06
"""Quarter turns from which a text is slanted, as watermarks are."""

_INVISIBLE, _STROKED = 3, 2
"""Text render modes: neither filled nor stroked, and both (bold made by a stroke)."""

NARROW_GAP = 0.18
"""Sizes of the gap between characters from which a space may be meant."""

_OVERLAP = -0.1
"""Sizes by which characters of a piece overlap at most; those printed twice do more."""

_SAME_LINE = 0.05
"""Points between the baselines of characters of a piece at most."""

_NEAR_LINE, _MOST_NEAR = 0.3, 60
"""Sizes between the baselines of pieces that may lie on each other, and how many are compared."""


class Style(NamedTuple):
    """How a text object is shown: `weight` is 0 normal, 1 a heavy design, 2 bold."""

    size: float
    quarters: int = 0
    weight: int = 0
    hidden: bool = False
    slanted: bool = False


class Piece(NamedTuple):
    """Characters set side by side: their cells from `left` to `right`, and their baseline.

    In points from the page's lower left corner, the page turned so that its text runs rightwards.
    """

    text: str
    left: float
    right: float
    base: float
    style: Style


@dataclass(slots=True)
class PageMarks:
    """What stands on a page: `pieces` in the order of the file, `rules`, and how much is images.

    `image_share` is the share of the page's area under images, up to 1.
    """

    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    image_share: float = 0.0


class _Columns(NamedTuple):
    """The characters of a page in columns; pages have thousands, and few kinds of styles."""

    texts: list[str]
    lefts: list[float]
    rights: list[float]
    bases: list[float]
    styles: list[Style]
    objects: Sequence[int]

    def is_one_glyph(self, place: int) -> bool:
        """Whether a character belongs to the same glyph as the one before it: ﬀ is two."""
        last = place - 1
        return (
            self.lefts[place] == self.lefts[last]
            and self.bases[place] == self.bases[last]
            and self.objects[place] == self.objects[last]
        )

    def widen(self) -> None:
        """Give Chinese characters their full width."""
        shown = zip(self.texts, self.lefts, self.rights, self.styles, strict=True)
        self.rights[:] = [
            left + style.size if text >= _FIRST_WIDE and right - left < 0.85 * style.size else right
            for text, left, right, style in shown
        ]

    def piece(self, start: int, end: int) -> Piece:
        """The characters of a range as one piece."""
        text = "".join(self.texts[start:end])
        left, right = self.lefts[start], self.rights[end - 1]
        return Piece(text, left, right, self.bases[start], self.styles[start])


def read_marks(page: Any, text_page: Any) -> PageMarks:
    """The characters and lines of a page. Raises UserError for a page that no person wrote."""
    count = load_pdfium().FPDFText_CountChars(text_page)
    if count > MOST_CHARACTERS:
        raise UserError(f"PDF 有一页超过 {MOST_CHARACTERS} 个字符，不像正常的文件：请重新导出。")
    text = address_of(text_page)
    indices, texts, objects = _read_texts(text, count)
    starts = [n for n, one in enumerate(objects) if not n or one != objects[n - 1]]
    styles = _read_styles(text, [(indices[n], objects[n]) for n in starts])
    lengths = [end - start for start, end in pairwise([*starts, len(objects)])]
    turn = page_turn(page, _usual_quarters(styles, lengths))
    upright = turn.box(turn.left, turn.bottom, turn.right, turn.top)
    marks = PageMarks(upright.right - upright.left, upright.top - upright.bottom)
    marks.rules, area = read_drawings(page, turn)
    marks.image_share = min(1.0, area / max(1.0, marks.width * marks.height))
    shown = {style: _set_against(style, turn) for style in set(styles)}
    by_object = [shown[style] for style in styles]
    by_character = list(chain.from_iterable(map(repeat, by_object, lengths)))
    places = _read_places(text, indices, turn)
    columns = _Columns(texts, *places, by_character, objects)
    columns.widen()
    marks.pieces = list(_find_pieces(columns, marks.rules))
    return marks


def _read_texts(text: int, count: int) -> tuple[list[int], list[str], list[int]]:
    """The characters that the file itself has, without the spaces that PDFium adds.

    Their indices, what they are, and their text objects.
    """
    code_of = fast_call("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
    object_of = fast_call("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
    is_added = fast_call("FPDFText_IsGenerated", c_int, c_void_p, c_int)
    codes = list(map(code_of, repeat(text), range(count)))
    objects = list(map(object_of, repeat(text), range(count)))
    own = [
        n
        for n, code in enumerate(codes)
        if objects[n] and code not in _NO_CHARACTER and not (code == _SPACE and is_added(text, n))
    ]
    texts = ["-" if codes[n] == _HYPHEN else chr(codes[n]) for n in own]
    return own, texts, [objects[n] for n in own]


def _read_numbers(
    name: str, text: int, indices: Sequence[int], kind: Any, width: int, places: int = 1
) -> list[float]:
    """What a function of PDFium says of each character: `width` numbers of a C type.

    It writes them to one address, or else each to one of its own.
    """
    call = fast_call(name, c_int, c_void_p, c_int, *[c_void_p] * places)
    buffer = (kind * (width * len(indices)))()
    begin, step = addressof(buffer), width * sizeof(kind)
    starts = [begin + sizeof(kind) * place for place in range(places)]
    targets = [range(start, start + step * len(indices), step) for start in starts]
    deque(map(call, repeat(text), indices, *targets), maxlen=0)
    return list(buffer)


def _read_styles(text: int, firsts: Sequence[tuple[int, int]]) -> list[Style]:
    """The styles of text objects: for each the index of a character in it, and its address."""
    indices, objects = [index for index, _ in firsts], [address for _, address in firsts]
    matrices = _read_numbers("FPDFText_GetMatrix", text, indices, c_float, 6)
    size_of = fast_call("FPDFText_GetFontSize", c_double, c_void_p, c_int)
    mode_of = fast_call("FPDFTextObj_GetTextRenderMode", c_int, c_void_p)
    font_of = fast_call("FPDFTextObj_GetFont", c_void_p, c_void_p)
    looks = list(
        zip(
            *(matrices[place::6] for place in range(4)),
            map(size_of, repeat(text), indices),
            map(mode_of, objects),
            map(font_of, objects),
            strict=True,
        )
    )
    weights = {font: _font_weight(font) for font in {look[-1] for look in looks}}
    styles: dict[Style, Style] = {}
    known = {}
    for look in set(looks):  # fonts of one look are many in a print, one for each 256 characters
        style = _style(look[:4], look[4], look[5], weights[look[6]])
        known[look] = styles.setdefault(style, style)
    return [known[look] for look in looks]


def _style(matrix: Sequence[float], size: float, mode: int, weight: int) -> Style:
    """The style of a text object with this matrix, font size and mode of rendering."""
    a, b, c, d = matrix
    angle = math.atan2(b, a) / (math.pi / 2) if b or a < 0 else 0.0
    quarters = round(angle)
    height = round(abs(size) * (math.hypot(c, d) or 1.0), 2)
    heavy = 2 if mode == _STROKED else weight
    return Style(height, quarters % 4, heavy, mode == _INVISIBLE, abs(angle - quarters) > SLANT)


def _font_weight(address: int | None) -> int:
    """How heavy a font is, by its name and what it says of itself."""
    if not address:
        return 0
    pdfium = load_pdfium()
    font = cast(address, pdfium.FPDF_FONT)
    name = read_name(pdfium.FPDFFont_GetBaseFontName, font).decode("gb18030", "replace")
    heavy = _HEAVY_NAME.search(name) is not None
    if pdfium.FPDFFont_GetFlags(font) & _FORCE_BOLD or _BOLD_NAME.search(name):
        return 2
    if pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT and not heavy:
        return 2
    return int(heavy)


def _usual_quarters(styles: Sequence[Style], lengths: Sequence[int]) -> int:
    found: Counter[int] = Counter()
    for style, length in zip(styles, lengths, strict=True):
        found[style.quarters] += length
    return max(found, key=found.__getitem__, default=0)


def _set_against(style: Style, turn: Turn) -> Style:
    """A style on a page set upright, on which text turned otherwise is slanted."""
    return style if style.quarters == turn.quarters else style._replace(slanted=True)


def _read_places(
    text: int, indices: Sequence[int], turn: Turn
) -> tuple[list[float], list[float], list[float]]:
    """Left and right sides and baselines of characters on the page set upright."""
    points = _read_numbers("FPDFText_GetCharOrigin", text, indices, c_double, 2, 2)
    cells = _read_numbers("FPDFText_GetLooseCharBox", text, indices, c_float, 4)
    if turn.quarters:
        placed = [turn.box(x, y, x, y) for x, y in zip(points[::2], points[1::2], strict=True)]
        sides = zip(cells[::4], cells[3::4], cells[2::4], cells[1::4], strict=True)
        rights = [turn.box(*cell).right for cell in sides]
        return [place.left for place in placed], rights, [place.bottom for place in placed]
    return (
        [x - turn.left for x in points[::2]],
        [x - turn.left for x in cells[2::4]],
        [y - turn.bottom for y in points[1::2]],
    )


def _find_pieces(columns: _Columns, rules: Sequence[Rule]) -> Iterator[Piece]:
    """The pieces of a page, single characters where pieces lie on each other or on a rule."""
    edges = [0, *_breaks(columns), len(columns.texts)]
    ranges = [(start, end) for start, end in pairwise(edges) if start < end]
    pieces = [columns.piece(start, end) for start, end in ranges]
    taken_apart = {*_overlapping(pieces), *_divided(pieces, rules)}
    for place, (start, end) in enumerate(ranges):
        if place in taken_apart:
            glyphs = [n for n in range(start, end) if n == start or not columns.is_one_glyph(n)]
            yield from (columns.piece(n, m) for n, m in pairwise([*glyphs, end]))
        else:
            yield pieces[place]


def _breaks(columns: _Columns) -> Iterator[int]:
    """Where a piece begins: its first character stands apart from the one before it."""
    blanks = [text.isspace() for text in columns.texts]
    rows = zip(columns.lefts, columns.rights, columns.bases, columns.styles, blanks, strict=True)
    for place, (last, following) in enumerate(pairwise(rows), start=1):
        _, right, base, style, blank = last
        left, _, own_base, own_style, own_blank = following
        if not (
            style is own_style
            and blank is own_blank
            and _OVERLAP * style.size < left - right < NARROW_GAP * style.size
            and -_SAME_LINE < own_base - base < _SAME_LINE
        ) and not columns.is_one_glyph(place):
            yield place


def _overlapping(pieces: Sequence[Piece]) -> Iterator[int]:
    """Pieces that lie on others: characters printed twice, or a crowd that is not compared."""
    order = sorted(range(len(pieces)), key=lambda place: pieces[place].base)
    for first, one in enumerate(order):
        piece = pieces[one]
        top = piece.base + _NEAR_LINE * piece.style.size
        for number, other in enumerate(order[first + 1 : first + 1 + _MOST_NEAR], start=1):
            if pieces[other].base > top:
                break
            if number == _MOST_NEAR:
                yield one
            if piece.left < pieces[other].right and pieces[other].left < piece.right:
                yield from (one, other)


def _divided(pieces: Sequence[Piece], rules: Sequence[Rule]) -> Iterator[int]:
    """Pieces through which a standing rule runs: cells that are full."""
    standing = sorted(rule for rule in rules if not rule.is_level)
    lefts = [rule.left for rule in standing]
    for place, piece in enumerate(pieces):
        middle = piece.base + 0.4 * piece.style.size
        inside = slice(bisect_right(lefts, piece.left), bisect_right(lefts, piece.right))
        if any(rule.bottom < middle < rule.top for rule in standing[inside]):
            yield place

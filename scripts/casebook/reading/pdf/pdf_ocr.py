"""Pages that are pictures: their text is recognized, where the extra `ocr` (rapidocr) is installed.

What was recognized is set into lines and paragraphs as the text of other pages is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from casebook.model import Line, UserError
from casebook.reading.forms import ReadForm, Remark
from casebook.reading.pdf.pdf_file import load_pdfium, open_page, open_pdf
from casebook.reading.pdf.pdf_flow import read_flow
from casebook.reading.pdf.pdf_lines import Run, middle_of
from casebook.reading.pdf.pdf_margins import Page, set_margins_aside
from casebook.reading.pdf.pdf_reader import ENCODING, read_page
from casebook.reading.pdf.pdf_trust import is_true, untrue_pages

MOST_PAGES = 60
"""Pages that are recognized of one document; one takes 6 to 25 CPU seconds."""

RESOLUTION, MOST_PIXELS = 150, 2400
"""Dots per inch of a picture of a page, and the most on its longer side."""

SURE = 0.9
"""Confidence of a line from which on it is not named as doubtful."""

_MOST_NAMED = 20
"""Doubtful places that are named."""

_BASE = 0.36
"""Sizes from the middle of the box around a line to its base line, measured on prints."""

_SAME_SIZE, _BOX_EDGE = 0.06, 0.5
"""Share by which sizes on a page differ that are one size, measured twice; and sizes by which a
box may be too wide."""

_NARROW = 0.5
"""Sizes that a Latin letter or figure is wide, and what shows of a mark at an end of a line."""

_MARKS = "，。、；：！？“”‘’（）《》〈〉【】"

FEWEST = 4
"""Characters of a line from which on its width tells its size."""

_POINTS_PER_INCH = 72

Box = Sequence[tuple[float, float]]
"""The corners of a line from the upper left on, clockwise."""


def read_pdf_by_ocr(data: bytes) -> ReadForm:
    """The paragraphs of a PDF file, those of pages without text as the recognizer reads them.

    Writes a line to stderr for each page that it has recognized. Raises UserError.
    """
    with open_pdf(data) as (document, count):
        read = [read_page(document, index) for index in range(count)]
        pages, shares = [page for page, _ in read], [share for _, share in read]
        numbers = untrue_pages([page.text for page in pages], shares)
        if len(numbers) > MOST_PAGES:
            raise UserError(f"有 {len(numbers)} 页要识别，超过 {MOST_PAGES} 页：请拆分后再导入。")
        for done, number in enumerate(numbers, start=1):
            pages[number - 1] = _recognize(document, pages[number - 1])
            print(f"{done}/{len(numbers)}", file=sys.stderr, flush=True)
    text = "".join(page.text for page in pages)
    if not text.strip() or not is_true(text):
        raise UserError("PDF 的图片里认不出文字：请用原来的文件，或扫描得清楚一些再导入。")
    set_margins_aside(pages)
    lines = tuple(read_flow(pages))
    return ReadForm(lines, ENCODING, 0, tuple(_remarks(numbers, lines)))


def _remarks(numbers: Sequence[int], lines: Sequence[Line]) -> Iterator[Remark]:
    """Which pages were recognized, and which paragraphs a person has to compare first."""
    pages = "、".join(map(str, numbers))
    yield Remark("text-recognized", f"第 {pages} 页的文字由图片识别而来，请对照原件校对。")
    doubtful = [line.facts for line in lines if 0 < line.facts.confidence < SURE]
    named = "、".join(f"第 {f.page} 页第 {f.paragraph} 段" for f in doubtful[:_MOST_NAMED])
    if doubtful:
        more = " 等" if len(doubtful) > _MOST_NAMED else ""
        message = f"{named}{more}共 {len(doubtful)} 段识别的把握不到 {SURE:.0%}，请先核对。"
        yield Remark("text-doubtful", message)


def _recognize(document: Any, page: Page) -> Page:
    """The page with what is seen on it in place of its text."""
    scale = min(RESOLUTION / _POINTS_PER_INCH, MOST_PIXELS / max(page.width, page.height, 1.0))
    with open_page(document, page.number - 1) as (handle, _):
        found = _engine()(_draw(handle, page, scale)) if handle else None
    if found is None or found.boxes is None:
        return Page(page.number, page.width, page.height, [], page.rules)
    boxes = straighten([[(x / scale, y / scale) for x, y in box] for box in found.boxes.tolist()])
    seen = make_runs(boxes, [text.strip() for text in found.txts], list(map(float, found.scores)))
    runs = [run._replace(base=page.height - run.base) for run in seen]
    return Page(page.number, page.width, page.height, runs, page.rules)


_loaded: list[Any] = []


def _engine() -> Any:
    """The recognizer with its models, which are in its package; loading takes a second."""
    if not _loaded:
        settings = {"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 2}
        _loaded.append(import_module("rapidocr").RapidOCR(params=settings))
    return _loaded[0]


def _draw(handle: Any, page: Page, scale: float) -> Any:
    """A picture of a page: an array of rows of dots in blue, green and red."""
    pdfium, numpy = load_pdfium(), import_module("numpy")
    width, height = max(1, round(page.width * scale)), max(1, round(page.height * scale))
    picture = numpy.full((height, width, 3), 255, numpy.uint8)
    buffer = picture.ctypes.data
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, buffer, width * 3)
    if not bitmap:
        raise UserError(f"PDF 第 {page.number} 页画不出来：请用原来的软件重新导出。")
    pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, width, height, 0, 0)
    pdfium.FPDFBitmap_Destroy(bitmap)
    return picture


def straighten(boxes: Sequence[Box]) -> list[Box]:
    """The boxes of a page that lay aslant on the scanner, turned by the slope of its lines."""
    slopes = [(right[1] - left[1]) / max(1.0, right[0] - left[0]) for left, right, *_ in boxes]
    slope = middle_of(slopes or [0.0])
    return [[(x + slope * y, y - slope * x) for x, y in box] for box in boxes]


def make_runs(boxes: Sequence[Box], texts: Sequence[str], scores: Sequence[float]) -> list[Run]:
    """The lines that were seen on a page; base lines count from its top, and downwards.

    The width of a line tells its size: the height of its box is up to half more. A line of a few
    characters is taken to be of the page's usual size.
    """
    widths = [_size_by_width(box, text) for box, text in zip(boxes, texts, strict=True)]
    usual = middle_of(
        [w for w, text in zip(widths, texts, strict=True) if w for _ in text] or [0.0]
    )
    runs = []
    for box, text, score, width in zip(boxes, texts, scores, widths, strict=True):
        is_usual = not width or abs(width - usual) < (_SAME_SIZE + _BOX_EDGE / len(text)) * usual
        size = usual if is_usual and usual else width or box[3][1] - box[0][1]
        base = sum(y for _, y in box) / 4 + _BASE * size
        runs.append(Run(text, box[0][0], box[1][0], base, size, 0, True, score))
    return runs


def _size_by_width(box: Box, text: str) -> float:
    """The size of letters that fill the width of a box, 0 where they are too few to tell."""
    inner = text.strip(_MARKS)
    wide = sum(_NARROW if sign.isascii() else 1.0 for sign in inner)
    wide += _NARROW * (len(text) - len(inner))
    return (box[1][0] - box[0][0]) / wide if wide >= FEWEST else 0.0

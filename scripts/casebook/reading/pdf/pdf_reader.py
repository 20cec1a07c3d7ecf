"""The reader of PDF files with text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from casebook.reading.forms import PAGES_WITHOUT_TEXT, ReadForm, Remark
from casebook.reading.pdf.pdf_file import open_page, open_pdf
from casebook.reading.pdf.pdf_flow import read_flow
from casebook.reading.pdf.pdf_glyphs import PageMarks, Piece, read_marks
from casebook.reading.pdf.pdf_lines import TextLine, join_runs
from casebook.reading.pdf.pdf_margins import Page, set_margins_aside
from casebook.reading.pdf.pdf_trust import SCAN_IMAGE, refuse_untrue, scanned_pages

ENCODING = "pdf"
"""Stands where other readers name the encoding of a text file."""

_IMAGE = 0.05
"""Share of a page from which an image is named as left out; a logo covers less."""


def read_pdf(data: bytes) -> ReadForm:
    """The paragraphs of a PDF file with text; notes come last.

    Raises UserError with a sentence for a scan, for text that lies, and for what is no PDF.
    """
    with open_pdf(data) as (document, count):
        read = [read_page(document, index) for index in range(count)]
    pages, shares = [page for page, _ in read], [share for _, share in read]
    texts = [page.text for page in pages]
    refuse_untrue(texts, shares)
    set_margins_aside(pages)
    return ReadForm(tuple(read_flow(pages)), ENCODING, 0, tuple(_remarks(texts, shares)))


def read_page(document: Any, index: int) -> tuple[Page, float]:
    """A page, counted from 0, and which share of it is images."""
    with open_page(document, index) as (page, text):
        marks = read_marks(page, text) if page else PageMarks(0.0, 0.0)
    return _page(index + 1, marks), marks.image_share


def _page(number: int, marks: PageMarks) -> Page:
    """A page with its runs; what is slanted or beyond its edges is no text."""
    inside: list[Piece] = []
    others: list[Piece] = []
    for piece in marks.pieces:
        (inside if _is_inside(piece, marks) else others).append(piece)
    runs = list(join_runs(inside, marks.rules))
    if marks.image_share < SCAN_IMAGE:  # hidden text over no scan is what the page shows
        runs = [run._replace(hidden=False) for run in runs]
    page = Page(number, marks.width, marks.height, runs, marks.rules)
    beyond = "".join(piece.text for piece in others).strip()
    if beyond:
        page.above.append(TextLine(beyond, 0.0, 0.0, 0.0, 0.0, 0))
    return page


def _is_inside(piece: Piece, marks: PageMarks) -> bool:
    placed = 0 <= piece.base <= marks.height and 0 <= piece.left < marks.width
    return placed and not piece.style.slanted


def _remarks(texts: Sequence[str], shares: Sequence[float]) -> Iterator[Remark]:
    scanned = scanned_pages(texts, shares)
    if scanned:
        named = "、".join(map(str, scanned))
        yield Remark(PAGES_WITHOUT_TEXT, f"第 {named} 页是图片，没有文字，未读入。")
    others = [n for n, share in enumerate(shares, 1) if share > _IMAGE and n not in scanned]
    if others:
        yield Remark("images-left-out", f"第 {'、'.join(map(str, others))} 页的图片未读入。")

"""A PDF file for the benchmark of readers, made here so that no program is needed."""

from __future__ import annotations

from collections.abc import Iterator

from pdf_bytes import cjk_pdf, show
from prose import write_paragraphs

LINE, LEADING, TOP = 36, 18, 770
"""Characters of a line of 12 points, and points between lines and of the first line's height."""


def make_pdf_file(pages: int = 40, paragraphs: int = 8) -> bytes:
    """A file of pages with indented paragraphs and a page number, some 800 characters each."""
    return cjk_pdf([b"".join(_page(number, paragraphs)) for number in range(1, pages + 1)])


def _page(number: int, paragraphs: int) -> Iterator[bytes]:
    height = TOP
    for text in write_paragraphs(paragraphs, seed=number):
        padded = f"\0\0{text}"
        for start in range(0, len(padded), LINE):
            yield show(padded[start : start + LINE].strip("\0"), 80 if start else 104, height)
            height -= LEADING
    yield show(f"— {number} —", 280, 30)

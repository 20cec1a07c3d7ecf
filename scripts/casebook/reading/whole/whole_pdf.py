"""Everything in a PDF file: properties, notes, attachments, the text of all pages."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from casebook.model import Line
from casebook.reading.forms import ReadForm
from casebook.reading.pdf.pdf_file import load_pdfium, open_page, open_pdf
from casebook.reading.whole import ATTACHMENT, AUTHOR, COMMENT, PICTURE, PROPERTY, labeled

MOST_NOTES = 2000
"""Notes of a page that are looked at."""

_PROPERTIES = {"Author": AUTHOR, "Title": PROPERTY, "Subject": PROPERTY, "Keywords": PROPERTY}
_NOTE_KEYS = (b"Contents", b"T", b"RC")
"""Entries of an annotation: its text, its writer, its text with form (ISO 32000-1, 12.5.6.4)."""

_XMP = re.compile(rb"<x:xmpmeta\b.{0,200000}?</x:xmpmeta>", re.S)
_TAG = re.compile(r"<[^>]*>")


def read_whole_pdf(data: bytes) -> ReadForm:
    """The contents of a PDF file. Raises UserError as the reader of its text does."""
    with open_pdf(data) as (document, count):
        lines = [*_read_properties(document)]
        for index in range(count):
            with open_page(document, index) as (page, text):
                lines.extend(_read_page(page, text) if page else ())
    for found in _XMP.finditer(data):
        said = _TAG.sub("\n", found[0].decode("utf-8", "replace")).split("\n")
        lines.extend(labeled(PROPERTY, each) for each in said if each.strip())
    if b"Exif\0\0" in data:
        lines.append(labeled(PICTURE, "Exif"))
    return ReadForm(tuple(lines), "pdf")


def _read_properties(document: Any) -> Iterator[Line]:
    pdfium = load_pdfium()
    for key, label in _PROPERTIES.items():
        value = _read_wide(partial(pdfium.FPDF_GetMetaText, document, key.encode()))
        if value.strip():
            yield labeled(label, value)
    if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        yield labeled(ATTACHMENT, "附件")


def _read_page(page: Any, text: Any) -> Iterator[Line]:
    pdfium = load_pdfium()
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        for key in _NOTE_KEYS:
            value = _read_wide(partial(pdfium.FPDFAnnot_GetStringValue, note, key))
            if value.strip():
                yield labeled(COMMENT, _TAG.sub(" ", value))
        pdfium.FPDFPage_CloseAnnot(note)
    count = pdfium.FPDFText_CountChars(text)
    shown = "".join(chr(pdfium.FPDFText_GetUnicode(text, place)) for place in range(max(0, count)))
    yield from (labeled("", line) for line in shown.splitlines() if line.strip())


def _read_wide(call: Callable[[Any, int], int]) -> str:
    """The text that a function of PDFium writes as UTF-16, asked for its length first."""
    length = int(call(None, 0))
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    call(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")

"""Opening a PDF file with PDFium: what cannot be read is refused in one sentence."""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from casebook.model import UserError
from casebook.reading.pdf.box_font import give_box_font

MOST_PAGES = 500
"""Pages of a document; a compilation of a hundred write-ups has some 400."""

MOST_INFLATED = 96 * 1024 * 1024
"""Bytes of all packed streams but images. The fonts and pages of a book take some 40 MB."""

_HEAD_BYTES, _DICTIONARY_BYTES = 1024, 2048
"""Bytes at the beginning in which %PDF must stand, and before a stream in which its dictionary is
looked for."""

_PIECE = 1 << 16
_STREAM = re.compile(rb">>[\s\x00]{0,4}stream\r?\n")
_CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")

_BROKEN = "PDF 文件已损坏或不完整：请重新下载，或用原来的软件另存一次再导入。"
_LOCKED = "PDF 文件有密码：请去掉密码（用密码打开后另存，或打印为 PDF）再导入。"
_SWOLLEN = f"PDF 文件解开后超过 {MOST_INFLATED >> 20} MB，不像正常的文件：请用原来的软件重新导出。"


_NO_FOLDERS = (ctypes.POINTER(ctypes.c_char) * 1)()
"""An empty list of folders with fonts, which PDFium keeps."""


@cache
def load_pdfium() -> Any:
    """PDFium's functions, ready for use; loaded when the first PDF file is read."""
    return _start_pdfium()[0]


@cache
def _start_pdfium() -> tuple[Any, Any]:
    """PDFium with the font that it keeps using."""
    import pypdfium2_raw

    config = pypdfium2_raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=_NO_FOLDERS)
    pypdfium2_raw.FPDF_InitLibraryWithConfig(config)
    return pypdfium2_raw, give_box_font(pypdfium2_raw)


@cache
def fast_call(name: str, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes addresses as plain numbers, for calls by the ten thousand.

    A C library cannot check them: every address comes from PDFium or from a buffer at hand.
    """
    return ctypes.CFUNCTYPE(result, *arguments)(address_of(getattr(load_pdfium(), name)))


def address_of(handle: Any) -> int:
    """The address for which a handle of PDFium stands."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


@contextmanager
def open_pdf(data: bytes) -> Iterator[tuple[Any, int]]:
    """PDFium's handle of a document and its number of pages.

    Raises UserError for a file that is no PDF, broken, locked, too long, or a bomb.
    """
    if b"%PDF-" not in data[:_HEAD_BYTES]:
        raise UserError("文件不是 PDF，或开头已损坏：请重新下载或另存后再导入。")
    _refuse_bombs(data)
    pdfium = load_pdfium()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        code = pdfium.FPDF_GetLastError()
        locked = code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise UserError(_LOCKED if locked else _BROKEN)
    try:
        yield document, _count_pages(document)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _count_pages(document: Any) -> int:
    count = int(load_pdfium().FPDF_GetPageCount(document))
    if count <= 0:
        raise UserError(_BROKEN)
    if count > MOST_PAGES:
        raise UserError(f"PDF 文件有 {count} 页，超过 {MOST_PAGES} 页：请拆分后再导入。")
    return count


@contextmanager
def open_page(document: Any, index: int) -> Iterator[tuple[Any, Any]]:
    """A page, counted from 0, and its text; both None where PDFium cannot read the page."""
    pdfium = load_pdfium()
    page = pdfium.FPDF_LoadPage(document, index)
    text = pdfium.FPDFText_LoadPage(page) if page else None
    try:
        yield (page, text) if text else (None, None)
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        if page:
            pdfium.FPDF_ClosePage(page)


def read_name(call: Any, handle: Any) -> bytes:
    """The zero-ended name that a function of PDFium writes for a handle, without its end."""
    length = int(call(handle, None, 0))
    if length <= 1:
        return b""
    buffer = ctypes.create_string_buffer(length)
    call(handle, buffer, length)
    return bytes(buffer.value)


def _refuse_bombs(data: bytes) -> None:
    """Refuse streams that unpack to far more than text needs; PDFium would unpack them all.

    Images are passed over, since text is read without them.
    """
    left = MOST_INFLATED
    for place in _STREAM.finditer(data):
        head = data[max(0, place.start() - _DICTIONARY_BYTES) : place.start() + 2]
        dictionary = _CODED.sub(_decode_code, head[head.rfind(b" obj") + 1 :])
        layers = len(_FLATE.findall(dictionary))
        if not layers or b"/Image" in dictionary:
            continue
        left -= _inflated_size(data, place.end(), layers, left)
        if left <= 0:
            raise UserError(_SWOLLEN)


def _decode_code(place: re.Match[bytes]) -> bytes:
    """A character of a name that is written as its code: /#46lateDecode."""
    return bytes.fromhex(place[1].decode())


def _inflated_size(data: bytes, start: int, layers: int, most: int) -> int:
    """Bytes of a stream in all its layers of packing, counted up to `most`."""
    inflaters = [zlib.decompressobj() for _ in range(min(layers, 3))]
    size = 0
    for begin in range(start, len(data), _PIECE):
        pieces = [data[begin : begin + _PIECE]]
        for inflater in inflaters:
            pieces = [grown for piece in pieces for grown in _inflate(inflater, piece)]
            size += sum(map(len, pieces))
        if size > most or inflaters[0].eof or not pieces:
            break
    return size


def _inflate(inflater: Any, piece: bytes) -> Iterator[bytes]:
    """What a piece of a stream unpacks to, in pieces of limited size; damage ends it."""
    try:
        while piece and not inflater.eof:
            yield inflater.decompress(piece, 1 << 20)
            piece = inflater.unconsumed_tail
    except zlib.error:
        return

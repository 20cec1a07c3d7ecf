"""The one font that PDFium finds for files that bring none: every character is a box.

Text needs no shapes. The fonts of a system are large, to open them takes ten times as long as to
read the text, and without any PDFium leaves out characters that stand alone, as they have no size.
"""

from __future__ import annotations

from ctypes import memmove
from struct import pack
from typing import Any

_ASCENT, _DESCENT, _EM = 880, -120, 1000
_GB_CHARSET = 134
"""The number by which Windows knows simplified Chinese."""


def make_box_font() -> bytes:
    """A TrueType font whose glyph for all characters from U+0020 on is a box as wide as high."""
    sides = pack(">4h4h", 0, _EM, 0, -_EM, _DESCENT, 0, _EM, 0)
    box = pack(">5hHH4B", 1, 0, _DESCENT, _EM, _ASCENT, 3, 0, 1, 1, 1, 1) + sides
    many_to_one = pack(">HHIIIIII", 13, 0, 28, 0, 1, 0x20, 0x10FFFF, 1)
    line = (_ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, *[0] * 7, 2)
    head = (1 << 16, 1 << 16, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 0, _DESCENT, _EM, _ASCENT, 0, 8, 2, 1, 0)
    return _pack_tables(
        {
            b"cmap": pack(">4HI", 0, 1, 3, 10, 12) + many_to_one,
            b"glyf": box,
            b"head": pack(">4I2H2q4h2H3h", *head),
            b"hhea": pack(">I3hH11hH", 1 << 16, *line),
            b"hmtx": pack(">HhHh", _EM, 0, _EM, 0),
            b"loca": pack(">3I", 0, 0, len(box)),
            b"maxp": pack(">I14H", 1 << 16, 2, 4, 1, 0, 0, 2, *[0] * 8),
        }
    )


def _pack_tables(tables: dict[bytes, bytes]) -> bytes:
    """A font file of tables in the order of their names."""
    directory, body = pack(">I4H", 1 << 16, len(tables), 64, 2, 48), b""
    begin = len(directory) + 16 * len(tables)
    for name, table in tables.items():
        directory += name + pack(">3I", 0, begin + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return directory + body


def give_box_font(pdfium: Any) -> Any:
    """Make PDFium use the font; what is returned has to be kept as long as PDFium is used."""
    font = make_box_font()

    def write_font(info: Any, handle: Any, table: int, buffer: Any, size: int) -> int:
        if table:
            return 0
        if buffer and size >= len(font):
            memmove(buffer, font, len(font))
        return len(font)

    calls = {
        "Release": lambda info: None,
        "EnumFonts": lambda info, mapper: None,
        "MapFont": lambda *asked: 1,
        "GetFont": lambda info, name: 1,
        "GetFontData": write_font,
        "GetFaceName": lambda info, handle, buffer, size: 0,
        "GetFontCharset": lambda info, handle: _GB_CHARSET,
        "DeleteFont": lambda info, handle: None,
    }
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    typed = {name: kinds[name](call) for name, call in calls.items()}
    system = pdfium.FPDF_SYSFONTINFO(version=1, **typed)
    pdfium.FPDF_SetSystemFontInfo(system)
    return system

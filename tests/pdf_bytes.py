"""Small PDF files made byte by byte, for what no program prints on purpose."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

A4 = "0 0 595 842"


def make_pdf(objects: Mapping[int, bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A file of numbered objects with its cross-reference table."""
    parts, places = [b"%PDF-1.7\n"], {}
    for number, body in objects.items():
        places[number] = sum(map(len, parts))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = sum(map(len, parts))
    size = max(objects) + 1
    rows = [
        b"%010d %05d n \n" % (places[n], 0) if n in places else b"0000000000 65535 f \n"
        for n in range(size)
    ]
    parts += [b"xref\n0 %d\n" % size, *rows]
    parts.append(
        b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, root, trailer, start)
    )
    return b"".join(parts)


def stream(data: bytes, extra: bytes = b"", packed: bool = False) -> bytes:
    """A stream object, packed by Flate or as it is."""
    if packed:
        data, extra = zlib.compress(data, 9), extra + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def pages_pdf(
    contents: Sequence[bytes],
    font: bytes,
    others: Mapping[int, bytes] | None = None,
    page_extra: bytes = b"",
    resources: bytes = b"",
) -> bytes:
    """A file with a page for each content stream, all in the font /F1 (object 3)."""
    kids = b" ".join(b"%d 0 R" % (100 + 2 * n) for n in range(len(contents)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        3: font,
        **(others or {}),
    }
    for number, content in enumerate(contents):
        objects[100 + 2 * number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] %s /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> %s >> >>"
            % (A4.encode(), page_extra, 101 + 2 * number, resources)
        )
        objects[101 + 2 * number] = stream(content)
    return make_pdf(objects)


CJK_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [4 0 R] >>"
)
"""A font that the file only names: characters are their UTF-16, without a ToUnicode table."""

CJK_PARTS = {
    4: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo"
    b" << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R >>",
    5: b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900]"
    b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
}


def show(text: str, x: float, y: float, size: float = 12, matrix: str = "") -> bytes:
    """The operators that show a text at a place, its characters as UTF-16."""
    codes = text.encode("utf-16-be").hex()
    placed = f"{matrix} {x} {y} Tm" if matrix else f"{x} {y} Td"
    return f"BT /F1 {size} Tf {placed} <{codes}> Tj ET\n".encode()


def cjk_pdf(contents: Sequence[bytes], **options: bytes) -> bytes:
    """A file in the named Chinese font."""
    return pages_pdf(contents, CJK_FONT, CJK_PARTS, **options)

"""PDF files with paragraphs and pictures, made byte by byte."""

from __future__ import annotations

from pdf_bytes import CJK_FONT, CJK_PARTS, pages_pdf, show, stream
from prose import write_paragraphs

LONG = "".join(write_paragraphs(8))
WIDTH = 36
"""Characters of a full line of the test files, of 12 points from 80 to 512."""


def set_text(paragraphs: list[str], top: float = 760) -> bytes:
    """Paragraphs with first lines indented, broken into lines."""
    content, y = b"", top
    for text in paragraphs:
        padded = f"\0\0{text}"
        for start in range(0, len(padded), WIDTH):
            line = padded[start : start + WIDTH]
            content += show(line.strip("\0"), 80 if start else 104, y)
            y -= 20
    return content


IMAGE = (
    b"/Type /XObject /Subtype /Image /Width 10 /Height 10"
    b" /ColorSpace /DeviceGray /BitsPerComponent 8"
)


def scan(above: bytes = b"") -> bytes:
    """A page under an image."""
    parts = {**CJK_PARTS, 7: stream(b"\x80" * 100, IMAGE)}
    drawn = b"q 595 0 0 842 0 0 cm /I Do Q\n" + above
    return pages_pdf([drawn], CJK_FONT, parts, resources=b"/XObject << /I 7 0 R >>")


def scan_among_text() -> bytes:
    """Two pages of text, and one that is a picture."""
    image = scan().partition(b"7 0 obj\n")[2].partition(b"\nendobj")[0]
    contents = [set_text([LONG[:200]])] * 2 + [b"q 595 0 0 842 0 0 cm /I Do Q"]
    resources = b"/XObject << /I 7 0 R >>"
    return pages_pdf(contents, CJK_FONT, {**CJK_PARTS, 7: image}, resources=resources)

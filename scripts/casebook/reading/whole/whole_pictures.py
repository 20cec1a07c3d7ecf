"""What pictures say besides what they show: Exif and XMP hold place, time, device and names."""

from __future__ import annotations

ENDINGS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".gif")

_MARKS = (
    b"Exif\0\0",  # JPEG, WebP (Exif 2.32, 4.7.2)
    b"eXIf",  # PNG (third edition, 11.3.4.6)
    b"http://ns.adobe.com/xap/1.0/",  # XMP in any of them
    b"Photoshop 3.0\0",  # IPTC in JPEG
)


def has_picture_facts(data: bytes) -> bool:
    """Whether a picture file has such a section. TIFF files are made of them."""
    return data[:4] in (b"II*\0", b"MM\0*") or any(mark in data for mark in _MARKS)

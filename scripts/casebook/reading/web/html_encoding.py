"""The bytes of a web page as text: by byte order mark, UTF-8, its meta element, or the ladder."""

from __future__ import annotations

import codecs
import re

from casebook.reading.encoding import Decoded, decode

_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.I)
_CODECS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cp950"), "big5hkscs"),
}
"""Codec by the name that a page gives: pages say gb2312 where they have more than it holds."""

HEAD_BYTES = 4096
"""Bytes in which a page names its encoding; browsers look at the first 1024."""

LOST_BYTES_PLACED = 20
"""Lost bytes of GBK that are placed closely, at some 20 ms each."""

BYTES_SEARCHED = 50_000
"""Bytes of lines of GBK in which lost bytes are looked for, at some 10 µs each."""


def decode_html(data: bytes, charset: str = "") -> Decoded:
    """Decode a page; `charset` is what a header says of it, before its own meta element.

    Raises UserError when the bytes are no text in any known encoding.
    """
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        named = _META.search(data[:HEAD_BYTES])
        names = (charset, named[1].decode("ascii") if named else "")
        for codec in filter(None, (_CODECS.get(name.lower()) for name in names)):
            if not _is_utf8(data):
                try:
                    return Decoded(data.decode(codec), codec)
                except UnicodeDecodeError:
                    pass
    return decode(data, LOST_BYTES_PLACED, BYTES_SEARCHED)


def _is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8, whatever a page says: a program saved it again."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True

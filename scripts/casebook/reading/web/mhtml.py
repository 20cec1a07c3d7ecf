"""The reader of web archives (MHT), which Word and browsers write; many are named .doc.

Only headers go through the `email` package: it reads bodies line by line, and pictures are long.
"""

from __future__ import annotations

import binascii
import quopri
from collections.abc import Callable, Iterator
from contextlib import suppress
from email import message_from_bytes
from email.message import Message

from casebook.model import UserError
from casebook.reading.encoding import Decoded
from casebook.reading.forms import ReadForm
from casebook.reading.web.html_encoding import decode_html
from casebook.reading.web.html_page import read_page

DEEPEST = 4
"""Archives in archives that are looked at: mixed, related and alternative."""

MOST_PARTS = 2000
"""Parts of an archive: a page with its pictures."""

LONGEST_HEADERS = 64 * 1024
"""Bytes of the headers of a part."""

_BROKEN = "网页归档文件（MHT）不完整，或里面没有网页：请重新保存，或把正文复制到 Word 里再导入。"


def read_mhtml(data: bytes) -> ReadForm:
    """The lines of the page in an archive; of several pages (frames), that with the most text.

    Raises UserError when it has no page, or none that can be read.
    """
    return read_archive(data, read_page)


def read_archive(data: bytes, read: Callable[[Decoded], ReadForm]) -> ReadForm:
    """The same with what reads a decoded page: as a page, or as the part of a document."""
    pages = []
    why = UserError(_BROKEN)
    for headers, body in _parts(data.lstrip(b"\xef\xbb\xbf\r\n\t "), DEEPEST):
        if headers.get_content_type() in ("text/html", "application/xhtml+xml"):
            try:
                form = read(decode_html(_decode_body(headers, body), _charset(headers)))
            except UserError as error:
                why = error
            else:
                pages.append(form)
    if not pages:
        raise why
    return max(pages, key=_length)


def list_parts(data: bytes) -> Iterator[tuple[str, str, bytes]]:
    """The single parts of an archive: content type, charset ('' if it says none), decoded body."""
    for headers, body in _parts(data.lstrip(b"\xef\xbb\xbf\r\n\t "), DEEPEST):
        with suppress(UserError):
            yield headers.get_content_type(), _charset(headers), _decode_body(headers, body)


def _length(form: ReadForm) -> int:
    return sum(len(line.text) for line in form.lines if line.facts.origin != "outside")


def _charset(headers: Message) -> str:
    return str(headers.get_content_charset() or "")


def _parts(data: bytes, depth: int) -> Iterator[tuple[Message, bytes]]:
    """The headers and the bodies of the single parts of a message."""
    head, body = _divide(data)
    headers = message_from_bytes(head)
    if headers.get_content_maintype() != "multipart":
        yield headers, body
        return
    boundary = str(headers.get_boundary() or "").encode("ascii", "replace")
    if not boundary or depth == 0:
        return
    for part in body.split(b"--" + boundary, MOST_PARTS)[1:]:
        if not part.startswith(b"--"):
            yield from _parts(part.lstrip(b"\r\n"), depth - 1)


def _divide(data: bytes) -> tuple[bytes, bytes]:
    """The headers and what follows the first empty line."""
    ends = [(data.find(end, 0, LONGEST_HEADERS), len(end)) for end in (b"\r\n\r\n", b"\n\n")]
    found = [(place, length) for place, length in ends if place >= 0]
    if not found:
        return data[:LONGEST_HEADERS], b""
    place, length = min(found)
    return data[:place], data[place + length :]


def _decode_body(headers: Message, body: bytes) -> bytes:
    """The bytes of a part; of damaged ones what can be read."""
    encoding = str(headers.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding == "base64":
        try:
            return binascii.a2b_base64(body)
        except binascii.Error as error:
            raise UserError(_BROKEN) from error
    return body

"""Everything in a saved web page: comments, scripts, values of attributes, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.model import Line
from casebook.reading.forms import ReadForm
from casebook.reading.web.html_encoding import decode_html
from casebook.reading.web.mhtml import list_parts
from casebook.reading.whole import MARKUP, PICTURE, SCRIPT, labeled
from casebook.reading.whole.whole_pictures import has_picture_facts

_COMMENT = re.compile(r"<!--(.*?)-->", re.S)
_SCRIPT = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1[^>]*>", re.S | re.I)
_VALUE = re.compile(
    r"\s(?:content|alt|title|value|placeholder|href|data-[\w-]{1,40})\s*=\s*(\"[^\"]*\"|'[^']*')",
    re.I,
)
_INLINE = re.compile(r"</?(?:b|strong|i|em|u|span|font|a)\b[^>]*>", re.I)
_TAG = re.compile(r"<[^>]*>")


def read_whole_html(data: bytes) -> ReadForm:
    """The contents of a page. Raises UserError when it cannot be decoded."""
    decoded = decode_html(data)
    return ReadForm(tuple(_read_page(decoded.text)), decoded.encoding)


def read_whole_mhtml(data: bytes) -> ReadForm:
    """The contents of a web archive: of its pages, and which pictures say more than they show."""
    lines: list[Line] = []
    for kind, charset, body in list_parts(data):
        if kind in ("text/html", "application/xhtml+xml"):
            lines.extend(_read_page(decode_html(body, charset).text))
        elif kind.startswith("image/") and has_picture_facts(body):
            lines.append(labeled(PICTURE, kind))
    return ReadForm(tuple(lines), "mhtml")


def _read_page(text: str) -> Iterator[Line]:
    yield from (labeled(MARKUP, found[1]) for found in _COMMENT.finditer(text))
    text = _COMMENT.sub("", text)
    yield from (labeled(SCRIPT, found[2]) for found in _SCRIPT.finditer(text))
    text = _SCRIPT.sub("", text)
    yield from (labeled(MARKUP, found[1][1:-1]) for found in _VALUE.finditer(text))
    shown = _TAG.sub("\n", _INLINE.sub("", text))
    yield from (labeled("", line) for line in shown.split("\n") if line.strip())

"""XML parsed safely: no entities, no document type, no network, no bottomless nesting."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from casebook.model import UserError

Element = Any
"""An lxml element; the library comes without types."""

MOST_BYTES = 24 * 2**20
"""Bytes of an XML document: the text of a book of 500 pages."""

MOST_TAGS = 1_200_000
"""Tags, opening and closing: lxml holds some 150 bytes for each element."""

TOO_LARGE = "XML 内容太大，已拒绝读取，请拆分后再交。"

_DOCTYPE = "XML 内容含有文档类型声明（DTD），已拒绝读取。"
_DAMAGED = "文件内容已损坏，请重新保存后再交。"
_TOO_DEEP = "XML 内容嵌套超过 {most} 层，已拒绝读取。"
MOST_DEPTH = 250
"""Elements within each other; libxml2 stops a little above it."""

KNOWN_PREFIXES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
"""Namespaces that a root may use without declaring them, as templates that were cut do."""

_DOCUMENT_TYPES = tuple("<!DOCTYPE".encode(each) for each in ("ascii", "utf-16-le", "utf-16-be"))
_UNDECLARED = re.compile(r"Namespace prefix (\S+)(?: for \S+)? on \S+ is not defined")
_ROOT = re.compile(rb"<[A-Za-z_][\w.:-]*")


def parse_xml(data: bytes) -> Element:
    """The root element of an XML document.

    Raises UserError when it is no XML, has a document type, is too large, or nests too deep.
    """
    if len(data) > MOST_BYTES or data.count(b"<") > MOST_TAGS:
        raise UserError(TOO_LARGE)
    if any(each in data for each in _DOCUMENT_TYPES):
        raise UserError(_DOCTYPE)
    try:
        root = _parse(data)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise UserError(_TOO_DEEP.format(most=MOST_DEPTH)) from error
        if "limit exceeded" in str(error):
            raise UserError(TOO_LARGE) from error
        root = _parse_with_prefixes(data, error)
    if root.getroottree().docinfo.doctype:
        raise UserError(_DOCTYPE)
    return root


def _parse(data: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    return etree.fromstring(data, parser)


def _parse_with_prefixes(data: bytes, error: etree.XMLSyntaxError) -> Element:
    """Parse again with the namespaces declared that the root forgot."""
    messages = [entry.message for entry in error.error_log]
    missing = {found[1] for each in messages if (found := _UNDECLARED.match(each))}
    names = "".join(
        f' xmlns:{prefix}="{KNOWN_PREFIXES.get(prefix, f"urn:undeclared:{prefix}")}"'
        for prefix in sorted(missing)
    )
    root = _ROOT.search(data)
    if not missing or root is None:
        raise UserError(_DAMAGED) from error
    try:
        return _parse(data[: root.end()] + names.encode() + data[root.end() :])
    except etree.XMLSyntaxError as again:
        raise UserError(_DAMAGED) from again

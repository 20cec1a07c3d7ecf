"""What form a document has: its first bytes decide, its name only where they say nothing."""

from __future__ import annotations

import re
from pathlib import PurePath

from casebook.model import UserError
from casebook.reading.readers import SUFFIXES
from casebook.reading.zip_guard import open_zip, read_entry

HEAD = 4096
"""Bytes at the start of a document that are looked at."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLAIN_NAMES = (".txt", ".md", ".markdown")
_HTML = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body|meta|table)\b", re.I | re.S
)
_MIME = re.compile(
    rb"(?:MIME-Version|From|Content-Type|Subject|Date|Snapshot-Content-Location):", re.I
)
_WORD_XML = re.compile(rb"<w:wordDocument\b|progid=\"Word\.Document\"")
_FLAT_OPC = re.compile(rb"<pkg:package\b")

_REFUSED = {
    b"Rar!": "是 .rar 压缩包，请解压后再导入里面的文件",
    b"7z\xbc\xaf\x27\x1c": "是 .7z 压缩包，请解压后再导入里面的文件",
    b"MZ": "是程序，不是文档",
    b"\x7fELF": "是程序，不是文档",
    b"\x89PNG": "是图片，没有文字；请用文字识别软件转成文字，或找到电子稿",
    b"\xff\xd8\xff": "是图片，没有文字；请用文字识别软件转成文字，或找到电子稿",
    b"GIF8": "是图片，没有文字；请用文字识别软件转成文字，或找到电子稿",
    b"II*\x00": "是图片，没有文字；请用文字识别软件转成文字，或找到电子稿",
    b"MM\x00*": "是图片，没有文字；请用文字识别软件转成文字，或找到电子稿",
    b"\x1f\x8b": "是压缩包，请解压后再导入里面的文件",
}
"""What is no document, by its first bytes, and what to do with it."""

_STREAMS = {
    "EncryptedPackage": "文件有密码，请去掉密码后再交",
    "Workbook": "是 Excel 表格，请把文章另存为 .docx",
    "Book": "是 Excel 表格，请把文章另存为 .docx",
    "PowerPoint Document": "是演示文稿，请把文章另存为 .docx",
    "MatOST": "是 Microsoft Works 的文件，请用能打开它的软件另存为 .docx",
}
"""What an OLE file without a Word document is, by the name of a stream in it."""

_PARTS = {
    "xl/": "是 Excel 表格，请把文章另存为 .docx",
    "ppt/": "是演示文稿，请把文章另存为 .docx",
}
"""What a file of Office is, by the folder in it."""


def find_form(data: bytes, name: str) -> str:
    """The name of the form (see FORMS). Raises UserError with a sentence for any other file."""
    head = data[:HEAD]
    suffix = PurePath(name).suffix.lower()
    for start, sentence in _REFUSED.items():
        if head.startswith(start) and not (start == b"MZ" and suffix in _PLAIN_NAMES):
            raise UserError(f"{sentence}。")
    if head.startswith(b"PK"):
        return _find_zipped(data)
    if head.startswith(_OLE):
        return _find_ole(data)
    if head.lstrip().startswith(b"{\\rtf"):
        return "office"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _find_marked_up(head, suffix) or _find_named(suffix)


def _find_zipped(data: bytes) -> str:
    with open_zip(data) as archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
        kind = read_entry(archive, entries["mimetype"]) if "mimetype" in entries else b""
    if b"opendocument.text" in kind[:80]:
        return "office"
    for folder, sentence in _PARTS.items():
        if any(name.startswith(folder) for name in entries):
            raise UserError(f"{sentence}。")
    if "[Content_Types].xml" in entries:
        return "docx"
    raise UserError("是 .zip 压缩包，请解压后再导入里面的文件。")


def _find_ole(data: bytes) -> str:
    """Word, WPS and what only has their container; names of streams are UTF-16 there."""
    for stream, sentence in _STREAMS.items():
        if _has_stream(data, stream) and not _has_stream(data, "WordDocument"):
            raise UserError(f"{sentence}。")
    if _has_stream(data, "WordDocument"):
        return "office"
    raise UserError("不是 Word 文档；请用能打开它的软件另存为 .docx。")


def _has_stream(data: bytes, name: str) -> bool:
    return f"{name}\0".encode("utf-16-le") in data


def _find_marked_up(head: bytes, suffix: str) -> str:
    """XML, MHTML or HTML, also where it is named .doc; a text file is one, whatever it cites."""
    if suffix in _PLAIN_NAMES:
        return ""
    if _FLAT_OPC.search(head):
        return "flat-opc"
    if _WORD_XML.search(head):
        return "word-xml"
    if _MIME.match(head.lstrip(b"\xef\xbb\xbf\r\n ")):
        return "mhtml"
    return "html" if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) else ""


def _find_named(suffix: str) -> str:
    form = SUFFIXES.get(suffix)
    if form in ("text", "markdown", "html"):
        return form
    if form == "office":  # a program that calls its texts .doc
        return "text"
    if form is None:
        endings = "、".join(SUFFIXES)
        raise UserError(f"暂不支持这种文件，请另存为 {endings}。")
    raise UserError(f"内容不是 {suffix} 文件；请确认文件没有改错扩展名，或重新保存一份。")

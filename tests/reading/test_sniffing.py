"""The form of a document is in its bytes; names lie."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from casebook.model import UserError
from casebook.reading.sniffing import find_form

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(*names: str, mimetype: bytes = b"") -> bytes:
    """A zip with empty files of these names."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, b"")
    return buffer.getvalue()


def ole(stream: str) -> bytes:
    """The container of old Office files with a stream of this name."""
    return OLE + f"{stream}\0".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "a.docx", "docx"),
        (zipped("[Content_Types].xml", "word/document.xml"), "改过名.doc", "docx"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "a.odt", "office"),
        (ole("WordDocument"), "a.doc", "office"),
        (ole("WordDocument"), "a.wps", "office"),
        (b"{\\rtf1\\ansi", "a.doc", "office"),
        (b"%PDF-1.4\n", "a.pdf", "pdf"),
        (b"%PDF-1.4\n", "a.txt", "pdf"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a.doc", "mhtml"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0", "a.mht", "mhtml"),
        (b"<html><body>", "a.doc", "html"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "a.htm", "html"),
        (b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?>", "a.doc", "word-xml"),
        (b"<?xml version='1.0'?><pkg:package xmlns:pkg=''>", "a.doc", "flat-opc"),
        ("一、主要做法".encode("gbk"), "a.doc", "text"),
        ("一、主要做法".encode(), "a.txt", "text"),
        (b"<html>", "a.txt", "text"),
        ("MZ 是程序的开头".encode(), "a.txt", "text"),
        (b"# A", "a.md", "markdown"),
    ],
)
def test_the_first_bytes_decide(data: bytes, name: str, form: str) -> None:
    """The name counts only where they say nothing."""
    assert find_form(data, name) == form


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"Rar!\x1a\x07", "a.rar", "解压"),
        (b"7z\xbc\xaf\x27\x1c", "a.7z", "解压"),
        (zipped("a.txt"), "a.zip", "解压"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.docx", "Excel"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx", "演示文稿"),
        (b"PK\x03\x04 torn", "a.docx", "损坏"),
        (ole("EncryptedPackage"), "a.docx", "密码"),
        (ole("Workbook"), "a.xls", "Excel"),
        (ole("CONTENTS"), "a.wps", "不是 Word 文档"),
        (b"MZ\x90\x00", "报告.doc", "程序"),
        (b"\x89PNG\r\n", "a.docx", "图片"),
        ("一、主要做法".encode(), "a.docx", "不是 .docx 文件"),
        ("一、主要做法".encode(), "a.xyz", "暂不支持"),
    ],
)
def test_what_is_no_document_gets_one_sentence(data: bytes, name: str, sentence: str) -> None:
    """It says what the file is, and what to do."""
    with pytest.raises(UserError, match=sentence) as raised:
        find_form(data, name)
    assert str(raised.value).endswith("。")

"""Everything that a file holds: what nobody sees is found, by form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx_builder import docx, flat_opc, par, parts_of, root, run, zipped

import one_write_up as whole
from casebook.reading.whole import (
    ATTACHMENT,
    AUTHOR,
    COMMENT,
    COMPANY,
    DELETED,
    HIDDEN,
    MARKS,
    MARKUP,
    PICTURE,
    PROPERTY,
    SCRIPT,
)
from casebook.reading.whole_document import list_contents
from pdf_bytes import A4, CJK_FONT, CJK_PARTS, make_pdf, show, stream


def texts_of(form: str, data: bytes) -> dict[str, str]:
    """What a file holds by its label."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in list_contents(form, data) or ():
        found[line.facts.label].append(line.text)
    return {label: "\n".join(texts) for label, texts in found.items()}


def test_deleted_and_hidden_text_of_a_word_file() -> None:
    """Both are in the file; runs of one paragraph are one text."""
    pieces = (run(more=f"<w:delText>{text}</w:delText>") for text in ("删掉的", "话"))
    gone = f"<w:del>{''.join(pieces)}</w:del>"
    body = [par("看得见", gone), par(run("藏起来的", "<w:vanish/>"))]
    found = texts_of("docx", docx(*body))
    assert found[DELETED] == "删掉的话"
    assert found[HIDDEN] == "藏起来的"
    assert "看得见" in found[""]


def test_properties_and_pictures_of_a_word_file() -> None:
    """Company, own properties, own XML, pictures with Exif; a picture without says nothing."""
    parts: dict[str, str | bytes] = dict(parts_of(par("正文")))
    parts |= {
        "docProps/app.xml": "<Properties xmlns='urn:p'><Company>某公司</Company></Properties>",
        "docProps/custom.xml": "<Properties xmlns='urn:p'><p>内部批次</p></Properties>",
        "customXml/item1.xml": "<a xmlns='urn:a'>自带的数据</a>",
        "word/media/a.jpg": b"\xff\xd8\xff\xe1\x00\x10Exif\0\0II*\0",
        "word/media/b.png": b"\x89PNG\r\n\x1a\n....IDAT",
    }
    found = texts_of("docx", zipped(parts))
    assert found[COMPANY] == "某公司"
    assert {"内部批次", "自带的数据"} <= {*found[PROPERTY].split("\n")}
    assert found[PICTURE] == "word/media/a.jpg"


def test_variables_and_names_in_the_archive() -> None:
    """Values of variables and forms, names of parts, the comment of the archive."""
    values = "<w:docVars><w:docVar w:name='tel' w:val='老周的号码'/></w:docVars>"
    data = docx(par("正文"), more={"settings": root("settings", values), "老周": "<a/>"})
    buffer = BytesIO(data)
    with ZipFile(buffer, "a") as archive:
        archive.comment = "老周打的包".encode()
    found = texts_of("docx", buffer.getvalue())[PROPERTY].split("\n")
    assert {"老周的号码", "word/老周.xml", "老周打的包"} <= {*found}


def test_one_xml_file_has_the_same() -> None:
    """Flat OPC is a package in one document."""
    data = flat_opc(parts_of(par("正文", run("藏", "<w:vanish/>"))))
    assert texts_of("flat-opc", data)[HIDDEN] == "藏"


def test_comments_scripts_and_attributes_of_a_page() -> None:
    """A saved page carries what its editor and its programs wrote."""
    page = (
        "<html><!-- 编辑留言 --><head><meta name=author content='某编辑'></head><body>"
        "<script>var who = '脚本里';</script><p data-phone='属性里'>看<b>得</b>见</p></body></html>"
    ).encode()
    found = texts_of("html", page)
    assert found[MARKUP].split("\n") == ["编辑留言", "某编辑", "属性里"]
    assert "脚本里" in found[SCRIPT]
    assert found[""] == "看得见"
    archive = b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: text/html\n\n" + page
    assert texts_of("mhtml", archive) == found


def pdf_file() -> bytes:
    """A PDF with properties, a note and an attachment."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles"
        b" << /Names [(a) 8 0 R] >> >> >>",
        2: b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>",
        3: CJK_FONT,
        **CJK_PARTS,
        6: b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 7 0 R /Annots [9 0 R]"
        b" /Resources << /Font << /F1 3 0 R >> >> >>" % A4.encode(),
        7: stream(show("看得见的话", 50, 700)),
        8: b"<< /Type /Filespec /F (a.txt) /EF << /F 10 0 R >> >>",
        9: b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (note here) >>",
        10: stream(b"attached"),
        11: b"<< /Author <FEFF67D04EBA> /Title (draft) >>",
    }
    return make_pdf(objects, trailer=b"/Info 11 0 R")


def test_a_pdf_file() -> None:
    """Properties, notes, attachments, the text of its pages."""
    found = texts_of("pdf", pdf_file())
    assert found[AUTHOR] == "某人"
    assert found[COMMENT] == "note here"
    assert found[PROPERTY] == "draft"
    assert ATTACHMENT in found
    assert found[""] == "看得见的话"


@pytest.mark.parametrize(
    ("form", "data"),
    [("docx", whole.as_docx()), ("html", whole.as_html()), ("mhtml", whole.as_mhtml())],
)
def test_an_ordinary_file_has_nothing_to_warn_of(form: str, data: bytes) -> None:
    """Only its text."""
    found: AbstractSet[str] = texts_of(form, data).keys()
    assert not found & MARKS


def test_what_nobody_can_look_through() -> None:
    """Old binary forms, and a broken file; a text has nothing besides its text."""
    assert list_contents("office", b"\xd0\xcf\x11\xe0") is None
    assert list_contents("docx", b"PK\x03\x04 torn") is None
    assert list_contents("text", b"abc") == ()

"""The disguises of Word files: Strict names, one XML file, Word 2003, cut roots, and refusals."""

from __future__ import annotations

import pytest
from docx_builder import (
    DECLARED,
    NAMESPACES,
    abstract,
    docx,
    flat_opc,
    level,
    num,
    par,
    parts_of,
    style,
    zipped,
)  # fmt: skip

from casebook.model import UserError
from casebook.reading.word.docx import read_docx, read_flat_opc, read_word_xml

BODY = (par("加强领导", num=(1, 0)), par("压实责任", num=(1, 1)), par("概况", style="1"))
PARTS = parts_of(
    *BODY,
    numbering=(
        abstract(1, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.")),
        num(1, 1),
    ),
    styles=(style("1", "heading 1", '<w:outlineLvl w:val="0"/>'),),
)
LINES = ["一、加强领导", "1.压实责任", "概况"]


def strict(parts: dict[str, str]) -> dict[str, str]:
    """The parts with the names of Strict OOXML."""
    old, new = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
    names = {
        f"{old}/{each}/2006/": f"{new}/{each}/"
        for each in ("wordprocessingml", "officeDocument", "drawingml")
    }
    for before, after in names.items():
        parts = {name: content.replace(before, after) for name, content in parts.items()}
    return parts


def test_strict_names_are_read() -> None:
    """The namespace of ISO 29500 Strict, which Word writes on demand."""
    assert [line.text for line in read_docx(zipped(strict(PARTS))).lines] == LINES


@pytest.mark.parametrize("parts", [PARTS, strict(PARTS)], ids=["transitional", "strict"])
def test_a_document_in_one_xml_file_is_read(parts: dict[str, str]) -> None:
    """Flat OPC, often named .doc; a picture in it may be longer than any text."""
    form = read_flat_opc(flat_opc(parts))
    assert [line.text for line in form.lines] == LINES
    assert form.lines[2].facts.level == 1
    picture = "<pkg:binaryData>" + "QUJD" * 5_000_000 + "</pkg:binaryData></pkg:part></pkg:package>"
    long = flat_opc(parts).replace(
        b"</pkg:package>", f'<pkg:part pkg:name="/word/media/a.png">{picture}'.encode()
    )
    assert [line.text for line in read_flat_opc(long).lines] == LINES


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_a_part_may_have_another_encoding(encoding: str) -> None:
    """What the declaration says, or the byte order mark."""
    main = f'<?xml version="1.0" encoding="{encoding}"?>{PARTS["word/document.xml"]}'
    parts: dict[str, str | bytes] = {**PARTS, "word/document.xml": main.encode(encoding)}
    assert [line.text for line in read_docx(zipped(parts)).lines] == LINES


def test_a_root_may_lack_namespaces() -> None:
    """Those that nothing uses, and those that something does."""
    for kept in (("w",), ("r",)):
        declared = " ".join(f'xmlns:{each}="{NAMESPACES[each]}"' for each in kept)
        parts = {**PARTS, "word/document.xml": PARTS["word/document.xml"].replace(
            DECLARED, f'{declared} w:rsid="1" odd:a="1"')}  # fmt: skip
        assert [line.text for line in read_docx(zipped(parts)).lines] == LINES


OLD = "http://schemas.microsoft.com/office/word/2003/wordml"
WORD_2003 = f"""<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="{OLD}" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"
 xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:st1="urn:schemas-microsoft-com:office:smarttags">
<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/>
<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:nfc w:val="37"/>
<w:suff w:val="Nothing"/><w:lvlText w:val="（%2）"/></w:lvl></w:listDef>
<w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>
<w:styles><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><wx:uiName
 wx:val="标题 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>
<w:body><wx:sect><wx:sub-section>
<w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr></w:pPr>
<w:r><w:t>加强</w:t></w:r><st1:place><w:r><w:t>领导</w:t></w:r></st1:place></w:p>
<w:p><w:pPr><w:listPr><w:ilvl w:val="1"/><w:ilfo w:val="1"/></w:listPr></w:pPr>
<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>旧</w:delText></w:r>
</aml:content></aml:annotation><aml:annotation w:type="Word.Insertion"><aml:content>
<w:r><w:t>新</w:t></w:r></aml:content></aml:annotation><w:r><w:footnote><w:p><w:r><w:t>脚注</w:t></w:r></w:p>
</w:footnote></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="2"/></w:pPr><w:hlink><w:r><w:t>概况</w:t></w:r></w:hlink></w:p>
<w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p>
</w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vmerge/>
</w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:pict><w:binData w:name="a.png">QUJD</w:binData><v:shape><v:imagedata/></v:shape>
</w:pict></w:r></w:p>
</wx:sub-section><w:sectPr/></wx:sect></w:body></w:wordDocument>"""


def test_xml_of_word_2003_is_read() -> None:
    """Its lists, styles, notes, tracked text, tables, sections: what Java systems emit as .doc."""
    form = read_word_xml(WORD_2003.encode())
    assert [line.text for line in form.lines] == [
        "一、加强领导", "（一）新[1]", "概况", "| 甲 | 乙 |", "| --- | --- |", "|  | 丙 |", "",
        "[1] 脚注",
    ]  # fmt: skip
    assert form.lines[2].facts.level == 2
    assert {remark.rule for remark in form.remarks} == {
        "images-left-out", "tracked-changes-accepted",
    }  # fmt: skip


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEET = {
    name: content.replace("wordprocessingml", "spreadsheetml")
    for name, content in PARTS.items()
    if name in ("[Content_Types].xml", "_rels/.rels")
} | {"word/book.xml": "<a/>"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "有密码"),
        (OLE + "WordDocument".encode("utf-16-le"), "另存为 .docx"),
        (zipped(SHEET), "没有 Word 正文"),
        (zipped({"a.txt": "正文"}), "没有 Word 正文"),
        (zipped({**PARTS, "word/document.xml": "<w:document/>"}), "没有 Word 正文"),
        (zipped({**PARTS, "word/document.xml": "不是 XML"}), "已损坏"),
        (zipped({**PARTS, "word/document.xml": PARTS["word/document.xml"][:-40]}), "已损坏"),
        (docx(par("甲"))[:-60], "已损坏"),
        (docx(par("甲"))[:200], "已损坏"),
        (b"PK\x03\x04", "已损坏"),
        (b"", "已损坏"),
    ],
)
def test_what_is_no_word_file_is_refused_with_one_sentence(data: bytes, sentence: str) -> None:
    """No traceback, no name of a class, one full stop."""
    with pytest.raises(UserError) as caught:
        read_docx(data)
    assert sentence in str(caught.value)
    assert str(caught.value).count("。") == 1


def test_missing_parts_cost_nothing_but_what_they_say() -> None:
    """Without numbering, styles and relations the text is there."""
    bare = {name: PARTS[name] for name in ("word/document.xml",)}
    assert [line.text for line in read_docx(zipped(bare)).lines] == [
        "加强领导", "压实责任", "概况",
    ]  # fmt: skip


@pytest.mark.parametrize("read", [read_flat_opc, read_word_xml])
def test_other_xml_is_refused(read: object) -> None:
    """A page, a document of another program."""
    with pytest.raises(UserError):
        read(b"<html><body>a</body></html>")  # type: ignore[operator]

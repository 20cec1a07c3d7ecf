"""The reader of Word files: .docx, the same in one XML file (Flat OPC), XML of Word 2003."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.model import Line, UserError
from casebook.reading.forms import ReadForm, Remark
from casebook.reading.word.docx_chunks import read_chunk
from casebook.reading.word.docx_names import NEW_PAGE, PARAGRAPH, PKG, W
from casebook.reading.word.docx_numbering import Numbering
from casebook.reading.word.docx_package import (
    NO_TEXT,
    Package,
    flat_package,
    parse_part,
    zip_package,
)
from casebook.reading.word.docx_runs import RunReader, Tally, note_forms
from casebook.reading.word.docx_styles import StyleSheet
from casebook.reading.word.docx_text import ReadChunk, TextReader
from casebook.reading.word.safe_xml import Element
from casebook.reading.word.word_2003 import package_of_2003

ENCODING = "utf-8"
LOCKED = "文件有密码，请去掉密码后再交。"
OLD_WORD = "这是旧版 Word 文件，请另存为 .docx 后再交。"
ONLY_EMBEDDED = "正文是嵌入的另一个文件，请用 Word 打开，另存为 .docx 后再交。"

_TOO_DEEP = "文档内容嵌套太深，已拒绝读取。"
_TOO_LONG = "段落超过 {most} 个，请拆分后再导入。"
_PICTURES = "有 {count} 张图片（含图表、公式图片）没有收入。"
_HIDDEN = "有 {count} 处隐藏文字没有收入。"
_TRACKED = "文档里有修订，已按接受全部修订读取。"
_EMBEDDED = "嵌入的 {count} 个文件没有收入，请另行提交。"
"""What is said of a file."""

MOST_PARAGRAPHS = 50_000
"""Paragraphs of a document: a thousand pages. Reading one takes 50 microseconds."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_docx(data: bytes) -> ReadForm:
    """The lines of a .docx file. Raises UserError with one sentence for whatever is wrong."""
    if data.startswith(_OLE):
        raise UserError(LOCKED if _ENCRYPTED in data else OLD_WORD)
    return _read(zip_package(data))


def read_flat_opc(data: bytes) -> ReadForm:
    """The lines of a Word document whose parts stand in one XML file (`pkg:package`)."""
    root = parse_part(data)
    if root.tag != f"{PKG}package":
        raise UserError(NO_TEXT)
    return _read(flat_package(root))


def read_word_xml(data: bytes) -> ReadForm:
    """The lines of an XML document of Word 2003 (`w:wordDocument`)."""
    return _read(package_of_2003(parse_part(data)))


def _read(package: Package) -> ReadForm:
    document = package.read(package.main)
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        raise UserError(NO_TEXT)
    try:
        return _read_body(package, body)
    except RecursionError as error:
        raise UserError(_TOO_DEEP) from error


def _read_body(package: Package, body: Element) -> ReadForm:
    if sum(1 for _ in body.iter(PARAGRAPH)) > MOST_PARAGRAPHS:
        raise UserError(_TOO_LONG.format(most=MOST_PARAGRAPHS))
    styles = StyleSheet(package.related("styles"))
    tally = Tally()
    runs = RunReader(
        styles, tally, dict(note_forms(package.related("settings"), body)), package.named
    )
    numbering = Numbering(package.related("numbering"), styles)
    reader = TextReader(styles, numbering, runs, _chunk_reader(package, tally))
    reader.has_title = styles.has_title(body)
    runs.page = int(next(body.iter(NEW_PAGE), None) is not None)
    lines = reader.read_story(body, "text")
    runs.page = 0
    lines += _notes(package, reader, tally)
    tally.embedded += sum(1 for _ in body.iter(f"{W}subDoc"))
    if tally.embedded and not any(line.text.strip() for line in lines):
        raise UserError(ONLY_EMBEDDED)
    return ReadForm(tuple(lines), ENCODING, 0, tuple(_remarks(body, tally)))


def _chunk_reader(package: Package, tally: Tally) -> ReadChunk:
    """Reads what a package embeds by relation; what cannot be read is counted."""

    def read(relation: str) -> ReadForm | None:
        found = package.embedded(relation)
        form = read_chunk(*found) if found else None
        tally.embedded += form is None
        return form

    return read


def _notes(package: Package, reader: TextReader, tally: Tally) -> Iterator[Line]:
    """The notes that the text refers to, in its order, footnotes first."""
    for kind in ("footnote", "endnote"):
        part = package.related(f"{kind}s")
        found = () if part is None else part.findall(f"{W}{kind}")
        notes = {note.get(f"{W}id", ""): note for note in found}
        for (of, name), mark in list(tally.notes.items()):
            if of == kind and name in notes:
                yield from _note(reader.read_story(notes[name], "note"), mark)


def _note(lines: list[Line], mark: str) -> Iterator[Line]:
    """The lines of a note, its mark before the first."""
    shown = [line for line in lines if line.text.strip()]
    for place, line in enumerate(shown):
        text = f"{mark} {line.text.lstrip()}" if mark and not place else line.text
        yield line._replace(text=text)


def _remarks(body: Element, tally: Tally) -> Iterator[Remark]:
    if tally.pictures:
        yield Remark("images-left-out", _PICTURES.format(count=tally.pictures))
    if tally.hidden:
        yield Remark("hidden-text-left-out", _HIDDEN.format(count=tally.hidden))
    if next(body.iter(f"{W}ins", f"{W}del", f"{W}moveFrom"), None) is not None:
        yield Remark("tracked-changes-accepted", _TRACKED)
    if tally.embedded:
        yield Remark("embedded-files-left-out", _EMBEDDED.format(count=tally.embedded))

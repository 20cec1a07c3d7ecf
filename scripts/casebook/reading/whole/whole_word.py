"""Everything in a Word file: the text of all its parts, properties, comments, deleted text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from casebook.model import Line, UserError
from casebook.reading.forms import ReadForm
from casebook.reading.whole import (
    AUTHOR,
    COMMENT,
    COMPANY,
    DELETED,
    EDITOR,
    EMBEDDED,
    HIDDEN,
    MANAGER,
    PICTURE,
    PROPERTY,
    labeled,
)
from casebook.reading.whole.whole_pictures import ENDINGS, has_picture_facts
from casebook.reading.word.docx_package import parse_part
from casebook.reading.word.safe_xml import Element
from casebook.reading.zip_guard import open_zip, read_entry

_PROPERTIES = {
    "creator": AUTHOR,
    "Author": AUTHOR,
    "lastModifiedBy": EDITOR,
    "LastAuthor": EDITOR,
    "Company": COMPANY,
    "Manager": MANAGER,
}
"""Properties of a document by the names of their elements (OPC part 2; Word 2003)."""

_SPOKEN = ("author", "initials", "descr", "title", "alt", "Target", "userId")
"""Attributes that people or their accounts fill."""

_HOLDERS = ("docVar", "listItem", "default", "alias", "tag", "helpText", "statusText")
"""Elements whose attributes are filled by people: variables, forms, content controls."""

_EMBEDDED_FOLDERS = ("embeddings", "activeX", "attachedToolbars")


def read_whole_docx(data: bytes) -> ReadForm:
    """The contents of a zip package. Raises UserError as the reader of its text does."""
    with open_zip(data) as archive:
        lines = [
            line
            for entry in archive.infolist()
            if not entry.is_dir()
            for line in _read_part(entry.filename.replace("\\", "/"), read_entry(archive, entry))
        ]
        named = [archive.comment.decode("utf-8", "replace"), *archive.namelist()]
        lines += [labeled(PROPERTY, name) for name in named if name]
    return ReadForm(tuple(lines), "docx")


def read_whole_xml(data: bytes) -> ReadForm:
    """The contents of a Word document in one XML file."""
    return ReadForm(tuple(_read_xml(parse_part(data), "")), "xml")


def _read_part(name: str, data: bytes) -> Iterator[Line]:
    path = PurePosixPath(name)
    ending = path.suffix.lower()
    if ending in (".xml", ".rels", ".vml"):
        try:
            yield from _read_xml(parse_part(data), _label_part(path))
        except UserError:
            yield labeled(EMBEDDED, name)
    elif ending in ENDINGS:
        if has_picture_facts(data):
            yield labeled(PICTURE, name)
    elif ending == ".bin" or any(folder in path.parts for folder in _EMBEDDED_FOLDERS):
        yield labeled(EMBEDDED, name)


def _label_part(path: PurePosixPath) -> str:
    if path.stem.lower().startswith(("comments", "people")):
        return COMMENT
    return PROPERTY if path.parts[0] in ("docProps", "customXml") else ""


def _read_xml(root: Element, label: str) -> Iterator[Line]:
    for element in root.iter("{*}*"):
        name = element.tag.rpartition("}")[2]
        if name in _PROPERTIES:
            yield from _lines(_PROPERTIES[name], element)
        elif name == "comment":
            yield from _lines(COMMENT, element)
        elif name == "del":
            yield from _lines(DELETED, element)
        elif name == "vanish":
            yield from _lines(HIDDEN, element.getparent().getparent())
        yield from (labeled(label or PROPERTY, value) for value in _spoken_values(element))
    blocks = list(root.iter("{*}p")) or [root]
    for block in blocks:
        yield from _lines(label, block)


def _spoken_values(element: Element) -> Iterator[str]:
    is_filled = element.tag.rpartition("}")[2] in _HOLDERS
    for key, value in element.attrib.items():
        name = key.rpartition("}")[2]
        is_inside = name == "Target" and element.get("TargetMode") != "External"
        if (is_filled or name in _SPOKEN) and value.strip() and not is_inside:
            yield value


def _lines(label: str, element: Element) -> Iterator[Line]:
    text = "".join(element.itertext())
    if text.strip():
        yield labeled(label, text)

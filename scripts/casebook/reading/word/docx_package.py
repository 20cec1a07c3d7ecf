"""The parts of a Word document and how they refer to each other (Open Packaging Conventions)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from zipfile import ZipFile

from casebook.model import UserError
from casebook.reading.word.docx_names import MAIN_TYPE, PKG, RELATION, TYPES
from casebook.reading.word.safe_xml import Element, parse_xml
from casebook.reading.zip_guard import open_zip, read_entry

NO_TEXT = "文件里没有 Word 正文，可能不是 Word 文档，请另存为 .docx 后再交。"

_STRICT = re.compile(rb"(=\s*[\"'])http://purl\.oclc\.org/ooxml/(\w+)/")
_BINARY = re.compile(rb"<((?:\w+:)?(?:binaryData|binData))\b[^<>]*>[^<]*</\1\s*>")
_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass
class Package:
    """The parts of a document by name, and the name of the main one.

    `read` gives the root element of a part, or None when there is no such part; `raw` its bytes,
    where the package is an archive.
    """

    read: Callable[[str], Element | None]
    main: str
    raw: Callable[[str], bytes | None] = lambda name: None

    def related(self, kind: str) -> Element | None:
        """The part that the main one names as its `kind`, such as styles, or of that name."""
        return self._part(_target(self._relations(), _is_of_kind(kind)) or f"{kind}.xml")

    def named(self, relation: str) -> Element | None:
        """The part to which a relation of the main one leads, by the id of the relation."""
        target = _target(self._relations(), lambda each: each.get("Id") == relation)
        return self._part(target) if target else None

    def embedded(self, relation: str) -> tuple[str, bytes] | None:
        """The name and the bytes of a document that the main part embeds, by its relation."""
        target = _target(self._relations(), lambda each: each.get("Id") == relation)
        data = self.raw(self._name(target)) if target else None
        return None if data is None else (target, data)

    def _relations(self) -> Element | None:
        folder, name = posixpath.split(self.main)
        return self.read(f"{folder}/_rels/{name}.rels")

    def _part(self, target: str) -> Element | None:
        return self.read(self._name(target))

    def _name(self, target: str) -> str:
        return posixpath.join("/", posixpath.dirname(self.main), target)


def _target(relations: Element | None, is_meant: Callable[[Element], bool]) -> str:
    """Where the first relation leads that is meant, '' for none."""
    for each in relations.iter(f"{RELATION}Relationship") if relations is not None else ():
        if is_meant(each) and each.get("TargetMode") != "External":
            return str(each.get("Target", ""))
    return ""


def _is_of_kind(kind: str) -> Callable[[Element], bool]:
    return lambda relation: relation.get("Type", "").endswith(f"/{kind}")


def zip_package(data: bytes) -> Package:
    """The package in a zip archive. Raises UserError when it is none, or holds no Word text."""
    raw = _entry_reader(open_zip(data))

    @cache
    def read(name: str) -> Element | None:
        part = raw(name)
        return None if part is None else parse_part(part)

    package = _package(read)
    package.raw = raw
    return package


def _entry_reader(archive: ZipFile) -> Callable[[str], bytes | None]:
    """Part names are compared without regard to case; some writers use backslashes."""
    names = {_part_name(entry.filename): entry for entry in archive.infolist()}

    def raw(name: str) -> bytes | None:
        entry = names.get(_part_name(name))
        return None if entry is None else read_entry(archive, entry)

    return raw


def flat_package(root: Element) -> Package:
    """The package whose parts stand in one XML document. Raises UserError without Word text."""
    parts = {
        _part_name(part.get(f"{PKG}name", "")): content[0]
        for part in root.iter(f"{PKG}part")
        if (content := part.find(f"{PKG}xmlData")) is not None and len(content)
    }
    return _package(lambda name: parts.get(_part_name(name)))


def _package(read: Callable[[str], Element | None]) -> Package:
    for name in _main_names(read):
        if read(name) is not None:
            return Package(read, name)
    raise UserError(NO_TEXT)


def _main_names(read: Callable[[str], Element | None]) -> list[str]:
    """Where the main part may be: by relation, by content type, by custom."""
    types = read("[Content_Types].xml")
    overrides = types.iter(f"{TYPES}Override") if types is not None else ()
    kinds = {
        _part_name(each.get("PartName", "")): each.get("ContentType", "") for each in overrides
    }
    related = _part_name(_target(read("_rels/.rels"), _is_of_kind("officeDocument")))
    typed = [name for name, kind in kinds.items() if MAIN_TYPE.search(kind)]
    return [*([related] if related else []), *typed, "word/document.xml"]


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def parse_part(data: bytes) -> Element:
    """The root of a part; Strict names become those of the usual (Transitional) form.

    Pictures within the text, as flat files have them, are dropped: they are longer than the parser
    allows. Raises UserError when it is no XML.
    """
    encoding = _UTF_16.get(data[:2])
    if encoding:
        data = _DECLARATION.sub("", data.decode(encoding, "replace")).encode()
    data = _BINARY.sub(b"", data) if b"inary" in data or b"binData" in data else data
    return parse_xml(_STRICT.sub(rb"\1http://schemas.openxmlformats.org/\2/2006/", data))

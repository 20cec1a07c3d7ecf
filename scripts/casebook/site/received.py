"""Received documents that the site offers for download."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from casebook import reading
from casebook.library.folder import SOURCES, Library
from casebook.library.source_records import SourceRecord
from casebook.model import SourceRef

_MOST_DOCUMENTS_IN_MEMORY = 64
"""The cases of one compilation follow each other and use the same document."""


@dataclass(frozen=True, slots=True)
class ReceivedDocument:
    """A received document that is stored: its record of repair and its decoded text."""

    record: SourceRecord
    text: str


def find_received_document(reference: SourceRef, library: Library) -> ReceivedDocument | None:
    """The document of a reference; None if it is not stored or its SHA-256 is another.

    Raises UserError when the document cannot be read.
    """
    record = library.sources.get(reference.file)
    if record is None or record.sha256 != reference.sha256:
        return None
    folder = (library.folder / SOURCES).resolve()
    path = (folder / record.file).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        return None  # never publish a file outside the folder, whatever the name or a link says
    document = _read_document(path, path.stat().st_mtime_ns)
    return ReceivedDocument(record, document.text) if document.sha256 == record.sha256 else None


@lru_cache(maxsize=_MOST_DOCUMENTS_IN_MEMORY)
def _read_document(path: Path, _changed: int) -> reading.DecodedFile:
    return reading.read_document(path)


def build_source_address(name: str) -> str:
    """The address of a received document in the site: always a .txt file, so never a page.

    Two names never share an address: a.md goes to a.md.txt, and a.md.txt to a.md.txt.txt.
    """
    path = PurePosixPath(name)
    other = PurePosixPath(path.stem).suffix.lower() in reading.MEDIA_TYPES
    return f"{SOURCES}/{name}" if path.suffix == ".txt" and not other else f"{SOURCES}/{name}.txt"

"""Received documents that the site shows and offers for download."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from casebook import reading
from casebook.library.folder import SOURCES, Library
from casebook.library.source_records import SourceRecord
from casebook.model import SourceRef

_MOST_DOCUMENTS_IN_MEMORY = 64
"""Documents held in memory; the cases of a compilation follow each other."""


@dataclass(frozen=True, slots=True)
class ReceivedDocument:
    """A document that is stored as it was received: its record and its decoded text."""

    record: SourceRecord
    path: Path
    text: str


def find_received_document(reference: SourceRef, library: Library) -> ReceivedDocument | None:
    """The document behind a reference; None where it is not stored, or is not the one referred to.

    Raises UserError when the document cannot be read.
    """
    record = library.sources.get(reference.file)
    if record is None or record.sha256 != reference.sha256:
        return None
    folder = (library.folder / SOURCES).resolve()
    path = (folder / record.file).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        return None  # a name or a link that leads out of the folder must not publish a file
    document = _read_document(path, path.stat().st_mtime_ns)
    return (
        ReceivedDocument(record, path, document.text) if document.sha256 == record.sha256 else None
    )


@lru_cache(maxsize=_MOST_DOCUMENTS_IN_MEMORY)
def _read_document(path: Path, _changed: int) -> reading.DecodedFile:
    return reading.read_document(path)


def build_source_address(name: str) -> str:
    """Where the site keeps a received document: as plain text, whatever it was named.

    Two names never share an address: a.md goes to a.md.txt, and a.md.txt to a.md.txt.txt.
    """
    path = PurePosixPath(name)
    other = PurePosixPath(path.stem).suffix.lower() in reading.MEDIA_TYPES
    return f"{SOURCES}/{name}" if path.suffix == ".txt" and not other else f"{SOURCES}/{name}.txt"

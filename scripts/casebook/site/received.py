"""Received documents that the site offers for download."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from casebook.library.folder import SOURCES, Library
from casebook.library.source_records import STEPS_SUFFIX, SourceRecord, has_text_alone
from casebook.library.stored_sources import StoredText, find_misfit, read_stored_text
from casebook.model import SourceRef, UserError
from casebook.reading.readers import SUFFIXES
from casebook.runtime.file_names import is_plain_file

WEB_FORMS = ("html", "mhtml")
"""Forms of files whose scripts would run as the site's own."""


@dataclass(frozen=True, slots=True)
class ReceivedDocument:
    """A received document that is stored: its record of repair and its text."""

    record: SourceRecord
    stored: StoredText

    def may_publish_file(self, library: Library) -> bool:
        """Whether the library wants the file itself on its site, beside the text."""
        if self.stored.is_text or not self.stored.has_file or self.stored.form in WEB_FORMS:
            return False
        name = "pdf" if self.stored.form == "pdf" else "word"
        return name in library.vocabulary.published_files

    @property
    def text(self) -> str:
        """The decoded source."""
        return self.stored.text


def find_received_document(reference: SourceRef, library: Library) -> ReceivedDocument | None:
    """The document of a reference; None if it is not stored or its SHA-256 is another.

    Raises UserError when the document cannot be read, or its record does not fit it.
    """
    record = library.sources.get(reference.file)
    if record is None or record.sha256 != reference.sha256:
        return None
    path = (library.folder / SOURCES).resolve() / record.file
    if path.resolve() != path or not (is_plain_file(path) or has_text_alone(path)):
        return None  # never publish a file outside the folder, whatever the name or a link says
    stored = read_stored_text(path)
    if stored.sha256 != record.sha256:
        return None
    if misfit := find_misfit(record, record.file, stored):
        raise UserError(f"{library.folder / SOURCES / record.file}{STEPS_SUFFIX}：{misfit.message}")
    return ReceivedDocument(record, stored)


def build_source_address(name: str) -> str:
    """The address of a received document in the site: always a .txt file, so never a page.

    Two names never share an address: a.md goes to a.md.txt, and a.md.txt to a.md.txt.txt.
    """
    path = PurePosixPath(name)
    other = PurePosixPath(path.stem).suffix.lower() in SUFFIXES
    return f"{SOURCES}/{name}" if path.suffix == ".txt" and not other else f"{SOURCES}/{name}.txt"

"""Received documents that the site offers for download."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path, PurePosixPath

from casebook import reading
from casebook.library.folder import SOURCES, Library
from casebook.library.source_records import LINES_SUFFIX, SourceRecord, read_source_lines
from casebook.model import Line, SourceRef, UserError, join_lines
from casebook.reading.readers import SUFFIXES

_MOST_DOCUMENTS_IN_MEMORY = 64
"""The cases of one compilation follow each other and use the same document."""


@dataclass(frozen=True)
class StoredText:
    """The lines of a stored document as they were read, and the SHA-256 of its file.

    `form` is its name in the table of readers, `has_file` whether the file is stored, too.
    """

    sha256: str
    lines: tuple[Line, ...]
    form: str = "text"
    has_file: bool = True

    @property
    def is_text(self) -> bool:
        """Whether the file itself is text: else its text is published in its place."""
        return self.form in ("text", "markdown")

    @cached_property
    def text(self) -> str:
        """The decoded source."""
        return join_lines(self.lines)

    @cached_property
    def line_starts(self) -> list[int]:
        """The places in the decoded source at which its lines begin."""
        return [0, *accumulate(len(line.text) + 1 for line in self.lines[:-1])]


@dataclass(frozen=True, slots=True)
class ReceivedDocument:
    """A received document that is stored: its record of repair and its text."""

    record: SourceRecord
    stored: StoredText

    def may_publish_file(self, library: Library) -> bool:
        """Whether the library wants the file itself on its site, beside the text."""
        name = "pdf" if self.stored.form == "pdf" else "word"
        is_page = self.stored.form in ("html", "mhtml")
        wanted = name in library.vocabulary.published_files and not is_page
        return wanted and self.stored.has_file and not self.stored.is_text

    @property
    def text(self) -> str:
        """The decoded source."""
        return self.stored.text


def find_received_document(reference: SourceRef, library: Library) -> ReceivedDocument | None:
    """The document of a reference; None if it is not stored or its SHA-256 is another.

    Raises UserError when the document cannot be read.
    """
    record = library.sources.get(reference.file)
    if record is None or record.sha256 != reference.sha256:
        return None
    folder = (library.folder / SOURCES).resolve()
    path = (folder / record.file).resolve()
    if not path.is_relative_to(folder):
        return None  # never publish a file outside the folder, whatever the name or a link says
    if not path.exists():  # of some documents only the text is stored
        path = path.with_name(path.name + LINES_SUFFIX)
    if not path.is_file():
        return None
    stored = _read_stored(path, path.stat().st_mtime_ns)
    own = stored.sha256 if path.name == record.file else record.sha256
    return ReceivedDocument(record, stored) if own == record.sha256 else None


@lru_cache(maxsize=_MOST_DOCUMENTS_IN_MEMORY)
def _read_stored(path: Path, _changed: int) -> StoredText:
    read = path.with_name(path.name.removesuffix(LINES_SUFFIX) + LINES_SUFFIX)
    if read.is_file():
        form, lines = read_source_lines(read)
        return StoredText(reading.digest(path), lines, form, path != read)
    try:  # without a record of lines it is text, or Markdown that an earlier version imported
        lines = reading.read_form("text", path.read_bytes()).lines
    except UserError as error:
        raise UserError(f"{path}：{error}") from error
    return StoredText(reading.digest(path), lines)


def build_source_address(name: str) -> str:
    """The address of a received document in the site: always a .txt file, so never a page.

    Two names never share an address: a.md goes to a.md.txt, and a.md.txt to a.md.txt.txt.
    """
    path = PurePosixPath(name)
    other = PurePosixPath(path.stem).suffix.lower() in SUFFIXES
    return f"{SOURCES}/{name}" if path.suffix == ".txt" and not other else f"{SOURCES}/{name}.txt"

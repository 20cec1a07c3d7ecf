"""Reading: a received document as lines with facts, by its form.

Each form has a module with its reader, named in the table FORMS. Text and Markdown are read in
this process, every other form in a child process with limits. The child loads this package, too:
what it does not need is imported where it is used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path

from casebook.model import Line, UserError, join_lines
from casebook.reading.encoding import EMPTY_FILE, WITHOUT_TEXT
from casebook.reading.forms import ReadForm, Remark
from casebook.reading.readers import FORMS, MEGABYTE, SIZE_LIMIT, SUFFIXES, TOO_LARGE
from casebook.runtime.file_names import files_ending


@dataclass(frozen=True)
class DecodedFile:
    """A received document: `name` is the file name, `sha256` of its bytes in hex.

    `form` is its name in FORMS; `remarks` say what the reader left out.
    """

    name: str
    sha256: str
    form: str
    encoding: str
    lines: tuple[Line, ...]
    replaced: int = 0
    remarks: tuple[Remark, ...] = ()

    @property
    def is_markdown(self) -> bool:
        """Whether the document is one of Markdown."""
        return self.form == "markdown"

    @property
    def is_text(self) -> bool:
        """Whether its decoded source is the text of the file itself."""
        return self.form == "text"

    @cached_property
    def text(self) -> str:
        """The decoded source, in which steps and flags are placed."""
        return join_lines(self.lines)


def read_document(path: Path) -> DecodedFile:
    """Read the document at `path`. Raises UserError with one sentence for whatever is wrong."""
    if not path.is_file():
        found = "这是文件夹，请给出文件" if path.is_dir() else "没有这个文件"
        raise UserError(f"{path}：{found}。")
    if path.stat().st_size > SIZE_LIMIT:
        raise UserError(f"{path}：{TOO_LARGE.format(most=SIZE_LIMIT // MEGABYTE)}")
    return read_bytes(path.read_bytes(), path.name, str(path))


def digest(path: Path) -> str:
    """The SHA-256 of a file in hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_bytes(data: bytes, name: str, place: str = "") -> DecodedFile:
    """Read bytes at hand; `name` helps to find the form, `place` is named in messages.

    Raises UserError with one sentence for whatever is wrong.
    """
    from casebook.reading.sniffing import find_form

    place = place or name
    if not data.strip():
        raise UserError(f"{place}：{EMPTY_FILE}")
    try:
        form = find_form(data, name)
        read = read_form(form, data)
    except UserError as error:
        raise UserError(f"{place}：{error}") from error
    if not any(line.text.strip() for line in read.lines):
        raise UserError(f"{place}：{WITHOUT_TEXT}")
    sha256 = hashlib.sha256(data).hexdigest()
    return DecodedFile(name, sha256, form, read.encoding, read.lines, read.replaced, read.remarks)


def read_form(name: str, data: bytes) -> ReadForm:
    """Read a document of a form. Raises UserError with one sentence when that cannot be done."""
    form = FORMS[name]
    if form.limits is None:
        module, function = form.reader
        read: ReadForm = getattr(import_module(f"casebook.reading.{module}"), function)(data)
        return read
    from casebook.reading.in_child import read_in_child

    return read_in_child(name, form.limits, data)


def find_documents(path: Path) -> Iterator[Path]:
    """Documents at `path`: itself when a file, else the readable files in it, sorted by name."""
    if path.is_file():
        yield path
    for child in files_ending(path, ""):
        if child.suffix.lower() in SUFFIXES and is_written_by_people(child.name):
            yield child


def is_written_by_people(name: str) -> bool:
    """Whether a file is none that systems and editors make: hidden ones, locks of Word (~$)."""
    return not name.startswith((".", "_", "~$"))

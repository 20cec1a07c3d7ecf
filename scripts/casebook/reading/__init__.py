"""Reading: a received document as lines with facts, by its media type.

Each form has a module with its reader, registered in READERS.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebook.model import Line, UserError, join_lines
from casebook.reading.forms import ReadForm
from casebook.reading.plain_text import read_plain_text
from casebook.runtime.file_names import files_ending

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes of a document; a write-up has some ten thousand."""

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown"}
"""Media type by file name ending."""


def _read_markdown(data: bytes) -> ReadForm:
    from casebook.reading.markdown_text import read_markdown  # its parsers take a while

    return read_markdown(data)


READERS: dict[str, Callable[[bytes], ReadForm]] = {
    "text/plain": read_plain_text,
    "text/markdown": _read_markdown,
}
"""Reader by media type: bytes to lines; raises UserError when it cannot."""


@dataclass(frozen=True)
class DecodedFile:
    """A received document: `name` is the file name, `sha256` of its bytes in hex."""

    name: str
    sha256: str
    media_type: str
    encoding: str
    lines: tuple[Line, ...]
    replaced: int = 0

    @property
    def is_markdown(self) -> bool:
        """Whether the document is one of Markdown by its name."""
        return self.media_type == "text/markdown"

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
        raise UserError(f"{path}：文件超过 {SIZE_LIMIT // 2**20} MB，请拆分后再导入。")
    return read_bytes(path.read_bytes(), path.name, str(path))


def digest(path: Path) -> str:
    """The SHA-256 of a file in hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_bytes(data: bytes, name: str, place: str = "") -> DecodedFile:
    """Read bytes at hand; `name` gives the media type, `place` is named in messages."""
    place = place or name
    media_type = MEDIA_TYPES.get(Path(name).suffix.lower())
    if media_type is None:
        supported = "、".join(MEDIA_TYPES)
        raise UserError(f"{place}：暂不支持这种文件，请另存为 {supported}。")
    if not data.strip():
        raise UserError(f"{place}：文件是空的。")
    try:
        form = READERS[media_type](data)
    except UserError as error:
        raise UserError(f"{place}：{error}") from error
    if not any(line.text.strip() for line in form.lines):
        raise UserError(f"{place}：文件里没有文字。")
    sha256 = hashlib.sha256(data).hexdigest()
    return DecodedFile(name, sha256, media_type, form.encoding, form.lines, form.replaced)


def find_documents(path: Path) -> Iterator[Path]:
    """Documents at `path`: itself when a file, else the readable files in it, sorted by name."""
    if path.is_file():
        yield path
    for child in files_ending(path, ""):
        if child.is_file() and child.suffix.lower() in MEDIA_TYPES and child.name[0] not in "._":
            yield child

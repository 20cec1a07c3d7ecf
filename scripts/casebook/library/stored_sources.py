"""The text of a stored source, and whether the record of its repair fits it.

People see the record as the proof of what was changed in a source, so it is never believed: its
steps are replayed, and must lead to the text that they led to when import wrote them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from casebook import reading
from casebook.library.source_records import (
    LINES_SUFFIX,
    SourceRecord,
    has_text_alone,
    read_record_head,
    read_source_lines,
)
from casebook.model import Line, Step, UserError, join_lines
from casebook.runtime import cli
from casebook.runtime.file_names import is_plain_file

_MOST_DOCUMENTS_IN_MEMORY = 64
"""The cases of one compilation follow each other and use the same document."""

MISFIT_ADVICE = f"请删掉这个记录，再运行 {cli.command('import')} 重新生成，不要手工改动。"
"""What to do about a record that does not fit."""


@dataclass(frozen=True)
class StoredText:
    """The lines of a stored document as they were read, and the SHA-256 of its file.

    `form` is its name in the table of readers. `has_file` is False where only what was read of it
    is stored; its SHA-256 is then what its record says.
    """

    sha256: str
    lines: tuple[Line, ...]
    form: str = "text"
    has_file: bool = True

    @property
    def is_text(self) -> bool:
        """Whether the file itself is text: else its text is published in its place."""
        return self.has_file and self.form in ("text", "markdown")

    @cached_property
    def text(self) -> str:
        """The decoded source."""
        return join_lines(self.lines)

    @cached_property
    def line_starts(self) -> list[int]:
        """The places in the decoded source at which its lines begin."""
        return [0, *accumulate(len(line.text) + 1 for line in self.lines[:-1])]


class Misfit(NamedTuple):
    """Why a record is not that of its source; `step` is the index of the step that shows it."""

    message: str
    step: int = -1


def read_stored_text(path: Path) -> StoredText:
    """The text of the stored document at `path`. Raises UserError when it cannot be read."""
    if has_text_alone(path):
        form, lines = read_source_lines(path.with_name(path.name + LINES_SUFFIX))
        return StoredText(read_record_head(path), lines, form, has_file=False)
    return _read_stored(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=_MOST_DOCUMENTS_IN_MEMORY)
def _read_stored(path: Path, _changed: int) -> StoredText:
    read = path.with_name(path.name + LINES_SUFFIX)
    if is_plain_file(read):
        form, lines = read_source_lines(read)
        return StoredText(reading.digest(path), lines, form)
    try:  # without a record of lines it is text, or Markdown that an earlier version imported
        lines = reading.read_form("text", path.read_bytes()).lines
    except UserError as error:
        raise UserError(f"{path}：{error}") from error
    return StoredText(reading.digest(path), lines)


def find_misfit(record: SourceRecord, name: str, stored: StoredText) -> Misfit | None:
    """The first reason why a record is not that of the source `name`; None if it fits."""
    found = next(_find_misfits(record, name, stored), None)
    if found is None:
        return None
    return found._replace(message=f"修复记录与来源不符：{found.message}；{MISFIT_ADVICE}")


def _find_misfits(record: SourceRecord, name: str, stored: StoredText) -> Iterator[Misfit]:
    text = stored.text
    if record.file != name:
        yield Misfit("file 不是来源的文件名")
    if record.sha256 != stored.sha256:
        yield Misfit("sha256 不是来源的")
    if record.characters != len(text):
        yield Misfit(f"来源有 {len(text)} 个字符，记录写的是 {record.characters}")
    position, pieces = 0, list[str]()  # a replay that says where it fails
    for index, step in enumerate(record.steps):
        if reason := _explain_step(step, position, text):
            yield Misfit(f"第 {index + 1} 步{reason}", index)
            return  # all that follows would depend on it
        pieces += (text[position : step.start], step.after)
        position = step.end
    yield from _find_places_outside(record, len(text))
    replayed = "".join((*pieces, text[position:]))
    if record.text_sha256 and record.text_sha256 != hash_text(replayed):
        yield Misfit("照各步重做，得不到导入时的文字")


def _explain_step(step: Step, position: int, text: str) -> str:
    if not 0 <= step.start <= step.end <= len(text):
        return f"的位置 {step.start}–{step.end} 不在来源里"
    if step.start < position:
        return "与上一步重叠"
    return "" if text[step.start : step.end] == step.before else "的原文不是来源里的文字"


def _find_places_outside(record: SourceRecord, length: int) -> Iterator[Misfit]:
    """Parts and flags that lie outside the source, and parts that overlap."""
    ends = (0, *(end for part in record.parts for end in (part.start, part.end)), length)
    if any(first > second for first, second in pairwise(ends)):
        yield Misfit("各篇的位置重叠，或不在来源里")
    places = [place for part in record.parts for _, place in part.blocks]
    places += [place for flag in record.flags for place in (flag.start, flag.end)]
    if any(not 0 <= place <= length for place in places):
        yield Misfit("小标题或疑问的位置不在来源里")


def hash_text(text: str) -> str:
    """The SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()

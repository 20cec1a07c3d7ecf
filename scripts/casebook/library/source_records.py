"""The records of a source, in its folder: the steps of its repair, and the lines as read.

NAME.steps.json says what repair did. NAME.lines.json has the lines of a source that is no plain
text, so that its steps fit whatever a later version of its reader returns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook.model import Flag, Line, Step, UserError
from casebook.reading.line_records import dump_lines, load_lines
from casebook.runtime import cli

STEPS_SUFFIX = ".steps.json"
LINES_SUFFIX = ".lines.json"
"""What a record adds to the file name of its source."""

_SHA256 = re.compile(r'"sha256": "([0-9a-f]{64})"')
_HEAD = 4096
"""Characters of a record within which it names its source."""

_COLUMNS = ("start", "end", "before", "after", "certainty", "rules")


@dataclass(frozen=True, slots=True)
class PartRange:
    """The place of a write-up in its decoded source; `part` counts from 1.

    `blocks` are the places at which its blocks begin, by the anchors that import gave them.
    """

    part: int
    start: int
    end: int
    blocks: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What import did to a source: positions are code points of the decoded source."""

    file: str
    sha256: str
    encoding: str
    characters: int
    parts: tuple[PartRange, ...]
    steps: tuple[Step, ...]
    flags: tuple[Flag, ...]


def dump_record(record: SourceRecord) -> str:
    """A record as JSON, one step a line, so that a difference can be read."""
    rows = ",\n  ".join(
        json.dumps([_cell(step, name) for name in _COLUMNS], ensure_ascii=False)
        for step in record.steps
    )
    head = {
        "file": record.file,
        "sha256": record.sha256,
        "encoding": record.encoding,
        "characters": record.characters,
        "parts": [[p.part, p.start, p.end, dict(p.blocks)] for p in record.parts],
        "flags": [[f.rule, f.start, f.end, f.text, f.message] for f in record.flags],
        "columns": list(_COLUMNS),
    }
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return (
        f'{opening},\n "steps": [\n  {rows}\n ]\n}}\n'
        if rows
        else f'{opening},\n "steps": []\n}}\n'
    )


def _cell(step: Step, name: str) -> Any:
    value = getattr(step, name)
    return list(value) if isinstance(value, tuple) else value


def read_record(path: Path) -> SourceRecord:
    """Read a NAME.steps.json. Raises UserError when it is not what import wrote."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return SourceRecord(
            file=data["file"],
            sha256=data["sha256"],
            encoding=data["encoding"],
            characters=data["characters"],
            parts=tuple(_part(*part) for part in data["parts"]),
            steps=tuple(
                _step(dict(zip(data["columns"], row, strict=True))) for row in data["steps"]
            ),
            flags=tuple(Flag(*flag) for flag in data["flags"]),
        )
    except (ValueError, KeyError, TypeError, IndexError) as error:
        message = f"{path}：修复记录损坏，请删除后重新运行 {cli.command('import')}。"
        raise UserError(message) from error


def read_record_head(path: Path) -> str:
    """The SHA-256 of the source that a record belongs to, without reading all of it; else ''."""
    try:
        with path.open(encoding="utf-8") as file:
            found = _SHA256.search(file.read(_HEAD))
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1] if found else ""


def _part(part: int, start: int, end: int, blocks: dict[str, int] | None = None) -> PartRange:
    return PartRange(part, start, end, tuple((blocks or {}).items()))


def dump_source_lines(form: str, version: int, lines: Sequence[Line]) -> str:
    """The lines of a source as JSON, one a row, with the form and the version of its reader."""
    head = json.dumps({"form": form, "version": version})
    rows = ",\n  ".join(dump_lines(lines))
    return f'{head[:-1]}, "lines": [\n  {rows}\n]}}\n'


def read_source_lines(path: Path) -> tuple[str, tuple[Line, ...]]:
    """The form and the lines of a NAME.lines.json.

    Raises UserError when it is not what import wrote.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return data["form"], load_lines(data["lines"])
    except (ValueError, KeyError, TypeError) as error:
        message = f"{path}：来源的文字记录损坏，请删除后重新运行 {cli.command('import')}。"
        raise UserError(message) from error


def _step(row: dict[str, Any]) -> Step:
    return Step(**{**row, "rule": row["rules"][0], "rules": tuple(row["rules"])})

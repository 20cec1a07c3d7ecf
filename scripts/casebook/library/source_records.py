"""The record of a source's repair: NAME.steps.json in the folder of the source."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook.model import Flag, Step, UserError
from casebook.runtime import cli

STEPS_SUFFIX = ".steps.json"
"""What a record adds to the file name of its source."""

_COLUMNS = ("start", "end", "before", "after", "certainty", "rules")


@dataclass(frozen=True, slots=True)
class PartRange:
    """The place of a write-up in its decoded source; `part` counts from 1."""

    part: int
    start: int
    end: int


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
        "parts": [[part.part, part.start, part.end] for part in record.parts],
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
            parts=tuple(PartRange(*part) for part in data["parts"]),
            steps=tuple(
                _step(dict(zip(data["columns"], row, strict=True))) for row in data["steps"]
            ),
            flags=tuple(Flag(*flag) for flag in data["flags"]),
        )
    except (ValueError, KeyError, TypeError, IndexError) as error:
        message = f"{path}：修复记录损坏，请删除后重新运行 {cli.command('import')}。"
        raise UserError(message) from error


def _step(row: dict[str, Any]) -> Step:
    return Step(**{**row, "rule": row["rules"][0], "rules": tuple(row["rules"])})

"""The records of a source, in its folder: the steps of its repair, and the lines as read.

NAME.steps.json says what repair did. NAME.lines.json has the lines of a source that is no plain
text, so that its steps fit whatever a later version of its reader returns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from casebook.model import Certainty, Flag, Line, Step, UserError
from casebook.reading.line_records import dump_lines, load_lines
from casebook.runtime import cli
from casebook.runtime.file_names import is_plain_file

STEPS_SUFFIX = ".steps.json"
LINES_SUFFIX = ".lines.json"
"""What a record adds to the file name of its source."""

LARGEST_RECORD = 256 * 1024 * 1024
"""Bytes of a record; a longer one is refused before it is read."""

DAMAGED_RECORD = f"修复记录损坏，请删除后重新运行 {cli.command('import')}。"
_SHA256 = re.compile(r'"sha256": ?"([0-9a-f]{64})"')
_HEAD_CHARACTERS = 4096
"""Characters of a record within which it names its source."""

_COLUMNS = ("start", "end", "before", "after", "certainty", "rules")


@dataclass(frozen=True, slots=True)
class PartRange:
    """The place of a write-up in its decoded source; `part` counts from 1.

    `blocks` are the places at which its blocks begin, by the anchors that import gave them; `base`
    is the case that import wrote, packed (`imported_bases`), '' where it is not known.
    """

    part: int
    start: int
    end: int
    blocks: tuple[tuple[str, int], ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What import did to a source: positions are code points of the decoded source.

    `text_sha256` is that of the text that the steps lead to; earlier versions wrote none. A record
    `is_reduced` if its source was removed with a part of its write-ups: then it says only what
    concerns the others, and cannot be replayed.
    """

    file: str
    sha256: str
    encoding: str
    characters: int
    parts: tuple[PartRange, ...]
    steps: tuple[Step, ...]
    flags: tuple[Flag, ...]
    text_sha256: str = ""
    is_reduced: bool = False


def dump_record(record: SourceRecord) -> str:
    """A record as JSON, one step a line, so that a difference can be read."""
    head = {
        "file": record.file,
        "sha256": record.sha256,
        "encoding": record.encoding,
        "characters": record.characters,
        "text_sha256": record.text_sha256,
        "reduced": record.is_reduced or "",
    }
    lists: dict[str, Iterable[Any]] = {
        "parts": ([p.part, p.start, p.end, dict(p.blocks)] for p in record.parts),
        "flags": ([f.rule, f.start, f.end, f.text, f.message] for f in record.flags),
        "columns": _COLUMNS,
        "steps": ([getattr(step, name) for name in _COLUMNS] for step in record.steps),
    }
    if bases := [[part.part, part.base] for part in record.parts if part.base]:
        lists["bases"] = bases
    fields = [f"{_dump(key)}: {_dump(value)}" for key, value in head.items() if value != ""]
    fields += [f"{_dump(key)}: {_dump_rows(rows)}" for key, rows in lists.items()]
    return "{" + ",\n ".join(fields) + "}\n"


def _dump_rows(rows: Iterable[Any]) -> str:
    """A list with a line for each of its lists; one of texts is a line."""
    made = [_dump(row) for row in rows]
    glue, margin = (",\n  ", "\n  ") if made and made[0].startswith("[") else (",", "")
    return f"[{margin}{glue.join(made)}]"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_record(path: Path) -> SourceRecord:
    """Read a NAME.steps.json. Raises UserError when it is not what import wrote."""
    try:
        if path.stat().st_size > LARGEST_RECORD:
            raise ValueError("too large")
        return _build_record(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise UserError(f"{path}：{DAMAGED_RECORD}") from error


def _build_record(data: Any) -> SourceRecord:
    """Build a record from JSON. Raises ValueError and others when something has another type."""
    columns = data["columns"]
    bases = {_number(part): _text(base) for part, base in data.get("bases", ())}
    return SourceRecord(
        file=_text(data["file"]),
        sha256=_text(data["sha256"]),
        encoding=_text(data["encoding"]),
        characters=_number(data["characters"]),
        parts=tuple(_part(bases, *part) for part in data["parts"]),
        steps=tuple(_step(dict(zip(columns, row, strict=True))) for row in data["steps"]),
        flags=tuple(_flag(*flag) for flag in data["flags"]),
        text_sha256=_text(data.get("text_sha256", "")),
        is_reduced=data.get("reduced") is True,
    )


def _text(value: Any) -> str:
    """A text that UTF-8 can hold: JSON can escape halves of characters."""
    if type(value) is not str:
        raise TypeError("not a text")
    value.encode()
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError("not a whole number")
    return value


def _part(
    bases: dict[int, str], part: Any, start: Any, end: Any, blocks: dict[str, Any] | None = None
) -> PartRange:
    places = tuple((anchor, _number(place)) for anchor, place in (blocks or {}).items())
    return PartRange(_number(part), _number(start), _number(end), places, bases.get(part, ""))


def _flag(rule: Any, start: Any, end: Any, text: Any, message: Any) -> Flag:
    return Flag(_text(rule), _number(start), _number(end), _text(text), _text(message))


def _step(row: dict[str, Any]) -> Step:
    rules = tuple(map(_text, row["rules"]))
    if row["certainty"] not in get_args(Certainty):
        raise ValueError("not a certainty")
    return Step(
        rule=rules[0],
        start=_number(row["start"]),
        end=_number(row["end"]),
        before=_text(row["before"]),
        after=_text(row["after"]),
        certainty=row["certainty"],
        rules=rules,
    )


def strip_record_suffix(name: str) -> str:
    """The name of the source that a file in its folder is, or whose record it is.

    >>> strip_record_suffix("甲.docx.lines.json"), strip_record_suffix("甲.docx")
    ('甲.docx', '甲.docx')
    """
    return name.removesuffix(STEPS_SUFFIX).removesuffix(LINES_SUFFIX)


def read_record_head(source: Path) -> str:
    """The SHA-256 that the record of a source names, without reading all of it; else ''."""
    try:
        with source.with_name(source.name + STEPS_SUFFIX).open(encoding="utf-8") as file:
            found = _SHA256.search(file.read(_HEAD_CHARACTERS))
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1] if found else ""


def is_reduced(record: str) -> bool:
    """Whether the text of a record says that its source was removed."""
    return '"reduced": true' in record[:_HEAD_CHARACTERS]


def has_text_alone(source: Path) -> bool:
    """Whether of a document only the text that was read of it is stored, and not the file."""
    lines = source.with_name(source.name + LINES_SUFFIX)
    return is_plain_file(lines) and not source.exists() and not source.is_symlink()


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
        return _text(data["form"]), load_lines(data["lines"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"{path}：来源的文字记录损坏，请删除后重新运行 {cli.command('import')}。"
        raise UserError(message) from error

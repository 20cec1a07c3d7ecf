"""Lines with facts as JSON: what a reader's process prints, and what import keeps of a source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from casebook.model import NO_FACTS, Line, LineFacts

_DEFAULTS = {field.name: getattr(NO_FACTS, field.name) for field in fields(LineFacts)}


def dump_lines(lines: Iterable[Line]) -> Iterator[str]:
    """A JSON array for each line: its text, whether its end is certain, and its facts if any."""
    for line in lines:
        row: list[Any] = [line.text, line.certain_end]
        if said := {k: v for k in _DEFAULTS if (v := getattr(line.facts, k)) != _DEFAULTS[k]}:
            row.append(said)
        yield json.dumps(row, ensure_ascii=False)


def load_lines(rows: Iterable[Any]) -> tuple[Line, ...]:
    """The lines of parsed arrays. Raises ValueError, TypeError or KeyError for anything else."""
    return tuple(_load_line(*row) for row in rows)


def _load_line(text: str, certain_end: bool, said: dict[str, Any] | None = None) -> Line:
    if not isinstance(text, str) or "\n" in text:
        raise ValueError("a line is one line of text")
    facts = LineFacts(**_with_cell(said)) if said else NO_FACTS
    return Line(text, bool(certain_end), facts)


def _with_cell(said: dict[str, Any]) -> dict[str, Any]:
    for name, value in said.items():
        if name != "cell" and type(value) is not type(_DEFAULTS[name]):
            raise TypeError(f"{name} is of another type")  # pages show it as it is
    cell = said.get("cell")
    if cell is None:
        return said
    if [type(number) for number in cell] != [int, int, int]:
        raise TypeError("a cell is three numbers")
    return said | {"cell": tuple(cell)}

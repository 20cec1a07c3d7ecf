"""The body of an issue that was written with a form, as values by the ids of the form's fields.

GitHub writes each field as `### label`, an empty line, and the value as it was typed. A pasted text
may have the same headings, so the fields before it are found from the start and those after it
from the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from casebook.model import UserError

_EMPTY = ("_No response_", "None")
"""What GitHub writes for a field that was left empty."""

_TICKED = re.compile(r"^- \[[xX]\] ", re.M)


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form: `kind` is its type (input, textarea, dropdown, checkboxes)."""

    id: str
    label: str
    kind: str
    options: tuple[str, ...] = ()


def load_form(path: Path) -> tuple[FormField, ...]:
    """The fields of an issue form, in their order. Raises UserError."""
    try:
        form = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return tuple(_read_field(item) for item in form["body"] if item["type"] != "markdown")
    except FileNotFoundError as error:
        raise UserError(f"{path}：没有这个表单。") from error
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise UserError(
            f"{path}：不是 issue 表单（body 里的每一项要有 type、id、label）。"
        ) from error


def _read_field(item: Mapping[str, Any]) -> FormField:
    attributes = item["attributes"]
    options = attributes.get("options", ()) if item["type"] == "dropdown" else ()
    return FormField(item["id"], attributes["label"], item["type"], tuple(options))


def parse_body(body: str, form: Sequence[FormField], text: str) -> dict[str, str]:
    """The values that a body gives, by the ids of the fields; a field without heading is left out.

    `text` is the id of the field that may have any lines. White space around values goes, an empty
    field is '', a choice that is none of the form's too; ticked boxes are `x`, one for each.
    """
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = sorted(_place_headings(lines, form, text).items(), key=lambda place: place[1])
    values = {
        field_id: "\n".join(lines[start + 1 : end]).strip()
        for (field_id, start), (_, end) in pairwise([*places, ("", len(lines))])
    }
    return {field.id: _clean(values[field.id], field) for field in form if field.id in values}


def _place_headings(lines: Sequence[str], form: Sequence[FormField], text: str) -> dict[str, int]:
    """The index of the line with each field's heading; of the fields that have one."""
    split = [field.id for field in form].index(text) + 1
    places: dict[str, int] = {}
    start, end = 0, len(lines)
    for field in form[:split]:
        if (found := _find_heading(lines, range(start, end), field)) is not None:
            places[field.id], start = found, found + 1
    for field in reversed(form[split:]):
        if (found := _find_heading(lines, range(end - 1, start - 1, -1), field)) is not None:
            places[field.id] = end = found
    return places


def _find_heading(lines: Sequence[str], among: Iterable[int], field: FormField) -> int | None:
    """The first of some lines that is the heading of a field."""
    wanted = f"### {field.label}"
    return next((index for index in among if lines[index].rstrip() == wanted), None)


def _clean(value: str, field: FormField) -> str:
    if value in _EMPTY:
        return ""
    if field.kind == "checkboxes":
        return "x" * len(_TICKED.findall(value))
    if field.kind == "dropdown":
        return value if value in field.options else ""
    return value

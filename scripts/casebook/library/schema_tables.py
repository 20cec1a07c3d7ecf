"""The model of the front matter as people and editors read it: a table, and a JSON Schema."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from casebook.library.case_schema import ENTRY_MODELS, English, FrontMatterSchema, list_keys


def render_key_table() -> str:
    """All keys as a Markdown table in English, for cases/README.md."""
    rows = ["| key | value |", "|---|---|"]
    for key, field in FrontMatterSchema.model_fields.items():
        english = next(each.text for each in field.metadata if isinstance(each, English))
        listed = f"`{{{', '.join(list_keys(key))}}}`: " if key in ENTRY_MODELS else ""
        rows.append(f"| `{key}` | {listed}{english} |")
    return "\n".join(rows)


@lru_cache(maxsize=1)
def render_json_schema() -> str:
    """The JSON Schema of the front matter: draft 7, which the editors' tools know."""
    schema = FrontMatterSchema.model_json_schema()
    for part in (schema, *schema["$defs"].values()):
        for value in part["properties"].values():
            _allow_null(value)
    head = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "案例文件的 front matter",
        "description": "由 casebook check --schema json 生成，请勿手改。",
    }
    whole = head | {key: value for key, value in schema.items() if key not in head}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _allow_null(value: dict[str, Any]) -> None:
    """Let a key that may be left out stand without a value: here that is an empty text."""
    if value.get("default") == "":
        kinds = value["type"] if isinstance(value["type"], list) else [value["type"]]
        value["type"] = [*kinds, "null"]
        if "enum" in value:
            value["enum"] = [*value["enum"], None]

"""The model of the front matter: one source for the gate, the writer, the table and editors."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from casebook.library import casefile
from casebook.library.case_schema import (
    ENTRY_MODELS,
    FIELDS,
    KEY_NAMES,
    FrontMatterSchema,
    list_keys,
)
from casebook.library.schema_tables import render_json_schema, render_key_table
from casebook.model import Block, Case, SourceRef, VariantRef
from frozen import LIBRARY

Draft7Validator = import_module("jsonschema").Draft7Validator  # it has no types

FULL = Case(
    id="good",
    title="好",
    blocks=(Block(1, "好", "background", "正文。"),),
    kind="经验材料",
    organ="某局",
    region="某县",
    date="2023-05",
    themes=("责任落实",),
    sources=(
        SourceRef("a.txt", "0" * 64, 2, "https://example.org/a"),
        SourceRef(name="某某日报", url="https://example.org/b"),
        SourceRef(sha256="1" * 64),
    ),
    aliases=("jiu", "qian#k7f2"),
    variants=(VariantRef("old", "near"),),
    contributor="某人",
    ai_use="校对文字",
    allow=({"rule": "email", "reason": "公开"},),
)


def _front(text: str) -> dict[str, Any]:
    """The front matter as an editor reads it, with numbers and empty values."""
    loaded: dict[str, Any] = yaml.safe_load(text.split("---\n")[1])
    return loaded


def test_a_written_case_has_the_keys_in_the_order_of_the_model() -> None:
    """The writer has no list of keys of its own."""
    front = _front(casefile.dump(FULL))
    assert tuple(front) == FIELDS
    for key in ENTRY_MODELS:
        for entry in front[key]:
            order = [name for name in list_keys(key) if name in entry]
            assert list(entry) == order


def test_a_written_case_is_read_as_it_was() -> None:
    """Sources without a document, too."""
    assert casefile.parse(casefile.dump(FULL)) == FULL


def test_every_key_has_a_chinese_name_and_a_row_of_the_table() -> None:
    """A key cannot be added to the model alone."""
    assert all(KEY_NAMES.values()) and tuple(KEY_NAMES) == FIELDS
    rows = render_key_table().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == list(FIELDS)


@pytest.mark.parametrize(
    "entry",
    [
        {"sha256": "0" * 64},
        {"file": "a.txt", "sha256": "0" * 64, "part": "2"},
        {"url": "https://example.org/a"},
        {"name": "本单位撰写"},
    ],
)
def test_a_source_is_a_document_or_a_place(entry: dict[str, str]) -> None:
    """Each of hash, address and name is enough."""
    FrontMatterSchema.model_validate({"id": "a", "title": "好", "sources": [entry]})


@pytest.mark.parametrize(
    "entry", [{}, {"part": "2"}, {"file": "a.txt"}, {"file": "a.txt", "name": "某报"}]
)
def test_a_source_that_says_nothing_is_refused(entry: dict[str, str]) -> None:
    """A document needs its hash, in whatever company."""
    with pytest.raises(ValidationError):
        FrontMatterSchema.model_validate({"id": "a", "title": "好", "sources": [entry]})


SCHEMA = Draft7Validator(json.loads(render_json_schema()))


def test_json_schema_accepts_what_the_gate_accepts() -> None:
    """Cases of the frozen library and a full one, as an editor's YAML reads them."""
    Draft7Validator.check_schema(SCHEMA.schema)
    texts = [path.read_text("utf-8") for path in casefile_paths()] + [casefile.dump(FULL)]
    assert texts
    for text in texts:
        assert list(SCHEMA.iter_errors(_front(text))) == []
    assert list(SCHEMA.iter_errors({"id": "a", "title": "好", "date": 2023, "organ": None})) == []


def casefile_paths() -> list[Any]:
    """The case files of the frozen library."""
    return sorted(path for path in LIBRARY.glob("*.md") if path.stem != "README")


@pytest.mark.parametrize(
    "change",
    [
        {"id": "Bad"},
        {"title": ""},
        {"kidn": "x"},
        {"date": "2023年"},
        {"lead_role": "背景"},
        {"themes": "责任落实"},
        {"sources": [{"file": "a.txt"}]},
        {"sources": ["某报"]},
        {"sources": [{"part": 0, "name": "x"}]},
        {"variants": [{"id": "a", "relation": "series"}]},
        {"allow": [{"rule": "email"}]},
    ],
)
def test_json_schema_refuses_what_the_gate_refuses(change: dict[str, Any]) -> None:
    """An editor shows these mistakes before the gate does."""
    assert list(SCHEMA.iter_errors({"id": "a", "title": "好", **change}))

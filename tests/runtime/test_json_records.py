"""The codec of cached records: equal values, whatever fields are added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from casebook.runtime.json_records import from_json, to_json


@dataclass(frozen=True, slots=True)
class Leaf:
    """A record inside another one."""

    name: str | None
    place: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Tree:
    """A record with a field of every kind that the codec knows."""

    path: Path
    leaves: tuple[Leaf, ...]
    claims: tuple[tuple[str, tuple[int, int]], ...]
    themes: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]


TREE = Tree(
    path=Path("cases/甲.md"),
    leaves=(Leaf("甲", (2, 3)), Leaf(None)),
    claims=(("乙", (4, 5)),),
    themes={"k1": ("责任落实", "考核评价"), "k2": ()},
    titles={"v": "旧的"},
)


def test_a_record_comes_back_equal() -> None:
    """Tuples, paths and records inside records keep their types."""
    assert from_json(Tree, json.loads(json.dumps(to_json(TREE)))) == TREE


def test_fields_go_by_their_names() -> None:
    """The order of the keys does not matter."""
    row = to_json(TREE)
    assert row["leaves"][0] == {"name": "甲", "place": [2, 3]}
    assert from_json(Tree, dict(reversed(row.items()))) == TREE


def test_a_row_from_before_a_field_gets_its_default() -> None:
    """A field that was added later does not shift the others."""
    assert from_json(Leaf, {"name": "甲"}) == Leaf("甲")


@pytest.mark.parametrize("row", [{"name": "甲", "more": 1}, {"place": [1, 1]}])
def test_a_row_of_another_record_is_refused(row: dict[str, object]) -> None:
    """An unknown field and a missing one without a default are errors."""
    with pytest.raises(TypeError):
        from_json(Leaf, row)

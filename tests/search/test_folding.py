"""Folding in Python, by the golden file that the browser's folding is tested with too."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casebook.search.folding import units
from index_files import fold_for_search

GOLDEN = Path(__file__).parents[1] / "data" / "search" / "folding.yml"


@pytest.mark.parametrize("row", yaml.safe_load(GOLDEN.read_text(encoding="utf-8")))
def test_golden_file(row: dict[str, str]) -> None:
    """Width, case and script become one; what would change the length stays."""
    assert fold_for_search(row["text"]) == row["folded"]


@given(st.text())
def test_folding_keeps_places_and_is_done_once(text: str) -> None:
    """Places in the folded text are places in the text; folding again changes nothing."""
    folded = fold_for_search(text)
    assert len(units(folded)) == len(units(text))
    assert fold_for_search(folded) == folded

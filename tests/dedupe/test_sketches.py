"""Sketches: what Python and the page compute alike, and how much room they take."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.dedupe.sketches import SKETCH_BITS, SKETCH_HASHES, make_sketch
from casebook.search.sketch_files import pack_sketches

GOLDEN = Path(__file__).parents[1] / "data" / "dedupe" / "sketches.json"
MOST_BYTES = 225


@pytest.mark.parametrize("row", json.loads(GOLDEN.read_text(encoding="utf-8")))
def test_golden(row: dict[str, str | list[int]]) -> None:
    """tests/javascript/sketch.test.mjs holds the scripts of the page to the same file."""
    folded = fold_for_comparison(str(row["text"]))
    assert folded == row["folded"]
    assert make_sketch(folded).tolist() == row["sketch"]


@pytest.mark.parametrize("count", [1, SKETCH_HASHES, 2_600, 100_000])
def test_a_sketch_takes_little_room_whatever_the_length(count: int) -> None:
    """A thousand cases take at most 225 KB, and 25 KB for their ids."""
    hashes = np.random.default_rng(count).integers(0, 1 << SKETCH_BITS, (20, count))
    sketches = [np.unique(each.astype(np.uint32))[:SKETCH_HASHES] for each in hashes]
    assert 2 * len(pack_sketches(sketches)) / len(sketches) <= MOST_BYTES

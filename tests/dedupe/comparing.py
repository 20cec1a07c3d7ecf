"""Likeness of two texts from strings alone, for tests."""

from __future__ import annotations

from casebook.dedupe.alignment import align_texts
from casebook.dedupe.likeness import Likeness, measure_likeness
from casebook.dedupe.pieces import PreparedText


def compare(a: str, b: str) -> Likeness:
    """The likeness of two plain texts whose paragraphs are divided by line feeds."""
    first, second = PreparedText.of(a), PreparedText.of(b)
    return measure_likeness(first, second, align_texts(first, second))

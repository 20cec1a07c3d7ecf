"""Scores of readings by their best segmentation into words."""

from __future__ import annotations

import math

import pytest

from casebook.text.segmentation import score, segment
from casebook.text.word_frequencies import TOTAL_COUNT, frequency, makes_word


def test_a_word_is_likelier_than_its_characters() -> None:
    """It is scored as one word of the dictionary."""
    assert score(segment("围绕")) == math.log(frequency("围绕") / TOTAL_COUNT)
    assert score(segment("围绕")) > score(segment("绕围"))


@pytest.mark.parametrize("text", ["围绕中心", "圍繞中心"])
def test_a_reading_grows_in_either_script(text: str) -> None:
    """Piece by piece it scores what it does as a whole, and in simplified script."""
    pieces = segment(text[2:], segment(text[:2]))
    assert pieces == segment("围绕中心")


def test_words_of_official_prose_count() -> None:
    """The dictionary lacks them."""
    assert frequency("常态化") >= 300
    assert frequency("态常化") == 0
    assert makes_word("常", "态", "化")
    assert not makes_word("常", "态", "化", least=10**6)

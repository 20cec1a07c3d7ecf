"""Readings with and without tone marks."""

from __future__ import annotations

import re
import unicodedata

import pytest

from casebook.text.tone_letters import PINYIN_LETTERS, TONED_VOWELS, strip_tones


@pytest.mark.parametrize(
    ("reading", "bare"),
    [("guān", "guan"), ("lǜ", "lv"), ("lü", "lv"), ("ńg", "ng"), ("ḿ", "m"), ("de", "de")],
)
def test_a_reading_without_tones(reading: str, bare: str) -> None:
    """ü is written v, with a tone or without."""
    assert strip_tones(reading) == bare


def test_the_vowels_are_complete() -> None:
    """Four tones of six vowels, in composed form."""
    marks = {unicodedata.normalize("NFD", letter)[-1] for letter in TONED_VOWELS}
    assert len(set(TONED_VOWELS)) == 24
    assert len(marks) == 4
    assert re.fullmatch(f"[{PINYIN_LETTERS}]+", TONED_VOWELS)

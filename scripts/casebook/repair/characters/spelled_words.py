"""Pinyin in place of a character of an ordinary word: 发zhan for 发展.

Only the dictionary can decide, so the word must be common and no other one nearly as common.
"""

from __future__ import annotations

import re
from functools import cache

from casebook.text.characters import HAN_PATTERN, fold_script, is_level_one, list_toned_readings
from casebook.text.tone_letters import strip_tones
from casebook.text.word_frequencies import frequency

COMMON_WORD_COUNT, LEAST_RATIO = 2000, 8
"""Least count of the word in the dictionary, and least ratio of it to any other word's count."""

_SPELLED_WORDS = (
    "a an ban can fan gang gun he hen long man me men pan pin run she song sun tan ten wan wo yin"
)
"""English words and names that are spelled like a syllable of pinyin."""

_SYLLABLE = re.compile("[a-z]{2,6}")


@cache
def _characters_by_reading() -> dict[str, tuple[str, ...]]:
    """The frequent characters by their toneless readings."""
    found: dict[str, set[str]] = {}
    for code in range(0x4E00, 0xA000):
        if is_level_one(character := chr(code)):
            for reading in list_toned_readings(character):
                found.setdefault(strip_tones(reading), set()).add(character)
    return {reading: tuple(sorted(characters)) for reading, characters in found.items()}


def spelled_character(before: str, shown: str, after: str) -> str:
    """The character that pinyin replaces between two others; '' where no word is certain.

    `before` and `after` are the characters next to it, '' at a border.
    """
    spelled = strip_tones(shown)
    if not _SYLLABLE.fullmatch(spelled) or (shown == spelled and spelled in _SPELLED_WORDS.split()):
        return ""
    counted = sorted(
        (
            (_count(before, character, after), character)
            for character in _characters_by_reading().get(spelled, ())
        ),
        reverse=True,
    )
    if not counted or counted[0][0] < COMMON_WORD_COUNT:
        return ""
    clear = len(counted) == 1 or counted[0][0] >= LEAST_RATIO * counted[1][0]
    return counted[0][1] if clear else ""


def _count(before: str, character: str, after: str) -> int:
    """The greater count of the two words that a character makes with either neighbor."""
    left = frequency(fold_script(before) + character) if HAN_PATTERN.match(before) else 0
    right = frequency(character + fold_script(after)) if HAN_PATTERN.match(after) else 0
    return max(left, right)

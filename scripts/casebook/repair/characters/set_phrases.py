"""Homophones in set phrases (在接再厉 for 再接再厉) and in words that are often misspelled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from operator import eq
from pathlib import Path

from casebook.repair.characters.lookalikes import comes_again, is_about_characters
from casebook.repair.draft_text import DraftText, Finding, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.placed_lines import Span, around
from casebook.text.segmentation import score, segment
from casebook.text.similar_characters import is_alike
from casebook.text.word_frequencies import frequency, idioms
from casebook.text.word_tables import read_table, read_words

_TABLE = Path(__file__).with_name("set_phrases.yml")

COUNTED_GAIN, WORD_GAIN, IDIOM_GAIN = 2.0, 4.0, 9.0
"""Nats that the right form must gain over the shown one, with four characters on either side: one
that the dictionary counts by mistake, a listed one, and an idiom, for no list says which forms of
it are wrong (始终不予 gains 7)."""

OWN_WORD_COUNT = 5
"""Frequency from which a shown phrase is one of its own: below it, the dictionary has errors."""


@cache
def _by_first_two() -> tuple[re.Pattern[str], dict[str, list[tuple[str, str]]]]:
    """Misspelled words and the right ones, by their first two characters; what may be one."""
    found: dict[str, list[tuple[str, str]]] = {}
    for both in read_words(_TABLE, "words"):
        half = len(both) // 2
        found.setdefault(both[:2], []).append((both[:half], both[half:]))
    return _pattern_of_pairs(found), found


def _pattern_of_pairs(pairs: Iterable[str]) -> re.Pattern[str]:
    """What may be one of some pairs of characters: a search for it takes half as long."""
    first, second = map("".join, zip(*pairs, strict=True))
    return re.compile(f"[{first}](?=[{second}])")


@cache
def _by_half() -> tuple[re.Pattern[str], dict[str, list[tuple[int, str]]]]:
    """Idioms by each half, with its place: a single wrong character leaves the other half."""
    found: dict[str, list[tuple[int, str]]] = {}
    for idiom in idioms():
        for place in (0, 2):
            found.setdefault(idiom[place : place + 2], []).append((place, idiom))
    return _pattern_of_pairs(found), found


def find_misspellings(document: DraftText) -> Iterator[Finding]:
    """Wrong characters of words and idioms; idioms that are puns or come again are doubts."""
    for start, right, least in document.search_lines(_find):
        yield from _correct(document.text, start, right, least)


def _find(text: str, lines: Span) -> Iterator[tuple[int, str, float]]:
    """Where one character of a word or an idiom is wrong, what is right, and what it must gain."""
    pattern, words = _by_first_two()
    for shown in pattern.finditer(text, *lines):
        start = shown.start()
        for wrong, right in words.get(text[start : start + 2], ()):
            if text.startswith(wrong, start):
                yield start, right, WORD_GAIN
    pattern, halves = _by_half()
    for half in pattern.finditer(text, *lines):
        at = half.start()
        for place, idiom in halves.get(text[at : at + 2], ()):
            start = at - place
            if start >= 0 and _is_misspelled(text[start : start + 4], idiom):
                yield start, idiom, IDIOM_GAIN


def _is_misspelled(shown: str, idiom: str) -> bool:
    """Whether one character of the idiom is another one that sounds or looks alike."""
    if sum(map(eq, shown, idiom)) != len(idiom) - 1 or frequency(shown) >= OWN_WORD_COUNT:
        return False
    ((a, b),) = ((a, b) for a, b in zip(shown, idiom, strict=True) if a != b)
    return is_alike(a, b)


def _correct(text: str, start: int, right: str, least: float) -> Iterator[Finding]:
    """The wrong character of a word at `start`, if the right one is much likelier here."""
    end = start + len(right)
    shown = text[start:end]
    before, after = around(text, start, end, 4)
    gain = score(segment(before + right + after)) - score(segment(before + shown + after))
    sides = (before[-1:] + shown[0], shown[-1] + after[:1])
    overlaps = any(len(side) > 1 and frequency(side) for side in sides)  # 分布|署名
    if gain < (COUNTED_GAIN if frequency(shown) and not overlaps else least):
        return
    (place,) = (i for i, (a, b) in enumerate(zip(shown, right, strict=True)) if a != b)
    meant = shown[place] in read_table(_TABLE)["puns"] or comes_again(text, shown)
    if is_about_characters(text, start) or (before[-1:] + after[:1]) in ("“”", "‘’"):
        return
    if meant and least == IDIOM_GAIN:
        yield TextDoubt(start, end, f"“{shown}”像是“{right}”之误，也可能是有意这样写，请核对。")
    else:
        yield Edit(start + place, start + place + 1, right[place], "likely")

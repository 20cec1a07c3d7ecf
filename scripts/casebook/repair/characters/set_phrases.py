"""Homophones in set phrases (在接再厉 for 再接再厉) and in words that are often misspelled."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from operator import eq, itemgetter
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

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


class _Clue(NamedTuple):
    """A part of a word, its place in the word, and what the word must gain to be meant."""

    part: str
    place: int
    word: str
    least: float


@cache
def _clues() -> tuple[AhoCorasick, list[_Clue]]:
    """Misspelled words, and halves of idioms: a single wrong character leaves the other half."""
    clues = list[_Clue]()
    for both in read_words(_TABLE, "words"):
        half = len(both) // 2
        clues.append(_Clue(both[:half], 0, both[half:], WORD_GAIN))
    clues += (
        _Clue(idiom[place : place + 2], place, idiom, IDIOM_GAIN)
        for idiom in idioms()
        for place in (0, 2)
    )
    parts = [clue.part for clue in clues]
    return AhoCorasick(parts, implementation=Implementation.DFA), clues


def find_misspellings(document: DraftText) -> Iterator[Finding]:
    """Wrong characters of words and idioms; idioms that are puns or come again are doubts."""
    for start, right, least in sorted(document.search_lines(_find), key=itemgetter(2)):
        yield from _correct(document.text, start, right, least)


def _find(text: str, lines: Span) -> Iterator[tuple[int, str, float]]:
    """Where one character of a word or an idiom is wrong, what is right, and what it must gain."""
    automaton, clues = _clues()
    shown = text[slice(*lines)].encode("utf-8", "replace").decode()  # no lone surrogates
    for number, at, _ in automaton.find_matches_as_indexes(shown, overlapping=True):
        _, place, word, least = clues[number]
        start = lines[0] + at - place
        if least == WORD_GAIN or (start >= 0 and _is_misspelled(text[start : start + 4], word)):
            yield start, word, least


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

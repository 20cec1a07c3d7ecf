"""Pinyin that a web site injected behind characters, and pinyin that stands for a character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import yaml

from casebook.repair.characters import HAN, fold, is_traditional, readings, toneless
from casebook.repair.document import Document, Doubt, Result
from casebook.repair.edits import Edit

_LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_ONE_GROUP = rf"[(（][{_LETTERS}]{{1,7}}[)）]"
_GROUPS = re.compile(rf"(?:{_ONE_GROUP})+")
_READING = re.compile(rf"[{_LETTERS}]+")
_CARRIER = re.compile(f"[{HAN}]")

SPACING = 400
"""Characters of text per injected reading at most: rarer ones are an author's own glosses."""

EXCERPT = 200
"""Characters up to which a text counts as an excerpt: there one reading may be evidence."""

TRADITIONAL_SHARE = 0.5
"""Share of readings that must follow traditional characters: converters inject there, poets not."""

FEWEST_TONELESS = 3
"""Readings that make a toneless dialect: letters without tones might be anything else."""


@dataclass(frozen=True, slots=True)
class _Injection:
    """Readings in parentheses at [start, end) behind `carrier`; `toned` says they show tones."""

    start: int
    end: int
    carrier: str
    toned: bool


def injected_readings(document: Document) -> Result:
    """Readings in parentheses behind their characters, in a text that shows injection."""
    found = list(_verified(document.text))
    if not _shows_injection(document.text, found):
        return Result()
    spaced = 2 * sum(_is_spaced(document.text, place.end) for place in found) > len(found)
    edits = []
    for place in found:
        end = place.end + (spaced and _is_spaced(document.text, place.end))
        certain = is_traditional(place.carrier) or not _CARRIER.match(place.carrier)
        edits.append(Edit(place.start, end, "", "certain" if certain else "likely"))
    return Result(tuple(edits))


def _is_spaced(text: str, position: int) -> bool:
    """Whether a space that came with the injection stands here, before the next character."""
    return text[position : position + 1] == " " and bool(_CARRIER.match(text, position + 1))


def _verified(text: str) -> Iterator[_Injection]:
    """Readings that are readings of the character before them, or follow a stray byte."""
    for group in _GROUPS.finditer(text):
        start = group.start()
        if not start:
            continue
        carrier, said = text[start - 1], _READING.findall(group[0])
        toned = any(map(_TONED.search, said))
        if _CARRIER.match(carrier):
            known = readings(carrier)
            if all(one in known or one in map(toneless, known) for one in said):
                yield _Injection(start, group.end(), carrier, toned)
        elif toned and _is_trail_byte(text, start - 1):
            yield _Injection(start, group.end(), carrier, toned)


def _is_trail_byte(text: str, position: int) -> bool:
    """Whether an ASCII character glued to Chinese may be what a byte shift left of one."""
    glued = position > 0 and _CARRIER.match(text[position - 1])
    return bool(glued) and 0x40 <= ord(text[position]) <= 0x7E


def _shows_injection(text: str, found: list[_Injection]) -> bool:
    stray = sum(not _CARRIER.match(place.carrier) for place in found)
    traditional = stray + sum(is_traditional(place.carrier) for place in found)
    if not found or traditional < TRADITIONAL_SHARE * len(found):
        return False
    if not any(place.toned for place in found) and len(found) < FEWEST_TONELESS:
        return False
    return len(text) <= EXCERPT or (len(found) >= 3 and len(text) <= SPACING * len(found))


@cache
def _terms() -> dict[str, tuple[str, ...]]:
    """Masked spellings (`dang建`, `党jian`) with the fixed terms they may stand for."""
    path = Path(__file__).with_name("terms.yml")
    masked: dict[str, list[str]] = {}
    for term in yaml.safe_load(path.read_text(encoding="utf-8")):
        for spelling in _spellings(term):
            masked.setdefault(spelling, []).append(term)
    return {spelling: tuple(terms) for spelling, terms in masked.items()}


def _spellings(term: str) -> set[str]:
    """The term with one, two … but not all of its characters written as toneless pinyin."""
    choices = [(character, _main_reading(character)) for character in term]
    spelled = {"".join(choice) for choice in product(*choices)}
    return {text for text in spelled if re.search("[a-z]", text) and _CARRIER.search(text)}


def _main_reading(character: str) -> str:
    from pypinyin import lazy_pinyin

    return toneless(lazy_pinyin(character)[0])


_LATIN = re.compile(rf"(?<![A-Za-z])[{_LETTERS}]{{2,20}}(?![A-Za-z])")


def spelled_characters(document: Document) -> Result:
    """Pinyin that stands for a censored character inside a fixed term (`dang建` for 党建)."""
    edits, doubts = [], []
    for found in _LATIN.finditer(document.text):
        terms = _terms_at(document.text, found.start(), found.end(), toneless(found[0]))
        if len(terms) == 1:
            edits.append(Edit(found.start(), found.end(), terms.pop()))
        elif terms:
            choices = "、".join(sorted(terms))
            doubts.append(
                Doubt(found.start(), found.end(), f"“{found[0]}”可能代替了汉字：{choices}。")
            )
    return Result(tuple(edits), tuple(doubts))


def _terms_at(text: str, start: int, end: int, spelling: str) -> set[str]:
    """What the pinyin at [start, end) stands for in the longest fixed term around it."""
    longest, restored = 0, set[str]()
    for left, right in product(range(4), range(4)):
        if start < left or end + right > len(text):
            continue
        before, after = text[start - left : start], text[end : end + right]
        masked = "".join(map(fold, before)) + spelling + "".join(map(fold, after))
        for term in _terms().get(masked, ()):
            if len(term) >= longest:
                restored = restored if len(term) == longest else set()
                longest = len(term)
                restored.add(term[left : len(term) - right])
    return restored

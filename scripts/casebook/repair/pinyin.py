"""Pinyin that a web site injected behind characters, and pinyin that stands for a character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import yaml

from casebook.repair.characters import HAN, fold, is_traditional, readings, toneless
from casebook.repair.document import Document, Doubt, Result
from casebook.repair.edits import Edit

_LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_GROUP = re.compile(rf"[(（](?P<reading>[{_LETTERS}]{{1,7}})[)）]")
_CARRIER = re.compile(f"[{HAN}]")

SPACING = 400
"""Characters of text per injected reading at most: rarer ones are an author's own glosses."""

EXCERPT = 200
"""Characters up to which a text counts as an excerpt: there one reading may be evidence."""

TRADITIONAL_SHARE = 0.5
"""Share of readings that must follow traditional characters: converters inject there, poets not."""


def injected_readings(document: Document) -> Result:
    """Readings in parentheses behind their characters, in a text that shows injection."""
    found = list(_verified(document))
    if not _shows_injection(document.text, found):
        return Result()
    edits = []
    for start, end, carrier in found:
        certain = is_traditional(carrier) or not _CARRIER.match(carrier)
        edits.append(Edit(start, end, "", "certain" if certain else "likely"))
    return Result(tuple(edits))


def _verified(document: Document) -> Iterator[tuple[int, int, str]]:
    """Toned readings that are readings of the character before them, or follow a stray byte."""
    text = document.text
    for group in _GROUP.finditer(text):
        start, reading = group.start(), group["reading"]
        carrier = text[start - 1] if start else ""
        if not carrier or not _TONED.search(reading):
            continue
        if _CARRIER.match(carrier):
            if reading in readings(carrier):
                yield start, group.end(), carrier
        elif _is_trail_byte(text, start - 1):
            yield start, group.end(), carrier


def _is_trail_byte(text: str, position: int) -> bool:
    """Whether an ASCII character glued to Chinese may be what a byte shift left of one."""
    glued = position > 0 and _CARRIER.match(text[position - 1])
    return bool(glued) and 0x40 <= ord(text[position]) <= 0x7E


def _shows_injection(text: str, found: list[tuple[int, int, str]]) -> bool:
    if not found:
        return False
    traditional = sum(is_traditional(carrier) for _, _, carrier in found)
    if traditional < TRADITIONAL_SHARE * len(found):
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

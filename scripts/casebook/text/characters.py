"""Facts about single characters that several repair rules need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Chinese characters, as the inside of a character class."""

HAN_PATTERN = re.compile(f"[{HAN}]")


@cache
def _converter() -> object:
    from opencc import OpenCC

    return OpenCC("hk2s")  # t2s with the variants of Hong Kong (衞)


_FULL_WIDTH = dict(zip(",;:!?()", "，；：！？（）", strict=True))


@cache
def fold_script(character: str) -> str:
    """The simplified form of one character, itself where there is none; marks full-width."""
    if character in _FULL_WIDTH:
        return _FULL_WIDTH[character]
    folded: str = _converter().convert(character)  # type: ignore[attr-defined]
    return folded if len(folded) == 1 else character


def fold_text(text: str) -> str:
    """Every character folded by itself, so that positions stay."""
    return "".join(map(fold_script, text))


@cache
def is_traditional(character: str) -> bool:
    """Whether a character is used in traditional script only (not in GB 2312, and foldable)."""
    return not _encodable(character, "gb2312") and fold_script(character) != character


@cache
def is_simplified(character: str) -> bool:
    """Whether a character is used in simplified script only (in GB 2312, not in Big5)."""
    return (
        HAN_PATTERN.match(character) is not None
        and _encodable(character, "gb2312")
        and not _encodable(character, "big5")
    )


@cache
def _all_that(belongs: Callable[[str], bool]) -> re.Pattern[str]:
    """Every character of a kind as one pattern: searching is faster than asking one by one."""
    found = "".join(filter(belongs, map(chr, range(0x3400, 0xA000))))
    return re.compile(f"[{found}]")


def count_traditional(text: str) -> int:
    """How many characters of a text are used in traditional script only."""
    return len(_all_that(is_traditional).findall(text))


def traditional_characters(text: str) -> Iterator[re.Match[str]]:
    """The places of characters that are used in traditional script only."""
    return _all_that(is_traditional).finditer(text)


def count_simplified(text: str) -> int:
    """How many characters of a text are used in simplified script only."""
    return len(_all_that(is_simplified).findall(text))


def _encodable(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


_MARKS = {"，": -2.8, "。": -3.7, "、": -4.2, "“": -5.5, "”": -5.5, "；": -6.0, "：": -6.0}
"""Rough log frequencies of the frequent marks in running Chinese (counted in newspaper text)."""


@cache
def rarity(character: str) -> float:
    """How unexpected a character is without any context: the logarithm of a rough frequency.

    GB 2312 level 1 holds the 3,755 frequent characters, level 2 the next 3,008; other marks of
    Chinese punctuation are as frequent as characters; all else is rare.
    """
    if character in _MARKS:
        return _MARKS[character]
    if character in "？！‘’（）《》—…":
        return -9.0
    try:
        code = fold_script(character).encode("gb2312")
    except UnicodeEncodeError:
        return -16.0
    if len(code) == 1:
        return -11.0
    if 0xB0 <= code[0] <= 0xD7:
        return -9.0
    return -13.0


@cache
def is_frequent(character: str) -> bool:
    """Whether a character is one of the 3,755 of level 1 of GB 2312, in either script."""
    return rarity(character) == -9.0 and HAN_PATTERN.match(character) is not None


@cache
def is_level_one(character: str) -> bool:
    """Whether a character itself is one of the 3,755 of level 1 of GB 2312."""
    return b"\xb0" <= character.encode("gb2312", "ignore")[:1] <= b"\xd7"


@cache
def readings(character: str) -> frozenset[str]:
    """All readings of a character with tone marks, of its traditional and simplified form."""
    from pypinyin import Style, pinyin

    found: set[str] = set()
    for form in {character, fold_script(character)}:
        for of_character in pinyin(form, style=Style.TONE, heteronym=True, errors="ignore"):
            found.update(of_character)
    return frozenset(found)


@cache
def _readers() -> dict[str, tuple[str, ...]]:
    from pypinyin.constants import PINYIN_DICT

    found: dict[str, list[str]] = {}
    for code, said in PINYIN_DICT.items():
        for reading in said.split(","):
            found.setdefault(reading, []).append(chr(code))
    return {reading: tuple(characters) for reading, characters in found.items()}


def read_as(reading: str) -> tuple[str, ...]:
    """All characters that have a reading, with tone marks."""
    return _readers().get(reading, ())


_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜḿńňǹ", "aaaaeeeeiiiioooouuuuüüüümnnn")


def toneless(reading: str) -> str:
    """A reading without tone marks; ü and v are both written v."""
    return reading.translate(_TONES).replace("ü", "v")

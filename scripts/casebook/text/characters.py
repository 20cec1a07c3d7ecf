"""Single characters: their script, their place in GB 2312, their readings, their frequency."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import filterfalse

from casebook.text.mark_weights import MARK_WEIGHTS, ORDINARY_MARK
from casebook.text.patterns import character_class
from casebook.text.script_conversion import load_converter

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Chinese characters, as the inside of a character class."""

HAN_PATTERN = re.compile(f"[{HAN}]")


FULL_WIDTH_MARKS = dict(zip(",;:!?()", "，；：！？（）", strict=True))
"""Marks as typed on a Latin keyboard, and those of Chinese text. `.` is not one: 3.5, www."""


SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段章钱汤尹黎易常武乔贺赖龚"
)
"""The hundred most frequent surnames."""

STANDARD_FORMS = "乾剋劄吒夥徵扞於昇氾爇祕脩苧蒐薳薹袷谿釐陞麽"
"""Characters of simplified script that converters change: words and names are written with them.

The members of 通用规范汉字表 (2013) whose `hk2s` form is another character. To make the list again,
take those with a kTGH entry in Unihan_OtherMappings.txt (Debian: unicode-data)."""


_USUAL = range(0x3400, 0xA000)
"""Code points of the Chinese characters of the basic plane, compatibility forms apart."""


@cache
def fold_script(character: str) -> str:
    """The simplified form of one character, itself where there is none; marks full-width."""
    if character in FULL_WIDTH_MARKS:
        return FULL_WIDTH_MARKS[character]
    folded: str = _folded().get(character) or load_converter("hk2s").convert(character)
    return folded if len(folded) == 1 else character


@cache
def _folded() -> dict[str, str]:
    """The usual characters with their forms, asked for at once: that takes a 25th of the time."""
    usual = list(map(chr, _USUAL))
    forms = load_converter("hk2s").convert("\n".join(usual)).split("\n")
    return dict(zip(usual, forms, strict=True))


def fold_text(text: str) -> str:
    """Fold every character by itself, so that positions stay."""
    return _folding().sub(lambda found: fold_script(found[0]), text)


@cache
def _folding() -> re.Pattern[str]:
    """Characters that may have another form: few of most texts."""
    same = "".join(character for character, form in _folded().items() if form == character)
    plain = re.escape("".join(c for c in map(chr, range(0x80)) if c not in FULL_WIDTH_MARKS))
    marks = "\u2000-\u206f\u3000-\u301f\uff00-\uff9f\ud800-\udfff"
    return re.compile(f"[^{plain}{marks}{same}]")


@cache
def is_traditional(character: str) -> bool:
    """Whether a character is used in traditional script only (not in GB 2312, and foldable)."""
    own = _encodable(character, "gb2312") or character in STANDARD_FORMS
    return not own and fold_script(character) != character


@cache
def is_simplified(character: str) -> bool:
    """Whether a character is used in simplified script only (in GB 2312, not in Big5)."""
    return (
        HAN_PATTERN.match(character) is not None
        and _encodable(character, "gb2312")
        and not _encodable(character, "big5")
    )


@cache
def _traditional() -> re.Pattern[str]:
    """Every such character as one pattern: faster than a call for each character of a text."""
    foldable = (character for character, form in _folded().items() if form != character)
    return re.compile(f"[{character_class(filter(is_traditional, foldable))}]")


@cache
def _simplified() -> re.Pattern[str]:
    only = _characters_of("gb2312") - _characters_of("big5")
    return re.compile(f"[{character_class(filter(is_simplified, only))}]")


def count_traditional(text: str) -> int:
    """How many characters of a text are used in traditional script only."""
    return len(_traditional().findall(text))


def traditional_characters(text: str) -> Iterator[re.Match[str]]:
    """The places of characters that are used in traditional script only."""
    return _traditional().finditer(text)


@cache
def japanese_forms() -> dict[str, str]:
    """Simplified characters by the Japanese forms that Chinese does not have (実: 实)."""
    usual = list(map(chr, range(0x4E00, 0xA000)))
    forms = load_converter("jp2t").convert("\n".join(usual)).split("\n")
    found = {c: fold_script(form) for c, form in zip(usual, forms, strict=True) if form != c}
    found["働"] = "动"  # of Japan only, so no variant of a traditional form
    return {c: meant for c, meant in found.items() if meant != c and not _encodable(c, "gb2312")}


@cache
def foreign_characters() -> re.Pattern[str]:
    """Any character that is used in traditional script or in Japanese only."""
    return re.compile(f"{_traditional().pattern}|[{character_class(japanese_forms())}]")


def count_simplified(text: str) -> int:
    """How many characters of a text are used in simplified script only."""
    return len(_simplified().findall(text))


def script_of(text: str) -> str:
    """ "traditional" or "simplified" where nine in ten telling characters agree, else ""."""
    counts = Counter(text)  # of few different characters: faster than to find each place
    traditional = sum(count for character, count in counts.items() if is_traditional(character))
    simplified = sum(count for character, count in counts.items() if is_simplified(character))
    if traditional > 9 * simplified:
        return "traditional"
    return "simplified" if simplified > 9 * traditional else ""


def is_gb2312(character: str) -> bool:
    """Whether a character is ASCII or in GB 2312."""
    return _encodable(character, "gb2312")


def _encodable(character: str, encoding: str) -> bool:
    return character in _characters_of(encoding)


@cache
def _characters_of(encoding: str) -> frozenset[str]:
    """The ASCII and Chinese characters that an encoding has; asking one by one takes longer."""
    characters = "".join(map(chr, (*range(0x80), *_USUAL, *range(0xF900, 0xFB00))))
    return frozenset(characters.encode(encoding, "ignore").decode(encoding))


LEVEL_ONE, LEVEL_TWO = ORDINARY_MARK, -13.0
"""Weights of a character of level 1 of GB 2312 (3,755 frequent ones) and of level 2 (3,008 more).

Like the next two: rough natural logarithms of a frequency, in steps that order the classes.
"""

ASCII_WEIGHT, RARE_WEIGHT = -11.0, -16.0
"""Weights of an ASCII character and of one that is not in GB 2312."""


@cache
def rarity(character: str) -> float:
    """How frequent a character is without any context: a rough natural logarithm, below zero."""
    weights = MARK_WEIGHTS.get(character)
    if weights and weights.per_character is not None:
        return weights.per_character
    try:
        code = fold_script(character).encode("gb2312")
    except UnicodeEncodeError:
        return RARE_WEIGHT
    if len(code) == 1:
        return ASCII_WEIGHT
    return LEVEL_ONE if 0xB0 <= code[0] <= 0xD7 else LEVEL_TWO


@cache
def is_frequent(character: str) -> bool:
    """Whether a character is one of the 3,755 of level 1 of GB 2312, in either script."""
    return fold_script(character) in _level_one() and HAN_PATTERN.match(character) is not None


def is_level_one(character: str) -> bool:
    """Whether a character itself is one of the 3,755 of level 1 of GB 2312."""
    return character in _level_one()


@cache
def _level_one() -> frozenset[str]:
    codes = (bytes((row, place)) for row in range(0xB0, 0xD8) for place in range(0xA1, 0xFF))
    return frozenset(b"".join(codes).decode("gb2312", "ignore"))


def list_rare() -> Iterator[str]:
    """The characters from U+4E00 to U+9FFF that are not of level 1 of GB 2312."""
    return filterfalse(is_level_one, map(chr, range(0x4E00, 0xA000)))


@cache
def list_toned_readings(character: str) -> frozenset[str]:
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
    for code, listed in PINYIN_DICT.items():
        for reading in listed.split(","):
            found.setdefault(reading, []).append(chr(code))
    return {reading: tuple(characters) for reading, characters in found.items()}


def read_as(reading: str) -> tuple[str, ...]:
    """All characters that have a reading, with tone marks."""
    return _readers().get(reading, ())

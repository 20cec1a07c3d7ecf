"""Markers that open a heading: 一、 （一） 1. 1） ① 第一， 首先， 一是 第一篇 and their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casebook.text.numerals import UNITS, UP_TO_HUNDREDS, read_numeral
from casebook.text.sentence_ends import FULL_STOPS

_HAN = UP_TO_HUNDREDS
_CIRCLED = {character: number for number, character in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
_TURNS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "此外": 4, "最后": 5}
_N = rf"(?P<n>[{_HAN}]{{1,4}}|\d{{1,3}})"
_SPACE = "[ 　]*"

PART_FAMILY = "part"
"""The family of markers that open a part of a compilation."""

SHI_FAMILY = "shi"
"""The family of 一是 and 一要. A predicate follows, so it is a heading only on its own line."""

TURN_FAMILY = "turn"
"""The family of 首先, 其次, 最后, which have an order; any of them may be missing."""

ORDINAL_FAMILY = "ordinal"
"""The family of 第一， and 第二，."""

_PATTERNS = (
    (PART_FAMILY, rf"【?第{_N}篇】?{_SPACE}[：:、.．]?{_SPACE}"),
    (
        PART_FAMILY,
        rf"(?:[【（(]?(?:(?:典型|优秀|交流|发言|经验)?(?:案例|材料)|(?:交流|典型)?发言|篇|范文|例文|例"
        rf"|(?:案例|材料)之)|[【（(][\u4e00-\u9fff]{{0,10}}(?:案例|材料|经验)之"
        rf"|[\u4e00-\u9fff]{{2,10}}(?:案例|材料)之(?=.{{1,3}}$)){_SPACE}{_N}[】）)]?"
        rf"{_SPACE}(?:[：:、.．]{_SPACE}|$|(?<=[】）) 　]))",
    ),
    ("division", rf"第{_N}(?:部分|编){_SPACE}[：:、.．]?{_SPACE}"),
    ("chapter", rf"第{_N}章{_SPACE}[：:、.．]?{_SPACE}"),
    ("section", rf"第{_N}节{_SPACE}[：:、.．]?{_SPACE}"),
    (ORDINAL_FAMILY, rf"第(?P<n>[{_HAN}]{{1,3}}){_SPACE}[，、：,:]{_SPACE}"),
    (TURN_FAMILY, rf"(?P<n>{'|'.join(_TURNS)}){_SPACE}[，,：:]{_SPACE}"),
    ("han", rf"(?P<n>[{_HAN}]{{1,4}}){_SPACE}[、．.](?![{_HAN}](?:、|产业)){_SPACE}"),
    ("han-paren", rf"[（(]{_SPACE}(?P<n>[{_HAN}]{{1,4}}){_SPACE}[）)]{_SPACE}[、．.]?{_SPACE}"),
    ("decimal-3", rf"\d{{1,2}}[.．]\d{{1,2}}[.．](?P<n>\d{{1,2}})[.．、]?(?![\d.%％]){_SPACE}"),
    ("decimal-2", r"\d{1,2}[.．](?P<n>\d{1,2})(?:[.．、][ 　]*|[ 　]+)(?=[^\d\s%％])"),
    ("arabic", rf"(?P<n>\d{{1,3}}){_SPACE}(?:[、．]|\.(?!\d)){_SPACE}"),
    (
        "arabic-paren",
        rf"[（(]{_SPACE}(?P<n>\d{{1,3}}){_SPACE}[）)]{_SPACE}[、．.]?{_SPACE}",
    ),
    ("arabic-half", rf"(?P<n>\d{{1,3}})[）)]{_SPACE}[、．.]?{_SPACE}"),
    ("arabic-bare", r"(?P<n>\d{1,2})[ 　]+(?=[\u4e00-\u9fff“])"),
    ("circled", rf"(?P<n>[{''.join(_CIRCLED)}]){_SPACE}[、．.]?{_SPACE}"),
    (SHI_FAMILY, rf"(?P<n>[{_HAN}]{{1,3}})(?:是|要)(?=[^{_HAN}]){_SPACE}[，,：:]?"),
)
_FAMILIES = tuple((family, re.compile(pattern)) for family, pattern in _PATTERNS)
_OPENS = re.compile(
    rf"[第【（(\d①-⑳{_HAN}篇范例材典优案交发经{''.join(dict.fromkeys(turn[0] for turn in _TURNS))}]"
    r"|[\u4e00-\u9fff]{2,10}(?:案例|材料)之"
)
_END = f"[{FULL_STOPS}”）]"
_AFTER_SENTENCE = f"(?:(?<={_END})|(?<={_END}[ \u3000])|(?<={_END}[ \u3000]{{2}}))"
_ANYWHERE = re.compile(
    rf"{_AFTER_SENTENCE}(?=第[^。]{{1,4}}[篇，、]|(?:篇|范文|案例)[{_HAN}\d]{{1,3}}[：:]|[（(【]|[{_HAN}]{{1,4}}[、．.是要]|\d{{1,3}}[、．.）)]|[①-⑳])"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the start of a text: its family, its number, its length in characters."""

    family: str
    number: int
    length: int


def read_marker(text: str) -> Marker | None:
    """The marker that opens `text`, or None."""
    if not _OPENS.match(text):
        return None
    for family, pattern in _FAMILIES:
        if found := pattern.match(text):
            number = read_number(found["n"])
            if number:
                return Marker(family, number, found.end())
    return None


def read_number(text: str) -> int:
    """A number in Chinese, Arabic or circled figures up to 999; 0 when it is none."""
    if text.isdecimal():
        return int(text)
    if text in _CIRCLED or text in _TURNS:
        return _CIRCLED.get(text) or _TURNS[text]
    # Without 十 or 百 the last digit counts: 二三、 opens with 3. It looks like an oversight.
    return read_numeral(text if UNITS.keys() & set(text) else text[-1:])


def continues(number: int, last: int, family: str) -> bool:
    """Whether a number continues `last` in its family; one number may be missing."""
    most = len(_TURNS) if family == TURN_FAMILY else 2
    return 0 < number - last <= most


def find_glued_markers(text: str) -> list[tuple[int, Marker]]:
    """Markers in a paragraph after a sentence and at most two spaces, with their positions."""
    found = []
    for place in _ANYWHERE.finditer(text):
        if marker := read_marker(text[place.start() : place.start() + 12]):
            found.append((place.start(), marker))
    return found

"""Markers that open a heading: 一、 （一） 1. （1） ① 一是 第一篇 and their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = "〇零一二三四五六七八九十百"
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_CIRCLED = {character: number for number, character in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}

PART = "part"
"""The family of markers that open a write-up of a compilation."""

PLAIN = "plain"
"""The family of headings without a marker."""

_PATTERNS = (
    (PART, rf"【?第(?P<n>[{_HAN}]{{1,4}}|\d{{1,3}})篇】?[ 　]*[：:、.．]?[ 　]*"),
    (
        PART,
        rf"[【（(]?(?:篇|范文|例文|材料)(?P<n>[{_HAN}]{{1,4}}|\d{{1,3}})[】）)]?"
        r"[ 　]*(?:[：:、.．][ 　]*|$|(?<=[】）) 　]))",
    ),
    ("chapter", rf"第(?P<n>[{_HAN}]{{1,4}}|\d{{1,3}})(?:章|部分|节)[ 　]*[：:、.．]?[ 　]*"),
    ("han", rf"(?P<n>[{_HAN}]{{1,4}})[ 　]*[、．.][ 　]*"),
    ("han-paren", rf"[（(](?P<n>[{_HAN}]{{1,4}})[）)][ 　]*[、．.]?[ 　]*"),
    ("arabic", r"(?P<n>\d{1,3})[ 　]*(?:[、．]|\.(?!\d))[ 　]*"),
    ("arabic-paren", r"[（(]?(?P<n>\d{1,3})[）)][ 　]*[、．.]?[ 　]*"),
    ("circled", rf"(?P<n>[{''.join(_CIRCLED)}])[ 　]*[、．.]?[ 　]*"),
    ("shi", rf"(?P<n>[{_HAN}]{{1,3}})(?:是|要)(?=[^{_HAN}])[ 　]*[，,：:]?"),
)
_FAMILIES = tuple((family, re.compile(pattern)) for family, pattern in _PATTERNS)
_ANYWHERE = re.compile(
    "(?<=[。！？”）])(?=第[^。]{1,4}篇|[（(【]|["
    + _HAN
    + r"]{1,4}[、．.是要]|\d{1,3}[、．.）)]|[①-⑳])"
)

RUN_IN = frozenset({"han", "han-paren", "arabic", "arabic-paren", "chapter"})
"""Families whose heading may run into its paragraph: there the first sentence is the heading."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the start of a text: its family, its number, its length in characters."""

    family: str
    number: int
    length: int


def read_marker(text: str) -> Marker | None:
    """The marker that opens `text`, or None."""
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
    if text in _CIRCLED:
        return _CIRCLED[text]
    total = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total += (digit or 1) * {"十": 10, "百": 100}[character]
            digit = 0
    return total + digit


def glued_markers(text: str) -> list[tuple[int, Marker]]:
    """Markers inside a paragraph, directly behind a sentence, with their positions."""
    found = []
    for place in _ANYWHERE.finditer(text):
        if marker := read_marker(text[place.start() : place.start() + 12]):
            found.append((place.start(), marker))
    return found

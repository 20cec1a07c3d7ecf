"""Pairs of GBK bytes, and those that vanish: what two characters around a lost pair may be."""

from __future__ import annotations

from functools import cache
from heapq import nlargest

from casebook.text.characters import fold_script, is_level_one, is_traditional, read_as
from casebook.text.segmentation import START, extend, score
from casebook.text.word_frequencies import frequency

GBK_LEADS = range(0x81, 0xFF)
"""First bytes of characters."""

GBK_TRAILS = range(0x40, 0xFF)
"""Second bytes of characters."""

SECONDS, WORDS = 24, 8
"""How many second characters of a lost pair are looked at for each first one, and words of both."""


@cache
def decode(lead: int, trail: int) -> str:
    """The character of two bytes, or ''."""
    if lead < 0x81:
        return ""
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""


@cache
def is_gb2312(character: str) -> bool:
    """Whether a character is one of GB 2312, as pages in simplified script have them."""
    return bool(character.encode("gb2312", "ignore"))


def is_user_defined(lead: int, trail: int) -> bool:
    """Whether two bytes lie in a user-defined area of GBK, whose characters are dropped."""
    if lead in range(0xA1, 0xA8):
        return trail <= 0xA0
    return trail >= 0xA1 and (lead in range(0xAA, 0xB0) or lead >= 0xF8)


def _is_no_character(lead: int, trail: int) -> bool:
    """Whether decoders show `?` for two bytes."""
    return not is_user_defined(lead, trail) and not decode(lead, trail)


Gaps = tuple[tuple[int, tuple[str, ...]], ...]
"""Every first byte u of a lost pair (u, v), with the characters of v and a known trail byte."""


@cache
def _frequent_first(characters: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(characters, key=lambda c: -score(extend(START, c))))


@cache
def _lost_seconds(u: int, trail: int, shown: bool, simplified: bool) -> tuple[str, ...]:
    """Second characters (v, trail) of pairs (u, v) that vanished, or that were shown as `?`."""
    is_lost = _is_no_character if shown else is_user_defined
    found = (c for v in GBK_LEADS if is_lost(u, v) and (c := decode(v, trail)))
    return tuple(c for c in found if is_gb2312(c) or (is_traditional(c) and not simplified))


@cache
def lost_pairs(trail: int, shown: bool, simplified: bool) -> Gaps:
    """Pairs before a trail byte that vanished, or that were shown as `?`; frequent ones first."""
    every = ((u, _lost_seconds(u, trail, shown, simplified)) for u in GBK_LEADS)
    return tuple((u, _frequent_first(found)[:SECONDS]) for u, found in every if found)


@cache
def lost_words(carried: int, trail: int, shown: bool, simplified: bool) -> tuple[str, ...]:
    """The most frequent words of two characters whose inner bytes vanished, or became `?`."""
    found = []
    for u, seconds in lost_pairs(trail, shown, simplified):
        first = fold_script(decode(carried, u))
        if first and is_level_one(first):
            for second in seconds:
                if counted := frequency(first + fold_script(second)):
                    found.append((counted, decode(carried, u) + second))
    return tuple(word for _, word in nlargest(WORDS, found))


@cache
def lost_before(carried: int, reading: str) -> tuple[tuple[str, str], ...]:
    """Characters around a lost pair of which the second is known by its reading only."""
    found = []
    for second in read_as(reading):
        code = second.encode("gbk", "ignore")
        if len(code) == 2 and (is_gb2312(second) or is_traditional(second)):
            firsts = (decode(carried, u) for u in GBK_LEADS if is_user_defined(u, code[0]))
            found += [
                (first, second) for first in firsts if is_gb2312(first) or is_traditional(first)
            ]
    return tuple(found)

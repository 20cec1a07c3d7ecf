"""Pairs of GBK bytes, and those that vanish: what two characters around a lost pair may be."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from casebook.text.characters import is_traditional, read_as
from casebook.text.segmentation import START, extend, score

GBK_LEADS = range(0x81, 0xFF)
"""First bytes of characters."""

GBK_TRAILS = range(0x40, 0xFF)
"""Second bytes of characters."""


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


@cache
def lost_pairs(trail: int, shown: bool, simplified: bool) -> Mapping[int, tuple[str, ...]]:
    """Pairs (u, v) before a trail byte that vanished, or that were shown as `?`.

    By u, the characters of v and the trail byte, frequent ones first.
    """
    return {u: found for u in GBK_LEADS if (found := _lost_seconds(u, trail, shown, simplified))}


@cache
def _lost_seconds(u: int, trail: int, shown: bool, simplified: bool) -> tuple[str, ...]:
    """Second characters (v, trail) of pairs (u, v) that vanished, or that were shown as `?`."""
    is_lost = _is_no_character if shown else is_user_defined
    found = (c for v in GBK_LEADS if is_lost(u, v) and (c := decode(v, trail)))
    used = (c for c in found if is_gb2312(c) or (is_traditional(c) and not simplified))
    return tuple(sorted(used, key=frequent_first))


@cache
def frequent_first(character: str) -> float:
    """A key that sorts characters by how often they stand alone, frequent ones first."""
    return -score(extend(START, character))


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

"""Closed classes of words that exclude each other, such as the seasons.

Two titles that differ only in such a word are about two things, so the texts are a series. Two
titles that differ in an open word (做法, 探索) may be two titles of one text.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

_ANY_MEMBER = "\ue000"
"""Replaces every word of a class; for private use, so no text contains it."""


def find_contrast(a: str, b: str) -> tuple[str, str] | None:
    """The first words of one class that differ in two short texts which are equal otherwise."""
    if not _compile_any_member().search(a) or not _compile_any_member().search(b):
        return None
    for members in _compile_classes():
        if members.sub(_ANY_MEMBER, a) == members.sub(_ANY_MEMBER, b):
            for x, y in zip(members.findall(a), members.findall(b), strict=True):
                if x.removesuffix("节") != y.removesuffix("节"):
                    return x, y
    return None


@cache
def _read_classes() -> tuple[list[str], ...]:
    text = Path(__file__).with_name("contrasts.yml").read_text(encoding="utf-8")
    return tuple(row.split() for row in yaml.load(text, Loader=yaml.CBaseLoader))


@cache
def _compile_any_member() -> re.Pattern[str]:
    return re.compile("|".join(sorted({word for words in _read_classes() for word in words})))


@cache
def _compile_classes() -> tuple[re.Pattern[str], ...]:
    rows = (sorted(words, key=len, reverse=True) for words in _read_classes())
    return tuple(re.compile("|".join(row)) for row in rows)

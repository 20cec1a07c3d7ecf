"""Characters that look alike or sound alike, as scanners and typists take one for another."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from casebook.text.word_tables import read_words

_TABLE = Path(__file__).with_name("similar_characters.yml")


@cache
def alternatives() -> dict[str, str]:
    """The characters that each look-alike may stand for (`similar_characters.yml`)."""
    found: dict[str, str] = {}
    for group in read_words(_TABLE, "groups"):
        found |= {shown: found.get(shown, "") + group.replace(shown, "") for shown in group}
    for pair in read_words(_TABLE, "one_way"):
        found[pair[0]] = found.get(pair[0], "") + pair[1]
    return found


def is_alike(one: str, other: str) -> bool:
    """Whether two characters look alike, or sound alike to half of the country (zh z, ing in)."""
    looks = other in alternatives().get(one, "") or one in alternatives().get(other, "")
    return looks or _spelling(one) == _spelling(other)


@cache
def _spelling(character: str) -> str:
    from pypinyin import lazy_pinyin

    return re.sub("^([zcs])h|(?<=[aei]n)g$", r"\1", "".join(lazy_pinyin(character)))

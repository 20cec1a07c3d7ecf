"""Regular expressions that cost little until they are used: a new process starts at once.

`re` takes a millisecond or two for a class of all Chinese characters, and hundreds of such patterns
look for damage or lines that most texts do not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

_ATTRIBUTES = (
    *("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"),
    *("pattern", "flags", "groups", "groupindex"),
)


class _LazyPattern:
    """Stands for a compiled pattern: the first use gives it the attributes of one."""

    def __init__(self, expression: str, flags: int) -> None:
        self._source = expression, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _ATTRIBUTES:
            raise AttributeError(name)
        compiled = re.compile(*self._source)
        for attribute in _ATTRIBUTES:
            setattr(self, attribute, getattr(compiled, attribute))
        return getattr(compiled, name)


def lazy_pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern for `pattern.search(…)` and the like; not for the functions of `re` itself.

    A mistake in the expression raises re.error at the first use.
    """
    return cast("re.Pattern[str]", _LazyPattern(expression, flags))


def character_class(characters: Iterable[str]) -> str:
    """The inside of a class of many characters: neighbors as ranges, which `re` reads faster."""
    ranges: list[list[str]] = []
    for character in sorted(set(characters)):
        if ranges and ord(ranges[-1][1]) == ord(character) - 1:
            ranges[-1][1] = character
        else:
            ranges.append([character, character])
    return "".join(first if first == last else f"{first}-{last}" for first, last in ranges)

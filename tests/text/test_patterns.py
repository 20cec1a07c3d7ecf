"""Patterns that are compiled when they are first used, and classes of many characters."""

from __future__ import annotations

import re

import pytest

from casebook.text.patterns import character_class, lazy_pattern


def test_a_lazy_pattern_is_used_like_a_compiled_one() -> None:
    """All that callers ask of it."""
    pattern = lazy_pattern("([一二])、")
    assert pattern.findall("一、二、三、") == ["一", "二"]
    assert pattern.sub("", "一、甲") == "甲"
    assert (pattern.pattern, pattern.groups) == ("([一二])、", 1)


def test_a_mistake_shows_at_the_first_use() -> None:
    """Making the pattern costs nothing, not even a look at the expression."""
    pattern = lazy_pattern("(")
    with pytest.raises(re.error):
        pattern.search("一")


def test_neighbors_become_ranges() -> None:
    """The class has the same members, whatever their order."""
    assert character_class("丁一七丂三") == "一-七三"
    every = re.compile(f"[{character_class('丁一七丂三')}]").findall("一丁丂七丆三下")
    assert "".join(every) == "一丁丂七三"

"""Values as people write them: in Chinese quotes and brackets, divided by Chinese marks."""

from __future__ import annotations

import re

_BRACKETS = "[]【】〔〕［］「」『』"
_CHINESE_QUOTES = "“”‘’＂「」『』"
_QUOTES = "\"'" + _CHINESE_QUOTES
_SEPARATOR = re.compile("[,，、;；\\s]")
LIST_SIGNS = re.compile(f"[{re.escape(_BRACKETS[2:] + _CHINESE_QUOTES)}，、；]")
"""Chinese signs that make a list, or stand around its names."""


def split_themes(text: str) -> tuple[str, ...]:
    """The names in a text, without brackets, quotes and what divides them.

    >>> split_themes("【责任落实，考核评价】")
    ('责任落实', '考核评价')
    """
    names = (name.strip(" \t\u3000" + _BRACKETS + _QUOTES) for name in _SEPARATOR.split(text))
    return tuple(name for name in names if name)


def strip_quotes(value: str) -> str:
    """A value without the Chinese quotes around the whole of it.

    >>> strip_quotes("“2023-05”"), strip_quotes("“店小二”和“老娘舅”")
    ('2023-05', '“店小二”和“老娘舅”')
    """
    inner = value[1:-1]
    quoted = len(value) > 2 and value[0] in _CHINESE_QUOTES and value[-1] in _CHINESE_QUOTES
    return inner if quoted and not any(sign in _CHINESE_QUOTES for sign in inner) else value

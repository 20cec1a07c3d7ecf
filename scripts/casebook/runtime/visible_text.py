"""Texts of others in messages and logs: shown whole, and taken for nothing but text.

A file may be called anything: a line feed or an escape sequence in its name would reach the
terminal, and `::error::` at the start of a line is a command to GitHub Actions.
"""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile(r"[^\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
"""What may be unseen: the characters of nearly every message are known not to be."""

_COMMAND = re.compile(r"(\s*):(?=:)|##\[")
"""How a command to GitHub Actions begins: `::` first on a line, or `##[` anywhere in it."""


def reveal_invisible(text: str) -> str:
    """A name or value with the code point in place of each character that nobody sees.

    >>> reveal_invisible("一\\u202e.txt"), reveal_invisible("a b\\n")
    ('一<U+202E>.txt', 'a b<U+000A>')
    """
    return "".join(_reveal(c) if _is_unseen(c, "CZ") and c != " " else c for c in text)


def reveal_line(line: str) -> str:
    """A whole line for people: control characters by their code point, and no command in it.

    Spaces of any width stay, for a message may have them.

    >>> reveal_line("::error::x"), reveal_line("a\\x1b[1m　b")
    ('<U+003A>:error::x', 'a<U+001B>[1m　b')
    """
    shown = _UNSEEN.sub(lambda found: _reveal_control(found[0]), line)
    return _COMMAND.sub(_disarm, shown)


def _disarm(found: re.Match[str]) -> str:
    if found[0] == "##[":
        return f"##{_reveal('[')}"
    return f"{found[1]}{_reveal(':')}" if found.start() == 0 else found[0]


def _reveal_control(character: str) -> str:
    is_line_end = unicodedata.category(character) in ("Zl", "Zp")
    return _reveal(character) if is_line_end or _is_unseen(character, "C") else character


def _is_unseen(character: str, categories: str) -> bool:
    return unicodedata.category(character)[0] in categories


def _reveal(character: str) -> str:
    return f"<U+{ord(character):04X}>"

"""Regular expressions of Python as those of JavaScript (ES2020, with the flag u)."""

from __future__ import annotations

import re

_WORD = r"\p{L}\p{N}_"
_CLASSES = {"d": r"\p{Nd}", "D": r"\P{Nd}", "w": _WORD, "s": r"\s", "S": r"\S"}
_EDGE = f"(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}])"
_OUTSIDE_CLASS = {
    "w": f"[{_WORD}]",
    "W": f"[^{_WORD}]",
    "b": f"(?:{_EDGE})",
    "B": f"(?!{_EDGE})",
    "A": "(?<![^])",
    "Z": "(?![^])",
}
_OF_ASCII = {"d": "0-9", "w": "A-Za-z0-9_", "s": " \\t\\n\\r\\f\\v"}
_KEPT = frozenset("nrtfv0123456789")
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_REPEAT = re.compile(r"(?:[*+?]|\{(?:\d+(?:,\d*)?|,\d+)\})(?P<kind>[+?]?)")
_GROUP = re.compile(r"\(\?P<(?P<name>\w+)>|\(\?P=(?P<back>\w+)\)|\(\?(?P<atomic>>)")
_FLAGS = ((re.I, "i"), (re.M, "m"))


def translate_pattern(pattern: re.Pattern[str]) -> tuple[str, str]:
    """The source and the flags of the same expression in JavaScript.

    Raises ValueError for what has no counterpart there: (?x), (?i:…) and conditions.
    """
    if pattern.flags & re.X:
        raise ValueError(f"verbose expression: {pattern.pattern[:40]}")
    flags = "".join(letter for flag, letter in _FLAGS if pattern.flags & flag)
    return _Translation(pattern).run(), flags


class _Translation:
    """One pass over an expression; `atom` is where the last piece that may repeat begins."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.source = pattern.pattern
        self.ascii_only = bool(pattern.flags & re.A)
        self.any = "[^]" if pattern.flags & re.S else "[^\\n]"
        self.place = 0
        self.pieces: list[str] = []
        self.atom = 0
        self.groups: list[tuple[int, str]] = []
        self.atomic = 0

    def run(self) -> str:
        while self.place < len(self.source):
            self._step()
        return "".join(self.pieces)

    def _step(self) -> None:
        character = self.source[self.place]
        if repeat := _REPEAT.match(self.source, self.place) if self.pieces else None:
            self._repeat(repeat)
        elif character == "(":
            self._open()
        elif character == ")":
            self.atom, end = self.groups.pop()
            self.pieces.append(end)
            self.place += 1
        elif character == "|":
            self._add("|", 1)
        elif character == "[":
            self._read_class()
        elif character == "\\":
            self._add(self._escape(inside=False), 2)
        elif character in "{}]":
            self._add(f"\\{character}", 1)
        else:
            self._add(self.any if character == "." else character, 1)

    def _add(self, text: str, length: int) -> None:
        self.atom = len(self.pieces)
        self.pieces.append(text)
        self.place += length

    def _repeat(self, found: re.Match[str]) -> None:
        """A quantifier; a possessive one makes its atom a group that never gives back."""
        text, kind = found[0], found["kind"]
        self.place = found.end()
        if text.startswith("{,"):
            text = "{0" + text[1:]
        if kind != "+":
            self.pieces.append(text)
            return
        begin, end = self._name_atomic()
        self.pieces.insert(self.atom, begin)
        self.pieces.append(text[:-1] + end)

    def _name_atomic(self) -> tuple[str, str]:
        """A lookahead that takes what it can, and a reference to that: JavaScript has no (?>…)."""
        self.atomic += 1
        return f"(?=(?<atomic{self.atomic}>", f"))\\k<atomic{self.atomic}>"

    def _open(self) -> None:
        special = _GROUP.match(self.source, self.place)
        if special and special["back"]:
            self._add(f"\\k<{special['back']}>", len(special[0]))
            return
        begin, end = "(", ")"
        length = 1
        if special and special["atomic"]:
            (begin, end), length = self._name_atomic(), len(special[0])
        elif special:
            begin, length = f"(?<{special['name']}>", len(special[0])
        elif self.source.startswith("(?", self.place):
            begin = next(
                (b for b in ("(?:", "(?=", "(?!", "(?<=", "(?<!") if self._at(b)),
                "",
            )
            length = len(begin)
            if not begin:
                raise ValueError(f"no counterpart: {self.source[self.place : self.place + 8]}")
        self.groups.append((len(self.pieces), end))
        self._add(begin, length)

    def _at(self, text: str) -> bool:
        return self.source.startswith(text, self.place)

    def _read_class(self) -> None:
        """A set of characters; a bracket that opens one within it is a plain character."""
        start, text = self.place, "["
        self.place += 1
        if self._at("^"):
            text += "^"
            self.place += 1
        first = True
        while first or not self._at("]"):
            if self._at("\\"):
                text += self._escape(inside=True)
                self.place += 2
            else:
                character = self.source[self.place]
                text += f"\\{character}" if character in "[]" else character
                self.place += 1
            first = False
        self.place += 1
        self.atom = len(self.pieces)
        self.pieces.append(text + "]")
        assert self.place > start

    def _escape(self, *, inside: bool) -> str:
        """What a backslash and the character after it mean; `inside` a set of characters."""
        letter = self.source[self.place + 1]
        if letter in "xu":
            return f"\\{letter}"
        if self.ascii_only and letter in _OF_ASCII:
            return _OF_ASCII[letter] if inside else f"[{_OF_ASCII[letter]}]"
        if not inside and letter in _OUTSIDE_CLASS:
            return _OUTSIDE_CLASS[letter]
        if letter in _CLASSES:
            return _CLASSES[letter]
        if letter in _KEPT or letter in _SYNTAX or (inside and letter == "-"):
            return f"\\{letter}"
        if letter.isalpha():
            raise ValueError(f"no counterpart: \\{letter}")
        return letter

"""Fields of Word: the code is not shown, the result is; a table of contents is outside the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from casebook.reading.word.docx_names import W
from casebook.reading.word.safe_xml import Element

MOST_CODE_CHARACTERS = 2_000
"""Characters of a code that are read: those of Word have a few dozen."""

_CONTENTS = re.compile(r"\s*TOC\b", re.I)
_EQUATION = re.compile(r"\s*EQ\b", re.I)
_SWITCH = re.compile(r"\\\*\s*(?:jc\d|hps\d+|\"[^\"]*\"|\S+)(?:\s*\"[^\"]*\")?", re.I)
_READING = re.compile(r"\\s\s*\\up\s*\d*\s*\([^()]*\)\s*[,;]", re.I)
_COMMAND = re.compile(r"\\[a-z]{1,2}(?:\s*\d+)?", re.I)
_FRACTION = re.compile(r"\\f\s*\(([^(),]*),([^(),]*)\)", re.I)
_ENCLOSED = re.compile(r"\\o\s*(?:\\a[clr])?\s*\(\s*([○〇□△◇])\s*,\s*([^(),]+?)\s*\)", re.I)
_CIRCLES = {str(value): chr(0x245F + value) for value in range(1, 21)}
_CIRCLES |= dict(zip("一二三四五六七八九十", "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉", strict=True))


@dataclass
class _Open:
    """A field that has begun: its code so far, and whether its result is being read.

    `within_code` and `within_contents` say where it stands: what is around it cannot change
    before it ends.
    """

    within_code: bool
    within_contents: bool
    code: str = ""
    in_result: bool = False

    @property
    def in_contents(self) -> bool:
        return self.within_contents or _CONTENTS.match(self.code) is not None


@dataclass
class Fields:
    """The fields open at a place of the text; `matched` are the begins that have an end."""

    matched: set[Element] = field(default_factory=set)
    _open: list[_Open] = field(default_factory=list)

    @property
    def in_contents(self) -> bool:
        """Whether the place belongs to a table of contents."""
        return bool(self._open) and self._open[-1].in_contents

    @property
    def in_code(self) -> bool:
        """Whether the place is the result of a field within the code of another."""
        return bool(self._open) and self._open[-1].within_code

    def add_code(self, text: str) -> None:
        """Take a piece of the code of the innermost field."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].code = (self._open[-1].code + text)[:MOST_CODE_CHARACTERS]

    def begin(self, code: str = "") -> None:
        """Open a field; one that comes with its code shows its result from here on."""
        within_code = self.in_code or (bool(self._open) and not self._open[-1].in_result)
        self._open.append(_Open(within_code, self.in_contents, code, code != ""))

    def end(self) -> None:
        """Close the innermost field."""
        self._open.pop()

    def turn(self, mark: Element) -> str:
        """Take a begin, separator or end; the text that an ending field shows by its code alone."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin" and mark in self.matched:
            self.begin()
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            return "" if ended.in_result else shown_by_code(ended.code)
        return ""


def fields_of(story: Element) -> Fields:
    """No field open yet; begins without an end are known, so that they hide nothing."""
    begun: list[Element] = []
    matched = set()
    for mark in story.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            begun.append(mark)
        elif kind == "end" and begun:
            matched.add(begun.pop())
    return Fields(matched)


def shown_by_code(code: str) -> str:
    """The text of an EQ field, by which Word encloses characters and sets readings over them.

    `EQ \\o\\ac(○,1)` is ①, `EQ \\o\\ad(\\s\\up 9(pin),拼)` is 拼, `EQ \\f(1,2)` is 1/2.
    """
    if not _EQUATION.match(code):
        return ""
    text = _SWITCH.sub("", _EQUATION.sub("", code, count=1))
    text = _ENCLOSED.sub(lambda found: _CIRCLES.get(found[2], found[2]), text)
    text = _FRACTION.sub(r"\1/\2", _READING.sub("", text))
    return re.sub(r"[\s(),]", "", _COMMAND.sub("", text))

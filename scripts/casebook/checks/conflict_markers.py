"""The marks that git leaves where two versions of a file disagree.

They are looked for before anything else: what they do to YAML and Markdown would be reported as
mistakes of another kind, whose remedies hide them (`=======` would make the line above a heading).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casebook.checks.rules import Problem

_LEFT = (
    "第 {lines} 行是合并冲突留下的记号（<<<<<<<、=======、>>>>>>>），"
    "请在两种文字里选定一种，再删掉{these}。"
)
_ONE_LINE, _SEVERAL_LINES = "这一行", "这几行"
_MARKER = re.compile(r"(<{7}|\|{7}|>{7})(?: .*)?|={7}", re.S)
"""A whole line; `=======` alone may be the underline of a heading."""


def find_conflicts(text: str) -> Iterator[Problem]:
    """A problem for each conflict, at its first line; it names all lines that have to go."""
    if "<" * 7 not in text and ">" * 7 not in text:
        return  # the underline of a heading, or a row of bars
    lines = (line.rstrip("\r").lstrip("\ufeff") for line in text.split("\n"))
    found = [(n, line[0]) for n, line in enumerate(lines, start=1) if _MARKER.fullmatch(line)]
    if all(sign in "=|" for _, sign in found):
        return
    for group in _group_conflicts(found):
        numbers = "、".join(str(number) for number, _ in group)
        these = _SEVERAL_LINES if len(group) > 1 else _ONE_LINE
        message = _LEFT.format(lines=numbers, these=these)
        yield Problem("conflict-marker", group[0][0], 1, message)


def _group_conflicts(found: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """The markers of each conflict: from `<` to `>`, whichever of them are still there."""
    group: list[tuple[int, str]] = []
    for number, sign in found:
        if group and (sign == "<" or group[-1][1] == ">"):
            yield group
            group = []
        group.append((number, sign))
    if group:
        yield group

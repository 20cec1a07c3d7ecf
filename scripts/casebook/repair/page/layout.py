"""Leftovers of symbol fonts and lost bytes, and titles that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS

_PRIVATE = "\ue000-\uf8ff"
_BULLET = re.compile(
    rf"(?<=^)[ \t\u3000]*[{_PRIVATE}][ \t]*(?=[^\n{_PRIVATE}]*[{_PRIVATE}]?$)"
    rf"|(?<=[^\n{_PRIVATE}]{{4}})[{_PRIVATE}][ \t]*$",
    re.M,
)
_LOST = re.compile(
    "(?=[\ufffd锟斤烫屯\ue000-\uf8ff])(?:\ufffd+|(?:锟斤拷|锟斤|斤拷)+|烫{3,}|屯{3,}|[\ue000-\uf8ff]+)"
)
_TITLE_END = f"{ANY_SENTENCE_ENDS}，、：,:"
_TITLE_BORDER = re.compile(r"[：:】\])）、.\s]")
TITLE_LENGTH = range(5, 81)
"""Characters of a line that may be a title."""


_GBK_SPACE = "\ue5e5"
"""What GB 18030 makes of A3A0, which programs wrote for a full-width space."""


def remove_private_characters(document: DraftText) -> RuleResult:
    """Characters of symbol fonts at the ends of lines, which only decorate, removed."""
    spaces = (Edit(p.start(), p.end(), "\u3000") for p in re.finditer(_GBK_SPACE, document.text))
    bullets = (
        Edit(place.start(), place.end(), "", "likely")
        for place in _BULLET.finditer(document.text)
        if _GBK_SPACE not in place[0]
    )
    return RuleResult(tuple(sorted((*spaces, *bullets), key=lambda edit: edit.start)))


def flag_lost_characters(document: DraftText) -> RuleResult:
    """Characters that no longer say what they were: flagged, never invented."""
    doubts = (
        TextDoubt(place.start(), place.end(), "这里的文字在转码时已经丢失，请对照原文补上。")
        for place in _LOST.finditer(document.text)
    )
    return RuleResult(doubts=tuple(doubts))


def remove_repeated_titles(document: DraftText) -> RuleResult:
    """A title line that repeats the line before it, or the title at that line's end, removed."""
    return RuleResult(tuple(_repeated(document.text)))


def _repeated(text: str) -> Iterator[Edit]:
    previous, previous_end = "", 0
    for line in re.finditer(r"[^\n]+", text):
        content = line[0].strip()
        if not content:
            continue
        if _repeats(previous, content):
            yield Edit(previous_end, line.end(), "")
        else:
            previous = content
        previous_end = line.end()


def _repeats(previous: str, line: str) -> bool:
    if len(line) not in TITLE_LENGTH or line[-1] in _TITLE_END or not previous.endswith(line):
        return False
    rest = previous[: -len(line)]
    return not rest or _TITLE_BORDER.match(rest[-1]) is not None

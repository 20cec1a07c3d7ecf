"""Leftovers of symbol fonts and lost bytes, and titles that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.repair.draft_text import DraftText, TextDoubt
from casebook.repair.edits import Edit, removal
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.patterns import lazy_pattern
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS

_PRIVATE = "\ue000-\uf8ff"
_ANY_PRIVATE = re.compile(f"[{_PRIVATE}]")
_BULLET = lazy_pattern(
    rf"(?<=^)[ \t\u3000]*[{_PRIVATE}][ \t]*(?=[^\n{_PRIVATE}]*[{_PRIVATE}]?$)"
    rf"|(?<=[^\n{_PRIVATE}]{{4}})[{_PRIVATE}][ \t]*$",
    re.M,
)
_LOST = re.compile(
    f"[\ufffd锟斤烫屯{_PRIVATE}](?:(?<=\ufffd)\ufffd*|(?:(?<=锟)斤拷?|(?<=斤)拷)(?:锟斤拷?|斤拷)*"
    f"|(?<=烫)烫{{2,}}|(?<=屯)屯{{2,}}|(?<=[{_PRIVATE}])[{_PRIVATE}]*)"
)
_TITLE_END = f"{ANY_SENTENCE_ENDS}，、：,:"
_PART = re.compile(
    rf"(?:^|(?<=[。！？”\s]))[【（(]?(?:第[{ONE_TO_TEN}百\d]{{1,4}}[篇章则]"
    rf"|(?:篇|范文|材料|案例)[{ONE_TO_TEN}百\d]{{1,4}})[】）)：:、.．\s]*$"
)
"""What opens a write-up of a compilation, before its title."""

_PROSE = re.compile(
    rf"\s*(?:[^\n]{{25}}|[^\n]{{1,60}}[。；]|[（(]?[{ONE_TO_TEN}\d]{{1,3}}[、.．）)])"
)
"""What follows under a title; lines of a song are short and have no full stop."""

TITLE_LENGTH = range(5, 81)
"""Characters of a line that may be a title."""


_GBK_SPACE = re.compile("\ue5e5")
"""What GB 18030 makes of A3A0, which programs wrote for a full-width space."""


def remove_private_characters(document: DraftText) -> Iterator[Edit]:
    """Characters of symbol fonts at the ends of lines, which only decorate, removed."""
    yield from document.replace_all(_GBK_SPACE, "\u3000")
    for line in document.lines_of(_ANY_PRIVATE):
        for place in _BULLET.finditer(document.text, *line):
            if not _GBK_SPACE.search(place[0]):
                yield removal(place.span())


def flag_lost_characters(document: DraftText) -> Iterator[TextDoubt]:
    """Characters that no longer say what they were: flagged, never invented."""
    for doubt in document.flag_all(_LOST, "这里的文字在转码时已经丢失，请对照原文补上。"):
        if document.is_of_source(doubt.start, doubt.end):
            yield doubt


def remove_repeated_titles(document: DraftText) -> Iterator[Edit]:
    """A title that is repeated directly under itself, removed.

    Titles are the first line of a text, and of a write-up in a compilation. Elsewhere a repeated
    line is text: a refrain, a listing.
    """
    text = document.text
    above, title, title_end = "", "", 0
    for (_, end), line in document.lines:
        if title.endswith(line) and _may_be_title(line):
            border = title[: -len(line)]
            # Under a first line prose must follow: it may be a song's.
            below = _is_part(above) or (not above and _PROSE.match(text, end) is not None)
            if _PART.search(border) or (not border and below):
                yield Edit(title_end, end, "")
                title_end = end
                continue
        above, title, title_end = title, line, end


def _is_part(line: str) -> bool:
    """Whether a line opens a write-up of a compilation."""
    return len(line) < TITLE_LENGTH.stop and _PART.match(line) is not None


def _may_be_title(line: str) -> bool:
    return len(line) in TITLE_LENGTH and line[-1] not in _TITLE_END

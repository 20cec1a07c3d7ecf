"""The lines of a page as the search for its article sees them: text, links, or furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

from casebook.reading.web.html_lines import PageLine, PageText, Region
from casebook.reading.web.page_parts import page_parts
from casebook.text.furniture_lines import is_field_line, kind_of_line

MARKS = re.compile(r"[，。；：、！？,;:!?“”《》]|[A-Za-z)]\.(?=\s|$)")
SENTENCE_MARKS = re.compile(r"[。！？；，]|[A-Za-z)]\.(?=\s|$)")
FILE = re.compile(r"附\s?[件表图录]|\.(?:docx?|pdf|xlsx?|wps|et|ofd|zip|rar|pptx?|txt)\b", re.I)
_POSTED = re.compile(r".{0,20}发表于\s?[：:]?\s?\d{4}-.{4,25}")
_CREDIT = re.compile("编辑|附件|记者|来源")
_DATES = re.compile(r"\d{2,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?|\d\d:\d\d|[\s\[\]【】()（）·|]")

LINK_SHARE = 0.6
"""Share of a line's characters in links from which the line is a link."""

LINK_SHARE_OF_TABLE = 0.9
"""The same of a table of data, whose names are often links."""


class PageView:
    """The lines of a page with their values and what is outside of the text already."""

    def __init__(self, page: PageText) -> None:
        self.page = page
        self.lines = page.lines
        self.marks = [0 if line.hidden else count_marks(line) for line in page.lines]
        self.sums = [0, *accumulate(self.marks)]
        self.outside = [line.hidden for line in page.lines]
        self.core: range = range(0)
        self.frame: range = range(0)

    def marks_in(self, region: Region) -> int:
        """The marks of the lines of a block."""
        return self.sums[region.end] - self.sums[region.first]

    def leave_out(self, places: Iterable[int]) -> None:
        """Note that lines are outside of the text."""
        for place in places:
            self.outside[place] = True


def count_marks(line: PageLine) -> int:
    """The marks of a line; those in links count less."""
    if is_link(line):
        return 0
    if line.rows is not None:
        return len(line.rows) + len(MARKS.findall(line.text))
    return len(MARKS.findall(line.text))


def is_link(line: PageLine) -> bool:
    """Whether a line is little but links; the name of an attached file is text."""
    if not line.links:
        return False
    count = len(_DATES.sub("", line.text))
    share = LINK_SHARE if line.rows is None else LINK_SHARE_OF_TABLE
    return line.linked >= share * count and not FILE.search(line.text)


def is_furniture(text: str) -> bool:
    """Whether a line is page furniture by its text alone."""
    if len(text) < 60 and (_POSTED.fullmatch(text) or page_parts().buttons.fullmatch(text)):
        return True
    kind = kind_of_line(text)
    return kind in ("site", "tool") or (kind == "beside" and not _CREDIT.search(text))


def is_prose(line: PageLine) -> bool:
    """Whether a line has a sentence and is no furniture."""
    marks = len(SENTENCE_MARKS.findall(line.text))
    return (
        (marks > 1 or (marks > 0 and len(line.text) > 12))
        and line.linked < 0.3 * len(line.text)
        and not kind_of_line(line.text)
        and not is_field_line(line.text)
    )

"""Page furniture: what the page of a web site has around a text.

Posting dates, sources, navigation, links and rights are no facts of a text, and sharing them makes
no two texts alike. Only whole lines are removed, and the dateline and notes of a report.
"""

from __future__ import annotations

import re
from functools import partial

from casebook.text.dates import ANY_DAY, CLOCK, STAMP
from casebook.text.furniture_lines import is_field_line
from casebook.text.page_furniture import alternatives
from casebook.text.patterns import lazy_pattern

_TIME = rf"(?:\s{{0,3}}[T ]?{CLOCK}(?:[:：]\d{{2}})?)"
_of = partial(alternatives, "dedupe")
_FIELD = _of("label")  # not 时间, 日期, 地址 alone: in a notice they are what it is about
_SIGNER = r"(?![^\n]{0,12}(?:时间|日期|期限|截止))[^\d\n，。；：:]{1,24}"
_LINE = lazy_pattern(
    rf"^[^\w\n]{{0,9}}(?:"
    rf"{_FIELD}[^。\n]{{0,8}}[:：][^\n]{{0,120}}"
    rf"|(?:时间|日期)[:：]\s?{ANY_DAY}{_TIME}?[^\w\n]{{0,9}}{_FIELD}[^。\n]{{0,60}}"
    rf"|(?:时间[:：]\s?{STAMP}|日期[:：]\s?{ANY_DAY}){_TIME}?\s{{0,9}}"
    rf"|{_SIGNER}[ \t\u3000]{{1,9}}{ANY_DAY}{_TIME}?[^\w\n]{{0,9}}(?:{_FIELD}[^。\n]{{0,60}})?"
    rf"|{_of('line')}"
    rf"|{ANY_DAY}{_TIME}?[^\w\n]{{0,9}}(?:{_FIELD}[^。\n]{{0,60}})?"
    rf"|{_of('place')}[^。\n]{{0,12}}[:：>＞»›|｜/][^。\n]{{0,80}}"
    rf"|(?:{_of('row')}[^\w\n]{{0,4}}){{1,9}}"
    rf"|[^。\n]{{0,60}}{_of('anywhere')}[^。\n]{{0,90}}"
    rf")$",
    re.M | re.I,
)
"""Fields (发布时间：…), the day of posting or signing, pages, the way from the home page, buttons,
rights."""

_DATELINE = re.compile(
    r"^\s{0,9}(?:本报|本网|本刊|新华社|中新社|中新网|人民网|新华网|央视网)[^，。\n]{0,24}?[电讯]"
    r"(?:\s?[（(][^）)\n]{0,40}[）)])?\s?",
    re.M,
)

_NOTE = re.compile(rf"[（(]{_of('note')}[:：\s][^（）()\n]{{0,60}}[）)]")
"""A note on the author or the source, in parentheses within the text."""


_BARE_NUMBERS = re.compile(r"^[ \t\u3000]*\d{1,3}(?:[ \t\u3000]+\d{1,3})*[ \t\u3000]*$", re.M)
_PAGE_CHARACTERS = 200
"""Characters that a page has at least. Lines of figures that follow faster are a table."""


def without_furniture(text: str) -> str:
    """The text without page furniture, or the whole text if nothing else is in it."""
    pages = _find_page_numbers(text)

    def kept(line: re.Match[str]) -> str:
        counts = _BARE_NUMBERS.fullmatch(line[0]) and line.start() not in pages
        return line[0] if counts else ""

    rest = _NOTE.sub("", _DATELINE.sub("", _LINE.sub(kept, text)))
    rest = "\n".join(line for line in rest.split("\n") if not is_field_line(line.strip()))
    return rest if rest.strip() else text


def _find_page_numbers(text: str) -> frozenset[int]:
    """Where the lines of figures begin, if they count the pages: upward by one, a page apart."""
    found = [(line.start(), line[0].split()) for line in _BARE_NUMBERS.finditer(text)]
    if not found or any(len(numbers) > 1 for _, numbers in found):
        return frozenset()
    pages = [int(numbers[0]) for _, numbers in found]
    before = pages[0] - 1 if len(pages) > 1 else 0  # several may begin anywhere in a document
    counted = all(
        page == pages[0] + n and start >= _PAGE_CHARACTERS * (page - before)
        for n, (page, (start, _)) in enumerate(zip(pages, found, strict=True))
    )
    return frozenset(start for start, _ in found) if counted else frozenset()

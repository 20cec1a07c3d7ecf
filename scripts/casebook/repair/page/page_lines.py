"""Whole lines that a printed page put around the text, removed: page numbers, heads, contents.

Where a removed line tore a sentence, the same edit joins its halves.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from casebook.repair.draft_text import DraftText, TextDoubt
from casebook.repair.edits import Edit, removal
from casebook.repair.page.line_breaks import ITEM_MARKER, UNITS, tears_word
from casebook.repair.page.word_leftovers import remove_dead_links
from casebook.text.characters import HAN
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.patterns import lazy_pattern
from casebook.text.placed_lines import PlacedLine
from casebook.text.radicals import RADICALS, unify_radical
from casebook.text.sentence_ends import FULL_STOPS, HALF_WIDTH_ENDS, LINE_ENDS
from casebook.text.word_frequencies import is_in_word

_PAGE = re.compile(
    r"第\s*\d{1,4}\s*页(?:\s*[，,/／]?\s*共?\s*\d{1,4}\s*页)?|Page \d{1,4}(?: of \d{1,4})?"
    r"|[-—–·•~～]{1,3}\s*第?\s*\d{1,4}\s*页?\s*[-—–·•~～]{1,3}"
)
_BEFORE_PAGE = "第P-—–·•~～"
_BARE_NUMBER = re.compile(r"\d{1,4}(?:\s*[/／]\s*\d{1,4})?")
_NUMBERED_HEAD = lazy_pattern(
    rf"(?:[-—·|]?\s*(\d{{1,3}})\s*[-—·|]?\s+)?((?:(?:19|20)\d\d年?)?[^\d\s]\D{{2,38}}?[{HAN}》”）])"
    r"(?:\s*([-—·|第])?\s*(\d{1,3})\s*[-—·|页]?)?"
)
"""A running head with the number of its page before or after it, dressed or not."""

_BOOK = re.compile("汇编|选编|摘编|年鉴|年报|简报|手册|文集|读本|丛书|白皮书|蓝皮书")

_ENDS = f"{LINE_ENDS}，、.{HALF_WIDTH_ENDS}:,"
_LEADERS = re.compile(r".{1,60}?(?:\.{4,}|…{2,}|·{4,}|(?:\. ){4,})\s*[（(]?\d{1,4}[）)]?")
_TABBED = re.compile(r"[^\t]{1,60}?(?:\t| {3,})\d{1,4}")
"""A line of contents without leaders, directly under the heading or another line of contents."""

_CONTENTS = re.compile(r"目\s*录|目\s*次")
_CLOSING = "，。、；：！？”》）"
_LEADING = frozenset("的和与把将对向从由使让被及在并以")
_UNFINISHED = lazy_pattern(f"[{HAN}，、“《（]$")
_OPENING = re.compile(
    r"近年|今年|去年|目前|当前|截至|同时|此外|下一步|为|自|在|\d{4}年|首先|其次|会议|本"
)
"""Words that open a paragraph of a report, and hardly the second half of a sentence."""

_POINT = re.compile(f"[{ONE_TO_TEN}]是")
"""What opens a sentence, and numbers no heading."""

_COMPATIBLE = re.compile(f"[{RADICALS}\uf900-\ufaff]")

PROSE, LONG_PROSE = 15, 25
"""Least characters of a line without a final mark that is a broken sentence; the second if it has
a comma and nothing else shows that it is no heading."""

HEAD_LENGTH, FEWEST_HEADS = range(4, 41), 3
"""Characters of a running head, and how often one with rising page numbers stands at least."""

ITEM_NAME = 7
"""Characters of a name with which items are numbered (案例编号 3), at most; heads have more."""

REPEATED_PARAGRAPH = 20
"""Least Chinese characters of a paragraph whose repetition is an accident; refrains are shorter."""


def remove_page_lines(document: DraftText) -> Iterator[Edit]:
    """Remove lines that are only a page number (— 3 —, 第 2 页 共 9 页).

    A bare number must interrupt a sentence, and 3/8 must stand between lines of prose.
    """
    lines = document.lines
    bare = (i for i in document.lines_that(_BARE_NUMBER.fullmatch) if _is_page_number(lines, i))
    return _removed(document, lines, sorted({*document.lines_that(_is_page), *bare}))


def _is_page(line: str) -> bool:
    """Whether a line says that it is the number of a page."""
    return line[0] in _BEFORE_PAGE and _PAGE.fullmatch(line) is not None


def _is_page_number(lines: Sequence[PlacedLine], index: int) -> bool:
    """Whether a line is a number that can be nothing but that of a page."""
    line = lines[index][1]
    near = [lines[i][1] if 0 <= i < len(lines) else "" for i in range(index - 2, index + 3)]
    if near[0].isdecimal() or near[4].isdecimal() or len(near[1]) < PROSE:
        return False  # the first two are rows of a table
    if not line.isdecimal():
        return len(near[3]) >= PROSE
    if not near[3] or near[3][0] in UNITS:  # a figure with its unit
        return False
    return near[1][-1] in "，、" or _leads_on(near[1]) or tears_word(near[1], near[3])


def _removed(
    document: DraftText, lines: Sequence[PlacedLine], places: Iterable[int]
) -> Iterator[Edit]:
    """Edits that remove lines, those in a row by one edit."""
    for _, group in groupby(enumerate(places), lambda place: place[1] - place[0]):
        indices = [index for _, index in group]
        yield _without(document, lines, indices[0], indices[-1])


def _without(document: DraftText, lines: Sequence[PlacedLine], first: int, last: int) -> Edit:
    """The edit that removes lines; it joins the lines around if they are halves of a sentence."""
    (start, _), ((_, end), _) = lines[first][0], lines[last]
    if first > 0 and last < len(lines) - 1:
        (begin, feed), before = lines[first - 1]
        (following, _), after = lines[last + 1]
        indented = document.text[following].isspace()
        if not indented and _are_halves(before, after) and not document.ends_paragraph(feed - 1):
            stop = begin + len(document.text[begin:feed].rstrip())
            return removal((stop, following))
    return removal((start, end))


def _are_halves(before: str, after: str) -> bool:
    """Whether a line breaks off within a sentence that the next line goes on with."""
    if after[0] in _CLOSING:
        return before[-1] not in _ENDS
    opens = after[0].isalnum() or after[0] in "“《（"
    if not _UNFINISHED.search(before) or ITEM_MARKER.match(after) or not opens:
        return False
    if before[-1] in "，、" or any(mark in before for mark in FULL_STOPS) or _leads_on(before):
        return True
    if ITEM_MARKER.match(before) and not _POINT.match(before):  # a heading
        return False
    long = len(before) >= (PROSE if _POINT.match(before) else LONG_PROSE)
    is_prose = long and "，" in before and not _OPENING.match(after)
    return tears_word(before, after) or (
        is_prose and any(mark in after for mark in f"，{FULL_STOPS}")
    )


def _leads_on(line: str) -> bool:
    """Whether a line of some length ends with a word that no sentence or heading ends with."""
    return len(line) >= PROSE and line[-1] in _LEADING and not is_in_word(line, len(line) - 1)


def remove_running_heads(document: DraftText) -> Iterator[Edit]:
    """Remove lines that are repeated next to page numbers, except the first, or with numbers."""
    lines = document.lines
    found = set(_numbered_heads(document))
    near = {number + step for number in document.lines_that(_is_page) for step in (-1, 0, 1)}
    counts = Counter(line for _, line in lines) if near else Counter[str]()
    borders = [
        index
        for index in sorted(near & set(range(len(lines))))
        if counts[line := lines[index][1]] > 1
        and len(line) in HEAD_LENGTH
        and line[-1] not in _ENDS
    ]
    at_borders = Counter(lines[index][1] for index in borders)
    first = {
        line: index for index, (_, line) in reversed([*enumerate(lines)]) if line in at_borders
    }
    for index in borders:
        line = lines[index][1]
        only_there = index > 0 and at_borders[line] == counts[line] >= FEWEST_HEADS
        found |= {index} if only_there or first[line] < index else set()
    return _removed(document, lines, sorted(found))


def _head_with_number(line: str) -> re.Match[str] | None:
    """The name and the number of a page of a line that may be a running head."""
    at_border = line[0].isdecimal() or line[-1].isdecimal()
    at_border = at_border or line[0] in "-—·|" or line[-1] in "-—·|页"
    if not at_border or len(line) not in HEAD_LENGTH:
        return None
    head = _NUMBERED_HEAD.fullmatch(line)
    return head if head and (head[1] is None) != (head[4] is None) else None


def _numbered_heads(document: DraftText) -> Iterator[int]:
    """Lines of one name and rising numbers that are pages.

    Headings (案例 1, 案例 2) are numbered from 1, undressed, at the end; no heading names a book.
    """
    heads, lines = defaultdict(list), document.lines
    for index in document.lines_that(_head_with_number):
        if head := _head_with_number(lines[index][1]):
            heads[head[2]].append((index, int(head[1] or head[4]), bool(head[1] or head[3])))
    for name, places in heads.items():
        are_rising = all(one[1] < other[1] for one, other in pairwise(places))
        are_pages = places[0][1] > 1 and len(name) > ITEM_NAME
        are_pages |= any(is_page for _, _, is_page in places)
        are_pages |= _BOOK.search(name) is not None or name == lines[0][1]
        if len(places) >= FEWEST_HEADS and are_rising and are_pages:
            yield from (index for index, _, _ in places)


def remove_contents_lines(document: DraftText) -> Iterator[Edit]:
    """Remove a table of contents with dot leaders or dead links, and its heading above."""
    if links := tuple(remove_dead_links(document.text)):
        yield from links
        return
    lines, position = document.lines, 0
    for first in document.lines_that(_begins_contents):
        if first >= position:
            is_heading = _CONTENTS.fullmatch(lines[first][1]) is not None
            position = first + is_heading
            while position < len(lines) and _is_entry(lines[position][1]):
                if position == first + 1 and is_heading:
                    yield removal(lines[first][0])
                yield removal(lines[position][0])
                position += 1


def _begins_contents(line: str) -> bool:
    """Whether a line is the heading of a table of contents, or an entry that needs none."""
    pattern = _LEADERS if _ends_with_number(line) else _CONTENTS
    return pattern.fullmatch(line) is not None


def _is_entry(line: str) -> bool:
    """Whether a line below the heading or another entry is one of a table of contents."""
    entry = _LEADERS.fullmatch(line) or _TABBED.fullmatch(line)
    return _ends_with_number(line) and entry is not None


def _ends_with_number(line: str) -> bool:
    return line[-1].isdecimal() or line[-1] in ")）"


def remove_outside_lines(document: DraftText) -> Iterator[Edit]:
    """Remove lines that a reader found outside the text: navigation, running heads, contents."""
    lines = document.lines if document.has_facts else ()
    return (removal(span) for span, _ in lines if document.is_outside(span[0]))


def remove_question_lines(document: DraftText) -> Iterable[Edit]:
    """Remove lines of only a question mark, which was a space or a bullet; one may be meant."""
    lines = document.lines if "?\n" in document.text else ()
    found = [removal(span) for span, line in lines if line in ("?", "？", "??", "???")]
    return found if len(found) > 1 else ()


def flag_repeated_paragraphs(document: DraftText) -> Iterator[TextDoubt]:
    """Flag a paragraph that directly repeats the paragraph before it."""
    message = "这一段与上一段完全相同，可能是粘贴了两次，请核对。"
    for (_, before), ((start, end), line) in pairwise(document.lines):
        if line == before and len(re.findall(f"[{HAN}]", line)) >= REPEATED_PARAGRAPH:
            yield TextDoubt(start, start + len(document.text[start:end].rstrip()), message)


def unify_compatibility_characters(document: DraftText) -> Iterator[Edit]:
    """Replace radicals and compatibility forms, which PDF files have, by the characters."""
    for place in document.search(_COMPATIBLE):
        yield Edit(*place.span(), unify_radical(place[0]))

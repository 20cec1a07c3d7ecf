"""Whole lines that a printed page put around the text, removed: page numbers, heads, contents.

Each removal is a step that can be switched off or undone. Where a removed line tore a sentence, its
halves are joined by the same edit.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from unicodedata import normalize

from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.repair.page.line_breaks import ITEM_MARKER, tears_word
from casebook.repair.page.placed_lines import PlacedLine, Span, placed_lines, removal
from casebook.repair.page.word_leftovers import remove_dead_links
from casebook.text.characters import HAN
from casebook.text.sentence_ends import FULL_STOPS, HALF_WIDTH_ENDS, LINE_ENDS

_PAGE = re.compile(
    r"第\s*\d{1,4}\s*页(?:\s*[，,/／]?\s*共?\s*\d{1,4}\s*页)?|Page \d{1,4}(?: of \d{1,4})?"
    r"|[-—–·•~～]{1,3}\s*第?\s*\d{1,4}\s*页?\s*[-—–·•~～]{1,3}"
)
_PART_OF_WHOLE = re.compile(r"(\d{1,4})\s*[/／]\s*(\d{1,4})")
_BARE_NUMBER = re.compile(r"[0-9]{1,4}")
_NUMBERED_HEAD = re.compile(
    r"(?:[-—·|]?\s*(?P<first>\d{1,4})\s*[-—·|]?\s+)?(?P<head>[^\d\s].{2,38}?[^\d\s、.．：:])"
    r"(?:\s*(?P<dress>[-—·|第])?\s*(?<![\d.])(?P<last>\d{1,4})\s*[-—·|页]?)?"
)
"""A running head with the number of its page before or after it."""

_ENDS = f"{LINE_ENDS}，、.{HALF_WIDTH_ENDS}:,"
_LEADERS = re.compile(r".{1,60}?(?:\.{4,}|…{2,}|·{4,}|(?:\. ){4,})\s*[（(]?\d{1,4}[）)]?")
_CONTENTS = re.compile(r"目\s*录|目\s*次")
_UNFINISHED = re.compile(f"[{HAN}，、“《（]$")
_OPENING = re.compile(
    r"近年|今年|去年|目前|当前|截至|同时|此外|下一步|为|自|在|\d{4}年|首先|其次|会议|本"
)
"""Words that open a paragraph of a report, and hardly the second half of a sentence."""

_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_RADICALS = dict(
    zip(
        "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻥⻦⻨⻩⻬⻰",
        "母民西见角贝车长门青页风飞食马骨鱼鸟麦黄齐龙",
        strict=True,
    )
)
"""Simplified forms among the radicals, for which Unicode names no character."""

PROSE = 15
"""Least characters of a line that is a broken sentence if it has no final mark."""

LONG_PROSE = 25
"""Least characters of a line with a comma and without a final mark that is no heading."""

LONGEST_NUMBER = 24
"""Characters of a line that is a page number and nothing else."""

HEAD_LENGTH = range(4, 41)
"""Characters of a running head."""

FEWEST_HEADS = 3
"""How often a head with rising page numbers stands at least."""

REPEATED_PARAGRAPH = 30
"""Least characters of a paragraph whose repetition is an accident; refrains are shorter."""


def remove_page_lines(document: DraftText) -> RuleResult:
    """Remove lines that are only a page number (— 3 —, 第 2 页 共 9 页).

    A bare number must interrupt a sentence, and 3/8 must stand between lines of prose.
    """
    lines = list(placed_lines(document.text))
    places = [index for index in range(len(lines)) if _is_page_line(lines, index)]
    return _removed(document, lines, places)


def _is_page_line(lines: Sequence[PlacedLine], index: int) -> bool:
    line = lines[index][1]
    if len(line) > LONGEST_NUMBER or not any(map(str.isdecimal, line)):
        return False
    if _BARE_NUMBER.fullmatch(line):
        return 0 < index < len(lines) - 1 and (
            len(lines[index - 1][1]) >= PROSE
            and tears_word(lines[index - 1][1], lines[index + 1][1])
        )
    if part := _PART_OF_WHOLE.fullmatch(line):
        around = (lines[i][1] for i in (index - 1, index + 1) if 0 <= i < len(lines))
        return int(part[1]) <= int(part[2]) and all(len(other) >= PROSE for other in around)
    return _is_page_number(line)


def _is_page_number(line: str) -> bool:
    return _PAGE.fullmatch(line) is not None


def _removed(document: DraftText, lines: Sequence[PlacedLine], places: Iterable[int]) -> RuleResult:
    """Edits that remove lines, those in a row by one edit."""
    edits = []
    for _, group in groupby(enumerate(places), lambda place: place[1] - place[0]):
        indices = [index for _, index in group]
        edits.append(_without(document, lines, indices[0], indices[-1]))
    return RuleResult(tuple(edits))


def _without(document: DraftText, lines: Sequence[PlacedLine], first: int, last: int) -> Edit:
    """The edit that removes lines; it joins the lines around if they are halves of a sentence."""
    (start, _), ((_, end), _) = lines[first][0], lines[last]
    if first > 0 and last < len(lines) - 1:
        (begin, feed), before = lines[first - 1]
        (following, _), after = lines[last + 1]
        indented = document.text[following].isspace()
        if not indented and _are_halves(before, after) and not document.ends_paragraph(feed - 1):
            stop = begin + len(document.text[begin:feed].rstrip())
            return Edit(stop, following, "", "likely")
    return removal((start, end))


def _are_halves(before: str, after: str) -> bool:
    """Whether a line breaks off within a sentence that the next line goes on with."""
    if not _UNFINISHED.search(before) or ITEM_MARKER.match(after) or not after[0].isalnum():
        return False
    if before[-1] in "，、" or any(mark in before for mark in FULL_STOPS):
        return True
    if ITEM_MARKER.match(before):  # a heading
        return False
    is_prose = len(before) >= LONG_PROSE and "，" in before and not _OPENING.match(after)
    return tears_word(before, after) or (
        is_prose and any(mark in after for mark in f"，{FULL_STOPS}")
    )


def remove_running_heads(document: DraftText) -> RuleResult:
    """Remove lines that are repeated next to page numbers, except the first, or with numbers."""
    lines = list(placed_lines(document.text))
    counts = Counter(line for _, line in lines)
    seen: set[str] = set()
    found = set(_numbered_heads(lines))
    for index, (_, line) in enumerate(lines):
        if line in seen and _is_at_border(lines, index):
            found.add(index)
        if counts[line] > 1 and len(line) in HEAD_LENGTH and line[-1] not in _ENDS:
            seen.add(line)
    return _removed(document, lines, sorted(found))


def _is_at_border(lines: Sequence[PlacedLine], index: int) -> bool:
    """Whether a page number is directly before or after a line."""
    neighbors = [lines[i][1] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    return any(map(_is_page_number, neighbors))


def _numbered_heads(lines: Sequence[PlacedLine]) -> list[int]:
    """Lines of one name and rising numbers that are pages.

    Headings (案例 1, 案例 2) are numbered from 1 and have the number at the end, undressed.
    """
    heads = defaultdict(list)
    for index, (_, line) in enumerate(lines):
        if len(line) in HEAD_LENGTH and (line[0].isdecimal() or any(map(str.isdecimal, line[-3:]))):
            head = _NUMBERED_HEAD.fullmatch(line)
            if head and (head["first"] is None) != (head["last"] is None):
                number = int(head["first"] or head["last"])
                heads[head["head"]].append((index, number, bool(head["first"] or head["dress"])))
    return [
        index
        for places in heads.values()
        if len(places) >= FEWEST_HEADS
        and all(one[1] < next_[1] for one, next_ in pairwise(places))
        and (places[0][1] > 1 or any(is_page for _, _, is_page in places))
        for index, _, _ in places
    ]


def remove_contents_lines(document: DraftText) -> RuleResult:
    """Remove a table of contents with dot leaders or dead links, and its heading above."""
    if links := tuple(remove_dead_links(document.text)):
        return RuleResult(links)
    edits: list[Edit] = []
    heading: Span | None = None
    for span, line in placed_lines(document.text):
        if _LEADERS.fullmatch(line):
            edits += [removal(heading)] if heading else []
            edits.append(removal(span))
            heading = None
        else:
            heading = span if _CONTENTS.fullmatch(line) else None
    return RuleResult(tuple(edits))


def remove_question_lines(document: DraftText) -> RuleResult:
    """Remove lines of only a question mark, which was a space or a bullet; one may be meant."""
    found = [span for span, line in _question_lines(document.text)]
    return RuleResult(tuple(map(removal, found)) if len(found) > 1 else ())


def _question_lines(text: str) -> list[PlacedLine]:
    return [place for place in placed_lines(text) if place[1] in "?？"] if "?" in text else []


def flag_repeated_paragraphs(document: DraftText) -> RuleResult:
    """Flag a paragraph that directly repeats the paragraph before it."""
    message = "这一段与上一段完全相同，可能是粘贴了两次，请核对。"
    doubts = [
        TextDoubt(start, start + len(document.text[start:end].rstrip()), message)
        for (_, before), ((start, end), line) in pairwise(placed_lines(document.text))
        if line == before and len(line) >= REPEATED_PARAGRAPH and line[-1] in f"{FULL_STOPS}”）"
    ]
    return RuleResult(doubts=tuple(doubts))


def unify_compatibility_characters(document: DraftText) -> RuleResult:
    """Replace radicals and compatibility forms, which PDF files have, by the characters."""
    found = _COMPATIBLE.finditer(document.text)
    edits = (
        Edit(place.start(), place.end(), _RADICALS.get(place[0], normalize("NFKC", place[0])))
        for place in found
    )
    return RuleResult(tuple(edits))

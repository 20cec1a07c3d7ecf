"""Punctuation by GB/T 15834: full-width marks and dashes between Chinese characters.

What belongs to numbers, Latin words, times, versions, addresses and code keeps its own marks;
spacing is left as the author wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.repair.draft_text import DraftText, RuleResult
from casebook.repair.edits import Edit
from casebook.text.characters import FULL_WIDTH_MARKS, HAN, HAN_PATTERN, is_frequent

_CHINESE = f"[{HAN}“”‘’（）《》〈〉【】「」『』、。，；：？！…—％]"
_IS_CHINESE = re.compile(_CHINESE)
_ASCII_MARK = re.compile(r"[,;:!?]+|[()]")
_FULL = str.maketrans(FULL_WIDTH_MARKS)
SENTENCE_CHARACTERS = 5
"""Least Chinese characters of a sentence before a full stop; a numbered title has fewer."""
_DOUBLED = re.compile(r"[,，](?=[，。、；：])|(?<=，),|,(?=,)")
_BEFORE_MARK = re.compile("[,，][。、；：]")
_TYPED_MARKS = re.compile("[,，。]{3}|。。")
_STOP = re.compile(
    rf"(?<=[{HAN}]{{4}}|[{HAN}]{{3}}[”》）\"])\.(?=[“《]?[{HAN}])"
    r"|(?<!\.)\.(?=[”’\"]?[ \t]*(?:\n|\Z))"
)
_BEFORE_STOP = re.compile(rf"(?:[{HAN}”’》）)\"'%℃]|[0-9]|[0-9] ?[A-Za-z/]{{1,6}})$")
_DASH = re.compile(rf"(?<=[{HAN}”’》）])(?:—|--+|──?)(?=[{HAN}“‘《（])")
_SINGLE = re.compile(rf"(?<![A-Za-z0-9])'(?=[^'\n]{{0,40}}[{HAN}])[^'\n]{{1,40}}'(?![A-Za-z0-9])")
_ANGLES = re.compile(rf"<<(?=[^<>\n]{{0,60}}[{HAN}])[^<>\s][^<>\n]{{0,60}}(?<!\s)>>")
_QUOTED = re.compile(r"“[^“”\n]{1,80}”")
CLAUSE_CHARACTERS = 6
"""Least characters on both sides of a single dash in a quotation that is a break, not a range."""


def remove_doubled_marks(document: DraftText) -> RuleResult:
    """A comma that a site put before other marks, removed where a line has it more than once."""
    edits = []
    for line in re.finditer("[^\n]+", document.text):
        places = list(_DOUBLED.finditer(line[0]))
        if len(places) < 2 or not _BEFORE_MARK.search(line[0]) or _TYPED_MARKS.search(line[0]):
            continue
        for place in places:
            start, end = line.start() + place.start(), line.start() + place.end()
            edits += [] if document.is_protected(start) else [Edit(start, end, "", "likely")]
    return RuleResult(tuple(edits))


def widen_marks(document: DraftText) -> RuleResult:
    """Half-width `, ; : ! ? ( )` next to Chinese, as full-width marks."""
    text = document.text
    partners = _partners(text)
    edits = []
    for found in _ASCII_MARK.finditer(text):
        if document.is_protected(found.start()) or document.is_doubtful(found.start()):
            continue
        if _belongs_to_chinese(text, *found.span(), partners):
            end = found.end() + _is_spaced(text, *found.span())
            edits.append(Edit(found.start(), end, found[0].translate(_FULL)))
    return RuleResult(tuple(edits))


def _is_spaced(text: str, start: int, end: int) -> bool:
    """Whether a space follows that only a half-width mark has, before Chinese."""
    following = text[end : end + 2]
    return (
        text[start] not in "()" and following[:1] == " " and bool(_IS_CHINESE.match(following[1:]))
    )


def _belongs_to_chinese(text: str, start: int, end: int, partners: dict[int, int]) -> bool:
    """Whether the marks [start, end) belong to Chinese text, by the characters around them."""
    marks = text[start:end]
    if marks in "()":
        return start in partners and _is_chinese_pair(text, *_pair(start, partners))
    before = text[start - 1 : start].strip(" ") or text[start - 2 : start - 1].strip(" ")
    after = text[end : end + 1]
    if marks == ":" and before.isdigit() and after.isdigit():
        return False
    if _IS_CHINESE.match(before):
        return marks[0] != "?" or not HAN_PATTERN.match(before) or is_frequent(before)
    glued = _IS_CHINESE.match(after) or _is_spaced(text, start, end)
    return bool(glued) and marks[0] in ",;:" and (before.isalnum() or before in '%℃‰)]}>+"')


def _partners(text: str) -> dict[int, int]:
    """Opening and closing parentheses of one line that belong together, each to the other."""
    stack: list[int] = []
    partners: dict[int, int] = {}
    for found in re.finditer(r"[()\n]", text):
        if found[0] == "(":
            stack.append(found.start())
        elif found[0] == "\n":
            stack.clear()
        elif stack:
            opened = stack.pop()
            partners[opened], partners[found.start()] = found.start(), opened
    return partners


def _pair(position: int, partners: dict[int, int]) -> tuple[int, int]:
    other = partners[position]
    return min(position, other), max(position, other)


def _is_chinese_pair(text: str, opened: int, closed: int) -> bool:
    """Whether a pair encloses Chinese, or directly follows or precedes it."""
    inside = text[opened + 1 : min(closed, opened + 200)]
    if _IS_CHINESE.search(inside):
        return True
    before, after = text[opened - 1 : opened], text[closed + 1 : closed + 2]
    return not before[-1:].isalnum() and _is_edge(before) and _is_edge(after)


def _is_edge(character: str) -> bool:
    return not character or character == "\n" or bool(_IS_CHINESE.match(character))


def widen_full_stops(document: DraftText) -> RuleResult:
    """A half-width full stop after a Chinese sentence, as 。 (not after a number or numeral)."""
    edits = [
        Edit(found.start(), found.end(), "。", "likely")
        for found in _STOP.finditer(document.text)
        if not document.is_protected(found.start()) and _ends_chinese(document.text, found.start())
    ]
    return RuleResult(tuple(edits))


def _ends_chinese(text: str, position: int) -> bool:
    """Whether the text before a full stop, in its line, is a Chinese sentence."""
    line = text[max(text.rfind("\n", 0, position) + 1, position - 200) : position]
    return len(re.findall(f"[{HAN}]", line)) >= SENTENCE_CHARACTERS and bool(
        _BEFORE_STOP.search(line)
    )


_DOTS = re.compile(rf"(?<=[{HAN}”’）》，。])(?:\.{{3,}}|。{{3,}}|·{{3,}}|…(?!…))(?<!……)")


def unify_ellipses(document: DraftText) -> RuleResult:
    """Three or more dots after Chinese, as the six-dot ellipsis ……"""
    found = _DOTS.finditer(document.text)
    return RuleResult(tuple(Edit(place.start(), place.end(), "……", "likely") for place in found))


def pair_quotes(document: DraftText) -> RuleResult:
    """Straight quotes around Chinese, in pairs within a paragraph, as “ ” and ‘ ’."""
    edits: list[Edit] = []
    for line in re.finditer(r"[^\n]+", document.text):
        quotes = (line.start() + found.start() for found in re.finditer('"', line[0]))
        places = [place for place in quotes if not document.is_protected(place)]
        if len(places) % 2 == 0:
            edits.extend(_quotes(document.text, places))
        elif len(places) == 1:
            edits.extend(_other_half(line[0], places[0] - line.start(), line.start()))
    for found in _SINGLE.finditer(document.text):
        glued = _is_glued(document.text, found.start(), found.end() - 1)
        if glued and not document.is_protected(found.start()):
            edits.append(Edit(found.start(), found.start() + 1, "‘", "likely"))
            edits.append(Edit(found.end() - 1, found.end(), "’", "likely"))
    return RuleResult(tuple(sorted(edits, key=lambda edit: edit.start)))


def _is_glued(text: str, opened: int, closed: int) -> bool:
    """Whether Chinese is directly before or after a quotation, as it never is in code."""
    before = _IS_CHINESE.match(text[max(0, opened - 1) : opened])
    return bool(before or _IS_CHINESE.match(text, closed + 1))


def _quotes(text: str, places: list[int]) -> Iterator[Edit]:
    for opened, closed in zip(places[::2], places[1::2], strict=True):
        both = _IS_CHINESE.match(text[opened - 1 : opened]) and _IS_CHINESE.match(text, closed + 1)
        named = text[opened - 1 : opened] == "="  # the value of an attribute
        if both or (not named and re.search(f"[{HAN}]", text[opened:closed])):
            yield Edit(opened, opened + 1, "“", "likely")
            yield Edit(closed, closed + 1, "”", "likely")


def _other_half(line: str, place: int, offset: int) -> Iterator[Edit]:
    """A single straight quote that closes the one curly quote left open, or opens it."""
    surplus = line.count("“") - line.count("”")
    if surplus == 1 and place > line.rfind("“") >= line.rfind("”"):
        yield Edit(offset + place, offset + place + 1, "”", "likely")
    if surplus == -1 and place < line.find("”") and "“" not in line[: line.find("”")]:
        yield Edit(offset + place, offset + place + 1, "“", "likely")


def unify_title_marks(document: DraftText) -> RuleResult:
    """Doubled angle brackets around a Chinese title, as 《 and 》."""
    edits = []
    for found in _ANGLES.finditer(document.text):
        if not document.is_protected(found.start()):
            edits.append(Edit(found.start(), found.start() + 2, "《", "likely"))
            edits.append(Edit(found.end() - 2, found.end(), "》", "likely"))
    return RuleResult(tuple(edits))


def lengthen_dashes(document: DraftText) -> RuleResult:
    """Hyphens between Chinese, and a single dash between two clauses of a title, as ——.

    A single — between places, dates or numbers is the connecting mark of GB/T 15834 and stays.
    """
    edits = [
        Edit(found.start(), found.end(), "——", "likely")
        for found in _DASH.finditer(document.text)
        if found[0] != "—"
    ]
    for quoted in _QUOTED.finditer(document.text):
        edits.extend(_breaks(quoted[0], quoted.start()))
    return RuleResult(tuple(sorted(edits, key=lambda edit: edit.start)))


def _breaks(quoted: str, offset: int) -> Iterator[Edit]:
    for found in _DASH.finditer(quoted):
        before = re.search(rf"[{HAN}]*$", quoted[: found.start()])
        after = re.match(rf"[{HAN}]*", quoted[found.end() :])
        sides = [len(side[0]) for side in (before, after) if side]
        if found[0] == "—" and min(sides) >= CLAUSE_CHARACTERS:
            yield Edit(offset + found.start(), offset + found.end(), "——", "likely")

"""Quotation marks by GB/T 15834: “ ” outside, ‘ ’ inside, each turned the right way.

Which way a sign turns is judged by its neighbors: a quotation does not begin before ，, nor end
after ：, and a sign after a figure may mean inches. What stays open is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casebook.repair.draft_text import DraftText, RuleResult
from casebook.repair.edits import Edit
from casebook.text.characters import HAN

_SIGN = re.compile("[\"＂“”„‟‚‛〝〞〟❝❞]|``|''|´´")
_TURNS = dict.fromkeys("“„‚〝❝", "“") | dict.fromkeys("”〞〟❞", "”") | {"``": "“"}
"""The direction of the signs that have one."""

_REVERSED, _INCHES, _LEFT_OPEN, _IMPOSSIBLE = 0.5, 10.0, 30.0, 50.0
"""Costs of a sign that is turned round, of one that is no quotation mark, of a last quotation that
does not end, and of a place where none can begin or end. Only their order matters."""

MOST_SIGNS = 100
"""Signs of a line; a line with more is data."""

_CHINESE = re.compile(f"[{HAN}“”‘’（）《》〈〉【】「」『』、。，；：？！…—％]")
_NEVER_OPENS, _NEVER_CLOSES = "，。；、：！？）》”,.;!?)", "：（《“("
_CODE_BEFORE, _CODE_AFTER = tuple("=:{[(<\\"), tuple("=:")
_SENTENCE_MARK = re.compile("[，。；！？]")
_SINGLE = re.compile(rf"(?<![A-Za-z0-9'])'(?=[^'\n]{{0,40}}[{HAN}])[^'\n]{{1,40}}'(?![A-Za-z0-9'])")
_CORNER = re.compile("[“”「」『』｢｣﹁﹂﹃﹄]")
_CORNERS_OPEN = "「『｢﹁﹃"
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_ABOUT_MARKS = re.compile("引号|标点|符号|日[语文]")

_Place = tuple[int, int, str]
"""Start and end of a sign, and the sign."""


def pair_quotes(document: DraftText) -> RuleResult:
    """Quotation marks around Chinese, within a paragraph, as “ ” and ‘ ’."""
    text = document.text
    edits, depth = list[Edit](), 0
    for line in re.finditer(r"[^\n]+", text):
        places = [
            (line.start() + f.start(), line.start() + f.end(), f[0])
            for f in _SIGN.finditer(line[0])
        ]
        places = [place for place in places if not document.is_protected(place[0])]
        if not places:
            continue
        ordered = _is_ordered(places, depth)
        if not ordered or any(sign not in "“”" for *_, sign in places):
            edits += _settle(line[0], line.start(), places, bool(depth), ordered)
        depth = sum((sign == "“") - (sign == "”") for *_, sign in places)
        depth = max(0, min(depth, 1))
    edits += (
        e for e in (*_singles(text), *_corners(document)) if not document.is_protected(e.start)
    )
    return RuleResult(tuple(sorted(edits)))


def _is_ordered(places: Sequence[_Place], depth: int) -> bool:
    """Whether the curly signs among them open before they close, from an open quotation on."""
    start = depth
    for *_, sign in places:
        depth += (sign == "“") - (sign == "”")
        if depth < 0:
            return False
    return depth < start + 2


def _settle(
    line: str, offset: int, places: list[_Place], inside: bool, ordered: bool
) -> Iterator[Edit]:
    """Edits for the cheapest directions of the signs of a line."""
    if len(places) > MOST_SIGNS or _ABOUT_MARKS.search(line):
        return
    turns = _cheapest(
        line, [(s - offset, e - offset, sign) for s, e, sign in places], inside, ordered
    )
    opened: _Place | None = None
    for place, turn in zip(places, turns, strict=False):
        if turn == "“":
            opened = place
        elif turn == "”" and opened:
            yield from _quotation(line, offset, opened, place)
            opened = None
        elif turn == "”" and place[2] != "”":
            yield Edit(*place[:2], "”", "likely")
    if opened and line[: opened[0] - offset].endswith("：") and len(places) < 3:
        yield Edit(*opened[:2], "“", "likely")


def _cheapest(line: str, places: list[_Place], inside: bool, ordered: bool) -> Sequence[str]:
    """The direction of each sign, "" for one that is no quotation mark; empty for no way.

    `ordered` says that the curly signs of the line stay as they are.
    """
    ways: dict[bool, tuple[float, tuple[str, ...]]] = {False: (0.0, ())}
    if inside:
        ways[True] = (0.0, ())
    for start, end, sign in places:
        before, after = line[start - 1 : start], line[end : end + 1]
        found = dict[bool, tuple[float, tuple[str, ...]]]()
        for within, (cost, turns) in ways.items():
            turn = "”" if within else "“"
            way = cost + _cost(turn, sign, before, after, ordered), (*turns, turn)
            found[not within] = min(way, found.get(not within, way))
            if sign == '"' and before.isdigit():
                way = cost + _INCHES, (*turns, "")
                found[within] = min(way, found.get(within, way))
        ways = found
    if True in ways and not inside:
        ways[True] = ways[True][0] + _LEFT_OPEN, ways[True][1]
    cost, turns = min(ways.values())
    return turns if cost < _IMPOSSIBLE else ()


def _cost(turn: str, sign: str, before: str, after: str, ordered: bool) -> float:
    """What it costs that a sign turns this way between its neighbors."""
    own = _TURNS.get(sign, turn)
    if own != turn and (ordered or sign not in "“”"):
        return _IMPOSSIBLE
    cost = _REVERSED * (own != turn) + 2.5 * _INCHES * (turn == "“" and before.isdigit())
    odd = after in _NEVER_OPENS if turn == "“" else before in _NEVER_CLOSES
    return cost + _IMPOSSIBLE * (odd and sign != turn)


def _quotation(line: str, offset: int, opened: _Place, closed: _Place) -> Iterator[Edit]:
    start, end = opened[1] - offset, closed[0] - offset
    inside, before, after = (
        line[start:end],
        line[: opened[0] - offset][-1:],
        line[end + len(closed[2]) :][:1],
    )
    turned = opened[2] == "”" or closed[2] == "“"
    both = _CHINESE.match(before) and _CHINESE.match(after)
    code = '"' in (opened[2], closed[2]) and (
        line[: opened[0] - offset].rstrip()[-1:] in _CODE_BEFORE or after in _CODE_AFTER
    )
    if turned and _SENTENCE_MARK.search(inside):
        return
    if both or (not code and re.search(f"[{HAN}]", inside)):
        yield Edit(*opened[:2], "“", "likely")
        yield Edit(*closed[:2], "”", "likely")


def _singles(text: str) -> Iterator[Edit]:
    """Straight single quotation marks around Chinese, directly next to Chinese as never in code."""
    for found in _SINGLE.finditer(text):
        start, end = found.span()
        if _CHINESE.match(text[max(0, start - 1) : start]) or _CHINESE.match(text, end):
            yield Edit(start, start + 1, "‘", "likely")
            yield Edit(end - 1, end, "’", "likely")


def _corners(document: DraftText) -> Iterator[Edit]:
    """「 」 and 『 』 in simplified text, as “ ” outside and ‘ ’ inside; not in Japanese."""
    if not re.search(f"[{_CORNERS_OPEN}]", document.text) or document.script == "traditional":
        return
    for line in re.finditer(r"[^\n]+", document.text):
        if not (_KANA.search(line[0]) or _ABOUT_MARKS.search(line[0])):
            yield from _nested([*_CORNER.finditer(line[0])], line.start())


def _nested(signs: Sequence[re.Match[str]], offset: int) -> list[Edit]:
    edits, depth = list[Edit](), 0
    for sign in signs:
        opens = sign[0] in f"“{_CORNERS_OPEN}"
        depth -= not opens
        if sign[0] not in "“”":
            meant = ("“”", "‘’")[depth % 2][not opens]
            edits.append(Edit(offset + sign.start(), offset + sign.end(), meant, "likely"))
        depth += opens
        if depth < 0:
            return []
    return edits if not depth else []

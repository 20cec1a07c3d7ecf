"""Quotation marks by GB/T 15834: “ ” outside, ‘ ’ inside, each turned the right way.

Which way a sign turns is judged by its neighbors: a quotation does not begin before ，, nor end
after ：, and a sign after a figure may mean inches. What stays open is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from casebook.repair.draft_text import DraftText
from casebook.repair.edits import Edit
from casebook.repair.marks import IS_CHINESE
from casebook.text.characters import HAN, HAN_PATTERN
from casebook.text.patterns import lazy_pattern
from casebook.text.placed_lines import lines_having

_SIGN = re.compile("[\"＂“”„‟‚‛〝〞〟❝❞]|``|''|´´")
_OTHER = "\"＂“”„‟‚‛〝〞〟❝❞`´'"
_ANY_SIGN = re.compile(f"[{_OTHER}]")
_PAIRED = lazy_pattern(f"[^{_OTHER}]*+(?:“[^{_OTHER}]*+”[^{_OTHER}]*+)*+")
"""A line whose quotation marks are right: most lines, so that nothing else is asked."""

_TURNS = dict.fromkeys("“„‚〝❝", "“") | dict.fromkeys("”〞〟❞", "”") | {"``": "“"}
"""The direction of the signs that have one."""

_INCHES, _LEFT_OPEN, _IMPOSSIBLE = 10.0, 30.0, 50.0
"""Costs of a sign that is no quotation mark, of a last quotation that does not end, and of a place
where none can begin or end. Only their order matters."""

MOST_SIGNS = 100
"""Signs of a line; a line with more is data."""

_NEVER_OPENS, _NEVER_CLOSES = " ，。；、：！？）》”,.;!?)", " ：（《“("
_CODE_BEFORE, _CODE_AFTER = tuple("=:{[(<\\"), tuple("=:")
_SENTENCE_MARK = re.compile("[，。；！？]")
_SINGLE = lazy_pattern(
    rf"'(?<![A-Za-z0-9'].)(?=[^'\n]{{0,40}}[{HAN}])[^'\n]{{1,40}}'(?![A-Za-z0-9'])"
)
_OPENING = "“「『｢﹁﹃"
_CORNER = lazy_pattern("[“”「」『』｢｣﹁﹂﹃﹄]")
_CORNER_PAIR = re.compile("[「『｢﹁﹃]")
_ABOUT_MARKS = lazy_pattern("引号|标点|符号|日[语文]")
_OTHER_USE = re.compile(f"[\u3041-\u3096\u30a1-\u30fa]|{_ABOUT_MARKS.pattern}")
"""Kana, and words of a line that speaks of marks."""


def pair_quotes(document: DraftText) -> Iterator[Edit]:
    """Quotation marks around Chinese, within a paragraph, as “ ” and ‘ ’."""
    yield from (*_singles(document.text), *_corners(document))
    inside = False
    for offset, end in lines_having(document.text, _ANY_SIGN, (0, len(document.text))):
        line = document.text[offset:end]
        if not _PAIRED.fullmatch(line):
            signs = [*_SIGN.finditer(line)] if inside or IS_CHINESE.search(line) else []
            signs = [sign for sign in signs if not document.is_protected(offset + sign.start())]
            beside = signs and (inside or _is_beside_chinese(line, signs))
            for sign, turn in _settle(line, signs, inside) if beside else ():
                if sign[0] != turn:
                    yield Edit(offset + sign.start(), offset + sign.end(), turn, "likely")
            inside = line.count("“") > line.count("”")
        elif "“" in line:
            inside = False


def _is_beside_chinese(line: str, signs: Sequence[re.Match[str]]) -> bool:
    """Whether Chinese is between signs of a line or directly before one: else none is turned."""
    before = (line[sign.start() - 1 : sign.start()] for sign in signs)
    between = HAN_PATTERN.search(line, signs[0].end(), signs[-1].start())
    return between is not None or any(map(IS_CHINESE.match, before))


def _settle(
    line: str, signs: Sequence[re.Match[str]], inside: bool
) -> Iterator[tuple[re.Match[str], str]]:
    """The signs of a line that change, each with its direction."""
    steps = ((sign[0] == "“") - (sign[0] == "”") for sign in signs)
    depths = [*accumulate(steps, initial=int(inside))]
    ordered = min(depths) >= 0 and depths[-1] < inside + 2
    right = ordered and all(sign[0] in "“”" for sign in signs)
    if right or len(signs) > MOST_SIGNS or _ABOUT_MARKS.search(line):
        return
    opened: re.Match[str] | None = None
    for sign, turn in zip(signs, _cheapest(line, signs, inside, ordered), strict=False):
        if turn == "”" and opened and _is_quotation(line, opened, sign):
            yield from ((opened, "“"), (sign, "”"))
        elif turn == "”" and not opened and sign[0] != "”":
            yield sign, turn
        opened = {"“": sign, "”": None}.get(turn, opened)
    if opened and line[opened.start() - 1 : opened.start()] == "：" and len(signs) < 3:
        yield opened, "“"


def _cheapest(
    line: str, signs: Sequence[re.Match[str]], inside: bool, ordered: bool
) -> Sequence[str]:
    """The direction of each sign, "" for one that is no quotation mark; empty for no way.

    `ordered` says that the curly signs of the line stay as they are.
    """
    ways: dict[bool, tuple[float, tuple[str, ...]]] = {False: (0.0, ())}
    if inside:
        ways[True] = (0.0, ())
    for sign in signs:
        around = line[sign.start() - 1 : sign.start()], line[sign.end() : sign.end() + 1]
        found = dict[bool, tuple[float, tuple[str, ...]]]()
        for within, (cost, turns) in ways.items():
            turn = "”" if within else "“"
            way = cost + _cost(turn, sign[0], *around, ordered), (*turns, turn)
            found[not within] = min(way, found.get(not within, way))
            if sign[0] == '"' and around[0].isdigit():
                way = cost + _INCHES, (*turns, "")
                found[within] = min(way, found.get(within, way))
        ways = found
    if True in ways and not inside:
        ways[True] = ways[True][0] + (_LEFT_OPEN if ordered else _IMPOSSIBLE), ways[True][1]
    cost, turns = min(ways.values())
    return turns if cost < _IMPOSSIBLE else ()


def _cost(turn: str, sign: str, before: str, after: str, ordered: bool) -> float:
    """What it costs that a sign turns this way between its neighbors."""
    own = _TURNS.get(sign, turn)
    if own != turn and (ordered or sign not in "“”"):
        return _IMPOSSIBLE
    odd = after in _NEVER_OPENS if turn == "“" else before in _NEVER_CLOSES
    figure = turn == "“" and before.isdigit()
    return 2.5 * _INCHES * figure + _IMPOSSIBLE * (odd and sign != turn)


def _is_quotation(line: str, opened: re.Match[str], closed: re.Match[str]) -> bool:
    """Whether two signs enclose Chinese, or have Chinese on both sides; not in code."""
    inside = line[opened.end() : closed.start()]
    before, after = line[: opened.start()].rstrip()[-1:], line[closed.end() : closed.end() + 1]
    if (opened[0] == "”" or closed[0] == "“") and before != "：" and _SENTENCE_MARK.search(inside):
        return False
    code = '"' in (opened[0], closed[0]) and (before in _CODE_BEFORE or after in _CODE_AFTER)
    both = opened.start() and IS_CHINESE.match(line, opened.start() - 1) and IS_CHINESE.match(after)
    return bool(both) or (not code and HAN_PATTERN.search(inside) is not None)


def _singles(text: str) -> Iterator[Edit]:
    """Straight single quotation marks around Chinese, directly next to Chinese as never in code."""
    for found in _SINGLE.finditer(text) if "'" in text else ():
        start, end = found.span()
        if IS_CHINESE.match(text[max(0, start - 1) : start]) or IS_CHINESE.match(text, end):
            yield Edit(start, start + 1, "‘", "likely")
            yield Edit(end - 1, end, "’", "likely")


def _corners(document: DraftText) -> Iterator[Edit]:
    """「 」 and 『 』 in simplified text, as “ ” outside and ‘ ’ inside; not in Japanese."""
    for start, end in document.lines_of(_CORNER_PAIR):
        line = document.text[start:end]
        signs = [*_CORNER.finditer(line)]
        depths = [*accumulate(1 if sign[0] in _OPENING else -1 for sign in signs)]
        if min(depths) < 0 or depths[-1] or _OTHER_USE.search(line):
            continue
        if document.script == "traditional":
            return
        for sign, depth in zip(signs, depths, strict=True):
            opens = sign[0] in _OPENING
            if sign[0] not in "“”":
                mark = ("“”", "‘’")[(depth - opens) % 2][not opens]
                yield Edit(start + sign.start(), start + sign.end(), mark, "likely")

"""Characters put for others: financial numerals for plain ones (壹是), look-alikes (近曰)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import yaml

from casebook.repair.characters.masked import fixed_terms
from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import HAN
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.word_frequencies import LONGEST_WORD, frequency, is_word, makes_word

_AMOUNT = re.compile("[零壹贰貳叁參肆伍陆陸柒捌玖拾佰仟百千万萬亿億圆圓元角分整]{2,}")
"""Numerals in a row, or before a unit of money: there the author wrote them."""

_NAMES = "号號品基加"
"""What follows a numeral in names of firms and funds (壹号, 壹品, 壹基金)."""

_COUNTED = tuple("份日年月天元倍联页张期套付期层间")
"""What contracts count in such numerals."""

_ABOUT_CHARACTERS = re.compile("写成|写作|错写|误写|误作|别字|错字|形近|混淆")
"""Words of a line about characters, which shows wrong ones on purpose."""

_ENDS = "代年月期季周届纪之岁度朝旬学"
"""Last characters of words for times that have an end (年代末, 届末)."""

_LEADS = "壹贰貳叁參肆"
_ENUMERATED = re.compile(f"(?:^|[。；：，、！])[ \t\u3000]*(?=[{_LEADS}]是)", re.M)

_COUNTS = f"{ONE_TO_TEN}百千万几"
"""Numerals, which make a word with nearly any character (一曰, 一日): that is no evidence."""

ESTABLISHED_WORD_FREQUENCY = 20
"""Least frequency of an ordinary word with a financial numeral (放肆). 壹年 is rarer: a program
that spins texts wrote it."""

NUMERAL_SPACING_CHARACTERS = 2000
"""Characters of text per numeral at most: rarer ones are parts of names (陈峰玖)."""

COMMON_WORD_COUNT = 500
"""Least frequency of a word of two characters that counts as evidence."""


@cache
def _read_swaps() -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name("swapped.yml")
    table: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table


def restore_swapped_characters(document: DraftText) -> RuleResult:
    """Financial numerals and look-alikes, where the plain character makes a word and they none."""
    numerals = list(_numerals(document.text))
    spun = len(document.text) <= NUMERAL_SPACING_CHARACTERS * len(numerals)
    edits = [*(numerals if spun else ()), *_lookalikes(document.text)]
    allowed = [edit for edit in edits if not document.is_protected(edit.start)]
    changed = {edit.start for edit in allowed}
    doubts = (doubt for doubt in _odd(document.text) if doubt.start not in changed)
    return RuleResult(tuple(sorted(allowed, key=lambda edit: edit.start)), tuple(doubts))


def _numerals(text: str) -> Iterator[Edit]:
    table = _read_swaps()["numerals"]
    places = [found.start() for found in re.finditer(f"[{''.join(table)}]", text)]
    if not places:
        return
    plain = text.translate(str.maketrans("".join(table), "".join(table.values())))
    if not _is_spun(text, plain, places):
        return
    amounts = {i for found in _AMOUNT.finditer(text) for i in range(*found.span())}
    enumerated = {found.end() for found in _ENUMERATED.finditer(text)}
    for place in places:
        named = place in amounts or text[place + 1 : place + 2] in _NAMES
        if named or makes_word(*_window(text, place), least=ESTABLISHED_WORD_FREQUENCY):
            continue
        plain_words = makes_word(*_window(plain, place), also=fixed_terms())
        if place in enumerated or plain_words:
            yield Edit(place, place + 1, plain[place], "likely")


def _is_spun(text: str, plain: str, places: Sequence[int]) -> bool:
    """Whether a numeral is where no contract has it: in an enumeration or inside a word.

    Copies, days and years are written with such numerals in law (一式贰份, 叁日内).
    """
    enumerated = {found.end() for found in _ENUMERATED.finditer(text)}
    return any(
        place in enumerated
        or (text[place + 1 : place + 2] not in _COUNTED and makes_word(*_window(plain, place)))
        for place in places
    )


def _lookalikes(text: str) -> Iterator[Edit]:
    table = _read_swaps()["lookalikes"]
    for found in re.finditer(f"[{''.join(table)}]", text):
        place, meant = found.start(), table[found[0]]
        before, _, after = shown = _window(text, place)
        if found[0] == "巳" and before[-1:] == "自" and not (before[1:] and is_word(before[-2:])):
            meant = "己"
        line = text[max(0, place - 40) : place + 40]
        if _ABOUT_CHARACTERS.search(line):
            continue
        unknown = not found[0].encode("gb2312", "ignore")
        whole = (before, meant, after)
        makes_sense = (
            makes_word(*whole, least=ESTABLISHED_WORD_FREQUENCY)
            if unknown
            else _in_common_word(whole)
        )
        makes_sense |= (
            found[0] in _read_swaps()["adverbs"] and len(after) > 1 and is_word(after[:2])
        )
        if makes_sense and not makes_word(*shown):
            yield Edit(place, place + 1, meant, "likely")


def _odd(text: str) -> Iterator[TextDoubt]:
    """Look-alikes in prose that are part of no word, and end no time."""
    table = _read_swaps()["odd"]
    for found in re.finditer(f"[{''.join(table)}](?=[{HAN}])", text):
        before, shown, after = _window(text, found.start())
        line = text[max(0, found.start() - 40) : found.start() + 40]
        ends_time = before[-1:] in tuple(_ENDS) and shown == "末"
        if ends_time or _ABOUT_CHARACTERS.search(line) or makes_word(before, shown, after):
            continue
        message = f"这里的“{shown}”像是“{table[shown]}”之误，请对照来源核对。"
        yield TextDoubt(found.start(), found.end(), message)


_Window = tuple[str, str, str]
"""The text before a character, the character, and the text after it."""


def _window(text: str, place: int) -> _Window:
    before = text[max(0, place - LONGEST_WORD + 1) : place]
    return before, text[place], text[place + 1 : place + LONGEST_WORD]


def _in_common_word(window: _Window) -> bool:
    """Whether the middle makes a frequent word with neighbors that make none without it."""
    before, middle, after = window
    left, right = before[-1:].strip(_COUNTS), after[:1].strip(_COUNTS)
    free_left = bool(left) and not (before[1:] and is_word(before[-2:]))
    free_right = bool(right) and not (after[1:] and is_word(after[:2]))
    return (free_left and frequency(left + middle) >= COMMON_WORD_COUNT) or (
        free_right and frequency(middle + right) >= COMMON_WORD_COUNT
    )

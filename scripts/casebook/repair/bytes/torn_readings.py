"""Readings that a site injected into the middle of a character: `為旨?xì)w` for 為旨歸.

The site replaced bytes, not characters: the trail byte of one character and the lead byte of the
next looked like a third one (旨 BC, 歸 9A77: BC9A is 細), behind which `(xì)` was put. The torn
lead byte and the parenthesis became `?`. The reading tells the third character, and so the byte.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from casebook.repair.bytes.byte_pairs import GBK_LEADS, GBK_TRAILS, decode
from casebook.repair.bytes.byte_runs import encode, is_nonsense, run_at, without_readings
from casebook.repair.bytes.byte_shift import solve
from casebook.repair.bytes.shifted_bytes import lost_digit, lost_digits, model_around
from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import (
    HAN,
    HAN_PATTERN,
    fold_script,
    fold_text,
    is_traditional,
    list_toned_readings,
    read_as,
)
from casebook.text.segmentation import score, segment
from casebook.text.tone_letters import PINYIN_LETTERS, TONED_VOWELS, strip_tones
from casebook.text.word_frequencies import makes_word

_TORN = re.compile(
    rf"([{HAN}，。、；：,;:])((?:[(（][{PINYIN_LETTERS}]{{1,7}}[)）])?)[?？\ufffd]([{PINYIN_LETTERS}]{{1,7}})[)）]"
)
_SWALLOWED = re.compile(rf"[?？\ufffd]([{PINYIN_LETTERS}]{{1,7}})[)）]")
_LOST_TRAIL = re.compile("[?？\ufffd](?=[，。、；：！,.;:])")
_READING = re.compile(rf"[(（]([{PINYIN_LETTERS}]{{1,7}})[)）]")
_TONED = re.compile(f"[{TONED_VOWELS}]")

LEAST_MARGIN = 0.25
"""How much better than the next choice, in nats a character, one must fit its neighbors."""

WHOLE_MARGIN, COMMON = 2.5, 100
"""The same in nats for a character of which nothing is left but its reading, and how often the
dictionary must count the word that it makes."""

_MESSAGE = "注音插进了一个字的中间，前后的字无法确定，请对照来源核对。"

_NEAR = 40
"""Characters among which the nearest ones without readings are looked for."""

LONGEST_RUN = 1
"""Characters behind a torn byte that may be paired one off, where their search found nothing."""

_Found = tuple[str, int]
"""What stood somewhere, and where it ends in the damaged text."""


def restore_torn_readings(document: DraftText) -> RuleResult:
    """Characters put together again around a reading that tore them; else the place is flagged."""
    edits, doubts = list[Edit](), list[TextDoubt]()
    position = 0 if document.search(_SWALLOWED) else len(document.text)
    while torn := _TORN.search(document.text, position):
        start, position = torn.end(2), torn.end()
        known = document.is_protected(start) or document.is_doubtful(start)
        if known or not _TONED.search(torn[3]):
            continue
        if best := _mended(document, torn):
            digit = lost_digit(document.text, best[1])
            edits.append(Edit(start, best[1], best[0] + digit, "likely"))
            doubts += () if digit else lost_digits(document.text, best[1])
            position = best[1]
        else:
            doubts.append(TextDoubt(start, _end(document.text, start, torn.end()), _MESSAGE))
    return RuleResult(tuple(edits), tuple(doubts))


def _mended(document: DraftText, torn: re.Match[str]) -> _Found | None:
    """What stood from the torn byte on, and up to where, if that can be told."""
    leads = tuple(_leads(torn))
    found = leads and (_shifted(document, torn, leads) or _best(document.text, torn, leads))
    return found or _whole(document.text, torn)


def _whole(text: str, torn: re.Match[str]) -> _Found | None:
    """The character that was lost as a whole with the parenthesis, told by its reading."""
    before = without_readings(text[max(0, torn.start() - _NEAR) : torn.start()] + torn[1])[-3:]
    after = without_readings(text[torn.end() : torn.end() + _NEAR])[:3]
    start = segment(before)
    possible = {
        fold_script(c)
        for c in read_as(torn[3])
        if len(fold_script(c).encode("gb2312", "ignore")) == 2
    }
    ranked = sorted(((score(segment(c + after, start)), c) for c in possible), reverse=True)
    clear = len(ranked) == 1 or (ranked and ranked[0][0] - ranked[1][0] >= WHOLE_MARGIN)
    if not clear or not makes_word(fold_text(before), ranked[0][1], fold_text(after), least=COMMON):
        return None
    return ranked[0][1], torn.end()


def _end(text: str, start: int, first: int) -> int:
    """Where the damage behind a torn reading ends, as far as what is shown makes no sense."""
    run = run_at(text, start, first)
    return run.end if run and run.final > first and is_nonsense(text, run) else first


def _best(text: str, torn: re.Match[str], leads: Collection[int]) -> _Found | None:
    """What stood from the torn byte on, and up to where, when it clearly fits best."""
    found = {
        one for lead in leads for one in _continued(text, torn.end(), lead) if _is_plain(one[0])
    }
    before = segment(text[max(0, torn.start() - 2) : torn.start()] + torn[1])
    ranked = sorted(
        (
            (score(segment(said + text[end:][:3], before)) / (len(said) + 3), said, end)
            for said, end in found
        ),
        reverse=True,
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < LEAST_MARGIN):
        return None
    return ranked[0][1:]


def _shifted(document: DraftText, torn: re.Match[str], leads: Collection[int]) -> _Found | None:
    """The same where more is shifted behind the torn byte than a character or two."""
    text, start = document.text, torn.end(2)
    run = run_at(text, start, torn.end())
    if run is None or run.final == run.first:
        return None
    said = document.removed_before(run.end).strip("()（）")
    if shift := solve(text, [run], model_around(document, [run]), said, leads):
        return shift.text, shift.end
    return None


def _continued(text: str, position: int, lead: int) -> Iterator[tuple[str, int]]:
    """What a torn lead byte and the text behind it make, and where the two are in step again."""
    if swallowed := _SWALLOWED.match(text, position):
        for trail in GBK_TRAILS:
            if swallowed[1] in _said(character := decode(lead, trail)):
                yield character, swallowed.end()
        return
    if _LOST_TRAIL.match(text, position):
        yield from ((last, position + 1) for trail in GBK_TRAILS if (last := decode(lead, trail)))
        return
    said = ""
    for place in range(position, min(len(text), position + LONGEST_RUN)):
        if "@" <= text[place] <= "~":
            last = decode(lead, ord(text[place]))
            reading = _READING.match(text, place + 1)
            if last and (not reading or reading[1] in _said(last)):
                yield said + last, place + 1
            return
        code = text[place].encode("gbk", "ignore")
        if len(code) != 2 or not (character := decode(lead, code[0])):
            return
        said, lead = said + character, code[1]


def _leads(torn: re.Match[str]) -> Iterator[int]:
    """Lead bytes that make, behind the trail byte of the character before, one that is read so."""
    code = encode(torn[1])
    if code is None:
        return
    for lead in GBK_LEADS:
        if (carrier := decode(code[1], lead)) and torn[3] in _said(carrier):
            yield lead


@cache
def _said(character: str) -> frozenset[str]:
    """The readings of a character, with tones and without."""
    known = list_toned_readings(character) if HAN_PATTERN.match(character) else frozenset[str]()
    return known | {strip_tones(reading) for reading in known}


def _is_plain(said: str) -> bool:
    """Whether such a page shows all characters: those of GB 2312, and of traditional script."""
    return bool(said) and all(
        is_traditional(c) or len(c.encode("gb2312", "ignore")) == 2 for c in said
    )

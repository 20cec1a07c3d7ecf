"""GBK that was read as UTF-8 where its bytes allowed it, and as Western letters elsewhere.

各位机器人 (B8F7 CEBB BBFA …) then shows as ¸÷λ»úÆ÷ÈË: CE BB is a Greek letter in UTF-8. Which bytes
a letter stands for is decoded: the right ones are ordinary Chinese, pair by pair.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from casebook.repair.bytes.decoder import NEAR, Character, Reading, decode_within
from casebook.repair.bytes.mojibake import (
    CHINESE_SIGNS,
    is_chinese,
    is_likely,
    is_utf8,
    reread_whole,
)
from casebook.repair.bytes.settling import OPEN, changes, settle
from casebook.repair.bytes.text_model import TextModel, model_of
from casebook.repair.bytes.utf8_channel import SWITCH_COST
from casebook.repair.bytes.western_channel import WESTERN, western_byte
from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.placed_lines import around

_TWO_BYTES = "\u0100-\u07ff"
_OTHER = "[^\\x00-\\x7f\\s]"
_PASSAGE = re.compile(
    f"[{WESTERN}{_TWO_BYTES}](?:[{WESTERN}{_TWO_BYTES}\u0020-\u007e]|{_OTHER}{{1,3}}"
    f"(?=[{WESTERN}{_TWO_BYTES}\u0020-\u007e]))*{_OTHER}{{0,2}}"
)
_LETTER = re.compile("[\u00a1-\u00ff]")
_TELLING = re.compile(f"[{''.join({*map(chr, range(0xA1, 0x100))} - {*CHINESE_SIGNS})}]")
_ODD = re.compile("[\u00a1-\u07ff]")

LEAST_LETTERS = 6
"""Western letters that a passage must have."""

LEAST_READ = 4
"""Characters that must be read from bytes."""

MOST_LEFT = 1 / 8
"""Letters that say nothing, as a share of the characters that were read."""

STAYS_COST, DOUBLE_COST, GONE_COST = -6.0, -2.5, -6.0
"""Nats of a Western letter that stays, of one that stands for two bytes and not for its one, and of
a byte that vanished."""

_SOFT_HYPHEN = b"\xad"
"""The byte that programs drop."""

_LIGATURES = {"IJ": "\u0132", "ij": "\u0133", "DZ": "\u01f1", "Dz": "\u01f2", "dz": "\u01f3"}
"""Two letters that programs like to write for one, which stands for bytes of its own."""

_OPENED = b"\0"
"""Pending after the first letter of a ligature."""


class MixedGbk:
    """The channel for one text."""

    switch_cost = SWITCH_COST
    gap_paths = 2
    gaps_followed = 1

    def __init__(self, text: str) -> None:
        self._text = text

    def readings(self, place: int, pending: bytes) -> Sequence[Reading]:
        """A letter as it stands, as one byte, as the bytes of its UTF-8 form."""
        return _readings(self._text[place : place + 2], self._text[place - 1 : place], pending)

    def gaps(self, place: int, pending: bytes, before: str) -> Sequence[Reading]:
        """A soft hyphen after the first byte of a pair."""
        if len(pending) != 1 or pending == _OPENED:
            return ()
        return _fed(pending, _SOFT_HYPHEN, GONE_COST, whole=False)

    def following(self, place: int) -> str:
        """Nothing: no place has many readings."""
        return ""


@cache
def _readings(shown: str, before: str, pending: bytes) -> tuple[Reading, ...]:
    """What the first character of `shown` may say."""
    character = shown[0]
    if pending.endswith(_OPENED):
        return _fed(pending[:-1], _LIGATURES.get(before + character, "").encode(), 0.0)
    found = [Reading(character, b"", _stays(character), again=False)] if not pending else []
    single = western_byte(character)
    if single and (pending or not character.isascii()):
        found += _fed(pending, bytes((single,)), 0.0)
    if not character.isascii():
        double = DOUBLE_COST if single else 0.0
        found += _fed(pending, character.encode("utf-8", "ignore"), double)
        found += _fed(pending, _twice(character), double)
    elif shown in _LIGATURES:
        found.append(Reading("", pending + _OPENED))
    return tuple(found)


def _stays(character: str) -> float:
    return STAYS_COST if _LETTER.match(character) else 0.0


def _fed(pending: bytes, data: bytes, cost: float, whole: bool = True) -> tuple[Reading, ...]:
    """The reading of bytes after the pending one; nothing where they make no pairs of GBK."""
    joined = pending + data
    pairs = len(joined) // 2 * 2
    try:
        text, rest = joined[:pairs].decode("gbk"), joined[pairs:]
    except UnicodeDecodeError:
        return ()
    fits = data and 2 * len(text) == pairs and (not rest or 0x81 <= rest[0] <= 0xFE)
    return (Reading(text, rest, cost, whole=whole),) if fits else ()


def _twice(character: str) -> bytes:
    """The bytes of a letter whose second byte was once a letter of two bytes (Ÿ), or none."""
    first, *rest = character.encode("utf-8", "ignore") or b"\0"
    if len(rest) != 1 or not 0x80 <= rest[0] <= 0x9F:
        return b""
    letter = bytes(rest).decode("cp1252", "ignore").encode("utf-8")
    return bytes((first, *letter)) if len(letter) == 2 else b""


def read_mixed_mojibake(document: DraftText) -> RuleResult:
    """Passages that are GBK read partly as UTF-8, read again."""
    edits, doubts = list[Edit](), list[TextDoubt]()
    model: TextModel | None = None
    lines = document.lines_of(_TELLING)
    for passage in (place for line in lines for place in _PASSAGE.finditer(document.text, *line)):
        shown = passage[0]
        few = len(_LETTER.findall(shown)) < LEAST_LETTERS or not _TELLING.search(shown)
        if few or reread_whole(shown) or is_utf8(shown) or document.is_protected(passage.start()):
            continue
        model = model or model_of(document.text, document.draft.effort)
        read = _read(document.text, passage.span(), model)
        if read is None:
            doubts.append(TextDoubt(*passage.span(), OPEN))
            continue
        edits += read[0]
        doubts += read[1]
    return RuleResult(tuple(edits), tuple(doubts))


def _read(
    text: str, passage: tuple[int, int], model: TextModel
) -> tuple[list[Edit], list[TextDoubt]] | None:
    """Edits and doubts of a passage, none where it is not mixed; None where it was not read."""
    start, end = passage
    read = decode_within(MixedGbk(text), text, start, end, model)
    if not read:
        return None
    edits, doubts = list[Edit](), list[TextDoubt]()
    runs = [list(run) for again, run in groupby(read, key=lambda one: one.again) if again]
    if not _is_mixed(runs):
        return [], []
    for run in runs:
        sides = around(text, run[0].start, run[-1].end, NEAR)
        found, unsure = changes(settle(run, model, *sides))
        edits += (edit._replace(certainty="likely") for edit in found)
        doubts += unsure
    left = [one for one in read if not one.again and _ODD.match(one.text)]
    if len(left) > MOST_LEFT * sum(len(one.text) for run in runs for one in run):
        return [], []
    return edits, doubts + [TextDoubt(one.start, one.end, OPEN) for one in left]


def _is_mixed(runs: Sequence[Sequence[Character]]) -> bool:
    """Whether what was read from bytes is Chinese, and took more bytes than there are letters."""
    said = "".join(one.text for run in runs for one in run if not one.text.isascii())
    shown = sum(run[-1].end - run[0].start for run in runs)
    mixed = len(said) >= LEAST_READ and 2 * len(said) > shown
    return mixed and is_chinese(said) and is_likely(said)

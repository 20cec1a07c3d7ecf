"""GBK that was read as UTF-8 where its bytes allowed it, and as Western letters elsewhere.

各位机器人 (B8F7 CEBB BBFA …) then shows as ¸÷λ»úÆ÷ÈË: CE BB is a Greek letter in UTF-8. Which bytes
a letter stands for is searched: the right ones are ordinary Chinese, pair by pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from casebook.repair.bytes.mojibake import WESTERN, is_chinese, is_utf8, reread_whole, western_byte
from casebook.repair.bytes.settling import OPEN
from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.language import likelihood

_TWO_BYTES = "\u0100-\u07ff"
_OTHER = "[^\\x00-\\x7f\\s]"
_PASSAGE = re.compile(
    f"[{WESTERN}{_TWO_BYTES}](?:[{WESTERN}{_TWO_BYTES}\u0020-\u007e]|{_OTHER}{{1,3}}"
    f"(?=[{WESTERN}{_TWO_BYTES}\u0020-\u007e]))*{_OTHER}{{0,2}}"
)
_LETTER = re.compile("[\u00a1-\u00ff]")
_ODD = re.compile("[\u00a1-\u07ff]")

LEAST_LETTERS = 6
"""Western letters that a passage must have."""

PASSAGE_STEPS = 20
"""Effort of reading a letter of a passage, in steps of the search."""

LEAST_READ = 4
"""Characters that must be read from bytes."""

LIKELY = -8.0
"""Mean log likelihood of a character behind the one before that the outcome must reach."""

BETTER = 2.0
"""Nats by which the outcome must be likelier than reading every letter as one byte."""

_UNREAD, _PLAIN, _DOUBLE = -14.0, -5.0, -2.5
"""Log likelihood given to a letter that stays, to one of ASCII, and to a Western letter that stands
for two bytes."""

_WIDTH = 16
"""Readings followed at once."""

_VANISHED, _GONE = 0xAD, -6.0
"""The byte of a soft hyphen, which programs drop, and log likelihood that it stood somewhere."""

_WIDE = -6.0
"""Log likelihood of a full-width letter or digit, of which dictionaries know nothing."""

_SPACE, _SPACE_BEHIND = -1.0, "\u3000。！？”：；"
"""Log likelihood of the full-width space of an indent where a line or a sentence begins."""

_LIGATURES = {"IJ": "\u0132", "ij": "\u0133", "DZ": "\u01f1", "Dz": "\u01f2", "dz": "\u01f3"}
"""Two letters that programs like to write for one, which stands for bytes of its own."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Letters from `start` to `end` of a passage that say `text`, by their bytes or (not `read`) as
    they stand."""

    start: int
    end: int
    text: str
    read: bool


@dataclass(frozen=True, slots=True)
class _Path:
    """A reading of a passage up to a place.

    `lead` is the first byte of a pair that is not complete, `begin` where the open piece begins and
    `said` what it says.
    """

    score: float = 0.0
    lead: int = 0
    last: str = ""
    begin: int = 0
    said: str = ""
    joined: bool = False
    before: tuple[_Path, _Piece] | None = None


def read_mixed_mojibake(document: DraftText) -> RuleResult:
    """Passages that are GBK read partly as UTF-8, read again."""
    edits, doubts = list[Edit](), list[TextDoubt]()
    for passage in _PASSAGE.finditer(document.text):
        if len(_LETTER.findall(passage[0])) < LEAST_LETTERS:
            continue
        if reread_whole(passage[0]) or is_utf8(passage[0]):
            continue
        if document.is_protected(passage.start()):
            continue
        if not document.draft.effort.spend(PASSAGE_STEPS * len(passage[0])):
            doubts.append(TextDoubt(*passage.span(), OPEN))
            continue
        for piece in _read(passage[0]):
            start, end = passage.start() + piece.start, passage.start() + piece.end
            if piece.read:
                edits.append(Edit(start, end, piece.text, "likely"))
            else:
                doubts.append(TextDoubt(start, end, OPEN))
    return RuleResult(tuple(edits), tuple(doubts))


def _read(passage: str) -> list[_Piece]:
    """What the letters of a passage say, and those that say nothing; [] where it is not mixed."""
    mixed, plain = _best(passage, mixed=True), _best(passage, mixed=False)
    pieces = list(_pieces(mixed)) if mixed and mixed.joined else []
    read = [piece for piece in pieces if piece.read]
    said = "".join(
        character for piece in read for character in piece.text if not character.isascii()
    )
    better = mixed and (plain is None or mixed.score >= plain.score + BETTER)
    if len(said) < LEAST_READ or not better or not is_chinese(said) or _mean(said) < LIKELY:
        return []
    left = [piece for piece in pieces if not piece.read and _ODD.match(piece.text)]
    return [*read, *left] if 8 * len(left) <= len(said) else []


def _mean(said: str) -> float:
    pairs = zip(" " + said, said, strict=False)
    return sum(_likely(before.strip(), character) for before, character in pairs) / len(said)


def _pieces(path: _Path) -> Iterator[_Piece]:
    found = []
    at: _Path | None = path
    while at and at.before:
        at, piece = at.before
        found.append(piece)
    yield from reversed(found)


def _best(passage: str, mixed: bool) -> _Path | None:
    """The likeliest reading of a passage; None where bytes are left over at its end."""
    paths, ahead = [_Path()], list[_Path]()
    for place, character in enumerate(passage):
        grown = [new for path in paths for new in _grown(path, place, character, mixed)] + ahead
        ahead = []
        if mixed and (one := _LIGATURES.get(passage[place : place + 2])):
            ahead = [new for path in paths for new in _doubled(path, place, place + 2, one)]
        kept: dict[tuple[int, str], _Path] = {}
        for path in sorted(grown, key=lambda path: -path.score):
            kept.setdefault((path.lead, path.last), path)
        paths = list(kept.values())[:_WIDTH]
    return next((path for path in paths if not path.lead), None)


def _grown(path: _Path, place: int, character: str, mixed: bool) -> Iterator[_Path]:
    """The readings one character on: as it stands, as one byte, as the bytes of its UTF-8 form."""
    begin = path.begin if path.lead else place
    if not path.lead:
        cost = _PLAIN if character.isascii() else _stays(path.last, character)
        yield _closed(path, cost, character, place, place + 1, character, False)
    single = _single(character)
    if mixed and path.lead and (told := _pair(path.lead, _VANISHED)):
        score = path.score + _GONE + _likely(path.last, told)
        said = path.said + told
        whole = _closed(path, score - path.score, told, begin, place, said, True, read=True)
        yield from _grown(whole, place, character, mixed)
    if single and (path.lead or not character.isascii()):
        yield from _fed(path, single, begin, place + 1, path.joined)
    if mixed and not character.isascii():
        cost = _DOUBLE if single else 0.0
        cheaper = replace(path, score=path.score + cost)
        yield from _doubled(cheaper, place, place + 1, character)
        if twice := _twice(character):
            yield from _fed(path, twice, begin, place + 1, True)


def _doubled(path: _Path, place: int, end: int, character: str) -> Iterator[_Path]:
    """The reading in which a letter stands for the bytes of its UTF-8 form."""
    begin = path.begin if path.lead else place
    yield from _fed(path, character.encode("utf-8", "ignore"), begin, end, True)


def _stays(last: str, character: str) -> float:
    return _UNREAD if _LETTER.match(character) else likelihood(last, character)


def _fed(path: _Path, data: bytes, begin: int, end: int, joined: bool) -> Iterator[_Path]:
    """The reading behind these bytes; none where they make no pair."""
    lead, last, said, score = path.lead, path.last, path.said if path.lead else "", path.score
    for byte in data:
        if not lead:
            if not 0x81 <= byte <= 0xFE:
                return
            lead = byte
            continue
        character = _pair(lead, byte)
        if not character:
            return
        score += _likely(last, character)
        lead, last, said = 0, character, said + character
    if lead:
        yield _Path(score, lead, last, begin, said, joined, path.before)
    else:
        yield _closed(path, score - path.score, last, begin, end, said, joined, read=True)


def _likely(last: str, character: str) -> float:
    if "０" <= character <= "ｚ":
        return _WIDE
    indents = character == "\u3000" and last in ("", *_SPACE_BEHIND)
    return _SPACE if indents else likelihood(last, character)


def _closed(
    path: _Path, cost: float, last: str, begin: int, end: int, said: str,
    joined: bool, *, read: bool = False,
) -> _Path:  # fmt: skip
    """The reading with a piece more."""
    before = (path, _Piece(begin, end, said, read))
    return _Path(path.score + cost, 0, last, end, "", joined or path.joined, before)


@cache
def _twice(character: str) -> bytes:
    """The bytes of a letter whose second byte was once a letter of two bytes (Ÿ), or none."""
    first, *rest = character.encode("utf-8", "ignore") or b"\0"
    if len(rest) != 1 or not 0x80 <= rest[0] <= 0x9F:
        return b""
    letter = bytes(rest).decode("cp1252", "ignore").encode("utf-8")
    return bytes((first, *letter)) if len(letter) == 2 else b""


@cache
def _single(character: str) -> bytes:
    """The one byte that shows as this character, b'' where none does."""
    if character.isascii():
        return character.encode()
    byte = western_byte(character)
    return bytes((byte,)) if byte else b""


@cache
def _pair(lead: int, trail: int) -> str:
    """The character of two GBK bytes, '' where there is none."""
    return bytes((lead, trail)).decode("gbk", "ignore") if trail >= 0x40 else ""

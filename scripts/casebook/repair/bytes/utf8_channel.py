"""The channel of UTF-8 that was read as GBK: 党建 (E5 85 9A E5 BB BA) shown as 鍏氬缓.

Three bytes of a character were paired into characters of two. What decoders do with a pair that
has no character of GBK:

    byte 80 alone              €, or nothing
    a user-defined pair        a private character, or nothing (AA-AF, F8-FE; A1-A7 with 40-A0)
    any other                  `?` for both bytes, or for the first one only

UTF-8 is in step again after each character, so a gap opens one character, or two that it lies
across; everything else is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import product

from casebook.repair.bytes.byte_pairs import is_user_defined
from casebook.repair.bytes.decoder import Reading
from casebook.repair.bytes.text_model import LOST_CHARACTER
from casebook.text.characters import fold_script, is_level_one, is_traditional
from casebook.text.mark_weights import MARK_WEIGHTS
from casebook.text.segmentation import makes_any_word
from casebook.text.word_frequencies import frequency

UTF8_LEADS = (*range(0xE2, 0xEA), 0xEF)
"""First bytes of the UTF-8 forms of Chinese punctuation and characters."""

UTF8_TRAILS = range(0x80, 0xC0)
"""Bytes of a character of UTF-8 after its first one."""

UTF8_FORM = re.compile(b"[\xe2-\xe9\xef][\x80-\xbf]{2}")
"""A whole Chinese character or mark in UTF-8."""

LOST = "?？\ufffd"
"""What decoders show where a byte, or a pair of bytes, has no character."""

SWITCH_COST = -4.5
"""Nats of passing from text that stands for itself to text read again, or back."""

LOST_COST = -1.0
"""Nats of a `?` that stands for lost bytes, and of the end of a passage within a character."""

GONE_COST = -2.0
"""Nats of a pair of bytes that left no trace; a byte 80 that did costs nothing."""

MARK_COST, ORDINARY_COST = -8.0, -2.0
"""Nats of taking a mark of ordinary text for bytes, and a frequent character: most are rare."""

UNTORN_COST = -2.0
"""Nats of a `?` for one byte that could have been paired with the byte after it."""

MOST_CANDIDATES = 400
"""Candidates for a character, the most frequent ones: rarer ones are never inferred."""

MOST_MISSING = 48
"""The same at the end of a passage, where nothing follows that could tell."""

MOST_GAP_PATHS = 12
"""Best paths for which it is tried what vanished."""

FREQUENT = 50_000
"""How often the dictionary counts a character that is taken as it is read, beside any others."""

LEAD_BYTES = tuple(bytes((lead,)) for lead in UTF8_LEADS)

_LEADS, _TRAILS = frozenset(UTF8_LEADS), frozenset(UTF8_TRAILS)
_ANY = _LEADS | _TRAILS
_SIGNS = frozenset({b"\xc2", b"\xc3", *(sign.encode() for sign in "·×÷°±§")})
_OTHER_SIGNS = frozenset("「」『』０１２３４５６７８９")
_ORDINARY_MARKS = frozenset("，。、；：“”")


@cache
def shown_bytes(character: str) -> bytes:
    """The bytes that a shown character stands for; b"" for one that cannot be of such a run.

    A plain letter may have been a full-width one, which sites like to narrow.
    """
    if character.isascii():
        narrowed = ord(character) | 0x80
        return bytes((0xA3, narrowed)) if character.islower() and narrowed in _LEADS else b""
    if character == "€":
        return b"\x80"
    try:
        code = character.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return code if len(code) == 2 else b""


@cache
def has_character(pair: bytes) -> bool:
    """Whether GBK shows a character for two bytes."""
    return bool(pair.decode("gbk", "ignore"))


@cache
def _pairs(second: Iterable[int], lost: bool) -> tuple[bytes, ...]:
    """Pairs of a trail byte and a byte of `second` that vanish, or (`lost`) are shown as `?`."""
    every = (bytes((first, byte)) for first in UTF8_TRAILS for byte in second)
    if lost:
        return tuple(pair for pair in every if not has_character(pair))
    return tuple(pair for pair in every if is_user_defined(*pair))


class Utf8AsGbk:
    """The channel for one text."""

    switch_cost = SWITCH_COST
    gap_paths = MOST_GAP_PATHS
    gaps_followed = MOST_CANDIDATES

    def __init__(self, text: str, end: int) -> None:
        self._text, self._end = text, end

    def readings(self, place: int, pending: bytes) -> Sequence[Reading]:
        """What a shown character may say: its bytes, a lost byte or two, or itself."""
        shown = self._text[place]
        found = list(_fed(shown, pending))
        if shown in LOST:
            following = self._text[place + 1 : place + 2]
            found += _torn(pending, b"" if following.isascii() else shown_bytes(following)[:1])
        if not pending:
            found.append(
                Reading(shown, b"", again=None if shown.isascii() and shown not in LOST else False)
            )
        return found

    def gaps(self, place: int, pending: bytes, before: str) -> Sequence[Reading]:
        """What may have vanished before a place; at the end, the rest of the character."""
        if place == self._end:
            return _missing(pending)
        if not pending or pending[0] not in _LEADS:
            return ()
        shown = self._text[place]
        if _needs_gap(shown, pending):
            two = len(pending) == 2 and _goes_on(b"", shown)
            words = _two_lost(pending, before[-1:], self.following(place)) if two else ()
            return (*_gaps(pending, shown), *words)
        if len(pending) < 2 or shown in LOST or self._is_supported(place, pending, before):
            return ()
        # 快递 (E5 BF AB, E9 80 92) loses AB E9 and 80; what is left is 忒 (E5 BF 92)
        return [gap for gap in _gaps(pending, shown) if len(gap.pending) == 2]

    def following(self, place: int, pending: bytes = b"") -> str:
        """The character that bytes shown from a place on make, if none is lost, or ''."""
        data = pending + b"".join(map(shown_bytes, self._text[place : place + 2]))
        return data[:3].decode("utf-8", "ignore")

    def _is_supported(self, place: int, pending: bytes, before: str) -> bool:
        """Whether the character that a shown one completes often stands alone, or makes a word."""
        whole = _fed(self._text[place], pending)[0]
        alone = frequency(whole.text) >= FREQUENT or whole.text in MARK_WEIGHTS
        after = self.following(place + 1, whole.pending)
        return alone or makes_any_word(before, whole.text, after)


@cache
def _fed(shown: str, pending: bytes) -> tuple[Reading, ...]:
    """What the bytes of a shown character say after pending ones; nothing where they do not fit.

    A site may have changed the script after the damage.
    """
    cost = MARK_COST if shown in _ORDINARY_MARKS else ORDINARY_COST if is_level_one(shown) else 0.0
    if shown in LOST:
        return ()
    forms = filter(None, map(shown_bytes, dict.fromkeys((shown, fold_script(shown)))))
    return tuple(_one(data, pending, cost) for data in forms if _fits(pending, data))


@cache
def _needs_gap(shown: str, pending: bytes) -> bool:
    """Whether the bytes of a shown character do not go on, or only to a rare character.

    快速 (E5 BF AB, E9 80 9F) loses AB E9 and 80, and what is left is 忟 (E5 BF 9F).
    """
    if shown in LOST:
        return False
    return not any(all(map(is_candidate, one.text)) for one in _fed(shown, pending))


def _fits(pending: bytes, data: bytes) -> bool:
    """Whether every byte has the place in a character of UTF-8 that its value demands.

    A letter may have been paired with the last byte of a character. A few signs have two bytes.
    """
    joined = pending + data
    place = 0
    while place < len(joined):
        lead = joined[place]
        rest = joined[place + 1 : place + 3 if lead in _LEADS else place + 2]
        if lead < 0x80:
            rest = b""
        elif (
            lead not in _LEADS and joined[place : place + 2] not in _SIGNS
        ) or not _TRAILS.issuperset(rest):
            return False
        place += 1 + len(rest)
    return True


def _one(data: bytes, pending: bytes, cost: float) -> Reading:
    """The reading of bytes that fit."""
    joined = pending + data
    text = joined.decode("utf-8", "ignore")
    rest = joined[len(text.encode()) :]
    return Reading(text, rest, cost)


@cache
def _torn(pending: bytes, following: bytes) -> tuple[Reading, ...]:
    """What a `?` may stand for before the byte `following`: one lost byte, or a lost pair."""
    single = [(bytes((byte,)), 0.0 if _is_torn(byte, following) else UNTORN_COST) for byte in _ANY]
    if len(pending) < 2 or following[:1] in LEAD_BYTES:
        single = [(byte, cost) for byte, cost in single if not cost]
    found = [new for data, cost in single for new in _inferred(pending, (data,), LOST_COST + cost)]
    if len(pending) == 1:
        found += _inferred(pending, _pairs(UTF8_TRAILS, lost=True), LOST_COST)
    if len(pending) == 2:
        found += _inferred(pending, _pairs(UTF8_LEADS, lost=True), LOST_COST)
    return _ranked(found)


def _is_torn(byte: int, following: bytes) -> bool:
    """Whether a byte makes no character of GBK with the byte after it."""
    return not following or not has_character(bytes((byte,)) + following)


@lru_cache(maxsize=1 << 16)
def _gaps(pending: bytes, shown: str) -> tuple[Reading, ...]:
    """What vanished, or is missing, between pending bytes and a shown character that goes on."""
    every = _lost_after(pending)
    fitting = {rest for rest in {gap.pending for gap in every} if _goes_on(rest, shown)}
    return tuple(g for g in every if g.pending in fitting or g.text == LOST_CHARACTER)


@cache
def _lost_after(pending: bytes) -> tuple[Reading, ...]:
    """What vanished, or is missing, after pending bytes."""
    found = [Reading(LOST_CHARACTER, b"", GONE_COST, whole=False)]
    found += _inferred(pending, (b"\x80",), 0.0)
    if len(pending) == 1:
        return _ranked(found + _inferred(pending, _pairs(UTF8_TRAILS, lost=False), GONE_COST))
    across = _pairs(UTF8_LEADS, lost=False)
    found += _inferred(pending, across, GONE_COST)
    return _ranked(found + _inferred(pending, tuple(p + b"\x80" for p in across), GONE_COST))


@lru_cache(maxsize=1 << 16)
def _goes_on(pending: bytes, shown: str) -> bool:
    """Whether a shown character goes on after pending bytes, with frequent characters."""
    return any(all(map(is_candidate, one.text)) for one in _fed(shown, pending)) or (
        not pending and (shown in LOST or not shown_bytes(shown))
    )


@cache
def _missing(pending: bytes) -> tuple[Reading, ...]:
    """The rest of a character, which is missing at the end of a passage."""
    rest = product(UTF8_TRAILS, repeat=3 - len(pending))
    return tuple(_inferred(pending, tuple(map(bytes, rest)), LOST_COST)[:MOST_MISSING])


@cache
def _halved() -> tuple[str, ...]:
    """The frequent characters that may lose their last two bytes without a trace."""
    lost = _pairs(UTF8_TRAILS, lost=False)
    every = (bytes((lead,)) + pair for lead in UTF8_LEADS for pair in lost)
    return tuple(c for form in every if is_level_one(c := form.decode("utf-8", "ignore")))


@lru_cache(maxsize=1 << 14)
def _two_lost(pending: bytes, before: str, after: str) -> tuple[Reading, ...]:
    """Two characters of which two pairs of bytes in a row vanished: those that make words.

    They are a word, or the first makes one that the second goes on or follows as part of another.
    """
    found = set[str]()
    for first in {pending + pair[:1] for pair in _pairs(UTF8_LEADS, lost=False)}:
        one = first.decode("utf-8", "ignore")
        if is_candidate(one):
            seconds = set(_seconds(one))
            if frequency(before + one):
                seconds.update(_seconds(before + one), _firsts(after))
            found.update(one + second for second in seconds)
    return tuple(Reading(text, b"", 2 * GONE_COST, whole=False) for text in found)


@lru_cache(maxsize=1 << 14)
def _seconds(before: str) -> tuple[str, ...]:
    """The characters that may vanish but for the first byte and make a word with what is before."""
    return tuple(c for c in _halved() if frequency(before + c))


@lru_cache(maxsize=1 << 14)
def _firsts(after: str) -> tuple[str, ...]:
    """The same with what is after."""
    return tuple(c for c in _halved() if after and frequency(c + after))


def _inferred(pending: bytes, lost: Sequence[bytes], cost: float) -> list[Reading]:
    """Readings with lost bytes, those of the most frequent characters where there are many."""
    found: dict[tuple[str, bytes], Reading] = {}
    for data in lost:
        if _fits(pending, data):
            text, rest, *_ = _one(data, pending, 0.0)
            if not text or is_candidate(text):
                found[text, rest] = Reading(text, rest, cost, whole=False, sure=False)
    return list(_ranked(found.values())[:MOST_CANDIDATES])


def _ranked(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Readings, those that complete no character and then the most frequent ones first."""
    return tuple(sorted(readings, key=lambda one: (one.text != "", -weight(one.text))))


@cache
def is_candidate(character: str) -> bool:
    """Whether a character may be inferred: a frequent one of simplified script, a mark, a digit."""
    if character in MARK_WEIGHTS or character in _OTHER_SIGNS:
        return True
    return not is_traditional(character) and (is_level_one(character) or frequency(character) > 500)


def weight(character: str) -> float:
    """How frequent a candidate is, for ranking."""
    known = MARK_WEIGHTS.get(character)
    return 1e6 if known else float(frequency(character))

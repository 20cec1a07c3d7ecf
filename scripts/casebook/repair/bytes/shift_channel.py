"""The channel of GBK that lost one byte: what follows is paired one off, up to the next ASCII byte.

常”的關 (B3A3 A1B1 B5C4 EA50) lost B3, which is shown as `?`:

    bytes    A3 A1 | B1 B5 | C4 EA | 50
    shown      !       钡      年     P        so `?!钡年P`

Every shown character holds the trail byte of one character and the lead byte of the next. The
first lead byte is open. Wrong pairs that had no character left no trace, or a `?`: then a whole
pair (u, v) is missing between the pending lead byte L and the next trail byte T, and two characters
(L, u) and (v, T) are open, each with one byte known. Anything may have vanished anywhere, so this
is asked for the few best paths only.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from casebook.repair.bytes.byte_pairs import (
    GBK_TRAILS,
    decode,
    frequent_first,
    lost_before,
    lost_pairs,
)
from casebook.repair.bytes.byte_runs import ORPHANS, Run, encode
from casebook.repair.bytes.decoder import Reading
from casebook.text.characters import list_toned_readings

GONE_COST = -2.0
"""Nats of a pair of bytes that left no trace: one wrong pair in eight has no character in GBK."""

LOST_COST = -1.0
"""Nats of a last trail byte that was lost, too."""

MOST_GAP_PATHS, GAPS_FOLLOWED = 3, 8
"""Best paths for which a vanished pair is tried, and first characters of it for each."""

_MISSING = b"?"
"""Follows a pending lead byte where a `?` stands for a whole pair."""

_AFTER_GONE, _AFTER_LOST = 0, 1
"""Stands before the bytes of the first character of a filling, by what became of the lost pair."""


class ShiftedGbk:
    """The channel for one run of a text.

    `leads` are the bytes that may have been lost, `reading` is the pinyin that was injected after
    the last character, if any.
    """

    switch_cost = 0.0
    gaps_followed = GAPS_FOLLOWED

    def __init__(
        self, text: str, run: Run, leads: Collection[int], reading: str, simplified: bool
    ) -> None:
        self._text, self._run, self._leads = text, run, leads
        self._reading, self._simplified = reading or run.reading, simplified
        self.gap_paths = 1 if simplified else MOST_GAP_PATHS  # there it is rarely clear anyway
        self.end = run.final + (run.trail is not None)

    def readings(self, place: int, pending: bytes) -> Sequence[Reading]:
        """What a shown pair says after the pending lead byte; at the end, the last trail byte."""
        if place == self._run.first:
            return self._first()
        if len(pending) == 3:
            return self._seconds(place, pending)
        if place == self._run.final:
            return self._last(pending, (self._run.trail or 0,), whole=True)
        if self._text[place] in ORPHANS:
            return [Reading("", pending + _MISSING)] if pending else []
        if len(pending) != 1 or not (pair := encode(self._text[place])):
            return []
        text = decode(pending[0], pair[0])
        return [_carried(text, pair)] if text else []

    def gaps(self, place: int, pending: bytes, before: str) -> Sequence[Reading]:
        """Fillings of a pair that vanished; at the end, the characters of a lost trail byte."""
        if place >= self.end:
            return self._last(pending[:1], GBK_TRAILS, whole=False)
        if not pending or place == self._run.first:
            return []
        trail = self._pair(place)[0]
        return _firsts(pending[0], trail, pending[1:] == _MISSING, self._simplified)

    def _pair(self, place: int) -> tuple[int, int]:
        """The bytes of a shown pair; at the end, the last trail byte."""
        if place == self._run.final:
            return self._run.trail or 0, 0
        return encode(self._text[place]) or (0, 0)

    def _seconds(self, place: int, pending: bytes) -> Sequence[Reading]:
        """The second characters of fillings, frequent ones first."""
        return _second(pending, self._pair(place), place == self._run.final, self._simplified)

    def following(self, place: int) -> str:
        """The character that ends with a byte shown at a place, if nothing vanished before it."""
        if place <= self._run.final:
            return decode(self._pair(place - 1)[1], self._pair(place)[0])
        return self._text[self._run.end : self._run.end + 1]

    def _first(self) -> list[Reading]:
        pair = encode(self._text[self._run.first])
        if pair is None:
            return []
        found = (c for lead in self._leads if (c := decode(lead, pair[0])))
        read = [_carried(c, pair) for c in sorted(found, key=frequent_first)]
        return read if len(self._leads) == 1 else [one._replace(whole=False) for one in read]

    def _last(self, pending: bytes, trails: Collection[int], whole: bool) -> list[Reading]:
        """The last character of the run, which is read as the pinyin after it says."""
        if len(pending) != 1:
            return []
        cost = 0.0 if whole else LOST_COST
        found = sorted((c for t in trails if (c := decode(pending[0], t))), key=frequent_first)
        fitting = [c for c in found if not self._reading or _is_read(c, self._reading)]
        read = [Reading(character, b"", cost, whole) for character in fitting]
        if not whole and self._reading:
            words = lost_before(pending[0], self._reading)
            read += [Reading(a + b, b"", cost + GONE_COST, whole=False) for a, b in words]
        return read


def _is_read(character: str, reading: str) -> bool:
    return reading in list_toned_readings(character)


def _carried(text: str, pair: tuple[int, int]) -> Reading:
    """A character, and the byte after it: a lead byte, or ASCII that was swallowed."""
    if pair[1] < 0x80:
        return Reading(text + chr(pair[1]), b"")
    return Reading(text, bytes(pair[1:]))


@lru_cache(maxsize=1 << 16)
def _second(
    pending: bytes, pair: tuple[int, int], end: bool, simplified: bool
) -> tuple[Reading, ...]:
    """Second characters of a filling before the shown pair; `end` says that only a byte is left."""
    mark, _, trail = pending
    found = lost_pairs(pair[0], mark == _AFTER_LOST, simplified).get(trail, ())
    if end:
        return tuple(Reading(character, b"", whole=False) for character in found)
    return tuple(_carried(character, pair)._replace(whole=False) for character in found)


@cache
def _firsts(lead: int, trail: int, lost: bool, simplified: bool) -> tuple[Reading, ...]:
    """First characters of fillings, each with its second byte pending."""
    cost, mark = (0.0, _AFTER_LOST) if lost else (GONE_COST, _AFTER_GONE)
    seconds = lost_pairs(trail, lost, simplified)
    found = ((first, u) for u in seconds if (first := decode(lead, u)))
    return tuple(
        Reading(first, bytes((mark, lead, u)), cost, whole=False, sure=False) for first, u in found
    )

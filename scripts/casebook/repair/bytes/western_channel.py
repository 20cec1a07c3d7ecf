"""The channel of UTF-8 that was read as Western letters: 党建 (E5 85 9A E5 BB BA) shown as å…šå»º.

CP1252 has no character for five bytes; a program drops them, as most drop the soft hyphen (AD), or
shows `?` or U+FFFD. Every first byte of a character is seen, so that it is known where characters
begin: a *form* is what is shown of one. Only forms that are too short have several readings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from casebook.repair.bytes.decoder import WIDTH, Reading
from casebook.repair.bytes.text_model import LOST_CHARACTER
from casebook.repair.bytes.utf8_channel import SWITCH_COST, UTF8_TRAILS, is_candidate, weight

WESTERN = (
    "\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
"""What Latin-1 and CP1252 show for bytes from 80 on, as the inside of a character class."""

VANISHED = (0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xAD)
"""Bytes that programs drop: those without a character in CP1252, and the soft hyphen."""

LOST = "?\ufffd"
"""What other programs show for such a byte."""

OTHER_COST = -7.0
"""Nats of a `?` at the end of a passage that stands for a byte that CP1252 has: it was cut off."""

SPACE_COST = -1.0
"""Nats of a space that is the no-break space A0 of a character."""


@cache
def western_byte(character: str) -> int:
    """The byte that CP1252 or Latin-1 shows as this character; 0 when there is none."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return character.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
    return 0


@dataclass(frozen=True, slots=True)
class Form:
    """What is shown of a character in [start, end); `text` is '' where bytes of it are lost."""

    start: int
    end: int
    text: str


def form_at(text: str, place: int, limit: int) -> Form | None:
    """The form of UTF-8 that begins at a place and ends before `limit`; None where none does."""
    lead = western_byte(text[place])
    length = 2 if 0xC2 <= lead <= 0xDF else 3 if 0xE0 <= lead <= 0xEF else 0
    end = place + 1
    while end < min(limit, place + length) and _is_trail(text[end], length):
        end += 1
    data = _data(text[place:end])
    whole = len(data) == length and b"?" not in data
    said = data.decode("utf-8", "ignore") if whole else ""
    return Form(place, end, said) if said or length == 3 else None


def _is_trail(shown: str, length: int) -> bool:
    byte = 0xA0 if shown == " " else western_byte(shown)
    return byte in UTF8_TRAILS or (shown in LOST and length == 3)


def _data(shown: str) -> bytes:
    """The bytes of a form, `?` for one that is marked as lost."""
    return bytes(0xA0 if c == " " else western_byte(c) or ord("?") for c in shown)


class WesternUtf8:
    """The channel for one passage; bytes that are shown in it cannot have vanished."""

    switch_cost = SWITCH_COST
    gap_paths = WIDTH  # so that all readings of a form are tried for every path
    gaps_followed = 0

    def __init__(self, text: str, forms: Sequence[Form]) -> None:
        passage = text[forms[0].start : forms[-1].end]
        self._text = text
        self._forms = {place: form for form in forms for place in range(form.start, form.end)}
        self._end = forms[-1].end
        self._vanished = bytes(byte for byte in VANISHED if chr(byte) not in passage)

    def readings(self, place: int, pending: bytes) -> Sequence[Reading]:
        """A letter of ASCII as it stands; at the last letter of a form, what this may say."""
        form = self._forms.get(place)
        if form is None:
            return (Reading(self._text[place], b"", again=False),)
        if place + 1 < form.end:
            return (Reading("", pending + b"."),)  # only says that the form goes on
        if form.text and self._text[place] != " ":
            return (Reading(form.text, b""),)
        trails = UTF8_TRAILS if form.end == self._end else VANISHED
        return _completed(self._text[form.start : form.end], self._vanished, bytes(trails))

    def gaps(self, place: int, pending: bytes, before: str) -> Sequence[Reading]:
        """Nothing: what vanished is known where a form ends."""
        return ()

    def following(self, place: int) -> str:
        """The character whose form begins at a place, if it is whole, or ''."""
        form = self._forms.get(place)
        return form.text if form else self._text[place : place + 1]


@cache
def _completed(shown: str, vanished: bytes, marked: bytes) -> tuple[Reading, ...]:
    """What a form may say: its lost bytes filled in, or its space for itself.

    `vanished` are the bytes that left no trace, `marked` those that `?` may stand for.
    """
    data = _data(shown)
    found = dict[str, Reading]()
    if shown.endswith(" "):
        spaced = _completed(shown[:-1], vanished, marked)
        found |= {
            one.text + " ": Reading(one.text + " ", b"", one.cost, whole=False)
            for one in spaced
            if one.text != LOST_CHARACTER
        }
    cost = SPACE_COST if shown.endswith(" ") else 0.0
    for form, more in _filled(data, vanished, marked):
        text = form.decode("utf-8", "ignore")
        if is_candidate(text) and text not in found:
            found[text] = Reading(text, b"", cost + more, whole=form == data)
    found[LOST_CHARACTER] = Reading(LOST_CHARACTER, b"", 0.0, whole=False)
    return tuple(sorted(found.values(), key=lambda one: -weight(one.text)))


def _filled(data: bytes, vanished: bytes, marked: bytes) -> Iterator[tuple[bytes, float]]:
    """A form with each choice for its lost bytes, those that are marked first, and its cost."""
    if b"?" in data:
        for byte in marked:
            more = 0.0 if byte in VANISHED else OTHER_COST
            filled = data.replace(b"?", bytes((byte,)), 1)
            for form, cost in _filled(filled, vanished, marked):
                yield form, cost + more
    elif len(data) < 3:
        for byte in vanished:
            for at in range(1, len(data) + 1):
                yield from _filled(data[:at] + bytes((byte,)) + data[at:], vanished, marked)
    else:
        yield data, 0.0

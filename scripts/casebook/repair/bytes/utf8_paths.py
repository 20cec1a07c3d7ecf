"""The likeliest reading of characters that GBK made of UTF-8, some bytes lost.

A path reads shown characters from left to right: each stands for itself, or its bytes go into a
character of UTF-8. A beam of paths is followed, so that the cost grows with the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod

from casebook.repair.bytes.byte_pairs import is_user_defined
from casebook.repair.bytes.mojibake import is_chinese
from casebook.text.characters import fold_script, is_level_one, is_traditional
from casebook.text.language import likelihood

_SWITCH = -4.5
"""Cost of passing from text that stands for itself to text read again, or back."""

_LOSS = -1.0
"""Cost of every byte that must be supposed lost."""

UNKNOWN = -8.0
"""Cost of a character that cannot be told from its bytes."""

_VANISHED, _VANISHED_80 = -4.0, -1.5
"""Cost of supposing that a pair of bytes left no trace, and that the byte 80 did."""

_MARK = -8.0
"""Cost of taking a mark of ordinary text for bytes."""

_TRIED = 8
"""Characters that are tried for one with a lost byte, while paths are followed."""

_ORDINARY = -2.0
"""Cost of taking a frequent character for bytes: three in four that are shown are rare."""

_BEAM = 12
"""Readings that are followed at once."""

UTF8_LEADS = (*range(0xE2, 0xEA), 0xEF)
"""First bytes of the UTF-8 forms of Chinese punctuation and characters."""

UTF8_TRAILS = range(0x80, 0xC0)
"""Bytes of a character of UTF-8 behind its first one."""

LEAD_BYTES, TRAIL_BYTES = frozenset(UTF8_LEADS), frozenset(UTF8_TRAILS)

LOST = "?？\ufffd"
"""What decoders show where a byte, or a pair of bytes, has no character."""

LOST_CHARACTER = "\0"
"""Stands in a reading for a character that cannot be told."""

Bytes = tuple[frozenset[int], ...]
"""Bytes of a character, each as the set of what it may be: of one value where it is shown."""

_ANY = frozenset((*UTF8_TRAILS, *UTF8_LEADS))


def _has_character(pair: bytes) -> bool:
    """Whether GBK shows a character for two bytes."""
    return bool(pair.decode("gbk", "ignore"))


_PAIR: Bytes = (
    frozenset(a for a in _ANY if not all(_has_character(bytes((a, b))) for b in _ANY)),
    _ANY,
)
"""Two bytes that GBK leaves without a character, for which a decoder shows `?`."""

_80: Bytes = (frozenset({0x80, 0}),)  # 0 is no byte of UTF-8: a reading with it is not whole
_WITHIN: Bytes = (
    frozenset((*range(0xA1, 0xA8), *range(0xAA, 0xB0))),
    frozenset(range(0x80, 0xC0)),
)
_ACROSS: Bytes = (frozenset(range(0xAA, 0xB0)), frozenset(UTF8_LEADS))
_GONE: tuple[tuple[Bytes, ...], ...] = ((), (_80, _WITHIN), (_80, _ACROSS, _ACROSS + _80))
"""Bytes of which sites leave no trace, by the number of bytes that a character has before them:
80 by itself, and pairs of the user-defined areas, within a character and across two."""


@dataclass(frozen=True, slots=True)
class Read:
    """A character made of shown characters [start, end); `whole` unless a byte of it was lost."""

    start: int
    end: int
    character: str
    again: bool
    whole: bool = True
    bytes: Bytes = ()


@dataclass(frozen=True, slots=True)
class _Path:
    """A reading of a passage up to some place; `pending` bytes wait for the rest of a character."""

    score: float
    pending: Bytes
    since: int
    last: Read | None
    before: _Path | None

    @property
    def character(self) -> str:
        """The last character that was read, or ''."""
        return self.last.character if self.last else ""


@cache
def shown_bytes(character: str) -> tuple[int, ...]:
    """The bytes that a shown character stands for; () for one that cannot be of such a run.

    A plain letter may have been a full-width one, which sites like to narrow.
    """
    if character in LOST:
        return (0,)
    if character.isascii():
        narrowed = ord(character) | 0x80
        return (0xA3, narrowed) if character.islower() and narrowed in LEAD_BYTES else ()
    if character == "€":
        return (0x80,)
    try:
        code = character.encode("gb18030")
    except UnicodeEncodeError:
        return ()
    return tuple(code) if len(code) == 2 else ()


def likeliest(text: str, start: int, end: int) -> list[Read]:
    """The likeliest reading of text[start:end]: its characters in order."""
    before = Read(start - 1, start, text[start - 1], False) if start else None
    paths = [_Path(0.0, (), start, before, None)]
    for place in range(start, end):
        paths = _pruned(grown for path in paths for grown in _grow(path, text, place))
    closed = _pruned(final for path in paths for final in _close(path, end))
    reads: list[Read] = []
    path: _Path | None = closed[0]
    while path and path.before:
        if path.last and path.last is not path.before.last:
            reads.append(path.last)
        path = path.before
    return reads[::-1]


def _pruned(paths: Iterator[_Path]) -> list[_Path]:
    """The best paths, one for each state that matters for what follows."""
    best: dict[tuple[Bytes, str, bool], _Path] = {}
    for path in paths:
        again = bool(path.last and path.last.again) or bool(path.pending)
        state = (path.pending, path.character, again)
        if state not in best or path.score > best[state].score:
            best[state] = path
    return sorted(best.values(), key=lambda path: -path.score)[:_BEAM]


def _grow(path: _Path, text: str, place: int) -> Iterator[_Path]:
    """The path with one more shown character: for itself, or for its bytes."""
    again = path.last is not None and path.last.again
    if not path.pending:
        yield _itself(path, text[place], place)
    else:
        rest = (_ANY,) * (3 - len(path.pending))
        for cut in _fed([_scored(path, _VANISHED)], rest, place - 1):
            yield _itself(cut, text[place], place)
    opened = path if path.pending or again else _scored(path, _SWITCH)
    if text[place] in "，。、；：“”":
        opened = _scored(opened, _MARK)
    elif is_level_one(text[place]):
        opened = _scored(opened, _ORDINARY)
    ways = _ways(text, place, len(path.pending))
    direct = [grown for values in ways for grown in _fed([opened], values, place)]
    yield from direct
    if not direct:
        for gone, values in product(_GONE[len(path.pending)], ways):
            cost = _VANISHED_80 if gone is _80 else _VANISHED
            yield from _fed([_scored(path, cost)], (*gone, *values), place)


def _itself(path: _Path, shown: str, place: int) -> _Path:
    """The path with a shown character that stands for itself."""
    switch = _SWITCH if path.last and path.last.again else 0.0
    read = Read(place, place + 1, shown, again=False)
    return _Path(path.score + likelihood(path.character, shown) + switch, (), place + 1, read, path)


def _scored(path: _Path, cost: float) -> _Path:
    return _Path(path.score + cost, path.pending, path.since, path.last, path.before)


def _ways(text: str, place: int, pending: int) -> tuple[Bytes, ...]:
    """What bytes a shown character may stand for; `?` for one, torn from the next, or for a pair.

    Behind the last byte of a character the text may stand for itself again.
    """
    if text[place] in LOST:
        return (_ANY if pending == 2 else torn(text, place + 1),), _PAIR
    forms = dict.fromkeys(
        (text[place], fold_script(text[place]))
    )  # a site may have changed the script
    known = filter(None, map(shown_bytes, forms))
    return tuple(tuple(frozenset((value,)) for value in values) for values in known)


def torn(text: str, place: int) -> frozenset[int]:
    """What a lost byte may be: one that makes no character of GBK with the byte at `place`."""
    shown = text[place : place + 1]
    following = bytes(shown_bytes(shown)[:1]) if shown and not shown.isascii() else b""
    if not following.strip(b"\0"):
        return _ANY
    return frozenset(b for b in _ANY if not _has_character(bytes((b,)) + following))


def _fed(paths: list[_Path], values: Bytes, place: int) -> list[_Path]:
    """The paths after these bytes, which belong to the shown character at `place`."""
    for value in values:
        paths = [fed for path in paths for fed in _with_byte(path, value, place)]
    return paths


def _with_byte(path: _Path, value: frozenset[int], place: int) -> Iterator[_Path]:
    if max(value) < 0x80:
        yield from _with_ascii(path, chr(*value), place)
        return
    allowed = value & (TRAIL_BYTES | {0} if path.pending else LEAD_BYTES)
    if not max(allowed, default=0):
        return
    score = path.score + (_LOSS if len(value) > 1 else 0.0)
    since = path.since if path.pending else place
    pending = (*path.pending, allowed)
    if len(pending) < 3:
        yield _Path(score, pending, since, path.last, path.before)
        return
    lost = sum(len(byte) > 1 for byte in pending)
    whole = not lost
    for character in _likely_choices(pending) if lost < 2 or pending[1:] == _WITHIN else ():
        read = Read(since, place + 1, character, again=True, whole=whole, bytes=pending)
        yield _Path(score + likelihood(path.character, character), (), place + 1, read, path)
    if not whole:
        read = Read(since, place + 1, LOST_CHARACTER, True, whole, pending)
        yield _Path(score + UNKNOWN, (), place + 1, read, path)


def _with_ascii(path: _Path, letter: str, place: int) -> Iterator[_Path]:
    """The path with a letter that was paired with the last byte of a character before it."""
    if path.last and path.last.again and not path.pending:
        read = Read(place, place + 1, letter, again=True)
        yield _Path(path.score + likelihood(path.character, letter), (), place + 1, read, path)


def _close(path: _Path, end: int) -> Iterator[_Path]:
    """The path at the end of its passage, where bytes of the last character may be missing."""
    if not path.pending:
        yield path
        return
    yield from _fed([path], (_ANY,) * (3 - len(path.pending)), end - 1)


@cache
def _likely_choices(values: Bytes) -> tuple[str, ...]:
    """The most frequent of the choices, which are enough to tell paths apart."""
    return tuple(sorted(choices(values), key=lambda character: -likelihood("", character))[:_TRIED])


@cache
def choices(values: Bytes) -> tuple[str, ...]:
    """Characters that the bytes allow: any when all are shown, else ordinary simplified ones."""
    count = prod(map(len, values))
    forms: Iterable[bytes] = map(bytes, product(*values))
    if values[1:] == _WITHIN:
        forms = (form for form in forms if is_user_defined(form[1], form[2]))
    found = [character for form in forms if (character := form.decode("utf-8", "ignore"))]
    return tuple(c for c in found if count == 1 or (is_chinese(c) and not is_traditional(c)))

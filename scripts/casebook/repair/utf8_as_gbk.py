"""UTF-8 that was read as GBK (浣犲ソ for 你好): read the bytes again, infer those that were lost.

Three bytes of a character were paired into GBK characters of two. Where a pair had no character
the decoder left `?` for one or two bytes, or nothing at all. A passage is read by the likeliest
path through its shown characters: each stands for itself, or its bytes belong to characters of
UTF-8. What the neighbors of a lost byte do not settle is flagged, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, product
from math import prod

from casebook.repair.characters import HAN_PATTERN, is_level_one, is_traditional, rarity
from casebook.repair.document import Document, Doubt, Result
from casebook.repair.edits import Edit
from casebook.repair.language import general_probability, likelihood
from casebook.repair.mojibake import is_chinese, reread_western

LEAST_MARGIN = 1.5
"""How much likelier (in nats) the best choice for a lost byte must be than the next one."""

UNSUPPORTED_MARGIN = 3.0
"""The same for a character that makes no word with a neighbor."""

LEAST_GAIN = 8.0
"""How much likelier (in nats) a stretch must be when read again than as it stands."""

_SWITCH = -3.0
"""Cost of passing from text that stands for itself to text read again, or back."""

_LOSS = -1.0
"""Cost of every byte that must be supposed lost."""

_UNKNOWN = -8.0
"""Cost of a character that cannot be told from its bytes."""

_VANISHED = -4.0
"""Cost of supposing that a pair of bytes left no trace."""

_MARK = -8.0
"""Cost of taking a mark of ordinary text for bytes."""

QUOTATION = 300
"""Characters within which a quotation that was opened is closed."""

_BEAM = 24
"""Readings that are followed at once."""

_AROUND = 40
"""Shown characters before and behind a suspicious one that are read along with it."""

_LEADS = (*range(0xE2, 0xEA), 0xEF)
"""First bytes of the UTF-8 forms of Chinese punctuation and characters."""

_TRAILS = range(0x80, 0xC0)
_LEAD_BYTES, _TRAIL_BYTES = frozenset(_LEADS), frozenset(_TRAILS)
_LOST = "?？\ufffd"
_LOST_CHARACTER = "\0"
_QUOTES = "“”"
_MESSAGE = "这里是转码乱码，字节已不全，请对照原文补上。"

_Bytes = tuple[frozenset[int], ...]
"""Bytes of a character, each as the set of what it may be: of one value where it is shown."""

_ANY = frozenset((*_TRAILS, *_LEADS))


def _has_character(pair: bytes) -> bool:
    """Whether GBK shows a character for two bytes."""
    return bool(pair.decode("gbk", "ignore"))


_PAIR: _Bytes = (
    frozenset(a for a in _ANY if not all(_has_character(bytes((a, b))) for b in _ANY)),
    _ANY,
)
"""Two bytes that GBK leaves without a character: a decoder shows `?` for them, or nothing."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A character made of shown characters [start, end); `whole` unless a byte of it was lost."""

    start: int
    end: int
    character: str
    again: bool
    whole: bool = True
    bytes: _Bytes = ()


@dataclass(frozen=True, slots=True)
class _Path:
    """A reading of a passage up to some place; `pending` bytes wait for the rest of a character."""

    score: float
    pending: _Bytes
    since: int
    last: _Read | None
    before: _Path | None

    @property
    def character(self) -> str:
        """The last character that was read, or ''."""
        return self.last.character if self.last else ""


def utf8_read_as_gbk(document: Document) -> Result:
    """Runs whose GBK bytes are the UTF-8 form of Chinese, read again; open places flagged."""
    edits, doubts = list[Edit](), list[Doubt]()
    for start, end in _passages(document.text):
        if whole := _reread_whole(document.text[start:end]):
            edits.append(Edit(start, end, whole))
            continue
        reads = _settled(_likeliest(document.text, start, end), document.text, end)
        for again, stretch in groupby(reads, key=lambda read: read.again):
            if again and _gains(run := list(stretch), document.text):
                _change(run, document.text, edits, doubts)
    taken = {place for doubt in doubts for place in range(doubt.start, doubt.end)}
    taken |= {place for edit in edits for place in range(edit.start, edit.end)}
    rest = [found.span() for found in _remains().finditer(document.text)]
    if document.script != "traditional":  # there 幾點鐘? is an ordinary question
        doubts += [Doubt(*span, _MESSAGE) for span in rest if span[0] not in taken]
    return Result(tuple(edits), tuple(doubts))


@cache
def _remains() -> re.Pattern[str]:
    """A rare character that begins a character of UTF-8, and the mark of a lost byte behind it."""
    shown = {bytes((lead, trail)).decode("gbk", "ignore") for lead in _LEADS for trail in _TRAILS}
    rare = "".join(character for character in shown - {""} if not is_level_one(character))
    return re.compile(f"[{rare}][{_LOST}]")


@cache
def _suspicious() -> re.Pattern[str]:
    """A rare character whose bytes may begin UTF-8, near another one or the mark of a lost byte.

    Or one that begins punctuation, or a run of what Western letters look like.
    """
    shown = {bytes((lead, trail)).decode("gbk", "ignore") for lead in _LEADS for trail in _TRAILS}
    rare = "".join(character for character in shown - {""} if rarity(character) < -12)
    odd = "".join(c for c in map(chr, range(0x4E00, 0xA000)) if not is_level_one(c))
    western = (bytes((lead, trail)) for lead in (0xC2, 0xC3) for trail in _TRAILS)
    letters = "".join(pair.decode("gbk", "ignore") for pair in western)
    return re.compile(f"[鈥銆锛]|[{rare}](?=[^\n]{{0,2}}[{odd}{_LOST}€])|[{letters}]{{6}}")


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of characters with GBK bytes around the suspicious ones, apart from each other."""
    position = 0
    while found := _suspicious().search(text, position):
        start = found.start()
        while start > max(position, found.start() - _AROUND) and _shown_bytes(text[start - 1]):
            start -= 1
        end = last = found.end()
        while end < len(text) and end - last < _AROUND and _shown_bytes(text[end]):
            last = end + 1 if _suspicious().match(text, end) else last
            end += 1
        yield start, end
        position = end


@cache
def _shown_bytes(character: str) -> tuple[int, ...]:
    """The bytes that a shown character stands for; () for one that cannot be of such a run."""
    if character in _LOST:
        return (0,)
    if character == "€":
        return (0x80,)
    try:
        code = character.encode("gb18030")
    except UnicodeEncodeError:
        return ()
    return tuple(code) if len(code) == 2 else ()


def _reread_whole(passage: str, depth: int = 2) -> str:
    """The passage read again as a whole, up to `depth` times, or '' when its bytes do not fit."""
    values = [value for character in passage for value in _shown_bytes(character)]
    try:
        text = bytes(values).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    if is_chinese(text):
        return text
    return (reread_western(text) or _reread_whole(text, depth - 1)) if depth > 1 else ""


def _likeliest(text: str, start: int, end: int) -> list[_Read]:
    """The likeliest reading of text[start:end]: its characters in order."""
    before = _Read(start - 1, start, text[start - 1], False) if start else None
    paths = [_Path(0.0, (), start, before, None)]
    for place in range(start, end):
        paths = _pruned(grown for path in paths for grown in _grow(path, text, place))
    closed = _pruned(final for path in paths for final in _close(path, end))
    reads: list[_Read] = []
    path: _Path | None = closed[0]
    while path and path.before:
        if path.last and path.last is not path.before.last:
            reads.append(path.last)
        path = path.before
    return reads[::-1]


def _pruned(paths: Iterator[_Path]) -> list[_Path]:
    """The best paths, one for each state that matters for what follows."""
    best: dict[tuple[_Bytes, str, bool], _Path] = {}
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
    opened = _scored(opened, _MARK) if text[place] in "，。、；：“”" else opened
    ways = _ways(text, place, len(path.pending))
    direct = [grown for values in ways for grown in _fed([opened], values, place)]
    yield from direct
    if not direct and (path.pending or again):
        for values in ways:
            yield from _fed([_scored(path, _VANISHED)], (*_PAIR, *values), place)


def _itself(path: _Path, shown: str, place: int) -> _Path:
    """The path with a shown character that stands for itself."""
    switch = _SWITCH if path.last and path.last.again else 0.0
    read = _Read(place, place + 1, shown, again=False)
    return _Path(path.score + likelihood(path.character, shown) + switch, (), place + 1, read, path)


def _scored(path: _Path, cost: float) -> _Path:
    return _Path(path.score + cost, path.pending, path.since, path.last, path.before)


def _ways(text: str, place: int, pending: int) -> tuple[_Bytes, ...]:
    """What bytes a shown character may stand for; `?` for one, torn from the next, or for a pair.

    Behind the last byte of a character the text may stand for itself again.
    """
    if text[place] in _LOST:
        return (_ANY if pending == 2 else _torn(text, place + 1),), _PAIR
    return (tuple(frozenset((value,)) for value in _shown_bytes(text[place])),)


def _torn(text: str, place: int) -> frozenset[int]:
    """What a lost byte may be: one that makes no character of GBK with the byte at `place`."""
    following = bytes(_shown_bytes(text[place])[:1]) if place < len(text) else b""
    if not following.strip(b"\0"):
        return _ANY
    return frozenset(b for b in _ANY if not _has_character(bytes((b,)) + following))


def _fed(paths: list[_Path], values: _Bytes, place: int) -> list[_Path]:
    """The paths after these bytes, which belong to the shown character at `place`."""
    for value in values:
        paths = [fed for path in paths for fed in _with_byte(path, value, place)]
    return paths


def _with_byte(path: _Path, value: frozenset[int], place: int) -> Iterator[_Path]:
    allowed = value & (_TRAIL_BYTES if path.pending else _LEAD_BYTES)
    if not allowed:
        return
    score = path.score + (_LOSS if len(value) > 1 else 0.0)
    since = path.since if path.pending else place
    pending = (*path.pending, allowed)
    if len(pending) < 3:
        yield _Path(score, pending, since, path.last, path.before)
        return
    lost = sum(len(byte) > 1 for byte in pending)
    whole = not lost
    for character in _choices(pending) if lost < 2 else ():
        read = _Read(since, place + 1, character, again=True, whole=whole, bytes=pending)
        yield _Path(score + likelihood(path.character, character), (), place + 1, read, path)
    if not whole:
        read = _Read(since, place + 1, _LOST_CHARACTER, True, whole, pending)
        yield _Path(score + _UNKNOWN, (), place + 1, read, path)


def _close(path: _Path, end: int) -> Iterator[_Path]:
    """The path at the end of its passage, where bytes of the last character may be missing."""
    if not path.pending:
        yield path
        return
    yield from _fed([path], (_ANY,) * (3 - len(path.pending)), end - 1)


@cache
def _choices(values: _Bytes) -> tuple[str, ...]:
    """Characters that the bytes allow: any when all are shown, else ordinary simplified ones."""
    count = prod(map(len, values))
    forms = map(bytes, product(*values))
    found = [character for form in forms if (character := form.decode("utf-8", "ignore"))]
    return tuple(c for c in found if count == 1 or (is_chinese(c) and not is_traditional(c)))


def _settled(reads: Sequence[_Read], text: str, end: int) -> list[_Read]:
    """The reading, with inferred characters kept only where the neighbors leave one choice."""
    result: list[_Read] = []
    for index, read in enumerate(reads):
        if read.again and not read.whole:
            before = result[-1].character if result else text[max(0, read.start - 1) : read.start]
            rest = reads[index + 1 :][:1]
            after = rest[0].character if rest else text[end : end + 1]
            values = _narrowed(read, text) if rest and rest[0].again else read.bytes
            said = _inferred(values, before, after, _recent(result, read.start, text))
            read = _Read(read.start, read.end, said, True, False, read.bytes)
        result.append(read)
    return result


def _narrowed(read: _Read, text: str) -> _Bytes:
    """The bytes of a character whose last one was lost before a shown character of the run."""
    *known, last = read.bytes
    single = last == _TRAIL_BYTES and text[read.end - 1] in _LOST
    return (*known, last & _torn(text, read.end)) if single else read.bytes


def _recent(reads: Sequence[_Read], place: int, text: str) -> str:
    """The line before a place, as far as a quotation may reach, as it was read again."""
    recent = reads[-QUOTATION:]
    start = recent[0].start if recent else place
    shown = text[max(0, start - QUOTATION) : start] + "".join(read.character for read in recent)
    return shown.rpartition("\n")[2]


def _inferred(values: _Bytes, before: str, after: str, said: str) -> str:
    """The one likely character for bytes of which some are lost, or _LOST_CHARACTER."""
    if sum(len(value) > 1 for value in values) > 1:
        return _LOST_CHARACTER
    choices = _choices(values)
    if (
        before
        and before in "—…"
        and before in choices
        and (len(said) - len(said.rstrip(before))) % 2
    ):
        return before
    if set(_QUOTES) <= set(choices):
        return _next_of_pair(_QUOTES, said)
    if set("《》。") <= set(choices) and _next_of_pair("《》", said) == "》":
        return "》"
    if "。" in choices and (not after or after in "\n</"):
        return "。"
    ranked = sorted((likelihood(before, c) + _onwards(c, after), c) for c in choices)
    if not ranked:
        return _LOST_CHARACTER
    best = ranked[-1][1]
    in_word = general_probability(before, best) or general_probability(best, after)
    least = LEAST_MARGIN if in_word or best in "，。、：；" else UNSUPPORTED_MARGIN
    clear = len(ranked) == 1 or ranked[-1][0] - ranked[-2][0] >= least
    return best if clear else _LOST_CHARACTER


def _onwards(character: str, after: str) -> float:
    return likelihood(character, after) if HAN_PATTERN.match(after) else 0.0


def _next_of_pair(pair: str, said: str) -> str:
    """The opening mark of a pair, or the closing one where one is open."""
    return pair[said.count(pair[0]) > said.count(pair[1])]


def _gains(run: Sequence[_Read], text: str) -> bool:
    """Whether a stretch is far likelier when read again, and ordinary Chinese as far as known."""
    known = "".join(read.character for read in run if read.whole)
    inferred = "".join(read.character for read in run if not read.whole).strip(_LOST_CHARACTER)
    if not is_chinese(known or inferred):
        return False
    shown = text[run[0].start : run[-1].end]
    if not _suspicious().search(shown):
        return False
    again = sum(map(rarity, known + inferred)) + _UNKNOWN * (len(run) - len(known + inferred))
    return again - sum(map(rarity, shown)) >= LEAST_GAIN


def _change(run: Sequence[_Read], text: str, edits: list[Edit], doubts: list[Doubt]) -> None:
    """Edits for what could be read, doubts for what is open, by borders of shown characters."""
    block: list[_Read] = []
    for index, read in enumerate(run):
        block.append(read)
        following = run[index + 1].start if index + 1 < len(run) else read.end
        if following < read.end:
            continue  # a shown character holds bytes of both
        start, end = block[0].start, block[-1].end
        said = "".join(each.character for each in block)
        if _LOST_CHARACTER in said:
            doubts.append(Doubt(start, end, _MESSAGE))
        else:
            whole = all(each.whole for each in block)
            edits.append(Edit(start, end, said, "certain" if whole else "likely"))
        block = []

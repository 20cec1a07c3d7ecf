"""UTF-8 that was read as GBK (浣犲ソ for 你好): read the bytes again, infer those that were lost.

Three bytes of a character were paired into GBK characters of two. Where a pair had no character
the decoder left `?`, and one byte is unknown: what stands around the character may still leave a
single choice. What stays open is flagged, never guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from casebook.repair.characters import rarity
from casebook.repair.document import Document, Doubt, Result
from casebook.repair.edits import Edit
from casebook.repair.language import general_probability, is_word
from casebook.repair.mojibake import is_chinese

LEAST_MARGIN = 1.5
"""How much likelier (in nats) the best choice for a lost byte must be than the next one."""

_LEADS = (*range(0xE2, 0xEA), 0xEF)
"""First bytes of the UTF-8 forms of Chinese punctuation and characters."""
_TRAILS = range(0x80, 0xC0)
_LOST = "?？\ufffd"
_OPENING_QUOTES, _CLOSING_QUOTES = "“", "”"


@dataclass(frozen=True, slots=True)
class _Byte:
    """A byte behind the shown text (None: lost), and the position of its shown character."""

    value: int | None
    place: int


@dataclass(frozen=True, slots=True)
class _Read:
    """A character read again from `bytes`; '' when its lost byte leaves more than one choice."""

    character: str
    bytes: tuple[_Byte, ...]
    inferred: bool = False


def utf8_read_as_gbk(document: Document) -> Result:
    """Runs whose GBK bytes are the UTF-8 form of Chinese, read again; open places flagged."""
    edits: list[Edit] = []
    doubts: list[Doubt] = []
    position, text = 0, document.text
    while found := _opening().search(text, position):
        run = _read_run(text, found.start())
        position = found.start() + 1
        if _is_plausible(run):
            position = _settle(text, run, edits, doubts)
    return Result(tuple(edits), tuple(doubts))


@cache
def _opening() -> re.Pattern[str]:
    """Shown characters whose bytes may begin a UTF-8 sequence."""
    pairs = (bytes((lead, trail)) for lead in _LEADS for trail in _TRAILS)
    return re.compile(f"[{''.join(pair.decode('gbk', 'ignore') for pair in pairs)}]")


@cache
def _shown_bytes(character: str) -> tuple[int | None, ...]:
    """The bytes that a shown character stands for; () for one that cannot be of such a run."""
    if character in _LOST:
        return (None,)
    if character == "€":
        return (0x80,)
    try:
        code = character.encode("gb18030")
    except UnicodeEncodeError:
        return ()
    return tuple(code) if len(code) == 2 else ()


def _read_run(text: str, start: int) -> list[_Read]:
    """Characters read again from `start` on, as long as the bytes are those of UTF-8."""
    stream = _stream(text, start)
    pending: list[_Byte] = []
    run: list[_Read] = []
    for byte in stream:
        pending.append(byte)
        if not _fits(pending):
            break
        if len(pending) == 3:
            run.append(_Read(_decode(pending), tuple(pending)))
            pending = []
    else:
        if len(pending) == 2 and pending[0].value is not None:
            run.append(_Read("", tuple(pending)))
    while run and all(byte.value is None for byte in run[-1].bytes[:2]):
        run.pop()
    return _with_inferred(text, start, run)


def _stream(text: str, start: int) -> Iterator[_Byte]:
    for place in range(start, len(text)):
        values = _shown_bytes(text[place])
        if not values:
            return
        for value in values:
            yield _Byte(value, place)


def _fits(pending: Sequence[_Byte]) -> bool:
    """Whether the bytes may begin a character; at most one of them may be lost."""
    allowed = (_LEADS, _TRAILS, _TRAILS)
    known = [byte.value is None or byte.value in allowed[i] for i, byte in enumerate(pending)]
    return all(known) and sum(byte.value is None for byte in pending) <= 1


def _decode(sequence: Sequence[_Byte]) -> str:
    values = [byte.value for byte in sequence]
    if None in values:
        return ""
    return bytes(value for value in values if value is not None).decode("utf-8", "ignore")


def _is_plausible(run: Sequence[_Read]) -> bool:
    """Whether a run is such a misreading and not Chinese that happens to look like one."""
    whole = "".join(read.character for read in run if not read.inferred)
    return bool(whole) and is_chinese(whole) and (len(whole) > 1 or len(run) > 1)


def _with_inferred(text: str, start: int, run: list[_Read]) -> list[_Read]:
    """The run with lost bytes filled in where the neighbors leave one choice."""
    result: list[_Read] = []
    for index, read in enumerate(run):
        if not read.character:
            before = result[-1].character if result else text[max(0, start - 1) : start]
            after = run[index + 1].character if index + 1 < len(run) else ""
            rest = text[read.bytes[-1].place + 1 :][:1] if index + 1 == len(run) else after
            spoken = text[max(0, start - 200) : start] + "".join(r.character for r in result)
            read = _Read(_infer(read.bytes, before, rest, spoken), read.bytes, inferred=True)
        result.append(read)
    return result


def _infer(sequence: Sequence[_Byte], before: str, after: str, spoken: str) -> str:
    """The one likely character for bytes of which one is lost, or ''."""
    choices = _choices(tuple(byte.value for byte in sequence))
    if set("“”") <= set(choices):
        open_quotes = spoken.count(_OPENING_QUOTES) > spoken.count(_CLOSING_QUOTES)
        return _CLOSING_QUOTES if open_quotes else _OPENING_QUOTES
    if "。" in choices and (not after or after == "\n"):
        return "。"
    ranked = sorted(((_score(before, c, after), c) for c in choices), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < LEAST_MARGIN):
        return ""
    best = ranked[0][1]
    known = is_word(before + best) or is_word(best + after) or best in "，。、：；"
    return best if known else ""


@cache
def _choices(values: tuple[int | None, ...]) -> tuple[str, ...]:
    """The Chinese characters that the known bytes allow."""
    ranges = [
        (value,) if value is not None else (_LEADS if i == 0 else _TRAILS)
        for i, value in enumerate((*values, None)[:3])
    ]
    found = []
    for lead in ranges[0]:
        for second in ranges[1]:
            for third in ranges[2]:
                character = bytes((lead, second, third)).decode("utf-8", "ignore")
                if character and is_chinese(character):
                    found.append(character)
    return tuple(found)


def _score(before: str, character: str, after: str) -> float:
    """Log likelihood of a character between two others (either may be '')."""
    score = math.log(math.exp(rarity(character)) + general_probability(before, character))
    if after:
        score += math.log(math.exp(rarity(after)) + general_probability(character, after))
    return score


def _settle(text: str, run: Sequence[_Read], edits: list[Edit], doubts: list[Doubt]) -> int:
    """Edits for what could be read, doubts for what is open; returns where to search on."""
    done = first = run[0].bytes[0].place
    end = run[-1].bytes[-1].place + 1
    restored = ""
    inferred = False
    for index, read in enumerate(run):
        if not read.character:
            message = "这里是转码乱码，字节已不全，请对照原文补上。"
            doubts.append(Doubt(done, _border_after(run, index), message))
            return _border_after(run, index)
        restored += read.character
        inferred = inferred or read.inferred
        last = read.bytes[-1].place
        if index + 1 == len(run) or run[index + 1].bytes[0].place > last:
            edits.append(Edit(done, last + 1, restored, "likely" if inferred else "certain"))
            done, restored, inferred = last + 1, "", False
    if done < end:
        doubts.append(Doubt(done, end, "这里是转码乱码，字节已不全，请对照原文补上。"))
    return max(end, first + 1)


def _border_after(run: Sequence[_Read], index: int) -> int:
    """Where, behind character `index`, a shown character and a character end together."""
    for read, following in zip(run[index:], run[index + 1 :], strict=False):
        if following.bytes[0].place > read.bytes[-1].place:
            return read.bytes[-1].place + 1
    return run[-1].bytes[-1].place + 1

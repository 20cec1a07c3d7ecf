"""UTF-8 that was read as GBK (浣犲ソ for 你好): read the bytes again, infer those that were lost.

Three bytes of a character were paired into GBK characters of two. Where a pair had no character
the decoder left `?` for one or two bytes, or nothing at all. A passage is read by the likeliest
path through its shown characters: each stands for itself, or its bytes belong to characters of
UTF-8. What the neighbors of a lost byte do not settle is flagged, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import groupby

from casebook.repair.characters import HAN_PATTERN, is_level_one, rarity
from casebook.repair.document import Document, Doubt, Result
from casebook.repair.edits import Edit
from casebook.repair.language import general_probability, likelihood
from casebook.repair.mojibake import is_chinese, reread_western
from casebook.repair.utf8_paths import (
    LEADS,
    LOST,
    LOST_CHARACTER,
    TRAIL_BYTES,
    TRAILS,
    UNKNOWN,
    Bytes,
    Read,
    choices,
    likeliest,
    shown_bytes,
    torn,
)

LEAST_MARGIN = 1.5
"""How much likelier (in nats) the best choice for a lost byte must be than the next one."""

UNSUPPORTED_MARGIN = 3.0
"""The same for a character that makes no word with a neighbor."""

LEAST_GAIN = 8.0
"""How much likelier (in nats) a stretch must be when read again than as it stands."""

LONG_PASSAGE = 200
MOST_LOST = 0.25
"""Characters of a passage, and share of marks of lost bytes, from which on nothing is tried."""

QUOTATION = 300
"""Characters within which a quotation that was opened is closed."""

_AROUND = 40
"""Shown characters before and behind a suspicious one that are read along with it."""

_QUOTES = "“”"
_MESSAGE = "这里是转码乱码，字节已不全，请对照原文补上。"


def utf8_read_as_gbk(document: Document) -> Result:
    """Runs whose GBK bytes are the UTF-8 form of Chinese, read again; open places flagged."""
    edits, doubts = list[Edit](), list[Doubt]()
    for start, end in _passages(document.text):
        if whole := _reread_whole(document.text[start:end]):
            edits.append(Edit(start, end, whole))
            continue
        if _is_beyond_repair(document.text[start:end]):
            doubts.append(Doubt(start, end, _MESSAGE))
            continue
        reads = _settled(likeliest(document.text, start, end), document.text, end)
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
    shown = {bytes((lead, trail)).decode("gbk", "ignore") for lead in LEADS for trail in TRAILS}
    rare = "".join(character for character in shown - {""} if not is_level_one(character))
    return re.compile(f"[{rare}][{LOST}]")


@cache
def _suspicious() -> re.Pattern[str]:
    """A rare character whose bytes may begin UTF-8, near another one or the mark of a lost byte.

    Or one that begins punctuation, or a run of what Western letters look like.
    """
    shown = {bytes((lead, trail)).decode("gbk", "ignore") for lead in LEADS for trail in TRAILS}
    rare = "".join(character for character in shown - {""} if rarity(character) < -12)
    odd = "".join(c for c in map(chr, range(0x4E00, 0xA000)) if not is_level_one(c))
    western = (bytes((lead, trail)) for lead in (0xC2, 0xC3) for trail in TRAILS)
    letters = "".join(pair.decode("gbk", "ignore") for pair in western)
    return re.compile(f"[鈥銆锛]|[{rare}](?=[^\n]{{0,2}}[{odd}{LOST}€])|[{letters}]{{6}}")


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of characters with GBK bytes around the suspicious ones, apart from each other."""
    position = 0
    while found := _suspicious().search(text, position):
        start = found.start()
        while start > max(position, found.start() - _AROUND) and shown_bytes(text[start - 1]):
            start -= 1
        end = last = found.end()
        while end < len(text) and end - last < _AROUND and shown_bytes(text[end]):
            last = end + 1 if _suspicious().match(text, end) else last
            end += 1
        yield start, end
        position = end


def _is_beyond_repair(passage: str) -> bool:
    """Whether so many bytes of a long passage are lost that no reading would be sure."""
    lost = sum(passage.count(mark) for mark in LOST)
    return len(passage) > LONG_PASSAGE and lost > MOST_LOST * len(passage)


def _reread_whole(passage: str, depth: int = 2) -> str:
    """The passage read again as a whole, up to `depth` times, or '' when its bytes do not fit."""
    values = [value for character in passage for value in shown_bytes(character)]
    try:
        text = bytes(values).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    if is_chinese(text):
        return text
    return (reread_western(text) or _reread_whole(text, depth - 1)) if depth > 1 else ""


def _settled(reads: Sequence[Read], text: str, end: int) -> list[Read]:
    """The reading, with inferred characters kept only where the neighbors leave one choice."""
    result: list[Read] = []
    for index, read in enumerate(reads):
        if read.again and not read.whole:
            before = result[-1].character if result else text[max(0, read.start - 1) : read.start]
            rest = reads[index + 1 :][:1]
            after = rest[0].character if rest else text[end : end + 1]
            values = _narrowed(read, text) if rest and rest[0].again else read.bytes
            said = _inferred(values, before, after, _recent(result, read.start, text))
            read = Read(read.start, read.end, said, True, False, read.bytes)
        result.append(read)
    return result


def _narrowed(read: Read, text: str) -> Bytes:
    """The bytes of a character whose last one was lost before a shown character of the run."""
    *known, last = read.bytes
    single = last == TRAIL_BYTES and text[read.end - 1] in LOST
    return (*known, last & torn(text, read.end)) if single else read.bytes


def _recent(reads: Sequence[Read], place: int, text: str) -> str:
    """The line before a place, as far as a quotation may reach, as it was read again."""
    recent = reads[-QUOTATION:]
    start = recent[0].start if recent else place
    shown = text[max(0, start - QUOTATION) : start] + "".join(read.character for read in recent)
    return shown.rpartition("\n")[2]


def _inferred(values: Bytes, before: str, after: str, said: str) -> str:
    """The one likely character for bytes of which some are lost, or LOST_CHARACTER."""
    if sum(len(value) > 1 for value in values) > 1:
        return LOST_CHARACTER
    possible = choices(values)
    if mark := _mark(possible, before, after, said):
        return mark
    ranked = sorted((likelihood(before, c) + _onwards(c, after), c) for c in possible)
    if not ranked:
        return LOST_CHARACTER
    best = ranked[-1][1]
    in_word = general_probability(before, best) or general_probability(best, after)
    least = LEAST_MARGIN if in_word or best in "，。、：；" else UNSUPPORTED_MARGIN
    clear = len(ranked) == 1 or ranked[-1][0] - ranked[-2][0] >= least
    return best if clear else LOST_CHARACTER


def _mark(possible: Collection[str], before: str, after: str, said: str) -> str:
    """The mark of punctuation that must stand here, by the marks before it, or ''."""
    if before in possible and before in ("—", "…") and (len(said) - len(said.rstrip(before))) % 2:
        return before  # dashes and ellipses come in twos
    if set(_QUOTES) <= set(possible):
        return _next_of_pair(_QUOTES, said)
    if set("《》。") <= set(possible) and _next_of_pair("《》", said) == "》":
        return "》"
    return "。" if "。" in possible and (not after or after in "\n</") else ""


def _onwards(character: str, after: str) -> float:
    return likelihood(character, after) if HAN_PATTERN.match(after) else 0.0


def _next_of_pair(pair: str, said: str) -> str:
    """The opening mark of a pair, or the closing one where one is open."""
    return pair[said.count(pair[0]) > said.count(pair[1])]


def _gains(run: Sequence[Read], text: str) -> bool:
    """Whether a stretch is far likelier when read again, and ordinary Chinese as far as known."""
    known = "".join(read.character for read in run if read.whole)
    inferred = "".join(read.character for read in run if not read.whole).strip(LOST_CHARACTER)
    if not is_chinese(known or inferred):
        return False
    shown = text[run[0].start : run[-1].end]
    if not _suspicious().search(shown):
        return False
    again = sum(map(rarity, known + inferred)) + UNKNOWN * (len(run) - len(known + inferred))
    return again - sum(map(rarity, shown)) >= LEAST_GAIN


def _change(run: Sequence[Read], text: str, edits: list[Edit], doubts: list[Doubt]) -> None:
    """Edits for what could be read, doubts for what is open, by borders of shown characters."""
    block: list[Read] = []
    for index, read in enumerate(run):
        block.append(read)
        following = run[index + 1].start if index + 1 < len(run) else read.end
        if following < read.end:
            continue  # a shown character holds bytes of both
        start, end = block[0].start, block[-1].end
        said = "".join(each.character for each in block)
        if LOST_CHARACTER in said:
            doubts.append(Doubt(start, end, _MESSAGE))
        else:
            whole = all(each.whole for each in block)
            edits.append(Edit(start, end, said, "certain" if whole else "likely"))
        block = []

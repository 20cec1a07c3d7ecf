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
from itertools import groupby, takewhile

from casebook.repair.bytes import lost_bytes
from casebook.repair.bytes.mojibake import is_chinese, reread_western
from casebook.repair.bytes.utf8_paths import (
    LOST,
    LOST_CHARACTER,
    TRAIL_BYTES,
    UNKNOWN,
    UTF8_LEADS,
    UTF8_TRAILS,
    Bytes,
    Read,
    choices,
    likeliest,
    shown_bytes,
    torn,
)
from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import HAN_PATTERN, fold_script, is_level_one, rarity

LEAST_GAIN = 8.0
"""How much likelier (in nats) a stretch must be when read again than as it stands."""

LONG_PASSAGE = 200
MOST_LOST = 0.25
"""Characters of a passage, and share of marks of lost bytes, from which on nothing is tried."""

LEAST_LAYERED, LAYERED_RARITY, MOST_TORN = 8, -11.5, 0.35
"""Characters, mean rough log frequency and share of torn bytes of what was misread repeatedly."""

QUOTATION = 300
"""Characters within which a quotation that was opened is closed."""

_AROUND = 40
"""Shown characters before and behind a suspicious one that are read along with it."""

_QUOTES = "“”"
_MESSAGE = "这里是转码乱码，字节已不全，请对照原文补上。"


def utf8_read_as_gbk(document: DraftText) -> RuleResult:
    """Runs whose GBK bytes are the UTF-8 form of Chinese, read again; open places flagged."""
    edits, doubts = list[Edit](), list[TextDoubt]()
    for start, end in _passages(document.text):
        if whole := _reread_whole(document.text[start:end]):
            edits.append(Edit(start, end, whole))
            continue
        if _is_beyond_repair(document.text[start:end]):
            doubts.append(TextDoubt(start, end, _MESSAGE))
            continue
        reads = _settled(likeliest(document.text, start, end), document.text, end)
        runs = [list(run) for again, run in groupby(reads, key=lambda read: read.again) if again]
        gaining = [run for run in runs if _gains(run, document.text)]
        for run in gaining:
            _change(run, document.text, edits, doubts)
            doubts += _unread(run, document.text, start, end)
        if not gaining and _is_layered(document.text[start:end]):
            doubts.append(TextDoubt(start, end, _MESSAGE))
    taken = {place for doubt in doubts for place in range(doubt.start, doubt.end)}
    taken |= {place for edit in edits for place in range(edit.start, edit.end)}
    rest = [found.span() for found in _remains().finditer(document.text)]
    if document.script != "traditional":  # there 幾點鐘? is an ordinary question
        doubts += [TextDoubt(*span, _MESSAGE) for span in rest if span[0] not in taken]
    return RuleResult(tuple(edits), tuple(doubts))


@cache
def _remains() -> re.Pattern[str]:
    """A rare character that begins a character of UTF-8, and the mark of a lost byte behind it."""
    shown = {
        bytes((lead, trail)).decode("gbk", "ignore") for lead in UTF8_LEADS for trail in UTF8_TRAILS
    }
    rare = "".join(character for character in shown - {""} if not is_level_one(character))
    return re.compile(f"[{rare}][{LOST}]")


@cache
def _suspicious() -> re.Pattern[str]:
    """A rare character whose bytes may begin UTF-8, near another one or the mark of a lost byte.

    Or one that begins punctuation, or a run of what Western letters look like.
    """
    shown = {
        bytes((lead, trail)).decode("gbk", "ignore") for lead in UTF8_LEADS for trail in UTF8_TRAILS
    }
    rare = "".join(character for character in shown - {""} if rarity(character) < -12)
    odd = "".join(c for c in map(chr, range(0x4E00, 0xA000)) if not is_level_one(c))
    western = (bytes((lead, trail)) for lead in (0xC2, 0xC3) for trail in UTF8_TRAILS)
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


def _is_layered(passage: str) -> bool:
    """Whether a passage was read wrongly several times over: rare characters, bytes of UTF-8."""
    if len(passage) < LEAST_LAYERED or sum(map(rarity, passage)) / len(passage) > LAYERED_RARITY:
        return False
    text = passage.encode("gbk", "ignore").decode("utf-8", "replace")
    return text.count("\ufffd") <= MOST_TORN * len(text)


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
    for uncertain, group in groupby(enumerate(reads), key=lambda one: _is_uncertain(one[1])):
        places = list(group)
        if not uncertain:
            result.extend(read for _, read in places)
            continue
        after = _following(reads, places[-1][0] + 1, text, end)
        said = _recent(result, places[0][1].start, text)
        settled = _inferred([read for _, read in places], said, after, text)
        result.extend(map(_with_character, (read for _, read in places), settled))
    return result


def _is_uncertain(read: Read) -> bool:
    return read.again and not read.whole


def _with_character(read: Read, character: str) -> Read:
    return Read(read.start, read.end, character, True, False, read.bytes)


def _following(reads: Sequence[Read], index: int, text: str, end: int) -> tuple[str, bool]:
    """The characters behind some that are uncertain, and whether the next was read again."""
    known = list(
        takewhile(lambda read: not _is_uncertain(read), reads[index : index + lost_bytes.NEAR])
    )
    shown = "".join(read.character for read in known)
    if index + len(known) == len(reads):
        shown += text[end : end + lost_bytes.NEAR - len(known)]
    return shown, bool(known and known[0].again)


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


def _inferred(reads: Sequence[Read], said: str, following: tuple[str, bool], text: str) -> str:
    """The one likely reading of characters with lost bytes, or LOST_CHARACTER for each."""
    after, again = following
    values = [read.bytes for read in reads]
    if again:
        values[-1] = _narrowed(reads[-1], text)
    possible = [choices(value) for value in values]
    if len(reads) == 1 and (mark := _mark(possible[0], said[-1:], after[:1], said)):
        return mark
    if after[:1] in ("", "\n", "<"):  # no comma ends a line
        possible[-1] = ("。",) if "。" in possible[-1] else tuple(set(possible[-1]) - {"，"})
    before = said.replace(LOST_CHARACTER, "")
    best = lost_bytes.ranked(before, possible, after)
    if not best or _is_worse(best, before, reads, after):
        return LOST_CHARACTER * len(reads)
    clear = lost_bytes.clear_choice(best, before, after, possible)
    return clear or LOST_CHARACTER * len(reads)


def _is_worse(best: lost_bytes.Ranked, before: str, reads: Sequence[Read], after: str) -> bool:
    """Whether a reading is worse than one that supposes that `?` swallowed more than a byte."""
    if len(reads) > 1 or reads[0].bytes[-1] != TRAIL_BYTES:
        return False
    free = lost_bytes.ranked(before, [choices(reads[0].bytes)], after)
    return bool(free) and free[0][0] - best[0][0] > lost_bytes.LEAST_MARGIN


def _mark(possible: Collection[str], before: str, after: str, said: str) -> str:
    """The mark of punctuation that must stand here, by the marks before it, or ''."""
    if before in possible and before in ("—", "…") and (len(said) - len(said.rstrip(before))) % 2:
        return before  # dashes and ellipses come in twos
    if set(_QUOTES) <= set(possible):
        return _next_of_pair(_QUOTES, said)
    if set("《》。") <= set(possible) and _next_of_pair("《》", said) == "》":
        return "》"
    return "。" if "。" in possible and (not after or after in "\n</") else ""


def _next_of_pair(pair: str, said: str) -> str:
    """The opening mark of a pair, or the closing one where one is open."""
    return pair[said.count(pair[0]) > said.count(pair[1])]


def _gains(run: Sequence[Read], text: str) -> bool:
    """Whether a stretch is far likelier when read again, and ordinary Chinese as far as known."""
    known = "".join(r.character for r in run if r.whole and not r.character.isascii())
    inferred = "".join(read.character for read in run if not read.whole).strip(LOST_CHARACTER)
    if not is_chinese(known or inferred):
        return False
    shown = text[run[0].start : run[-1].end]
    if not _suspicious().search(shown):
        return False
    again = sum(map(rarity, known + inferred)) + UNKNOWN * _unknown(run)
    return again - sum(map(rarity, shown)) >= LEAST_GAIN


def _unread(run: Sequence[Read], text: str, start: int, end: int) -> Iterator[TextDoubt]:
    """Rare characters beside a stretch that was read again, which must belong to the damage."""
    first, last = run[0].start, run[-1].end
    while first > start and _is_rare(text[first - 1]):
        first -= 1
    while last < end and _is_rare(text[last]):
        last += 1
    if first < run[0].start:
        yield TextDoubt(first, run[0].start, _MESSAGE)
    if last > run[-1].end:
        yield TextDoubt(run[-1].end, last, _MESSAGE)


def _is_rare(shown: str) -> bool:
    return HAN_PATTERN.match(shown) is not None and not is_level_one(fold_script(shown))


def _unknown(run: Sequence[Read]) -> int:
    return sum(read.character == LOST_CHARACTER for read in run)


def _change(run: Sequence[Read], text: str, edits: list[Edit], doubts: list[TextDoubt]) -> None:
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
            doubts.append(TextDoubt(start, end, _MESSAGE))
        else:
            whole = all(each.whole for each in block)
            edits.append(Edit(start, end, said, "certain" if whole else "likely"))
        block = []

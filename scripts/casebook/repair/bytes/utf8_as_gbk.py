"""UTF-8 that was read as GBK (浣犲ソ for 你好): read the bytes again, infer those that were lost.

Three bytes of a character were paired into GBK characters of two. Where a pair had no character
the decoder left `?` for one or two bytes, or nothing at all. A passage is read by the likeliest
path through its shown characters: each stands for itself, or its bytes belong to characters of
UTF-8. What the neighbors of a lost byte do not settle is flagged, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import filterfalse, groupby

from casebook.repair.bytes.decoder import NEAR, Character, decode_within
from casebook.repair.bytes.mojibake import CHINESE_SIGNS, is_chinese, reread_western
from casebook.repair.bytes.settling import OPEN, changes, settle
from casebook.repair.bytes.text_model import (
    LOST_CHARACTER,
    TextModel,
    clean_parts,
    model_of,
)
from casebook.repair.bytes.utf8_channel import (
    LOST,
    UTF8_FORM,
    UTF8_LEADS,
    UTF8_TRAILS,
    Utf8AsGbk,
    is_candidate,
    shown_bytes,
)
from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import (
    HAN_PATTERN,
    fold_script,
    is_level_one,
    list_rare,
    rarity,
)
from casebook.text.patterns import character_class
from casebook.text.placed_lines import Span, around

LEAST_GAIN = 8.0
"""How much likelier (in nats) a stretch must be when read again than as it stands."""

LONG_PASSAGE = 200
MOST_LOST = 0.25
"""Characters of a passage, and share of marks of lost bytes, from which on nothing is tried."""

LEAST_LAYERED, LAYERED_RARITY, MOST_TORN = 8, -11.5, 0.35
"""Characters, mean rough log frequency and share of torn bytes of what was misread repeatedly."""

FEWEST_WHOLE, _LOOKED_AT = 2, 5
"""Whole characters of UTF-8, one of them a usual one, among the shown characters around a
suspicious one: by chance there are none, as a rule."""

_WHOLE = re.compile(b"(?:%s)+" % UTF8_FORM.pattern)

_AROUND = 40
"""Shown characters before and behind a suspicious one that are read along with it."""


def restore_utf8_read_as_gbk(document: DraftText) -> RuleResult:
    """Runs whose GBK bytes are the UTF-8 form of Chinese, read again; open places flagged."""
    edits, doubts = list[Edit](), list[TextDoubt]()
    passages = document.search_lines(_passages)
    model: TextModel | None = None
    unread = list[str]()
    for start, end in passages:
        if whole := _reread_whole(document.text[start:end]):
            edits.append(Edit(start, end, whole))
        elif _is_beyond_repair(document.text[start:end]):
            doubts.append(TextDoubt(start, end, OPEN))
        elif document.text[start:end] not in document.draft.unread:
            model = model or _model(document, passages)
            if not _read_passage(document.text, (start, end), model, edits, doubts):
                unread.append(document.text[start:end])
    if not edits:  # what was read may tell more of the rest
        document.draft.unread.update(unread)
    taken = {place for doubt in doubts for place in range(doubt.start, doubt.end)}
    taken |= {place for edit in edits for place in range(edit.start, edit.end)}
    rest = [found.span() for found in document.search(_remains())]
    if rest and document.script != "traditional":  # there 幾點鐘? is an ordinary question
        doubts += [TextDoubt(*span, OPEN) for span in rest if span[0] not in taken]
    return RuleResult(tuple(edits), tuple(doubts))


def _model(document: DraftText, passages: Sequence[tuple[int, int]]) -> TextModel:
    """The model of a document, by what stands around its passages and what in them is whole."""
    text = document.text
    code = (b"".join(map(shown_bytes, text[start:end])) for start, end in passages)
    whole = b"\n".join(run for passage in code for run in _WHOLE.findall(passage))
    known = "\n".join(text[start:end] for start, end in clean_parts(text, passages))
    return model_of(whole.decode("utf-8", "ignore") + "\n" + known, document.draft.effort)


def _read_passage(
    text: str,
    passage: tuple[int, int],
    model: TextModel,
    edits: list[Edit],
    doubts: list[TextDoubt],
) -> bool:
    """Edits and doubts for what the decoder reads in a passage; whether there are any."""
    start, end = passage
    read = decode_within(Utf8AsGbk(text, end), text, start, end, model)
    if not read:
        doubts.append(TextDoubt(start, end, OPEN))
    runs = [list(run) for again, run in groupby(read, key=lambda one: one.again) if again]
    gaining = [run for run in runs if _gains(run, text)]
    for run in gaining:
        sides = around(text, run[0].start, run[-1].end, NEAR)
        read_again, unsure = changes(settle(run, model, *sides))
        edits += read_again
        doubts += unsure
        doubts += _unread(run, text, start, end)
    if layered := not gaining and _is_layered(text[start:end]):
        doubts.append(TextDoubt(start, end, OPEN))
    return bool(gaining or layered or not read)


@cache
def _remains() -> re.Pattern[str]:
    """A rare character that begins a character of UTF-8, and the mark of a lost byte behind it."""
    shown = {
        bytes((lead, trail)).decode("gbk", "ignore") for lead in UTF8_LEADS for trail in UTF8_TRAILS
    }
    rare = character_class(filterfalse(is_level_one, shown - {""}))
    return re.compile(f"[{rare}][{LOST}]")


@cache
def _suspicious() -> re.Pattern[str]:
    """A rare character whose bytes may begin UTF-8, near another one or the mark of a lost byte.

    Or one that begins punctuation, or a run of what Western letters look like.
    """
    shown = {
        bytes((lead, trail)).decode("gbk", "ignore") for lead in UTF8_LEADS for trail in UTF8_TRAILS
    }
    rare = character_class(character for character in shown - {""} if rarity(character) < -12)
    odd = character_class(list_rare())
    western = (bytes((lead, trail)) for lead in (0xC2, 0xC3) for trail in UTF8_TRAILS)
    letters = "".join(pair.decode("gbk", "ignore") for pair in western)
    marks = "鈥銆锛"
    return re.compile(
        f"[{marks}{rare}{letters}](?:(?<=[{marks}])|(?<=[{rare}])(?=[^\n]{{0,2}}[{odd}{LOST}€])"
        f"|(?<=[{letters}])[{letters}]{{5}})"
    )


def _passages(text: str, lines: Span) -> Iterator[Span]:
    """Stretches of characters with GBK bytes around the suspicious ones, apart from each other."""
    position, limit = lines
    while found := _suspicious().search(text, position, limit):
        start = found.start()
        while start > max(position, found.start() - _AROUND) and _may_be_bytes(text[start - 1]):
            start -= 1
        end = last = found.end()
        while end < len(text) and end - last < _AROUND and _may_be_bytes(text[end]):
            last = end + 1 if _suspicious().match(text, end) else last
            end += 1
        if any(_is_utf8(text, near) for near in _suspicious().finditer(text, start, end)):
            yield start, end
        position = end


def _is_utf8(text: str, suspicious: re.Match[str]) -> bool:
    """Whether the bytes around rare characters are of UTF-8 or are lost; rare names have none."""
    near = text[max(0, suspicious.start() - 1) : suspicious.start() + _LOOKED_AT]
    found = UTF8_FORM.findall(b"".join(map(shown_bytes, near)))
    usual = any(is_candidate(form.decode("utf-8", "ignore")) for form in found)
    layered = len(suspicious[0]) > 1
    whole = usual and len(found) >= FEWEST_WHOLE
    return layered or whole or any(shown in LOST for shown in near)


def _may_be_bytes(shown: str) -> bool:
    """Whether a shown character may belong to a passage."""
    return shown in LOST or "\x20" < shown < "\x7f" or bool(shown_bytes(shown))


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


def _gains(run: Sequence[Character], text: str) -> bool:
    """Whether a stretch is far likelier when read again, and ordinary Chinese as far as known."""
    said = (c for one in run if one.whole for c in one.text)
    known = "".join(c for c in said if not c.isascii() and c not in CHINESE_SIGNS)
    inferred = "".join(one.text for one in run if not one.whole).replace(LOST_CHARACTER, "")
    if not is_chinese(known or inferred):
        return False
    shown = text[run[0].start : run[-1].end]
    if not _suspicious().search(shown):
        return False
    odd = (c for c in shown if not c.isascii() or c in LOST)
    return sum(map(rarity, known + inferred)) - sum(map(rarity, odd)) >= LEAST_GAIN


def _unread(run: Sequence[Character], text: str, start: int, end: int) -> Iterator[TextDoubt]:
    """Rare characters beside a stretch that was read again, which must belong to the damage."""
    first, last = run[0].start, run[-1].end
    while first > start and _is_rare(text[first - 1]):
        first -= 1
    while last < end and _is_rare(text[last]):
        last += 1
    if first < run[0].start:
        yield TextDoubt(first, run[0].start, OPEN)
    if last > run[-1].end:
        yield TextDoubt(run[-1].end, last, OPEN)


def _is_rare(shown: str) -> bool:
    return HAN_PATTERN.match(shown) is not None and not is_level_one(fold_script(shown))

"""Text that was decoded with the wrong encoding: read the bytes again with the right one.

Three mistakes are common: UTF-8 read as GBK (浣犲ソ), UTF-8 read as Latin-1 or CP1252 (ä½ å¥½),
GBK read as Latin-1 or CP1252 (ÄãºÃ). Each run is re-encoded and decoded; it is accepted only when
every byte fits and the outcome is plain Chinese, so that clean text cannot be mistaken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from casebook.repair.characters import HAN, rarity
from casebook.repair.document import Document, Doubt, Result
from casebook.repair.edits import Edit

_WESTERN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{2,}"
)
_WESTERN_LETTER = re.compile("[\u00a1-\u00ff\u0152-\u0192]")
_PLAIN = re.compile(f"[{HAN}，。、；：？！“”‘’（）《》〈〉【】—…·％＋０-９Ａ-Ｚａ-ｚ○×\u3000]")

ORDINARY = -9.5
"""Mean rough log frequency that characters of a re-read run must reach: level 1 of GB 2312."""

_LEADS = (*range(0xE2, 0xEA), 0xEF)
"""First bytes of the UTF-8 forms of Chinese punctuation and characters."""


def utf8_read_as_gbk(document: Document) -> Result:
    """Runs whose GBK bytes are the UTF-8 form of Chinese, read again; cut ones flagged."""
    edits, doubts = [], []
    position, text = 0, document.text
    while found := _opening().search(text, position):
        position = found.start()
        end, restored, rest = _reread(text, position)
        if _is_chinese(restored) and (len(restored) > 1 or rest):
            edits.append(Edit(position, end, restored))
            if rest:
                doubts.append(
                    Doubt(end, end + rest, "这里是转码乱码，字节已不全，请对照原文补上。")
                )
            position = end + rest
        else:
            position += 1
    return Result(tuple(edits), tuple(doubts))


@cache
def _gbk(character: str) -> bytes:
    try:
        return character.encode("gbk")
    except UnicodeEncodeError:
        return b""


@cache
def _opening() -> re.Pattern[str]:
    """Characters whose GBK bytes may begin a three-byte UTF-8 sequence."""
    pairs = (bytes((lead, trail)) for lead in _LEADS for trail in range(0x80, 0xC0))
    return re.compile(f"[{''.join(pair.decode('gbk', 'ignore') for pair in pairs)}]")


def _reread(text: str, start: int) -> tuple[int, str, int]:
    """Where the run that decodes ends, what it decodes to, and how many broken characters follow.

    Three GBK pairs hold two UTF-8 characters; the run ends at the last whole pair of borders.
    """
    data = b""
    end = start
    while end < len(text) and len(code := _gbk(text[end])) == 2:
        grown = data + code
        if _valid_prefix(grown) is None:
            break
        data, end = grown, end + 1
    whole = _valid_prefix(data) or 0
    broken = 0
    while whole % 2:
        whole -= 3
    if whole < len(data):
        broken = (len(data) - whole) // 2
    return start + whole // 2, data[:whole].decode("utf-8"), broken


def _valid_prefix(data: bytes) -> int | None:
    """Bytes of `data` that are whole three-byte characters; None when it is no such text at all."""
    position = 0
    while position < len(data):
        if data[position] not in _LEADS:
            return None
        trail = data[position + 1 : position + 3]
        if any(not 0x80 <= byte <= 0xBF for byte in trail):
            return None
        if len(trail) < 2:
            return position
        position += 3
    return position


def _is_chinese(text: str) -> bool:
    """Whether every character is Chinese and the whole is ordinary, not a chance decoding."""
    if not text or not all(map(_PLAIN.match, text)):
        return False
    return sum(map(rarity, text)) / len(text) >= ORDINARY


def read_as_western(document: Document) -> Result:
    """Runs of Western letters that are Chinese in GBK or UTF-8, read again."""
    return Result(tuple(_western_edits(document.text)))


def _western_edits(text: str) -> Iterator[Edit]:
    for run in _WESTERN.finditer(text):
        if len(_WESTERN_LETTER.findall(run[0])) < 2:
            continue
        for encoding, least in (("utf-8", 1), ("gb18030", 2)):
            restored = _decode_western(run[0], encoding)
            if len(restored) >= least and _is_chinese(restored):
                yield Edit(run.start(), run.end(), restored)
                break


def _decode_western(text: str, encoding: str) -> str:
    """The text behind Latin-1 or CP1252 letters, or ''."""
    data = b"".join(map(_western_byte, text))
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


@cache
def _western_byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")

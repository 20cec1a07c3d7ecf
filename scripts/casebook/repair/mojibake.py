"""Chinese that was read as Western letters: re-encode, decode with the right encoding.

UTF-8 or GBK read as Latin-1 or CP1252 (ä½ å¥½, ÄãºÃ), also twice over. A run is accepted only
when every byte fits and the outcome is plain Chinese, so that clean text cannot be mistaken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from casebook.repair.characters import HAN, rarity
from casebook.repair.document import Document, Result
from casebook.repair.edits import Edit

_WESTERN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{2,}"
)
_WESTERN_LETTER = re.compile("[\u00a1-\u00ff\u0152-\u0192]")
_PLAIN = re.compile(f"[{HAN}，。、；：？！“”‘’（）《》〈〉【】—…·％＋０-９Ａ-Ｚａ-ｚ○×\u3000]")

ORDINARY = -9.5
"""Mean rough log frequency that characters of a re-read run must reach: level 1 of GB 2312."""


def is_chinese(text: str) -> bool:
    """Whether every character is Chinese and the whole is ordinary, not a chance decoding."""
    if not text or not all(map(_PLAIN.match, text)):
        return False
    return sum(map(rarity, text)) / len(text) >= ORDINARY


def read_as_western(document: Document) -> Result:
    """Runs of Western letters that are Chinese in GBK or UTF-8, read again."""
    return Result(tuple(_western_edits(document.text)))


def _western_edits(text: str) -> Iterator[Edit]:
    for run in _WESTERN.finditer(text):
        if len(_WESTERN_LETTER.findall(run[0])) >= 2 and (restored := _restored(run[0])):
            yield Edit(run.start(), run.end(), restored)


def _restored(run: str, depth: int = 3) -> str:
    """The Chinese behind a run of Western letters, read again up to `depth` times, or ''."""
    for encoding, least in (("utf-8", 1), ("gb18030", 2)):
        decoded = _decode_western(run, encoding)
        if len(decoded) >= least and is_chinese(decoded):
            return decoded
    again = _decode_western(run, "utf-8")
    if depth > 1 and again and _WESTERN.fullmatch(again):
        return _restored(again, depth - 1)
    return ""


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

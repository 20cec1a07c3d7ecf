"""Lines that were read in another encoding as a whole: Big5 and GBK for each other, cp1250 for GBK.

All bytes are there, so a line is written back and decoded in the encoding that it was in. It is
changed only if every byte fits and the outcome is ordinary Chinese where the line is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from casebook.repair.bytes.mojibake import is_chinese
from casebook.repair.draft_text import DraftText
from casebook.repair.edits import Edit
from casebook.text.characters import list_rare, rarity, traditional_characters
from casebook.text.patterns import character_class
from casebook.text.placed_lines import Span, lines_having

_MISREAD = (("gb18030", "cp950"), ("cp950", "gb18030"), ("cp1250", "gb18030"))
"""The encoding in which bytes were read, and that in which they are."""

_CENTRAL_EUROPEAN = "\u0100-\u017f\u02c7\u02d8-\u02dd"
_PASSAGE = re.compile("[^\x00-\x7f]{4,}")

FEWEST_LETTERS = 8
"""Letters in a row that no word of Central Europe has."""

LEAST_GAIN = 2.0
"""Nats a character by which the outcome must be more frequent than what is shown."""


@cache
def _odd() -> re.Pattern[str]:
    """Two characters that are rare in either script, or letters of Central Europe that crowd."""
    either = "".join(list_rare())
    rare = character_class({*either}.difference(c[0] for c in traditional_characters(either)))
    return re.compile(
        f"[{rare}{_CENTRAL_EUROPEAN}](?:(?<=[{rare}])[^\n]{{0,3}}[{rare}]"
        f"|(?<=[{_CENTRAL_EUROPEAN}])(?:[^\n]{{0,9}}[{_CENTRAL_EUROPEAN}]){{3}})"
    )


def reread_passages(document: DraftText) -> Iterable[Edit]:
    """Passages that are ordinary Chinese in the encoding that their bytes are in."""
    return document.search_lines(_reread)


def _reread(text: str, lines: Span) -> Iterator[Edit]:
    for line in lines_having(text, _odd(), lines):
        for passage in _PASSAGE.finditer(text, *line):
            if read := _read_again(passage[0]):
                yield Edit(*passage.span(), read, "likely")


def _read_again(shown: str) -> str:
    """What a passage says in the encoding that it is in, or '' if it is in that already."""
    for read_in, written_in in _MISREAD:
        if read_in == "cp1250" and len(shown) < FEWEST_LETTERS:
            continue
        try:
            text = shown.encode(read_in).decode(written_in)
        except UnicodeError:
            continue
        if is_chinese(text) and _frequency(text) >= _frequency(shown) + LEAST_GAIN:
            return text
    return ""


def _frequency(text: str) -> float:
    return sum(map(rarity, text)) / len(text)

"""Characters put for others: financial numerals (壹是), look-alikes (近曰), homophones (贯策)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from casebook.repair.characters.lookalikes import comes_again, find_lookalikes
from casebook.repair.characters.masked import fixed_terms
from casebook.repair.characters.set_phrases import find_misspellings
from casebook.repair.draft_text import DraftText, Finding
from casebook.repair.edits import Edit
from casebook.text.characters import SURNAMES
from casebook.text.patterns import lazy_pattern
from casebook.text.word_frequencies import LONGEST_WORD, is_in_word, is_word
from casebook.text.word_tables import read_table, read_words

_TABLE = Path(__file__).with_name("swapped.yml")
_AMOUNT = re.compile("[零壹贰貳叁參肆伍陆陸柒捌玖拾佰仟百千万萬亿億圆圓元角分整]{2,}")
"""Numerals in a row, or before a unit of money: there the author wrote them."""

_NAMES = "号號品基加"
"""What follows a numeral in names of firms and funds (壹号, 壹品, 壹基金)."""

_ENUMERATED = lazy_pattern("(?:^|[。；：，、！])[ \t\u3000]*(?=[壹贰貳叁參肆]是)", re.M)
_MARKER = re.compile("^[ \t\u3000]*(?=[贰貳叁參肆柒捌玖]、)", re.M)
"""Before the marker of a heading, in a text that has no 壹、: the others are plain."""

_MIXED = lazy_pattern("[第一二三四五六七八九]十(?=[壹贰貳叁參肆柒捌玖])")
"""A plain numeral before a financial one (二十壹), as no amount has it."""

_WIDTH = 8
"""Characters on either side that a numeral's word or phrase reaches."""


def restore_swapped_characters(document: DraftText) -> Iterable[Finding]:
    """Financial numerals, look-alikes and homophones, where the plain character makes the word."""
    finders = (_numerals(document), find_lookalikes(document), find_misspellings(document))
    return {found.start: found for finder in finders for found in finder}.values()


def _numerals(document: DraftText) -> Iterator[Edit]:
    """Financial numerals of a text in which one is proved to stand for a plain one."""
    text, table = document.text, read_table(_TABLE)["numerals"]
    numerals = re.compile(f"[{''.join(table)}]")
    places = [found.start() for found in document.search(numerals)]
    patterns = (_ENUMERATED, _MIXED, *[_MARKER] * ("壹、" not in text))
    proofs = {
        found.end()
        for line in document.lines_of(numerals)
        for pattern in patterns
        for found in pattern.finditer(text, *line)
    }
    nearby = {p: _plain_around(text, p) for p in places}
    proved = {p for p, plain in nearby.items() if p in proofs or _is_proof(*plain)}
    amounts = {
        i for found in _AMOUNT.finditer(text if proved else "") for i in range(*found.span())
    }
    for place in places if proved else ():
        known = place in proved or _counts(text, place, *nearby[place])
        if known and place not in amounts:
            yield Edit(place, place + 1, table[text[place]], "likely")


def _plain_around(text: str, place: int) -> tuple[str, int]:
    """The text around a place with plain numerals, and the place in it."""
    first = max(0, place - _WIDTH)
    numerals = str.maketrans(read_table(_TABLE)["numerals"])
    return text[first : place + _WIDTH].translate(numerals), place - first


def _is_proof(plain: str, place: int) -> bool:
    """Whether a numeral is part of a word that proves it, or of one as long as idioms are."""
    proofs = re.finditer("|".join(read_words(_TABLE, "proofs")), plain)
    starts = range(max(0, place - LONGEST_WORD + 1), place + 1)
    longest = (plain[start : start + LONGEST_WORD] for start in starts)
    return any(proof.start() <= place < proof.end() for proof in proofs) or any(
        len(word) == LONGEST_WORD and is_word(word) for word in longest
    )


def _counts(text: str, place: int, plain: str, at: int) -> bool:
    """Whether a numeral is before a word that is counted, or in a word, and in no name.

    A name has a form of its own that comes again (江城壹点), or a surname two characters before.
    """
    given = text[max(0, place - 2) : place - 1] in tuple(SURNAMES)
    if given or text[place + 1 : place + 2] in tuple(_NAMES):
        return False
    if plain.startswith(read_words(_TABLE, "counted"), at + 1):
        return True
    again = comes_again(text, text[max(0, place - 1) : place + 2])
    return not again and is_in_word(plain, at, also=fixed_terms())

"""Look-alikes that scanners put for others (千部 for 干部), where the words around prove them.

Evidence is what the likelier segmentation gains, in nats: 各级干部走访 against 各级千部走访. In
clean text names gain most (丁凤云: 风云, 8.2), so a place by itself needs a greater gain than one
in a text whose other places show that it was scanned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from casebook.repair.draft_text import DraftText, Finding, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import HAN, SURNAMES
from casebook.text.numerals import OF_QUANTITIES
from casebook.text.patterns import lazy_pattern
from casebook.text.placed_lines import Span
from casebook.text.segmentation import score, segment
from casebook.text.similar_characters import alternatives
from casebook.text.word_frequencies import LONGEST_WORD, frequency, is_word
from casebook.text.word_tables import read_table, read_words

_TABLE = Path(__file__).with_name("lookalikes.yml")

PROVED, IN_COMPANY, IN_SCANNED, DOUBTFUL = 9.0, 5.5, 4.0, 6.5
"""Least gains in nats: of a place by itself, of one of two kinds of look-alikes, of one of three
and more, and of one to flag."""

ADVERB_GAIN = 1.0
"""Least gain of an adverb before a verb in a text with two kinds, of any with three: an adverb
makes no word with its neighbors."""

LEAST_MARGIN = 1.0
"""Nats by which the second-best character must be less likely."""

SPACING_CHARACTERS = 200
"""Characters of text for each kind of look-alikes at most, where one is evidence of another."""

_BEFORE, _AFTER = re.compile(f"[{HAN}]*$"), re.compile(f"[{HAN}]*")

_VILLAGE = lazy_pattern(f"[省市县区镇乡][{HAN}]{{1,3}}[村镇乡屯寨]")
"""A character that may begin the name of a village: 东光镇庄楼村 is no 镇压."""

_COUNTED = lazy_pattern(f"[{OF_QUANTITIES}0-9０-９数几]")
"""Characters before 千 as a number (2千部)."""

_ABOUT_CHARACTERS = re.compile("写成|写作|错写|误写|误作|别字|错字|形近|混淆")
"""Words of a line about characters, which shows wrong ones on purpose."""


class _Place(NamedTuple):
    """A look-alike, what is meant, its gain in nats, and that over the second-best character."""

    start: int
    meant: str
    gain: float
    margin: float = LEAST_MARGIN


@cache
def _suspicious() -> re.Pattern[str]:
    return re.compile(f"[{''.join(alternatives())}]")


@cache
def _unused() -> frozenset[str]:
    """Look-alikes that simplified script does not have: no word is made with them."""
    return frozenset(c for c in alternatives() if not c.encode("gb2312", "ignore"))


@cache
def _ends() -> re.Pattern[str]:
    """Characters before 末 in its own sense: 年末, “十四五”末."""
    return re.compile(f"[{read_table(_TABLE)['ends']}”’」）0-9]")


@cache
def _adverbs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Look-alikes of adverbs before verbs, and what is before them at the start of a clause."""
    table = read_table(_TABLE)
    verbs = "|".join(read_words(_TABLE, "verbs"))
    begins = re.compile(f"(?:^|[^{HAN}”’」）0-9]|[{table['before_adverbs']}]|[来各亲源]自)$")
    return re.compile(f"[{''.join(table['adverbs'])}](?={verbs})"), begins


def find_lookalikes(document: DraftText) -> Iterator[Finding]:
    """Look-alikes that the words around them prove, and places that may be some, in no order."""
    text = document.text
    places = {place.start: place for place in document.search_lines(_gaining_places)}
    before_verbs, begins = _adverbs()
    for found in document.search(before_verbs):
        start = found.start()
        if begins.search(text[max(0, start - 2) : start]):
            places[start] = _Place(start, read_table(_TABLE)["adverbs"][found[0]], PROVED)
    least = _least_gain(text, places.values())
    for start, place in places.items():
        followed = least < PROVED and before_verbs.match(text, start)
        if followed or (least == IN_SCANNED and text[start] in read_table(_TABLE)["adverbs"]):
            place = place._replace(gain=place.gain + least - ADVERB_GAIN)
        named = place.gain < PROVED and _is_name(text, start)
        if named or place.gain < min(least, DOUBTFUL) or is_about_characters(text, start):
            continue
        village = least == PROVED and _VILLAGE.match(text, max(0, start - 1))
        if place.gain >= least and place.margin >= LEAST_MARGIN and not village:
            yield Edit(start, start + 1, place.meant, "likely")
        elif not comes_again(text, text[max(0, start - 1) : start + 2]):
            message = f"这里的“{text[start]}”像是“{place.meant}”之误，请对照来源核对。"
            yield TextDoubt(start, start + 1, message)


def _least_gain(text: str, places: Iterable[_Place]) -> float:
    """What a place of a text must gain, by how many kinds of look-alikes the text has."""
    kinds = {(text[place.start], place.meant) for place in places if place.gain >= IN_COMPANY}
    if len(kinds) < 2 or len(text) > SPACING_CHARACTERS * len(kinds):
        return PROVED
    return IN_SCANNED if len(kinds) > 2 else IN_COMPANY


def is_about_characters(text: str, place: int) -> bool:
    """Whether the text around a place speaks of characters, and shows wrong ones on purpose."""
    return _ABOUT_CHARACTERS.search(text, max(0, place - 40), place + 40) is not None


@lru_cache(maxsize=64)
def comes_again(text: str, form: str) -> bool:
    """Whether a text has a form several times, as it has a name."""
    return text.find(form, text.find(form) + 1) >= 0


def _is_name(text: str, place: int) -> bool:
    """Whether a character is the first or second of a given name: 丁凤云, 陆明夫."""
    surnames = (text[start:place] for start in (place - 2, place - 1) if start >= 0)
    alone = (one for one in surnames if one.isalpha() and not (one[1:] and is_word(one)))
    return any(one[0] in SURNAMES for one in alone)


def _gaining_places(text: str, lines: Span) -> Iterator[_Place]:
    """Characters in some lines whose look-alike makes a much likelier text."""
    padded = f"\n{text}\n"
    for found in _suspicious().finditer(text, *lines):
        start, end = found.span()
        if options := _options(padded[start : end + 2]):
            before = _BEFORE.search(text[max(0, start - LONGEST_WORD) : start])
            after = _AFTER.match(text[end : end + LONGEST_WORD])
            assert before is not None and after is not None  # both match the empty string
            gains = _gains(before[0], found[0], after[0], options)
            if gains[0][0] >= ADVERB_GAIN:
                yield _Place(start, gains[0][1], gains[0][0], gains[0][0] - gains[1][0])


@lru_cache(maxsize=1 << 16)
def _options(three: str) -> str:
    """What the middle one of three characters may stand for."""
    before, shown, after = tuple(three)
    adverbs = read_table(_TABLE)["adverbs"]
    if shown == "千" and _COUNTED.match(before):
        return ""
    if shown in _unused():
        return alternatives()[shown]
    options = _word_options(before + shown, 1) + _word_options(shown + after, 0)
    return options + (adverbs[shown] if shown in adverbs and not _ends().match(before) else "")


@lru_cache(maxsize=1 << 16)
def _word_options(pair: str, place: int) -> str:
    """Look-alikes of the character at a place of two that make a more common word."""
    words = ((meant, pair.replace(pair[place], meant)) for meant in alternatives()[pair[place]])
    return "".join(meant for meant, word in words if frequency(word) > frequency(pair))


@lru_cache(maxsize=1 << 12)
def _gains(before: str, shown: str, after: str, options: str) -> tuple[tuple[float, str], ...]:
    """What each option gains, the best one first, and that of none."""
    start = segment(before)
    least = score(segment(shown + after, start))
    gained = ((score(segment(meant + after, start)) - least, meant) for meant in set(options))
    doubled = (before[-1:], after[:1])  # 不太大 is no 不大大
    found = ((gain, meant) for gain, meant in gained if meant not in doubled)
    return (*sorted(found, reverse=True), (0.0, shown))

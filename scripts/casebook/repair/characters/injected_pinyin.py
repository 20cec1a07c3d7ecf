"""Pinyin that a web site injected after characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebook.repair.draft_text import DraftText
from casebook.repair.edits import Edit
from casebook.text.characters import (
    FULL_WIDTH_MARKS,
    HAN,
    is_frequent,
    is_simplified,
    is_traditional,
    list_toned_readings,
)
from casebook.text.patterns import lazy_pattern
from casebook.text.tone_letters import PINYIN_LETTERS, PRINTED_LETTERS, TONED_VOWELS, strip_tones

_LETTERS = f"{PINYIN_LETTERS}{PRINTED_LETTERS}"
_TONED = re.compile(f"[{TONED_VOWELS}]|[a-zü][1-5]")
_ONE_GROUP = rf"[(（] ?[{_LETTERS}]{{1,7}}[1-5]? ?[)）]"
_GROUPS = re.compile(rf"{_ONE_GROUP}(?:{_ONE_GROUP})*")
_READING = re.compile(rf"[{_LETTERS}]+[1-5]?")
_PHONETIC = str.maketrans(PRINTED_LETTERS, "ag", "12345")
_FULL = str.maketrans({half: full for half, full in FULL_WIDTH_MARKS.items() if half != ")"})
"""Without `)`, which ends the pinyin before."""

_CLAUSE_END = re.compile("[，。！？；、,.!?;\n]+")
_CARRIER = re.compile(f"[{HAN}]")
_UNREAD = lazy_pattern(f"[{HAN}](?![(（])")

READING_SPACING_CHARACTERS = 200
"""Characters of text per injected reading at most: rarer ones are an author's own glosses."""

TRADITIONAL_SHARE = 0.5
"""Share of readings that must follow traditional characters: converters inject them there."""

FEWEST_SIMPLIFIED = 12
"""Readings that show injection in simplified text."""

FEWEST_TONELESS, FEWEST_WITHIN = 3, 4
"""Readings without tones that are taken for injected, and those of frequent characters within
clauses. Fewer letters without tones might be anything else."""


@dataclass(frozen=True, slots=True)
class _Injection:
    """Readings in parentheses at [start, end) after `carrier`, with tone marks if `toned`."""

    start: int
    end: int
    carrier: str
    toned: bool
    doubled: bool = False


def remove_injected_readings(document: DraftText) -> Iterator[Edit]:
    """Remove readings in parentheses after their characters, in a text that shows injection."""
    found = list(_verified(document.text, document.search(_GROUPS)))
    if not _shows_injection(document.text, found):
        return
    spaced = 2 * sum(_is_spaced(document.text, place.end) for place in found) > len(found)
    for place in found:
        end = place.end + (spaced and _is_spaced(document.text, place.end))
        certain = is_traditional(place.carrier) or not _CARRIER.match(place.carrier)
        yield Edit(place.start, end, "", "certain" if certain else "likely")


def _is_spaced(text: str, position: int) -> bool:
    """Whether a space that came with the injection is here, before the next character."""
    return text[position : position + 1] == " " and bool(_CARRIER.match(text, position + 1))


def _verified(text: str, groups: Iterable[re.Match[str]]) -> Iterator[_Injection]:
    """Readings that are readings of the character before them, or follow a stray byte."""
    for group in groups:
        start = group.start()
        if not start:
            continue
        carrier = text[start - 1]
        toned = _TONED.search(group[0]) is not None
        said = [reading.translate(_PHONETIC) for reading in _READING.findall(group[0])]
        if _CARRIER.match(carrier):
            known = list_toned_readings(carrier)
            if all(one in known or one in map(strip_tones, known) for one in said):
                doubled = len(said) > len(set(said))
                yield _Injection(start, group.end(), carrier, toned, doubled)
        elif toned and (_is_trail_byte(text, start - 1) or _is_read(text, start - 1, said)):
            yield _Injection(start, group.end(), carrier, toned)


def _is_trail_byte(text: str, position: int) -> bool:
    """Whether an ASCII character next to Chinese may be what a byte shift left of a character."""
    glued = position > 0 and _CARRIER.match(text[position - 1])
    return bool(glued) and 0x40 <= ord(text[position]) <= 0x7E


def _is_read(text: str, position: int, said: Sequence[str]) -> bool:
    """Whether a letter and the last byte of the mark before it were read as one character.

    A3AC 46 is `，F`, and AC46 is 現: `，F(xiàn)U` says `，FU`.
    """
    mark = text[position - 1 : position].translate(_FULL)
    if mark not in tuple("，。、；：！？（") or not text[position].isascii():
        return False
    pair = mark.encode("gbk")[1:] + text[position].encode()
    return any(one in list_toned_readings(pair.decode("gbk", "ignore")) for one in said)


def _shows_injection(text: str, found: list[_Injection]) -> bool:
    spaced = sum(_is_spaced(text, place.end) for place in found)
    if not any(place.toned for place in found) and len(found) < FEWEST_TONELESS - (spaced > 1):
        return False
    if len(text) > READING_SPACING_CHARACTERS * len(found):
        return False
    # A reading without tones follows a character twice, as programs write it.
    doubled = any(not place.toned and place.doubled for place in found)
    shows = (_is_converted, _is_within, _is_simplified_prose)
    return doubled or any(is_shown(text, found) for is_shown in shows)


def _is_within(text: str, found: list[_Injection]) -> bool:
    """Whether scattered frequent characters of prose have readings without tones.

    No lesson does so: a list that is taught gives a reading for one character after the other.
    """
    plain = [place for place in found if not place.toned and is_frequent(place.carrier)]
    within = sum(_UNREAD.match(text, place.end) is not None for place in plain)
    return within >= FEWEST_WITHIN and within >= len(found) / 2 and not _is_verse(text)


def _is_converted(text: str, found: list[_Injection]) -> bool:
    """Whether readings follow the characters that a converter to traditional script changed.

    Or nearly every character of traditional prose; verse may have them.
    """
    stray = sum(not _CARRIER.match(place.carrier) for place in found)
    traditional = sum(is_traditional(place.carrier) for place in found)
    simplified = sum(is_simplified(place.carrier) for place in found)
    if found and stray + traditional >= TRADITIONAL_SHARE * len(found):
        return True
    return traditional >= 3 and traditional > 3 * simplified and not _is_verse(text)


def _is_verse(text: str) -> bool:
    """Whether all clauses are equally long, as those of a poem that is taught."""
    clauses = _CLAUSE_END.split(_GROUPS.sub("", text).replace(" ", ""))
    lengths = [len(clause) for clause in clauses if clause]
    return len(lengths) > 1 and len(set(lengths)) == 1


def _is_simplified_prose(text: str, found: list[_Injection]) -> bool:
    """Whether scattered ordinary characters of long prose have readings.

    No lesson does so: lessons and glosses annotate every character, or the hard ones.
    """
    if len(found) < FEWEST_SIMPLIFIED:
        return False
    characters = len(_CARRIER.findall(_GROUPS.sub("", text)))
    ordinary = sum(is_frequent(place.carrier) for place in found)
    return len(found) < characters / 2 and ordinary > 0.9 * len(found)

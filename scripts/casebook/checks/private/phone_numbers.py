"""Mobile and landline numbers of mainland China.

Own patterns, since the library phonenumbers (9.0) looks at shapes, not at labels and units: of 188
seeded numbers it found 166 in the folded copy, and took 45 of 311 look-alikes for phones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.checks.private.private_finding import FoldedFinding
from casebook.checks.private.surroundings import Surroundings

_GAP = r"(?:[-._·/ ]|--|  )"
_COUNTRY = r"(?:(?:\+|00)86|\(\+?(?:00)?86\)|(?<![\d.])86)[-. ]{0,2}"

# Each pattern begins with a figure and looks at what precedes it afterwards: a search is fast
# only where the first character of all matches is known.

_MOBILE = re.compile(
    r"1(?:"
    r"(?P<usual>[3-9]\d{9}|[3-9]\d[- ]?\d{4}[- ]?\d{4})"
    rf"|[3-9]\d(?P<gap>{_GAP})\d{{4}}(?P=gap)\d{{4}}"
    rf"|[3-9]\d\d(?P<g2>{_GAP})\d{{3}}(?P=g2)\d{{4}}"
    rf"|[3-9]\d\d(?P<g3>{_GAP})\d{{4}}(?P=g3)\d{{3}}"
    rf"|[3-9]\d(?P<g4>{_GAP})\d{{3}}(?P=g4)\d{{5}}"
    rf"|[3-9]\d(?P<g5>{_GAP})(?:\d\d(?P=g5)){{3}}\d\d"
    rf"|[3-9]\d{_GAP}\d{{8}}"
    rf"|(?P<g6>{_GAP})[3-9](?:(?P=g6)\d){{9}}"
    r"|(?<=\(1)[3-9]\d\)[- ]?\d{4}[- ]?\d{4}"
    r"|(?P<free>(?:[-. ·/_,()]{0,2}\d){10})"
    r")(?![\d*%])"
)
_MOBILE_DIGITS = 11
_COUNTRY_BEFORE = re.compile(rf"(?<![\d*]){_COUNTRY}\(?$")

_AREA = r"(?:10|2[0-57-9]|[3-9]\d\d)"
_LOCAL = r"(?:\d{2,3}[- ]\d{4}|\d{6,7})"
_EXTENSION = r"(?:(?:-|转| ?ext\.? ?)\d{1,5})?(?![\d*]|-\d|\.\d)"

_LANDLINE = re.compile(
    rf"[02-8](?<!\d.)(?:(?<=[2-8])(?!(?<=[48])00[- ]){_LOCAL}"
    rf"|(?P<joined>(?:(?<=0)|(?P<abroad>(?<=\+8)6)|(?<=0)086){_AREA}[2-8]{_LOCAL})){_EXTENSION}"
)
_AREA_BEFORE = re.compile(
    rf"(?<![\d*])(?<!\d-)(?:{_COUNTRY}(?:\(0?{_AREA}\)|0?{_AREA})[- ]?"
    rf"|\((?:\+|00)?86-0?{_AREA}\) ?|\(0{_AREA}\) ?"
    rf"|0{_AREA}(?:--?|~)|0{_AREA}(?P<spaced> {{1,2}}|\.))$"
)
_LONGEST_AREA = 20
"""Characters of the codes of country and area."""

_ENDING = re.compile(r"\.[A-Za-z]")
"""The end of the name of a file."""

_DATE = re.compile(r"20\d\d[- ]?(?:0[1-9]|1[0-2])[- ]?(?:[0-2]\d|3[01])$")


def find_phone_numbers(page: Surroundings) -> Iterator[FoldedFinding]:
    """Mobile numbers, landlines with an area code, and labelled landlines without one."""
    yield from _find_mobiles(page)
    yield from _find_landlines(page)


def _find_mobiles(page: Surroundings) -> Iterator[FoldedFinding]:
    last_end = -1
    for found in _MOBILE.finditer(page.text):
        country = _before(_COUNTRY_BEFORE, page.text, found.start())
        start = country.start() if country else found.start() - (")" in found[0])
        end = found.end()
        if page.text[start - 1 : start] in tuple("0123456789*"):
            continue
        proved = page.has_label("phone", start) or page.continues_list(last_end, start)
        if (found["free"] and not proved) or _is_placeholder(found[0]):
            continue
        if not proved and (_is_other_number(page, start, end) or _goes_on(page.text, found)):
            continue
        usual = (found["usual"] or found["gap"]) and not page.is_field(start)
        doubtful = (country and country[0].startswith("8")) or _ENDING.match(page.text, end)
        certain = proved or bool(usual and not doubtful)
        yield FoldedFinding("phone-number", start, end, certain)
        last_end = end


def _before(pattern: re.Pattern[str], text: str, start: int) -> re.Match[str] | None:
    return pattern.search(text, max(0, start - _LONGEST_AREA), start)


def _is_placeholder(number: str) -> bool:
    """Whether a number is made up: 13800000000, 11111111111."""
    digits = re.sub(r"\D", "", number)
    return set(digits[3:]) == {"0"} or len(set(digits)) == 1


def _is_other_number(page: Surroundings, start: int, end: int) -> bool:
    return page.names_thing(start) or page.is_amount(start, end)


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """Whether letters or further groups of figures follow, as in 138 1234 5678 9012."""
    follows = text[found.end() : found.end() + 6]
    if re.match(r"[A-Za-z]|[-_/.]\d", follows):
        return True
    groups = re.match(r" \d", follows) and not re.match(r" 1[3-9]\d[- \d]", follows)
    return bool(groups) and not found[0].isdigit()


def _find_landlines(page: Surroundings) -> Iterator[FoldedFinding]:
    last_end = -1
    for found in _LANDLINE.finditer(page.text):
        area = None if found["joined"] else _before(_AREA_BEFORE, page.text, found.start())
        start, end = area.start() if area else found.start() - bool(found["abroad"]), found.end()
        if not area and _continues_number(page.text, start):
            continue
        if _DATE.match(found[0]) or len(set(re.findall(r"\d", found[0]))) == 1:
            continue
        whole = bool(area or found["joined"])
        proved = page.has_label("phone", start) or page.continues_list(last_end, start)
        proved = proved and (whole or not page.is_amount(start, end))
        shaped = bool(area or found["abroad"]) and not _is_other_number(page, start, end)
        if proved or shaped:
            certain = proved or not (area and area["spaced"])
            yield FoldedFinding("landline", start, end, certain and not page.is_public_line(start))
            last_end = end


def _continues_number(text: str, start: int) -> bool:
    """Whether the figures at `start` are the rest of a longer number."""
    before = text[max(0, start - 2) : start]
    return before[-1:] in tuple("0123456789*./-") or (before[-1:] == " " and before[:1].isdigit())

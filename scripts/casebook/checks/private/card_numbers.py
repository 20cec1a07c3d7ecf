"""Numbers of identity cards, bank cards, passports and similar papers.

Both check digits are a line of arithmetic each; python-stdnum has them, without labels and the old
cards of 15 digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from casebook.checks.private.private_finding import FoldedFinding
from casebook.checks.private.surroundings import Surroundings

# Each pattern begins with the figures that it can begin with, and looks at what precedes them
# afterwards: a search is fast only where the first character of all matches is known.

_ALONE, _END = r"(?<![\dA-Za-z*].)", r"(?![\dA-Za-z*])"

_ID_CARD = re.compile(
    rf"[1-9]{_ALONE}(?:"
    r"\d{5}(?P<gap>[-. _/·]{0,2})(?:1[89]|20)\d{6}(?P=gap)\d{3}[\dXx]"
    r"|(?:[-. ]{0,2}\d){16}[-. ]{0,2}[\dXx]"
    rf"){_END}"
)
_OLD_ID_CARD = re.compile(rf"[1-9]{_ALONE}\d{{5}}([- ]?)\d{{6}}\1\d{{3}}{_END}")

_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
        "91",
    ]
)
"""First two figures: GB/T 2260, with 91 for foreigners who live here."""

_CHECK_DIGIT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"

_BANK_CARD = re.compile(
    rf"\d{_ALONE}(?:\d{{3}}(?P<gap>[- ]{{1,2}})(?:\d{{4}}(?P=gap)){{2,3}}\d{{1,7}}"
    rf"|\d{{11,20}}|\d-\d{{15}}){_END}"
)
_CARD_LENGTHS = range(15, 20)
_CARD_PREFIXES = ("62", "4", "51", "52", "53", "54", "55")

_PAPER = re.compile(
    rf"[A-Za-z\d]{_ALONE}"
    rf"(?:(?<=[A-Za-z])[A-Za-z]? ?\d{{7,8}}|(?<=\d)\d{{7}}(?:\d\d)?){_END}"
)
_OFFICER_PAPER = re.compile(r"字第?\d{6,8}号?")
_PAPER_NAMED = re.compile(r"(?:护照|通行证)[^\n。;\d]*$")
_NAMED_AFTER = re.compile("号?(?:的)?(?:护照|通行证)")
_NEAR = 12


def find_card_numbers(page: Surroundings) -> Iterator[FoldedFinding]:
    """Identity cards, bank cards, passports and similar papers."""
    yield from _find_id_cards(page)
    yield from _find_old_id_cards(page)
    yield from _find_bank_cards(page)
    yield from _find_papers(page)


def is_id_card(number: str) -> bool:
    """Whether 18 characters have the date and the check digit of GB 11643-1999."""
    return _is_date(number[6:14]) and _check_digit(number) == number[17].upper()


def _find_id_cards(page: Surroundings) -> Iterator[FoldedFinding]:
    for found in _ID_CARD.finditer(page.text):
        number = re.sub(r"[^\dXx]", "", found[0])
        labelled = page.has_label("id-card", found.start())
        if is_id_card(number) and number[:2] in _PROVINCES:
            if labelled or not page.names_thing(found.start()) or page.is_field(found.start()):
                yield FoldedFinding("id-card", *found.span())
        elif labelled:
            yield FoldedFinding("id-card", *found.span(), _is_date(number[6:14]))


def _find_old_id_cards(page: Surroundings) -> Iterator[FoldedFinding]:
    for found in _OLD_ID_CARD.finditer(page.text):
        number = re.sub(r"\D", "", found[0])
        if _is_date("19" + number[6:12]) and page.has_label("id-card", found.start()):
            yield FoldedFinding("id-card", *found.span())


def _is_date(figures: str) -> bool:
    try:
        return date(int(figures[:4]), int(figures[4:6]), int(figures[6:])) <= date.today()
    except ValueError:
        return False


def _check_digit(number: str) -> str:
    pairs = zip(number, _CHECK_DIGIT_WEIGHTS, strict=False)
    return _CHECK_DIGITS[sum(int(digit) * weight for digit, weight in pairs) % 11]


def _find_bank_cards(page: Surroundings) -> Iterator[FoldedFinding]:
    for found in _BANK_CARD.finditer(page.text):
        number = re.sub(r"\D", "", found[0])
        labelled = page.has_label("bank-card", found.start())
        if len(set(number)) == 1 or len(number) < 12:
            continue
        if labelled:
            yield FoldedFinding("bank-card", *found.span())
        elif _looks_like_card(number) and not (
            page.names_thing(found.start()) or page.is_amount(*found.span())
        ):
            yield FoldedFinding("bank-card", *found.span(), number.startswith("62"))


def _looks_like_card(number: str) -> bool:
    """Whether a number has the beginning, the length and the check digit (Luhn) of a card."""
    usual = number.startswith(_CARD_PREFIXES) and len(number) in _CARD_LENGTHS
    if not usual or (len(number) != 16 and not number.startswith("62")):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _find_papers(page: Surroundings) -> Iterator[FoldedFinding]:
    for found in _PAPER.finditer(page.text):
        start, end = found.span()
        labelled = page.has_label("passport", start) and not page.is_amount(start, end)
        if labelled or _is_named(page.text, found):
            yield FoldedFinding("passport", start, end)
    for found in _OFFICER_PAPER.finditer(page.text):
        start = max(0, found.start() - 1)  # 军字第…号, 南字第…号
        if page.has_label("passport", start):
            yield FoldedFinding("passport", start, found.end())


def _is_named(text: str, found: re.Match[str]) -> bool:
    """Whether the word for a paper stands near a number with a letter: 持E30582714号护照."""
    start, end = found.span()
    near = _PAPER_NAMED.search(text, max(0, start - _NEAR), start)
    return found[0][0].isalpha() and bool(near or _NAMED_AFTER.match(text, end))

"""Dates as people write them, and the one form that the front matter has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from casebook.library.case_schema import is_date
from casebook.text.dates import HAN_DAY, HAN_MONTH, HAN_YEAR, YEAR
from casebook.text.numerals import read_numeral

_SPACE = r"[ \t\u3000]*"
_WITH_WORDS = re.compile(
    rf"(?P<year>{YEAR}|{HAN_YEAR}){_SPACE}年"
    rf"(?:{_SPACE}(?P<month>\d{{1,2}}|{HAN_MONTH}){_SPACE}月"
    rf"(?:{_SPACE}(?P<day>\d{{1,2}}|{HAN_DAY}){_SPACE}[日号])?)?"
)
_WITH_SIGNS = re.compile(
    rf"(?P<year>{YEAR}){_SPACE}(?P<sign>[-./—–]){_SPACE}(?P<month>\d{{1,2}})"
    rf"(?:{_SPACE}(?P=sign){_SPACE}(?P<day>\d{{1,2}}))?"
)
_FIGURES = re.compile(rf"(?P<year>{YEAR})(?P<month>\d\d)(?P<day>\d\d)?")
_LONGEST_SEARCHED = 100
"""Characters of a value in which a date is looked for."""

_FORMS = (_WITH_WORDS, _WITH_SIGNS, _FIGURES)


def read_date(text: str) -> str:
    """A date in another form as `2023`, `2023-05` or `2023-05-04`; '' unless that is certain.

    >>> read_date("二〇二三年五月"), read_date("2023/5/4"), read_date("202305")
    ('2023-05', '2023-05-04', '2023-05')
    >>> read_date("201012"), read_date("2023年13月"), read_date("2023年5月底")
    ('', '', '')
    """
    plain = _fold(text).strip()
    for form in _FORMS:
        found = form.fullmatch(plain)
        if found and not (form is _FIGURES and _is_short_day(plain)):
            return _write_date(found)
    return ""


def _is_short_day(figures: str) -> bool:
    """Whether six figures are also a day with a year of two figures: 201012 may be 2020-10-12."""
    day = f"20{figures[:2]}-{figures[2:4]}-{figures[4:]}"
    return len(figures) == 6 and is_date(day)


def suggest_date(text: str) -> str:
    """The date that a value most likely means, for a message; '' if it holds none."""
    return next(_find_dates(_fold(text[:_LONGEST_SEARCHED])), "")


def _fold(text: str) -> str:
    """Full-width figures and signs as half-width ones; a letter O is the numeral 〇."""
    return unicodedata.normalize("NFKC", text).replace("O", "〇")


def _find_dates(text: str) -> Iterator[str]:
    for form in _FORMS:
        yield from filter(None, map(_write_date, form.finditer(text)))


def _write_date(found: re.Match[str]) -> str:
    """The date of a match, or '' if there is no such day."""
    year, *rest = (_read_number(found[name]) for name in ("year", "month", "day") if found[name])
    written = "-".join([f"{year:04}", *(f"{number:02}" for number in rest)])
    return written if is_date(written) else ""


def _read_number(text: str) -> int:
    if text.isascii():
        return int(text)
    try:
        return read_numeral(text)
    except KeyError:  # a sign in place of a numeral that the pattern lets through
        return 0

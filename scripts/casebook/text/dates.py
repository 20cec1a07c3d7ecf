"""How dates are written, as parts of regular expressions. None of them has a group.

The forms differ on purpose: what a machine stamps, what a person signs with, and what a title
names are not written alike, and a wide form would take numbers for dates.
"""

from __future__ import annotations

from casebook.text.numerals import ONE_TO_NINE, ONE_TO_TEN

YEAR = r"(?:19|20)\d{2}"
"""A year in digits."""

HAN_YEAR = f"[一二][〇○Ｏ零{ONE_TO_NINE}]{{3}}"
"""A year in Chinese numerals."""

HAN_MONTH = f"[{ONE_TO_TEN}]{{1,2}}"
HAN_DAY = f"[{ONE_TO_TEN}]{{1,3}}"
"""A day of the month in Chinese numerals."""

_AFTER_YEAR, _AFTER_MONTH = "[-年./]", "[-月./]"
_ANY_DIGIT = rf"[\d〇零○{ONE_TO_TEN}]"

CLOCK = r"\d{1,2}[:：]\d{2}"
"""Hour and minute."""

STAMP = r"\d{4}[-./]\d{1,2}[-./]\d{1,2}"
"""A date that a machine wrote: a person who invites to something writes 年, 月, 日."""

POSTED = (
    rf"{YEAR}{_AFTER_YEAR}\d{{1,2}}(?:{_AFTER_MONTH}(?:\d{{1,2}}日?)?)?"
    rf"(?:[ 　T]*{CLOCK}(?::\d{{2}})?)?"
)
"""A date on a line of its own, as sites and signatures write it: the day and the time are free."""

SIGNED = f"[二一〇○Ｏ零]{{3}}[〇○零{ONE_TO_NINE}]年{HAN_MONTH}月(?:{HAN_DAY}日)?"
"""A date in Chinese numerals on a line of its own, of the years from 2000 to 2029.

Unlike HAN_YEAR it knows no other century, and no Ｏ at the end. Both look like oversights.
"""

IN_TITLE = rf"{YEAR}\s?{_AFTER_YEAR}\s?\d{{1,2}}\s?{_AFTER_MONTH}\s?\d{{1,2}}"
"""A day in a title, with the spaces that sites put between the figures."""

ANY_DAY = (
    rf"(?:{_ANY_DIGIT}{{4}}\s?{_AFTER_YEAR}\s?{_ANY_DIGIT}{{1,3}}"
    rf"\s?{_AFTER_MONTH}\s?{_ANY_DIGIT}{{1,3}}\s?日?)"
)
"""A day in digits or Chinese numerals of any year, where the line around shows that it is one."""

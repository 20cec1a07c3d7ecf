"""Chinese numerals: their values, and the numbers that are written with them."""

from __future__ import annotations

ONE_TO_NINE = "一二三四五六七八九"
ONE_TO_TEN = f"{ONE_TO_NINE}十"
ZEROS = "〇零○Ｏ"
"""The numeral, the word, and the signs that are typed for the numeral."""

DIGITS = {numeral: value for value, numeral in enumerate(ONE_TO_NINE, 1)}
DIGITS |= dict.fromkeys(ZEROS, 0) | {"两": 2}
"""Values of single digits. 两 counts things: no date and no marker of a heading has it."""

UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
"""Values of the numerals that multiply the digit before them."""

UP_TO_HUNDREDS = f"〇零{ONE_TO_TEN}百"
"""Numerals that markers of headings are written with, as the inside of a character class."""

OF_QUANTITIES = f"〇零○两{ONE_TO_TEN}百千万亿"
"""Numerals of quantities in plain text (NFKC makes O of Ｏ), for a character class."""


def read_numeral(text: str) -> int:
    """The value of a number: 十二 is 12, 三百零五 is 305, 二〇二三 is 2023; 0 for ''.

    Raises KeyError for a character that is no numeral.
    """
    if not UNITS.keys() & set(text):
        return _read_digits(text)
    total = section = digit = 0
    for character in text:
        unit = UNITS.get(character, 0)
        if not unit:
            digit = DIGITS[character]
        elif unit < UNITS["万"]:
            section, digit = section + (digit or 1) * unit, 0
        else:
            total, section, digit = total + (section + digit) * unit, 0, 0
    return total + section + digit


def _read_digits(text: str) -> int:
    value = 0
    for character in text:
        value = 10 * value + DIGITS[character]
    return value

"""Phone numbers, identity card numbers and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from casebook.checks.private.private_finding import PrivateFinding, mask_value

# Each character is replaced by one character, so that places do not move.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９－＋＠．Ｘｘ（）　", "0123456789-+@.Xx() ")

_HASH_OR_ADDRESS = re.compile(
    r"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])|https?://[^\s<>()（）]{1,2000}"
)

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}\\?@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,5}"
)
_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d%])")
_LANDLINE = re.compile(r"(?<![\d-])(?:0\d{2,3}-|\(0\d{2,3}\) ?|0\d{2,3} )[2-8]\d{6,7}(?![\d-])")
_ID_CARD = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])")

_CHECK_DIGIT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def find_numbers(text: str) -> Iterator[PrivateFinding]:
    """Numbers and addresses anywhere, except in hashes and web addresses."""
    folded = _HASH_OR_ADDRESS.sub(lambda found: " " * len(found[0]), text.translate(_HALF_WIDTH))
    for rule, pattern in (
        ("phone-number", _MOBILE),
        ("landline", _LANDLINE),
        ("email", _EMAIL),
        ("id-card", _ID_CARD),
    ):
        for found in pattern.finditer(folded):
            if rule != "id-card" or is_id_card(found[0]):
                start, end = found.span()
                yield PrivateFinding(rule, start, end, mask_value(found[0]), "error")


def is_id_card(number: str) -> bool:
    """Whether 18 characters have the date and the check digit of GB 11643-1999."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(number, _CHECK_DIGIT_WEIGHTS, strict=False)
    )
    return _CHECK_DIGITS[total % 11] == number[17].upper()

"""Phone numbers, identity card numbers and e-mail addresses, which a case must not publish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from casebook.checks.case_source import CaseSource
from casebook.checks.rules import Problem

_ADVICE = "公开前请删去或用 X 代替；确可公开的，在 allow 里写明 rule 和 reason。"

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


def check_privacy(document: CaseSource) -> Iterator[Problem]:
    """Private data anywhere in the file, except in hashes and web addresses."""
    text = _HASH_OR_ADDRESS.sub(
        lambda found: " " * len(found[0]), document.text.translate(_HALF_WIDTH)
    )
    for rule, name, pattern in (
        ("phone-number", "手机号码", _MOBILE),
        ("phone-number", "固定电话号码", _LANDLINE),
        ("email", "电子邮箱", _EMAIL),
    ):
        for found in pattern.finditer(text):
            yield Problem(rule, *document.locate(found.start()), f"疑似{name}，{_ADVICE}")
    for found in _ID_CARD.finditer(text):
        if is_id_card(found[0]):
            place = document.locate(found.start())
            yield Problem("id-card", *place, f"疑似居民身份证号码，{_ADVICE}")


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

"""Quantities that a text states: what makes an outcome more than a claim."""

from __future__ import annotations

import re

from casebook.text.numerals import ONE_TO_TEN

_QUANTITY = re.compile(
    r"\d+(?:\.\d+)?\s*(?:%|％|‰|个百分点|倍|万|亿|元|件|项|人|户|次|家|个|名|起|天|小时|亩|吨|公里)"
    rf"|百分之[零{ONE_TO_TEN}百点]+|[一二两三四五六七八九]成|翻番|翻了?[一两]番"
)


def find_quantities(text: str) -> list[str]:
    """The quantities that a text names: a number with its unit, a percentage, a share."""
    return _QUANTITY.findall(text)


def states_quantity(text: str) -> bool:
    """Whether a text names a quantity."""
    return _QUANTITY.search(text) is not None

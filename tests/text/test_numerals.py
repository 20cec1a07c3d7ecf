"""Chinese numerals as numbers."""

from __future__ import annotations

import pytest

from casebook.text.numerals import read_numeral


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", 0),
        ("〇", 0),
        ("七", 7),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("百", 100),
        ("三百零五", 305),
        ("两千三百", 2300),
        ("一万二千", 12000),
        ("三亿五千万", 350_000_000),
        ("二〇二三", 2023),
        ("二○一Ｏ", 2010),
        ("二三", 23),
    ],
)
def test_value(text: str, value: int) -> None:
    """With units as well as digit by digit."""
    assert read_numeral(text) == value


def test_what_is_no_numeral() -> None:
    """It is named."""
    with pytest.raises(KeyError, match="个"):
        read_numeral("三个")

"""How dates are written: each form with what it must not take."""

from __future__ import annotations

import re

import pytest

from casebook.text import dates


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (dates.YEAR, "2023"),
        (dates.HAN_YEAR, "一九九八"),
        (dates.HAN_YEAR, "二〇二Ｏ"),
        (dates.STAMP, "2022-3-04"),
        (dates.POSTED, "2022年9月"),
        (dates.POSTED, "2022-09-12 10:15:20"),
        (dates.SIGNED, "二〇二一年三月五日"),
        (dates.SIGNED, "二○一九年十二月"),
        (dates.IN_TITLE, "2018 - 03 - 20"),
        (dates.ANY_DAY, "二〇二一年三月五日"),
        (dates.ANY_DAY, "1978.12.18"),
    ],
)
def test_a_date_is_recognized(form: str, text: str) -> None:
    """As a whole."""
    assert re.fullmatch(form, text)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (dates.YEAR, "1845"),
        (dates.HAN_YEAR, "三〇二一"),
        (dates.STAMP, "2022年3月4日"),
        (dates.POSTED, "2022"),
        (dates.SIGNED, "一九九八年三月"),
        (dates.IN_TITLE, "2018年3月"),
        (dates.ANY_DAY, "2021年3月"),
    ],
)
def test_another_form_is_not_taken(form: str, text: str) -> None:
    """Machines, people and titles write dates in different ways."""
    assert not re.fullmatch(form, text)

"""Private data: what is found, what only resembles it, and how a person excuses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.checks import check_file
from casebook.checks.privacy import is_id_card

SOURCE = "sources: [{name: 自撰}]\n"


def _rules(body: str, front: str = "") -> list[str]:
    text = f"---\nid: good\ntitle: 好\nlead_role: background\n{SOURCE}{front}---\n\n{body}\n"
    return [f.rule for f in check_file(Path("nowhere/good.md"), text)]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("手机13812345678。", "phone-number"),
        ("Tel: 138-1234-5678", "phone-number"),
        ("电话 +86 138 1234 5678", "phone-number"),
        ("手机：１３８１２３４５６７８", "phone-number"),
        ("电话0731-88881234", "phone-number"),
        ("电话（0731）8888123，传真", "phone-number"),
        ("电话(010)66668888", "phone-number"),
        ("身份证号11010519491231002X，", "id-card"),
        ("身份证号11010519491231002x，", "id-card"),
        ("邮箱zhang.san+a@mail.example.gov.cn。", "email"),
        ("邮箱 zhang\\_san@example.com", "email"),
        ("邮箱：ａ@example.com 或 b＠example．com", "email"),
    ],
)
def test_private_data_is_found(body: str, rule: str) -> None:
    """Common notations, full-width figures and Markdown escapes included."""
    assert _rules(body) == [rule]


@pytest.mark.parametrize(
    "body",
    [
        "电话138XXXX5678，身份证110105XXXXXXXX002X。",
        "投入1381234567元，增长13.812345678%。",
        "编号 913812345678901，流水号 20230504138123456789。",
        "身份证号110105194912310021。",
        "身份证号110105194913310028。",
        "2023-05-04，0731-2023，2019—2023年，010-2021。",
        "见 https://example.gov.cn/t20230504_13812345678.html",
        "原件 " + "13812345678" * 5 + "abcdef012",
        "a@b，@所有人，user@localhost",
    ],
)
def test_what_only_resembles_it_passes(body: str) -> None:
    """Placeholders, amounts, serial numbers, wrong check digits, addresses of pages."""
    assert _rules(body) == []


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("11010519491231002X", True),
        ("440524188001010014", True),
        ("110105194912310021", False),
        ("110105194902300021", False),
    ],
)
def test_check_digit_of_an_identity_card(number: str, valid: bool) -> None:
    """The two examples of GB 11643-1999, a wrong check digit and a day that does not exist."""
    assert is_id_card(number) is valid


def test_a_person_may_excuse_it() -> None:
    """`allow` with a reason takes the rule away, and only this rule."""
    excuse = "allow: [{rule: phone-number, reason: 公开的办公电话}]\n"
    assert _rules("电话0731-88881234，邮箱 a@example.com", excuse) == ["email"]


def test_an_excuse_without_reason_excuses_nothing() -> None:
    """Without a reason the finding stays, and the excuse is an error."""
    excuse = "allow: [{rule: phone-number}]\n"
    assert _rules("电话0731-88881234", excuse) == ["field-missing", "phone-number"]


def test_front_matter_is_searched_too() -> None:
    """An address in `contributor` is published as well."""
    assert _rules("正文。", "contributor: 张三 13812345678\n") == ["phone-number"]

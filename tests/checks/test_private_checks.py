"""Private text in case files: where it is looked for, and how a person excuses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.checks import check_file
from casebook.model import Finding


def _check(body: str, front: str = "") -> list[Finding]:
    source = "sources: [{name: 自撰}]\n"
    text = f"---\nid: good\ntitle: 好\nlead_role: background\n{source}{front}---\n\n{body}\n"
    return check_file(Path("nowhere/good.md"), text)


def _rules(body: str, front: str = "") -> list[str]:
    return [finding.rule for finding in _check(body, front)]


def test_a_person_may_excuse_it() -> None:
    """`allow` with a reason takes the rule away, and only this rule."""
    excuse = "allow: [{rule: phone-number, reason: 公开的办公电话}]\n"
    assert _rules("电话0731-88881234，邮箱 a@example.com", excuse) == ["email"]


def test_an_excuse_without_reason_excuses_nothing() -> None:
    """Without a reason the finding stays, and the excuse is an error."""
    excuse = "allow: [{rule: phone-number}]\n"
    assert _rules("电话0731-88881234", excuse) == ["field-missing", "landline"]


def test_an_excuse_for_phone_numbers_covers_landlines() -> None:
    """These were one rule once; an excuse of landlines does not cover mobile phones."""
    text = "电话0731-88881234，手机13624681357"
    assert _rules(text, "allow: [{rule: phone-number, reason: 公开的办公电话}]\n") == []
    landline = "allow: [{rule: landline, reason: 公开的办公电话}]\n"
    assert _rules(text, landline) == ["phone-number"]


def test_severity_place_and_mask_of_a_finding() -> None:
    """The place is that of the first character; the message masks the value."""
    address, phone = _check("老周家住柳林小区3幢501室，电话136\\-2468\\-1357。")
    assert (address.rule, address.severity, address.line, address.column) == (
        "home-address", "warning", 8, 5,
    )  # fmt: skip
    assert (phone.rule, phone.severity, phone.column) == ("phone-number", "error", 18)
    assert "（13**********7）" in phone.message and "2468" not in phone.message


def test_front_matter_is_searched_too() -> None:
    """An address in `contributor` is published as well."""
    assert _rules("正文。", "contributor: 张三 13812345678\n") == ["phone-number"]


@pytest.mark.parametrize(
    "title",
    [
        r'"老周电话\x3136\u0032\u0034681357"',
        '"老周电话1362\\\n  4681357"',
        ">-\n  老周电话1362\n  4681357",
        "'老周''电话'' 1362\n  4681357'",
    ],
)
def test_a_value_that_yaml_puts_together_is_searched(title: str) -> None:
    """The page shows the value, not what the file holds."""
    (found,) = (f for f in _check("正文。", f"organ: {title}\n") if f.severity == "error")
    assert (found.rule, found.line) == ("phone-number", 6)
    assert "（13*" in found.message and "4681357" not in found.message


def test_a_value_that_yaml_rewrites_is_found_once() -> None:
    """A doubled quote alone makes no second finding."""
    assert _rules("正文。", "organ: '老周''电话13624681357'\n") == ["phone-number"]


def test_a_hidden_character_of_an_escape_is_found() -> None:
    """It would turn the order of the text on the page."""
    assert _rules("正文。", 'organ: "某局\\u202e"\n') == ["control-character"]


def test_no_other_message_quotes_private_text() -> None:
    """A theme, a kind and a role with a number in them are unknown, and the number is masked."""
    front = "themes: [责任13624681357]\nkind: 13624681357\nregion: 某市13624681357\n"
    found = _check("## 做法 {.13624681357 #a1 theme=13624681357}\n\n正文。", front)
    assert {"unknown-theme", "unknown-kind", "unknown-role"} <= {f.rule for f in found}
    assert [f.message for f in found if "13624681357" in f.message] == []

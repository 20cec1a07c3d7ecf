"""The schema of the front matter: what is refused, with messages in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casebook.checks import check_file
from casebook.library.case_schema import is_date

BODY = "\n---\n\n正文。\n"


def _findings(line: str, title: str = "title: 好") -> list[tuple[str, str]]:
    text = f"---\nid: good\n{title}\nlead_role: background\n{line}{BODY}"
    found = check_file(Path("nowhere/good.md"), text)
    return [(f.rule, f.message) for f in found if f.rule != "source-none"]


@pytest.mark.parametrize("value", ["2023", "2023-05", "2023-05-04", "2024-02-29", "1978"])
def test_dates_that_are_dates(value: str) -> None:
    """A year, a month or a day: the three precisions that are allowed."""
    assert is_date(value)


@pytest.mark.parametrize(
    "value",
    ["", "23", "2023-5", "2023-13", "2023-02-30", "2023/05", "0023", "２０２３", "2023-05-04\n"],
)
def test_texts_that_are_no_dates(value: str) -> None:
    """Other notations and days that do not exist."""
    assert not is_date(value)


@pytest.mark.parametrize(
    ("written", "hint"),
    [("2023年5月", "2023-05"), ("2023/5/4", "2023-05-04"), ("2023.5", "2023-05"), ("5月", "")],
)
def test_date_gets_a_hint(written: str, hint: str) -> None:
    """A date in another notation is shown as it should be written."""
    ((rule, message),) = _findings(f"date: {written}")
    assert rule == "field-format"
    assert f'date: "{hint}"' in message if hint else "例如" not in message


@pytest.mark.parametrize(
    ("line", "rule", "says"),
    [
        ("organ: {a: b}", "field-type", "应为一行文字"),
        ("themes: 责任落实", "field-type", "应为列表"),
        ("sources: [一份]", "field-type", "花括号"),
        ("variants: {id: a}", "field-type", "应为列表"),
        ("kind: " + "长" * 51, "field-length", "最多 50 个字"),
        ("themes: [" + "责任落实, " * 21 + "]", "field-length", "最多 20 项"),
        ("allow: [{rule: email, reason: ''}]", "field-length", "不能是空的"),
        ("allow: [{rule: email}]", "field-missing", "缺少 allow[1].reason"),
        ("organ: 某<b>局", "field-format", "尖括号"),
        ('organ: "某\\n局"', "field-format", "换行"),
        ("sources: [{sha256: ABCDEF}]", "field-format", "64 位十六进制"),
        ("sources: [{sha: x}]", "field-unknown", "是不是想写 sha256"),
        ("source: []", "field-unknown", "是不是想写 sources"),
        ("投稿人: 张三", "field-unknown", "是不是想写 contributor"),
        ("template: home.html", "field-unknown", "没有 template 这个键"),
        ("hide: [navigation]", "field-unknown", "可用的键：id、title"),
    ],
)
def test_refused_values(line: str, rule: str, says: str) -> None:
    """Each kind of complaint has its rule and says what is expected."""
    found = _findings(line)
    assert [(r, says in message) for r, message in found if r == rule]
    assert all(says in message for r, message in found if r == rule and says != "可用的键")


def test_missing_title_is_asked_for() -> None:
    """A missing key is named with its meaning and an example."""
    ((rule, message),) = _findings("organ: 某局", title="kind: 经验材料")
    assert rule == "field-missing"
    assert "title（标题）" in message and "title: " in message


@pytest.mark.parametrize(
    "line", ["date: 2023-99", "themes: x", "organ: [a]", "sources: [{part: x}]"]
)
def test_no_message_is_left_in_english(line: str) -> None:
    """Nothing of pydantic's own wording reaches a contributor."""
    for _, message in _findings(line):
        assert not re.search("[Ii]nput|should|valid|required|permitted", message)
        assert message.endswith("。") and "\n" not in message


def test_yaml_values_stay_text() -> None:
    """`yes`, a bare year and a bare date are text, not a truth value, a number or a date."""
    assert _findings("organ: yes\ndate: 2023") == []
    assert _findings("date: 2023-05-04") == []

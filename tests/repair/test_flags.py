"""What cannot be restored is flagged at its place and left as it stands."""

from __future__ import annotations

import pytest

from casebook.repair import repair


@pytest.mark.parametrize(
    ("text", "flagged", "rule"),
    [
        ("推动工作锟斤拷落实", "锟斤拷", "lost-characters"),
        ("推动工作\ufffd\ufffd落实", "\ufffd\ufffd", "lost-characters"),
        ("服务器返回烫烫烫烫，无法显示", "烫烫烫烫", "lost-characters"),
        ("合同有效?;岷螅桓娲砣颂峤皇槊嬉", "?;岷螅桓娲砣颂峤皇槊嬉", "gbk-byte-shift"),
    ],
)
def test_the_irrecoverable_is_flagged_never_invented(text: str, flagged: str, rule: str) -> None:
    """Rule and place are named; not even the marks of the damage are changed."""
    repaired = repair(text)
    assert [(flag.rule, flag.text) for flag in repaired.flags] == [(rule, flagged)]
    assert repaired.text == text


@pytest.mark.parametrize(
    "text", ["到底是谁？！当时在场的人都说没看见。", "房间太小，值这个价？？？就不该来。"]
)
def test_strong_punctuation_is_no_damage(text: str) -> None:
    """Doubled marks before ordinary words raise no flag."""
    assert repair(text).flags == ()


def test_positions_are_those_of_the_source() -> None:
    """A flag behind removed characters lies where the reader of the source finds it."""
    source = "黨\u200b建工作 锟斤拷"
    (flag,) = repair(source).flags
    assert source[flag.start : flag.end] == flag.text == "锟斤拷"

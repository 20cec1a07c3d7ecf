"""Roles from headings: head words count, verbs with an object do not."""

from __future__ import annotations

import pytest

from casebook.structure.roles import heading_role
from casebook.vocabulary import load


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("背景动因", "background"),
        ("一、机关党建与业务工作“两张皮”问题主要表现", "problem"),
        ("（二）存在的短板和不足", "problem"),
        ("二、成因剖析", "cause"),
        ("主要做法", "practice"),
        ("破解难题的主要做法", "practice"),
        ("三、工作成效。", "outcome"),
        ("【典型意义】", "lesson"),
        ("三、解决路径", "suggestion"),
        ("四、下一步工作打算", "suggestion"),
        ("（一）破解融资难题", ""),
        ("二、提升服务成效", ""),
        ("一是总结借鉴经验做法。", ""),
        ("强化组织领导", ""),
    ],
)
def test_head_word_decides(heading: str, role: str) -> None:
    """The last word of a heading names its role, unless the heading names an action."""
    assert heading_role(heading, load().roles) == role

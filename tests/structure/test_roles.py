"""Roles from headings: head words count, verbs with an object do not."""

from __future__ import annotations

import pytest

from casebook.structure.roles import find_heading_role
from casebook.vocabulary import load
from plain import structure


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
        ("四、改进效果", "outcome"),
        ("提升效果", ""),
        ("一是总结借鉴经验做法。", ""),
        ("强化组织领导", ""),
    ],
)
def test_head_word_decides(heading: str, role: str) -> None:
    """The last word of a heading names its role, unless the heading names an action."""
    assert find_heading_role(heading, load().roles) == role


def test_a_name_before_a_colon_or_a_translation_names_the_role() -> None:
    """经验启示：… is a lesson, whatever the words after the colon end with."""
    roles = load().roles
    assert find_heading_role("经验启示：本土与世界的传播效果", roles) == "lesson"
    assert find_heading_role("不足Weaknesses", roles) == "problem"
    assert find_heading_role("三问：群众为什么不满意", roles) == ""


def test_an_item_has_the_role_of_the_nearest_name_above() -> None:
    """面临的挑战 and 改进方向 under one heading keep their own items apart."""
    body = "这一部分说明有关情况，它有完整的句子，也有结尾的句号。"
    text = (
        f"某台栏目经验材料\n一、栏目概述\n{body}\n二、挑战与改进方向\n（一）面临的挑战\n1.形式日渐陈旧\n{body}\n"
        f"2.队伍青黄不接\n{body}\n（二）改进方向\n1.栏目常换常新\n{body}\n2.队伍老中青搭配\n{body}"
    )
    roles = {block.heading: block.role for block in structure(text)[0].blocks}
    assert roles["1.形式日渐陈旧"] == roles["2.队伍青黄不接"] == "problem"
    assert roles["1.栏目常换常新"] == roles["2.队伍老中青搭配"] == "suggestion"


@pytest.mark.parametrize(
    ("after", "role"), [("取得成效", "practice"), ("主要做法", "suggestion"), ("", "suggestion")]
)
def test_remedies_before_results_were_carried_out(after: str, role: str) -> None:
    """对策 is a proposal, unless an outcome follows and nothing else is named a practice."""
    body = "一是建立清单，逐项销号。二是定期通报，跟踪问效。"
    text = f"某局经验材料\n存在问题\n{body}\n对策\n{body}\n" + (f"{after}\n{body}" if after else "")
    (found,) = [b for b in structure(text)[0].blocks if b.heading == "对策"]
    assert found.role == role

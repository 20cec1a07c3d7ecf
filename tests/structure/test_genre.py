"""Texts of other genres are recognized; no experience material is taken for one."""

from __future__ import annotations

import pytest

from plain import structure
from structure_golden import golden_write_ups

NOTICE = "各县区人民政府：\n现将有关事项通知如下。\n一、提高认识\n各单位要高度重视。\n特此通知。"
RULES = "第一章 总则\n第一条 为了规范管理，制定本办法。\n第二条 本办法适用于本市。\n第三条 略。"
SPEECH = (
    "同志们：\n今天我们在这里召开动员大会。\n一、统一思想\n大家要提高站位。\n预祝大会圆满成功！"
)
PLAN = (
    "一、指导思想\n增强体质。\n二、参加人员\n全体学生。\n三、活动时间\n周五。\n"
    "四、工作要求\n注意安全。"
)
LETTER = "广大市民朋友们：\n我们向全体市民发出倡议。\n一、节约用水\n从我做起。\n此致\n敬礼"


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("关于开展安全生产大检查的通知", NOTICE, "通知"),
        ("关于表彰优秀案例的通知", NOTICE, "通知"),
        ("某市物业管理办法", RULES, "法规"),
        ("在全市动员大会上的讲话", SPEECH, "讲话"),
        ("节约用水倡议书", LETTER, "信函"),
        ("秋季运动会活动方案", PLAN, "计划和表册"),
        ("期中考试安排", "一、考试时间\n11月6日。\n二、监考要求\n提前15分钟到场。", "计划和表册"),
        ("校园广播站管理规程", "一、人员\n设站长一名。\n二、纪律\n不得擅自离岗。", "法规"),
        ("班主任工作职责", "一、全面负责班级管理。\n二、组织家长会。", "法规"),
        ("年级组工作要点", "一、抓常规\n落实早读。\n二、抓备考\n三月模拟。", "计划和表册"),
        ("第三周值班安排表", "星期一\n一、早班\n七点到校。\n二、晚班\n九点离校。", "计划和表册"),
    ],
)
def test_recognized_and_not_bent_into_roles(title: str, body: str, kind: str) -> None:
    """The text keeps its headings and gets no role."""
    write_up = structure(f"{title}\n{body}")[0]
    assert write_up.not_a_case == kind
    assert {block.role for block in write_up.blocks} == {""}
    assert len(write_up.blocks) > 1 or kind == "法规"


@pytest.mark.parametrize(
    "title",
    [
        "助企纾困“五个一”工作法",
        "某县执法改革的做法",
        "在推进会上的交流发言",
        "重新排定大课间的安排",
        "让制度长出牙齿的标准",
    ],
)
def test_experiences_with_titles_that_sound_alike(title: str) -> None:
    """A title alone that only sounds like a regulation or a speech decides nothing."""
    text = f"{title}\n近年来，我县开展改革。\n主要做法\n建立专班。\n取得成效\n办件量同比增长12%。"
    assert structure(text)[0].not_a_case == ""


@pytest.mark.parametrize(
    "body",
    [
        "迟到一度成风。\n一、立标准\n校长带头打卡。\n二、见真章\n迟到人次下降九成。",
        "过去备考一刀切。\n一是建档案。每名学生一张表。\n二是勤反馈。每周面谈一次。",
        "一、建基地\n开垦了荒地十亩。\n二、设课程\n每周一节劳动课。",
    ],
)
def test_a_title_like_a_rule_over_a_narrative(body: str) -> None:
    """A likely title counts for less where the text narrates what was done or achieved."""
    assert structure(f"考勤制度\n{body}")[0].not_a_case == ""


def test_no_golden_write_up_is_turned_away() -> None:
    """None of the sixty experiences is taken for something else."""
    texts = [golden.text for golden in golden_write_ups()]
    assert [w.title for text in texts for w in structure(text) if w.not_a_case] == []

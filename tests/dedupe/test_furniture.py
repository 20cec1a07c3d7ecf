"""Page furniture counts neither for the facts of a text nor for its likeness."""

from __future__ import annotations

import pytest

from casebook.dedupe.furniture import without_furniture
from effort import cpu_limit

TEXT = "会议强调，各村要压实责任。"


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2014-03-13　来源：办公室　浏览次数：123",
        "来源：县政府办",
        "时间：2022-03-04 10:15:20",
        "日期：2022年3月4日",
        "松河县教育局　2022年7月1日",
        "第1页 共3页",
        "原标题：2021年那些事",
        "时间：2022-03-04 10:15 来源：本站 点击：35",
        "2014年3月13日",
        "（二〇二一年三月五日）",
        "2021-06-30 10:12　阅读 356 次",
        "您当前的位置：首页 > 政务公开 > 正文",
        "首页 | 机构设置 | 党建园地",
        "【打印本页】【关闭窗口】",
        "[1] [2] 下一页",
        "上一篇：关于2021年国庆节放假的通知",
        "Copyright © 2019-2022 某县融媒体中心 版权所有",
        "备案号：湘ICP备05001234号-1",
    ],
)
def test_lines_of_a_page_are_left_out(line: str) -> None:
    """Before the text and after it."""
    assert without_furniture(f"{line}\n{TEXT}\n{line}").strip() == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "时间：2022年4月16日8时至18时",
        "地点：县政府三楼会议室",
        "时间：2022年10月18日",
        "报名时间 2022年7月1日",
        "春节 2022年",
        "2021年3月5日，我镇召开会议。",
        "主办单位：县教育局",
        "首页设计要突出重点。",
        "大中小学一体化建设",
        "编辑部要落实责任。",
        "我们的来源是群众：他们说得对。",
    ],
)
def test_lines_of_the_text_stay(line: str) -> None:
    """A notice says when and where; prose may speak of pages and editors."""
    assert without_furniture(f"{TEXT}\n{line}") == f"{TEXT}\n{line}"


def test_a_dateline_is_left_out() -> None:
    """The rest of its paragraph stays."""
    assert without_furniture("本网讯（记者 王磊）近日，县里开会。") == "近日，县里开会。"
    assert without_furniture("新华社北京3月5日电 会议召开。") == "会议召开。"
    assert without_furniture("新华社记者来访。") == "新华社记者来访。"


def test_a_note_in_parentheses_is_left_out() -> None:
    """Within the text, too; other parentheses stay."""
    note = "会议圆满结束。（来源：某日报2021年3月5日第3版）"
    assert without_furniture(note) == "会议圆满结束。"
    assert without_furniture("办法（试行）自下月起施行。") == "办法（试行）自下月起施行。"


def test_a_text_of_nothing_else_stays() -> None:
    """Two such texts are then compared as they are."""
    assert without_furniture("2014年3月13日") == "2014年3月13日"


def test_hostile_lines_are_read_in_linear_time() -> None:
    """Runs that the patterns could trip over take no more than a second or two."""
    for unit in ("大中小", "2021年", "来源：", "首页>", "【", " ", "本报", "©", "1"):
        with cpu_limit(5):
            without_furniture(unit * 100_000 + "\n" + "\n".join([unit * 20] * 5_000))

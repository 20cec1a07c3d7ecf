"""The lines of a title: whole words, at most twenty characters, in an official shape."""

from __future__ import annotations

import pytest

from casebook.text.title_lines import LINE_CHARACTERS, break_title

BROKEN = (
    "关于进一步优化办事流程/切实解决企业群众多头跑问题的经验材料",
    "某县以“三项机制”/推动农村人居环境整治提质增效典型做法",
    "创新基层社会治理模式/着力打造共建共治共享新格局工作情况汇报",
    "深化“放管服”改革、优化营商环境/——某市行政审批局2023年工作经验材料",
    "某街道：用“小积分”撬动“大治理”，/让垃圾分类成为居民新时尚",
    "把支部建在产业链上：/某镇以党建联盟带动柳编产业抱团发展、/实现村集体增收的经验做法和几点启示建议",
)


@pytest.mark.parametrize("lines", BROKEN)
def test_a_title_breaks_where_a_clause_begins(lines: str) -> None:
    """The first one is the example of the standard's readers; no word is torn in any."""
    assert "/".join(break_title(lines.replace("/", ""))) == lines


WORDS = """
坚持 党建 引领 深化 网格 治理 探索 城市 社区 精细化 服务 管理 新 路径 的 实践 与 思考
区 税务局 运用 大 数据 分析 助力 纳税 服务 由 被动 响应 向 主动 推送 转变 的 经验 做法
以 数字化 转型 为 抓手 推动 县域 医疗 卫生 共同体 高质量 发展 的 实践 探索
关于 2022年度 全县 水库 移民 后期 扶持 项目 建设 与 资金 管理 使用 情况 的 调研 报告
法院 执行局 运用 人工 智能 辅助 执行 办案 系统 提升 财产 查控 效率 的 经验 材料
""".strip().split("\n")


@pytest.mark.parametrize("title", WORDS)
def test_no_line_is_too_long_or_tears_a_word(title: str) -> None:
    """And none begins with 的 or is much shorter than the others."""
    words = title.split()
    lines = break_title("".join(words))
    ends = {sum(map(len, words[:n])) for n in range(len(words) + 1)}
    assert {sum(map(len, lines[:n])) for n in range(len(lines) + 1)} <= ends
    widths = [len(line.encode("gbk")) / 2 for line in lines]
    assert max(widths) <= LINE_CHARACTERS and min(widths) > 0.4 * max(widths)
    assert [line for line in lines if line[0] in "的与和、，"] == []


def test_three_lines_make_no_hourglass() -> None:
    """A trapezoid or a diamond: the middle line is not the shortest."""
    title = (
        "坚持以群众需求为导向健全完善城乡社区综合服务体系"
        "着力破解办事难办事慢办事繁等突出问题的经验材料"
    )
    first, middle, last = map(len, break_title(title))
    assert middle >= min(first, last)


def test_a_text_that_is_no_title_is_cut_into_full_lines() -> None:
    """In linear time, and nothing is lost; a short title stays as it is."""
    text = "这不是标题而是一段很长的话" * 100
    lines = break_title(text)
    assert "".join(lines) == text and max(map(len, lines)) <= LINE_CHARACTERS
    assert break_title("  某区  经验材料 ") == ("某区 经验材料",)
    assert break_title("") == ("",)

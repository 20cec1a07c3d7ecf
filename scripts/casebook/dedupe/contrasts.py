"""Closed classes of words that exclude each other, such as the seasons.

Two titles that differ only in such a word are about two things, so the texts are a series. Two
titles that differ in an open word (做法, 探索) may be two titles of one text.
"""

from __future__ import annotations

import re
from functools import cache

CLASSES = (
    "春 夏 秋 冬",
    "元旦 春节 元宵节 元宵 清明节 清明 五一 劳动节 六一 儿童节 端午节 端午 七一 建党节 八一 建军节"
    " 中秋节 中秋 十一 国庆节 国庆 重阳节 重阳 三八 妇女节 五四 青年节 教师节",
    "寒假 暑假",
    "汛期 主汛期 春汛 夏汛 伏汛 秋汛 凌汛",
    "期初 期中 期末 月考 中考 高考",
    "上半年 下半年 全年",
    "上旬 中旬 下旬",
    "上午 下午 晚上",
    "周一 周二 周三 周四 周五 周六 周日",
    "上学期 下学期",
    "上册 下册",
    "上篇 中篇 下篇",
    "男 女",
    "学生 教师 家长 干部 群众",
    "东 南 西 北",
    "初级 中级 高级",
    "初一 初二 初三 高一 高二 高三",
    "幼儿园 小学 初中 中学 高中 大学",
    "省级 市级 县级 乡级 镇级 村级 校级 国家级",
    "甲 乙 丙 丁",
    "语文 数学 英语 物理 化学 生物 历史 地理 政治 体育 音乐 美术",
    "停水 停电 停气",
    "A B C D E",
)
"""One class in each row; 中秋 and 中秋节 are two forms of one word."""

_ANY_MEMBER = "\ue000"
"""Replaces every word of a class; for private use, so no text contains it."""


def find_contrast(a: str, b: str) -> tuple[str, str] | None:
    """The first words of one class that differ in two short texts which are equal otherwise."""
    if not _compile_any_member().search(a) or not _compile_any_member().search(b):
        return None
    for members in _compile_classes():
        if members.sub(_ANY_MEMBER, a) == members.sub(_ANY_MEMBER, b):
            for x, y in zip(members.findall(a), members.findall(b), strict=True):
                if x.removesuffix("节") != y.removesuffix("节"):
                    return x, y
    return None


@cache
def _compile_any_member() -> re.Pattern[str]:
    return re.compile("|".join(sorted({word for row in CLASSES for word in row.split()})))


@cache
def _compile_classes() -> tuple[re.Pattern[str], ...]:
    rows = (sorted(row.split(), key=len, reverse=True) for row in CLASSES)
    return tuple(re.compile("|".join(row)) for row in rows)

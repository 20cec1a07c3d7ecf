"""Whatever the text: nothing is lost, levels are never skipped, every block has its reason."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from plain import structure

LINES = st.sampled_from(
    [
        *(
            "一、基本情况",
            "三、主要做法",
            "（一）抓学习。",
            "（二）抓落实。开展活动。",
            "1.建专班",
            "①",
        ),
        *(
            "主要做法",
            "取得成效",
            "一车橙子",
            "第一，抓早。抓小。",
            "首先，抓早。抓小。",
            "一是抓早。",
        ),
        *("【典型意义】本案重要。", "做法：设立专班，每周会商，逐项销号，群众满意。", "各位代表："),
        *("1.建专班", "一是抓早。", "来源：某报", "2023年5月4日", "图1 现场", "——副题", "目录"),
        *(
            "第一篇：甲",
            "案例二：乙",
            "近年来，某县坚持创新，取得成效。",
            "（附件）",
            "# 标题",
            "1.1 甲乙",
            "”",
            "一、",
            "12",
        ),
    ]
)
TEXTS = st.lists(st.one_of(LINES, st.text("一二（）、。：1 .①甲乙是第", max_size=12)), max_size=30)


def characters(text: str) -> Counter[str]:
    """The characters of a text without white space."""
    return Counter("".join(text.split()))


@given(TEXTS)
def test_every_character_is_kept(lines: list[str]) -> None:
    """Only the prefix of a part, the hashes of Markdown and contents lines may be missing."""
    text = "\n".join(line for line in lines if not line.startswith(("#", "第", "案", "目", "【")))
    write_ups = structure(text)
    kept = "".join((b.heading or "") + b.text for w in write_ups for b in w.blocks)
    assert not characters(kept) - characters(text)
    if len(write_ups) == 1 and "目录" not in text:
        assert characters(kept) == characters(text)


@given(TEXTS)
def test_levels_and_reasons(lines: list[str]) -> None:
    """A block is at most one level deeper than the one before and has one decision."""
    for write_up in structure("\n".join(lines)):
        levels = [block.level for block in write_up.blocks]
        assert levels[0] == 1 and min(levels[1:], default=2) >= 2
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert [d.role for d in write_up.decisions] == [b.role for b in write_up.blocks]

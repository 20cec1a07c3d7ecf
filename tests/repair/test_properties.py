"""Properties that hold for any text: steps are reversible, repair is idempotent."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from damage import DAMAGES, shifted
from hypothesis import given
from hypothesis import strategies as st

from casebook.repair import replay, undo
from casebook.repair.edits import Draft, Edit
from effort import examples
from plain import repair

CLEAN = (
    "各级党组织要把抓好党建作为最大的政绩，推动党建与业务工作深度融合。",
    "近年来，某区围绕中心、服务大局，建立健全考核评价机制，群众满意度提高15.4%。",
    "（一）思想认识有偏差。有的单位“重业务、轻党建”，责任落实不到位；",
    "开展“我为群众办实事”活动——走进社区、走进企业。",
)
DAMAGED = (
    "機關(guān)黨建與業(yè)務(wù)工作,結(jié)合不實",
    "dang建工作,年终dang建考核!",
    "“抓在平常、融在日?!钡年P(guān)鍵",
    "黨\u200b員\u00a0幹部\r\n",
    "第二篇:基层治理工作建议\n基层治理工作建议\n",
    "锟斤拷锟斤拷\ufffd",
    "“從我做起來吧—只為成功找方法”",
    "??!! (a,b) f(x) 9:30 https://a.cn/?!",
    "详见\x13 REF a \x14表\x13 SEQ 表 \x142\x15\x15。\n— 3 —\n",
    "\n[图片]\n![](media/a.png)\n<!-- a --><o:p></o:p>\n",
    "\n某市经验汇编 7\n某市经验汇编 8\n?\n",
    "\n打印\n收藏\n【\n关闭\nØ  加强\n.a p{margin:0}\n",
)
PIECES = st.lists(st.sampled_from(CLEAN + DAMAGED) | st.text(max_size=6), max_size=10)


@examples(60)
@given(PIECES)
def test_steps_replay_and_undo(pieces: list[str]) -> None:
    """On any mixture of clean, damaged and random text, steps lead there and back."""
    source = "".join(pieces)
    repaired = repair(source)
    assert replay(source, repaired.steps) == repaired.text
    assert undo(repaired.text, repaired.steps) == source


@examples(60)
@given(PIECES)
def test_steps_are_sorted_and_apart(pieces: list[str]) -> None:
    """Steps never overlap, change something, and name their rules in the order of the table."""
    source = "".join(pieces)
    steps = repair(source).steps
    assert all(first.end <= second.start for first, second in pairwise(steps))
    assert all(step.before == source[step.start : step.end] != step.after for step in steps)
    assert all(step.rule == step.rules[0] for step in steps)


@examples(60)
@given(PIECES)
def test_repair_is_idempotent(pieces: list[str]) -> None:
    """Repairing a repaired text changes nothing."""
    text = repair("".join(pieces)).text
    assert repair(text).text == text


TEXTS = st.lists(st.sampled_from(CLEAN), min_size=1, max_size=4).map("\n".join)


@examples(60)
@given(TEXTS, st.lists(st.sampled_from(DAMAGES), max_size=3))
def test_any_damage_is_repaired_reversibly(text: str, damages: list[Callable[[str], str]]) -> None:
    """Whatever a text went through, its repair can be replayed, undone, and repeated in vain."""
    for damage in damages:
        text = damage(text)
    repaired = repair(text)
    assert replay(text, repaired.steps) == repaired.text
    assert undo(repaired.text, repaired.steps) == text
    assert repair(repaired.text).text == repaired.text


UNREADABLE = {
    ("shifted", 0): (CLEAN[0].replace("。", "\ufffd"), ["\ufffd"]),
    ("shifted", 1): (CLEAN[1].replace("。", "\ufffd"), ["\ufffd"]),
    ("shifted", 2): (shifted(CLEAN[2]), ["\ue0ef", "\ufffd"]),
    ("shifted", 3): (CLEAN[3].replace("。", "\ufffd"), ["\ufffd"]),
    ("utf8_as_gbk", 0): (CLEAN[0], ["囪?佹", "鏈?"]),
    ("utf8_as_gbk", 1): (CLEAN[1], ["涓?"]),
    ("utf8_as_cp1252", 1): (CLEAN[1], ["æŸ"]),
    ("utf8_as_cp1252", 2): (CLEAN[2].replace("重", "é‡"), ["å", "é‡"]),
}
"""What remains of a clean text (by its place) where a damage took bytes away, and its flags."""


@pytest.mark.parametrize("place", range(len(CLEAN)))
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_single_damage_is_undone_or_flagged(damage: Callable[[str], str], place: int) -> None:
    """A text that was damaged in one way is restored, but for what is flagged and listed here."""
    whole: tuple[str, list[str]] = (CLEAN[place], [])
    repaired = repair(damage(CLEAN[place]))
    found = "".join(repaired.text.split()), [flag.text for flag in repaired.flags]
    assert found == UNREADABLE.get((damage.__name__, place), whole)


@given(st.text(alphabet="甲乙丙丁戊\n", max_size=30), st.integers(0, 10_000))
def test_rules_in_turn_compose(source: str, seed: int) -> None:
    """Whatever edits several rules make one after the other, the steps lead there and back."""
    chance = random.Random(seed)
    draft = Draft(source)
    for rule in ("a", "b", "c", "d"):
        draft.apply(rule, _random_edits(draft.text, chance))
    assert replay(source, draft.steps()) == draft.text
    assert undo(draft.text, draft.steps()) == source


def _random_edits(text: str, chance: random.Random) -> list[Edit]:
    edits, position = [], 0
    while position <= len(text):
        start = position + chance.randrange(4)
        end = min(len(text), start + chance.randrange(4))
        if start > len(text):
            break
        edits.append(Edit(start, end, "x" * chance.randrange(3)))
        position = end + 1
    return edits

"""Merging cases: nothing lost, nothing twice, and undone exactly."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.library import casefile
from casebook.library.merging import lost_sentences, merge, unmerge
from casebook.model import Block, Case, SourceRef, VariantRef
from effort import examples

SECTIONS = {
    "背景": "老旧小区设施老化、管理缺位、邻里矛盾多，是城市基层治理的难点。",
    "做法": "推行板凳议事会，每周三晚召集居民、物业坐在一起，围绕停车、加装电梯等难题协商对策。",
    "成效": "辖区小区物业费收缴率由六成上升到九成，投诉量下降了一半，居民满意度明显提高。",
    "启示": "关键在于把组织建到群众家门口，难点在于让居民从旁观者变成参与者。",
    "建议": "应当建立街道、社区、小区三级联动机制，把小区治理经费列入年度预算。",
}
ITEMS = (
    "选派机关干部担任小区党建指导员，发动退休党员担任楼栋长。",
    "建立需求、资源、项目三张清单，组织在职党员到小区报到。",
    "引导物业企业成立党支部，把服务质量与评先评优挂钩。",
    "食堂每天清晨五点开火，厨师长亲自把关采购。",
)


def _case(case_id: str, *blocks: Block, part: int = 1) -> Case:
    source = SourceRef("来稿.txt", "0" * 64, part)
    lead = Block(1, "红色管家", "background", f"导语属于{case_id}。")
    return Case(case_id, "红色管家", (lead, *blocks), sources=(source,))


def _section(name: str, anchor: str = "") -> Block:
    return Block(2, f"一、{name}", "practice", SECTIONS[name], anchor)


def _item(place: int) -> Block:
    return Block(3, None, "practice", ITEMS[place])


@st.composite
def _cases(draw: st.DrawFn, case_id: str, part: int) -> Case:
    """A case of some sections in some order, each with some items, partly reworded."""
    names = draw(st.lists(st.sampled_from(sorted(SECTIONS)), unique=True, max_size=5))
    blocks: list[Block] = []
    items = draw(st.permutations(range(len(ITEMS))))
    for name in names:
        section = _section(name, draw(st.sampled_from(["", f"k{names.index(name)}aa"])))
        blocks.append(replace(section, text=draw(st.sampled_from([section.text, ""]))))
        count = draw(st.integers(0, 2))
        blocks += [_item(place) for place in items[:count]]
        items = items[count:]
    extra = draw(st.sampled_from(["", "另补一句，这是只有本篇才有的话。"]))
    if blocks and extra:
        blocks[-1] = replace(blocks[-1], text=blocks[-1].text + extra)
    return _case(case_id, *blocks, part=part)


@given(_cases("canonical", 1), _cases("variant", 2), _cases("third", 3))
@examples(150)
def test_nothing_is_lost_and_all_can_be_undone(canonical: Case, variant: Case, third: Case) -> None:
    """Every sentence stays; merging again changes nothing; undoing gives the case as it was."""
    merged = merge(canonical, variant, "near")
    written = casefile.parse(casefile.dump(merged))
    assert lost_sentences([canonical, variant], [written, variant]) == []
    assert merge(merged, variant, "near") == merged
    assert unmerge(merged, variant) == canonical
    both = merge(merged, third, "revision")
    assert unmerge(unmerge(both, third), variant) == canonical
    assert unmerge(both, variant) == replace(
        unmerge(both, variant), sources=(*canonical.sources, *third.sources)
    )


@given(_cases("canonical", 1), _cases("variant", 2))
@examples(150)
def test_the_merged_case_is_well_formed(canonical: Case, variant: Case) -> None:
    """No level is skipped, anchors are unique, the canonical blocks stand unchanged in order."""
    merged = merge(canonical, variant, "near")
    levels = [block.level for block in merged.blocks]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    anchors = [block.anchor for block in merged.blocks if block.anchor]
    assert len(anchors) == len(set(anchors))
    assert tuple(block for block in merged.blocks if not block.source) == canonical.blocks
    for before, after in pairwise(merged.blocks):
        if after.level == 3 and not after.source:  # an item of the case keeps its section
            assert before.level >= 2


def test_a_section_comes_behind_what_precedes_it() -> None:
    """The variant's third section follows its second, and all items under that."""
    own = _case("c", _section("背景"), _section("做法"), _item(0), _section("启示"))
    variant = _case("v", _section("背景"), _section("做法"), _section("成效"), _item(1))
    merged = merge(own, variant, "near")
    assert [block.heading or block.text for block in merged.blocks[1:]] == [
        *("一、背景", "一、做法", ITEMS[0], "一、成效", ITEMS[1], "一、启示"),
    ]
    assert [block.source for block in merged.blocks[1:]] == ["", "", "", "v", "v", ""]
    assert merged.blocks[4].anchor


def test_an_item_joins_its_section() -> None:
    """A new item stands in the section that both have, after the item before it."""
    own = _case("c", _section("做法"), _item(0), _item(1), _section("启示"))
    merged = merge(own, _case("v", _section("做法"), _item(0), _item(3)), "near")
    assert [block.source for block in merged.blocks] == ["", "", "", "v", "", ""]


def test_no_level_is_skipped() -> None:
    """What stands two levels below its neighbor in the case comes in one level below it."""
    own = _case("c", _section("背景"), replace(_item(0), level=2))
    variant = _case("v", _section("背景"), _item(0), replace(_item(3), level=4))
    assert [block.level for block in merge(own, variant, "near").blocks] == [1, 2, 2, 3]


def test_a_reworded_section_is_not_added() -> None:
    """What both say in other words stays as the canonical text has it."""
    section = _section("做法")
    reworded = replace(section, text=section.text.replace("每周三晚", "每周一次").replace("等", ""))
    merged = merge(_case("c", section), _case("v", reworded), "near")
    assert [block.text for block in merged.blocks] == ["导语属于c。", section.text]


@pytest.mark.parametrize(
    ("place", "count"), [("做法", 2), ("背景", 3)], ids=["a part is the same", "nothing is"]
)
def test_a_section_of_one_heading_is_one_section(place: str, count: int) -> None:
    """If half of it is new it stays one, without a second heading; another text comes in."""
    own = Block(2, "二、主要做法", "practice", SECTIONS["做法"] + SECTIONS["成效"])
    other = Block(2, "三、主要做法", "practice", SECTIONS[place] + SECTIONS["启示"])
    assert len(merge(_case("c", own), _case("v", other), "near").blocks) == count


def test_a_bare_heading_comes_only_with_something_new() -> None:
    """A section heading of the variant whose items the case has under another one is no news."""
    own = _case("c", _section("做法"), _item(0), _item(1))
    heading = Block(2, "二、具体举措", "practice")
    assert len(merge(own, _case("v", heading, _item(0)), "near").blocks) == len(own.blocks)
    added = merge(own, _case("v", heading, _item(3)), "near").blocks[-2:]
    assert [block.heading for block in added] == ["二、具体举措", None]


def test_variants_and_sources_of_a_variant_come_along() -> None:
    """What was merged into the variant before is a variant of the case now."""
    inner = merge(_case("v", _section("做法")), _case("w", _section("成效"), part=2), "contains")
    own = _case("c", _section("背景"), part=3)
    merged = merge(own, inner, "near")
    assert merged.variants == (VariantRef("v", "near"), VariantRef("w", "contains"))
    assert [source.part for source in merged.sources] == [3, 1, 2]
    assert [block.source for block in merged.blocks] == ["", "", "v", "w"]
    assert unmerge(merged, inner) == own


def test_what_people_edited_since_the_merge_stays() -> None:
    """Words or marks that they changed in a block taken over: it is the case's own now."""
    own = _case("c", _section("做法"))
    variant = _case("v", _section("做法"), _section("成效"), _item(3))
    merged = merge(own, variant, "near")
    first, second = merged.blocks[-2:]
    blocks = (*merged.blocks[:-2], replace(first, role="lesson"), replace(second, text="改写过。"))
    undone = unmerge(replace(merged, title="新题目", blocks=blocks), variant)
    assert undone.title == "新题目"
    kept = replace(first, role="lesson", source=""), replace(second, text="改写过。", source="")
    assert undone.blocks == (*own.blocks, *kept)


def test_a_source_that_both_have_stays() -> None:
    """Undoing takes away one mention of each source, the case's own remains."""
    own, variant = _case("c", _section("背景")), _case("v", _section("背景"))
    assert unmerge(merge(own, variant, "identical"), variant) == own


@pytest.mark.parametrize("kept", [[], ["canonical"]])
def test_a_lost_sentence_is_noticed(kept: list[str]) -> None:
    """The guard names sentences that stand in none of the kept cases."""
    canonical, variant = _case("canonical", _section("背景")), _case("variant", _section("做法"))
    held = [case for case in (canonical, variant) if case.id in kept]
    lost = lost_sentences([canonical, variant], held)
    assert SECTIONS["做法"] in lost
    assert (SECTIONS["背景"] in lost) is (kept == [])


def test_the_guard_does_not_mind_markdown_or_script() -> None:
    """Escapes, emphasis, width and script do not make a sentence a lost one."""
    plain = _case("c", Block(2, "做法", "", "*1568*件,按期答復率為99.2%.XX市"))
    kept = _case("c", Block(2, "做法", "", "1568件，按期答复率为９９.２％。\\*\\*市"))
    assert lost_sentences([plain], [kept]) == []

"""What only a variant says is shown at its place: no clause and no figure is lost by a merge."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.library import markup
from casebook.library.identity import with_anchors
from casebook.library.merging import merge, unmerge
from casebook.library.outline_numbers import strip_outline_number
from casebook.library.variant_notes import HEADING, find_variant_notes, split_paragraphs
from casebook.model import Block, Case
from effort import examples

CLAUSE = re.compile(r"[^，。；！？：\n]+")
OPENING = "街道牵头建立收运点，与园林公司签订协议，将枝叶粉碎后还田。"
CLOSING = "经过一年运行，投诉下降七成。居民满意度由六成上升到八成。"


def _case(case_id: str, *texts: str, heading: str = "三、工作成效") -> Case:
    """A case with a lead and one section; its paragraphs are the texts."""
    section = Block(2, heading, "outcome", markup.from_plain("\n".join(texts)))
    blocks = with_anchors((Block(1, "处置垃圾", "", "导语。"), section))
    return Case(case_id, "处置垃圾", blocks)


@pytest.mark.parametrize(
    ("case", "variant", "text", "marked"),
    [
        (CLOSING, CLOSING.replace("七成。", "七成，成本每吨降四角二分。"),
         "经过一年运行，投诉下降七成，成本每吨降四角二分。", ["成本每吨降四角二分"]),
        (CLOSING, CLOSING.replace("八成", "九成"), "居民满意度由六成上升到九成。", ["九"]),
        ("费用为15.4万元。" + OPENING, "费用为5.4万元。" + OPENING, "费用为5.4万元。", [""]),
        ("涉及1,280户。" + OPENING, "涉及280户。" + OPENING, "涉及280户。", [""]),
        ("投诉下降七成以上。" + OPENING, "投诉下降七成。" + OPENING, "投诉下降七成。", [""]),
        ("不得占用绿地。" + OPENING, "得占用绿地。" + OPENING, "得占用绿地。", [""]),
        (OPENING, OPENING + "费用由三方分担。", "费用由三方分担。", ["费用由三方分担"]),
    ],
)  # fmt: skip
def test_the_sentence_that_differs_is_noted_with_what_is_new(
    case: str, variant: str, text: str, marked: list[str]
) -> None:
    """A further clause, another figure, a part of a clause that is missing, a further sentence."""
    (note,) = find_variant_notes(_case("c", case), _case("v", variant))
    assert (note.variant, note.block, note.paragraph, note.text) == ("v", 1, 0, text)
    assert [note.text[start:end] for start, end in note.spans] == marked
    assert note.is_news is (text != "投诉下降七成。")


@pytest.mark.parametrize(
    "variant",
    [
        OPENING + CLOSING,
        OPENING.replace("与园林公司签订协议，", "") + CLOSING,
        OPENING,
        OPENING.replace("，", ",") + CLOSING.replace("七成。", "七成；"),
        CLOSING + OPENING,
    ],
)
def test_what_the_case_says_too_needs_no_note(variant: str) -> None:
    """Equal, shorter by a clause or a sentence, in other marks, or in another order."""
    assert find_variant_notes(_case("c", OPENING + CLOSING), _case("v", variant)) == []


def test_a_further_paragraph_is_noted_after_the_one_before_it() -> None:
    """It is in the paragraph's place of the case, as something added."""
    extra = "另有三个小区正在试点，年底以前完成验收。"
    case, variant = _case("c", OPENING, CLOSING), _case("v", OPENING, extra, CLOSING)
    (note,) = find_variant_notes(case, variant)
    assert (note.block, note.paragraph, note.text, note.added) == (1, 0, extra, True)


def test_another_heading_is_noted_but_not_another_number() -> None:
    """The number belongs to the outline of each text; a figure at the start is no number."""
    case = _case("c", OPENING, heading="三、取得的成效")
    assert find_variant_notes(case, _case("v", OPENING, heading="五、取得的成效")) == []
    (note,) = find_variant_notes(case, _case("v", OPENING, heading="五、取得的明显成效"))
    assert (note.paragraph, note.text, note.is_news) == (HEADING, "取得的明显成效", False)
    assert strip_outline_number("15 个村通了公路") == "15 个村通了公路"
    assert strip_outline_number("三、") == "三、"


def test_what_a_merge_took_over_needs_no_note() -> None:
    """It is in the case, under a heading that lost a number that was taken."""
    own, variant = _case("c", OPENING), _case("v", OPENING)
    lesson = Block(2, "三、经验启示", "lesson", "小事办实，实事办好，居民才会长期参与。")
    variant = Case("v", "处置垃圾", with_anchors((variant.blocks[0], lesson, variant.blocks[1])))
    merged = merge(own, variant, "near")
    assert [block.heading for block in merged.blocks[1:]] == ["经验启示", "三、工作成效"]
    assert find_variant_notes(merged, variant) == []
    assert unmerge(merged, variant) == own


def test_paragraphs_of_markdown_are_counted_as_they_are_rendered() -> None:
    """A list is one part; the note is at the list, wherever it stands in the text."""
    text = f"{OPENING}\n\n- 甲项完成三个\n- 乙项完成五个\n\n{CLOSING}"
    assert len(split_paragraphs(text)) == 3
    case = Case("c", "题", (Block(1, "题", "", ""), Block(2, "成效", "", text, "k1")))
    other = Case("v", "题", (case.blocks[0], Block(2, "成效", "", text.replace("五个", "六个"))))
    (note,) = find_variant_notes(case, other)
    assert (note.paragraph, note.text) == (1, "乙项完成六个")


SUBJECTS = ("街道", "社区", "物业公司", "居民代表", "党支部", "网格员")
VERBS = ("建立了", "梳理出", "协调解决", "公开了", "压缩了")
OBJECTS = ("问题清单", "收运点", "办事流程", "管护成本", "停车泊位")
FIGURES = ("", "三成", "四角二分", "15.4%", "1,280件", "二十六个")

clauses = st.builds("".join, st.tuples(*map(st.sampled_from, (SUBJECTS, VERBS, OBJECTS, FIGURES))))
sentences = st.builds(
    lambda parts, end: "，".join(parts) + end,
    st.lists(clauses, min_size=1, max_size=3),
    st.sampled_from("。；！"),
)
paragraphs = st.lists(sentences, min_size=1, max_size=4).map("".join)


@st.composite
def _edited(draw: st.DrawFn, text: str) -> str:
    """The text after a few edits of clauses, of characters, or of the order of its sentences."""
    for _ in range(draw(st.integers(0, 3))):
        parts = re.findall(r"[^，。；！]+[，。；！]", text)
        place = draw(st.integers(0, len(parts) - 1))
        at = draw(st.integers(0, len(parts[place]) - 2))
        kept = parts[place][:at], parts[place][at:]
        edits = ("", draw(clauses) + "，" + parts[place], kept[0] + "不" + kept[1])
        parts[place] = draw(st.sampled_from((*edits, kept[0] + kept[1][1:])))
        text = "".join(draw(st.permutations(parts)) if draw(st.booleans()) else parts)
        text = text if CLAUSE.search(text) else "已经删去。"
    return text


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[Case, Case]:
    """A case, and a variant with edited paragraphs, sections of its own and other numbers."""
    texts = draw(st.lists(paragraphs, min_size=1, max_size=5))
    other = [draw(_edited(text)) for text in texts]
    other.insert(draw(st.integers(0, len(other))), draw(paragraphs))
    cases = []
    for case_id, held in (("c", texts), ("v", other)):
        blocks = [Block(1, "题目", "", markup.from_plain(held[0]))]
        for number, text in zip("一二三四五六七", held[1:], strict=False):
            heading = f"{number}、{draw(clauses)}"
            blocks.append(Block(2, heading, "practice", markup.from_plain(text)))
        cases.append(Case(case_id, "题目", with_anchors(blocks)))
    return cases[0], cases[1]


def _clauses(case: Case) -> Iterator[str]:
    for block in case.blocks:
        heading = strip_outline_number(block.heading or "") if block.level > 1 else ""
        for text in (heading, markup.to_plain(block.text)):
            yield from map(fold_for_comparison, CLAUSE.findall(text))


@given(_pairs())
@examples(150)
def test_no_clause_and_no_figure_is_lost(pair: tuple[Case, Case]) -> None:
    """Each clause of the variant is in the merged case or in a note; undoing gives the case."""
    case, variant = pair
    merged = merge(case, variant, "near")
    notes = find_variant_notes(merged, variant)
    noted = [fold_for_comparison(c) for note in notes for c in CLAUSE.findall(note.text)]
    assert set(_clauses(variant)) - {*_clauses(merged), *noted, ""} == set()
    assert unmerge(merged, variant) == case
    for note in notes:
        assert note.paragraph < len(split_paragraphs(merged.blocks[note.block].text))
        assert all(0 <= start <= end <= len(note.text) + 1 for start, end in note.spans)

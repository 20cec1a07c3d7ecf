"""Likeness and differences of two texts."""

from __future__ import annotations

import random
import re

import pytest
from comparing import compare
from hypothesis import given
from hypothesis import strategies as st

from casebook.dedupe.alignment import align_texts
from casebook.dedupe.differences import find_changed_spans, find_differences
from casebook.dedupe.pieces import PreparedText
from effort import cpu_limit, examples

PARAGRAPHS = [
    "老旧小区设施老化、管理缺位、邻里矛盾多，是城市基层治理的难点。",
    "一、建强组织体系",
    "选派机关干部担任小区党建指导员，发动退休党员担任楼栋长，做到事事有人问、件件有着落。",
    "推行板凳议事会，每周三晚召集居民、物业坐在一起，围绕停车、加装电梯等难题协商对策。",
    "建立需求、资源、项目三张清单，组织在职党员到小区报到，开展义诊、助餐、维修等志愿服务。",
]
TEXT = "\n".join(PARAGRAPHS)


def test_an_equal_text_is_wholly_alike() -> None:
    """Punctuation and space make no difference."""
    found = compare(TEXT, TEXT.replace("，", ", ").replace("。", "."))
    assert (found.similarity, found.containment) == (100, 100)


def test_strangers_contain_nothing() -> None:
    """Texts without common paragraphs have containment 0, though an Indel ratio is never 0."""
    found = compare(
        TEXT, "食堂每天清晨五点开火，厨师长亲自把关采购，当天的菜当天用完。\n菜品每月更新。"
    )
    assert found.containment == 0


def test_a_part_is_contained_in_the_whole() -> None:
    """Whichever comes first, containment speaks of the shorter text."""
    part = "\n".join(PARAGRAPHS[:3])
    for a, b in ((part, TEXT), (TEXT, part)):
        found = compare(a, b)
        assert found.containment == 100
        assert found.similarity < 80
    assert compare(part, TEXT).b_in_a < 60


def test_order_does_not_matter_to_containment() -> None:
    """Paragraphs in another order: similarity falls, containment does not."""
    found = compare(TEXT, "\n".join(PARAGRAPHS[::-1]))
    assert found.containment == 100
    assert found.similarity < 80


def test_paragraphs_glued_together_are_found() -> None:
    """A text that lost all its line breaks and has a new sentence in between still contains it."""
    glued = "".join([*PARAGRAPHS[3:], "新增了一句完全不同的话放在这里。", *PARAGRAPHS[:3]])
    assert compare(TEXT, glued).a_in_b > 95


def test_an_alignment_has_every_paragraph_once() -> None:
    """In the order of the first text; what only the second has follows its neighbor."""
    other = [*PARAGRAPHS[:2], "新的一段，讲的是另一件事情。", *PARAGRAPHS[3:]]
    found = align_texts(PreparedText.of(TEXT), PreparedText.of("\n".join(other)))
    kinds = [passage.kind for passage in found]
    assert kinds == ["common", "common", "only-b", "only-a", "common", "common"]
    assert [p.a.text for p in found if p.a] == PARAGRAPHS
    assert sorted(p.b.text for p in found if p.b) == sorted(other)


def test_a_renumbered_heading_is_the_same_heading() -> None:
    """It is too short to share grams, but between the same neighbors."""
    with_heading = TEXT.replace("一、建强组织体系", "七、附则")
    found = find_differences(with_heading, with_heading.replace("七、附则", "八、附则"))
    assert [(d.kind, d.a_text, d.b_text) for d in found] == [("changed", "七、附则", "八、附则")]


def test_a_text_differs_nowhere_from_itself() -> None:
    """No differences, also where only punctuation differs."""
    assert find_differences(TEXT, TEXT.replace("、", "，")) == []


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("全年受理1568件。", "全年受理1702件。", [("568", "702")]),
        ("在临沂市召开，会期两天", "在台州市召开，会期三天", [("临沂", "台州"), ("两", "三")]),
        ("党员主动认领", "党员认领", [("主动", "")]),
        ("党员认领", "党员主动认领", [("", "主动")]),
        ("關於黨建", "关于党务", [("建", "务")]),
    ],
)
def test_changed_parts_are_shown_as_written(
    a: str, b: str, expected: list[tuple[str, str]]
) -> None:
    """Spans are places in the paragraphs as written, each with its counterpart."""
    found = find_changed_spans(a, b)
    assert [(a[x[0] : x[1]], b[y[0] : y[1]]) for x, y in found] == expected


def test_paragraphs_too_long_for_an_edit_script(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are shown as one change between what is equal at both ends."""
    a, b = "开头甲，中间的一段话，乙结尾", "开头丙，中间的一段话，丁结尾"
    assert find_changed_spans(a, b) == [((2, 3), (2, 3)), ((11, 12), (11, 12))]
    monkeypatch.setattr("casebook.dedupe.differences._LONGEST_SCRIPT_PRODUCT", 10)
    assert find_changed_spans(a, b) == [((2, 12), (2, 12))]


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=8), st.data())
@examples(60)
def test_comparing_is_symmetric(lines: list[str], data: st.DataObject) -> None:
    """Exchanging the texts exchanges the two directions and nothing else."""
    other = data.draw(st.permutations(lines))
    a, b = "\n".join(lines), "\n".join(other[: max(1, len(other) - 1)])
    one, two = compare(a, b), compare(b, a)
    assert one.similarity == pytest.approx(two.similarity)
    assert one.a_in_b == pytest.approx(two.b_in_a)
    assert 0 <= one.containment <= 100.0001


@given(st.text(st.sampled_from("甲乙丙丁，。\nX1２"), max_size=80), st.text(max_size=40))
@examples(100)
def test_any_texts_can_be_compared(a: str, b: str) -> None:
    """Empty, odd or tiny texts give scores within bounds and spans within the paragraphs."""
    found = compare(a, b)
    assert 0 <= found.similarity <= 100
    for difference in find_differences(a, b):
        assert all(0 <= s <= e <= len(difference.a_text) for s, e in difference.a_spans)
        assert all(0 <= s <= e <= len(difference.b_text) for s, e in difference.b_spans)


def test_long_documents_do_not_take_quadratic_time() -> None:
    """4,000 paragraphs in another order against each other: every one is found, in seconds."""
    rng = random.Random(1)
    lines = [
        "".join(rng.choices("人民政府党建工作机关业务服务群众治理", k=40)) for _ in range(4000)
    ]
    with cpu_limit(60):
        assert compare("\n".join(lines), "\n".join(rng.sample(lines, 4000))).containment > 99.9
        assert find_differences("甲" * 400_000 + "乙", "丙" + "甲" * 399_000) != []


def test_a_text_without_any_punctuation_contains_its_parts() -> None:
    """One long run of characters is cut where it answers to other paragraphs."""
    rng = random.Random(1)
    lines = ["".join(rng.choices("".join(PARAGRAPHS), k=150)) for _ in range(8)]
    run = re.sub(r"\W", "", "".join(lines))
    assert compare(run, "\n".join(lines[2:5])).containment > 90
    assert compare(run, "\n".join(lines[5:] + lines[:4])).containment > 90

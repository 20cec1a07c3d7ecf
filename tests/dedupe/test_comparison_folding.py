"""Folding for comparison: what becomes equal, what does not, and the positions of characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.dedupe.comparison_folding import (
    fold_each,
    fold_for_comparison,
    fold_lines,
    fold_with_positions,
    sketch_codes,
)
from effort import cpu_limit

TEXTS = st.text(
    st.one_of(st.sampled_from("党建X××某〇1２.．⑩㎡關关，。 \n\tａB—*"), st.characters()),
    max_size=60,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("党建，引领。", "党建 引领"),
        ("關於機關黨建", "关于机关党建"),
        ("ＰＤＣＡ循环２０２３", "pdca循环2023"),
        ("XX市", "×市"),
        ("某某县", "＊＊县"),
        ("二〇二三年", "二○二三年"),
        ("面积⑩㎡", "面积10m2"),
        ("１５．４％", "15.4%"),
        ("1,568件", "1568件"),
    ],
)
def test_what_a_reader_calls_the_same_is_equal(one: str, other: str) -> None:
    """Width, script, punctuation, space and the shape of a placeholder do not count."""
    assert fold_for_comparison(one) == fold_for_comparison(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("15.4%", "154%"), ("第3期", "第4期"), ("X市", "Y市"), ("做法", "作法")]
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    """Numbers keep their decimal points; only X is a placeholder, other letters are not."""
    assert fold_for_comparison(one) != fold_for_comparison(other)


def test_a_list_number_has_no_decimal_point() -> None:
    """1.党建 and 1、党建 are the same; a point counts only between digits."""
    assert fold_for_comparison("1.党建") == fold_for_comparison("1、党建")


@given(TEXTS)
def test_positions_lead_back_to_the_text(text: str) -> None:
    """Each folded character is what the character at its position folds to, in order."""
    folded, origin = fold_with_positions(text)
    assert folded == fold_for_comparison(text)
    assert len(origin) == len(folded)
    assert origin == sorted(origin)
    for character, place in zip(folded, origin, strict=True):
        assert character in fold_for_comparison(text[place]) or character == "."


@given(TEXTS)
def test_lines_stay_lines(text: str) -> None:
    """Folding by lines gives as many lines as there are."""
    assert len(fold_lines(text)) == len(text.split("\n"))


def test_a_sketch_does_not_see_figures() -> None:
    """Numbers of any length are one zero, so that a yearly template finds its like."""
    assert (
        sketch_codes(fold_for_comparison("增长15.4%"))
        == sketch_codes(fold_for_comparison("增长8%"))
    ).all()


def test_folding_is_linear() -> None:
    """A million characters of any kind are folded in bounded time."""
    for text in ("党" * 10**6, "⑩" * 10**6, "\n" * 10**6, "X" * 10**6):
        with cpu_limit(10):
            fold_for_comparison(text)


@given(st.lists(TEXTS, max_size=5))
def test_many_texts_at_once_fold_as_each_does(texts: list[str]) -> None:
    """Neither a line break in a text nor the texts around it change the result."""
    assert list(fold_each(texts)) == [fold_for_comparison(text) for text in texts]

"""Titles, levels and write-ups of short texts, each of one kind that went wrong once.

`tests/data/structure/kinds/outlines.txt` holds them: `@ name` begins a text, `⟦1⟧…⟧` is a title,
and `⟦2⟧…⟧` a heading of that level. `⟦0⟧⟧` says that there is no title. A line without marks is
text, so a heading that is found in it fails the test.
"""

from __future__ import annotations

import pytest

from plain import structure
from structure_golden import Outline, find_outline, read_kinds

CASES = list(read_kinds())
TEXTS = {name: text for name, text, _ in CASES}


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_outline_of_a_kind(name: str, text: str, expected: Outline) -> None:
    """The titles and headings that a careful editor would mark, and no others."""
    assert find_outline(text) == expected, name


def test_roles_of_an_annex_and_of_free_headings_within_a_frame() -> None:
    """An annex has none; a heading that ends with 分析 within 案例做法 is a practice."""

    def roles(name: str) -> dict[str | None, str]:
        return {block.heading: block.role for block in structure(TEXTS[name])[0].blocks}

    assert roles("an annex of lists")["附件1"] == ""
    assert roles("an annex of lists")["一、村级工程建设类"] == ""
    assert roles("a frame of 案例, empty headings inside")["上游报道分析"] == "practice"


def test_keywords_have_no_role_and_items_keep_that_of_their_section() -> None:
    """关键词 is no outcome; an item of a lesson stays a lesson, whatever its text tells."""
    tale = "镇里逐户走访，建立清单制度，开展培训，组织党员带头，解决了二百一十件诉求。"
    text = (
        f"某社区的邻里食堂\n案例概述\n{tale}\n关键词\n养老；食堂；邻里互助\n主要做法\n{tale}\n"
        f"写在后面\n1.办小事要用心。\n实践证明，办小事要用心。启示我们，{tale}\n2.办实事要用力。\n{tale}"
    )
    roles = {block.heading: block.role for block in structure(text)[0].blocks}
    assert roles["关键词"] == ""
    assert roles["2.办实事要用力。"] == roles["写在后面"] == "lesson"


def test_a_text_without_a_title_says_so() -> None:
    """案例概述 is the name of a section; where it comes first, the title is missing."""
    write_up = structure(
        "案例概述\n某社区办起食堂，老人吃上了热饭。\n案例做法\n居民轮流帮厨，账目每月公布。"
    )[0]
    assert write_up.title == ""
    assert [doubt.rule for doubt in write_up.doubts] == ["no-title"]

"""Lines keep what their form said of them through repair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.model import Line, LineFacts, join_lines, plain_lines
from casebook.repair import repair

TITLE, BODY, TABLE = LineFacts(bold=True), LineFacts(page=2), LineFacts(cell=(1, 1, 1))

FIRST = "近年来，我们始终把基层治理作为重点工作来抓，不断完善制度建设，推动各项工"
SECOND = "作落到实处，群众的满意度逐年提高，取得了明显的成效。"


def test_a_break_that_ends_a_paragraph_is_never_joined() -> None:
    """The same lines are joined where the form says nothing of their ends."""
    paragraphs = [FIRST, FIRST.replace("近年来", "一直以"), SECOND]
    loose = repair([Line(text) for text in paragraphs])
    assert loose.text.count("\n") < 2
    assert repair([Line(text, certain_end=True) for text in paragraphs]).steps == ()


def test_facts_follow_their_lines() -> None:
    """Removed lines take their facts along; the others keep theirs, repaired or not."""
    lines = [
        Line("基层治理经验材料", True, TITLE),
        Line("— 3 —", False, BODY),
        Line("提高认识,统一思想。", False, BODY),
        Line("目标", True, TABLE),
    ]
    repaired = repair(lines)
    assert repaired.lines == (
        Line("基层治理经验材料", True, TITLE),
        Line("提高认识，统一思想。", False, BODY),
        Line("目标", True, TABLE),
    )


def test_a_joined_line_has_the_facts_of_its_first() -> None:
    """What two lines become begins where the first one begins, and ends where the last does."""
    lines = [Line(FIRST, False, BODY), Line(SECOND, True, TABLE)]
    assert repair(lines).lines == (Line(FIRST + SECOND, True, BODY),)


@pytest.mark.parametrize("certain_end", [True, False])
def test_a_text_without_damage_keeps_its_lines(certain_end: bool) -> None:
    """Text, ends and facts, to the last line."""
    lines = [Line("基层治理经验材料", True, TITLE), Line("提高认识。", certain_end, BODY)]
    assert repair(lines).lines == tuple(lines)


@given(st.lists(st.text("经验材料,。1 \r?", max_size=12), min_size=1, max_size=6), st.booleans())
def test_lines_are_those_of_the_text(texts: list[str], ends: bool) -> None:
    """Whatever is repaired, lines and text say the same, and facts keep their order."""
    lines = [Line(text, ends, LineFacts(paragraph=n)) for n, text in enumerate(texts, 1)]
    repaired = repair(lines)
    assert join_lines(repaired.lines) == repaired.text
    paragraphs = [line.facts.paragraph for line in repaired.lines]
    assert paragraphs == sorted(paragraphs)


@pytest.mark.parametrize("text", ["", "\n", "甲\n\n乙\n", "甲\r\n乙"])
def test_plain_lines_make_their_text(text: str) -> None:
    """A text file is its lines joined by line feeds, to the last character."""
    assert join_lines(plain_lines(text)) == text

"""Nothing that a contributor writes reaches a terminal or a log as anything but text."""

from __future__ import annotations

import doctest
import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.runtime import cli, visible_text
from casebook.runtime.visible_text import reveal_invisible, reveal_line

WILD = st.text(st.one_of(st.characters(), st.sampled_from(":#[]\n\x1b\u202e\udcbe 一")))


def test_examples_in_the_docstrings_hold() -> None:
    """What the module shows is what it does."""
    result = doctest.testmod(visible_text)
    assert result.attempted and not result.failed


@given(WILD)
def test_a_line_stays_one_line_without_control_characters(text: str) -> None:
    """Whatever it holds: no category C, no line end, and nothing that GitHub Actions obeys."""
    shown = reveal_line(text)
    categories = {unicodedata.category(character) for character in shown}
    assert not {kind for kind in categories if kind[0] == "C" or kind in ("Zl", "Zp")}
    assert not shown.strip().startswith("::") and "##[" not in shown


@pytest.mark.parametrize("line", ["a.md:3:1: 错误 [x] “甲　乙”。", "a::b", "# 标题", "##  [链接]"])
def test_an_ordinary_line_stays(line: str) -> None:
    """Wide spaces, colons within a line and headings are no commands."""
    assert reveal_line(line) == line


def test_names_show_every_space_but_the_plain_one() -> None:
    """A wide space in a name looks like a plain one."""
    assert reveal_invisible("甲　乙 丙") == "甲<U+3000>乙 丙"


@given(WILD)
def test_json_says_the_same_with_nothing_unseen(text: str) -> None:
    """Escapes only: what reads the output gets the text as it was."""
    made: list[str] = []

    class Into:
        def write(self, piece: str) -> None:
            made.append(piece)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", Into())
        cli.print_json({"text": text})
    output = "".join(made)
    assert json.loads(output) == {"text": text}
    kinds = {unicodedata.category(character) for character in output if character != "\n"}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"} and "\u202e" not in output

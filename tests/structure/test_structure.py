"""Write-ups of several dialects, each with the outline a person reads in it."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest

from casebook.model import WriteUp
from effort import is_linear
from plain import repair, structure

GOLDEN = Path(__file__).parents[1] / "data" / "structure"


def outline(write_ups: list[WriteUp]) -> str:
    """Title, kind, region, date, then level, role, heading and length of text of each block."""
    lines = []
    for write_up in write_ups:
        facts = (write_up.title, write_up.kind, write_up.region, write_up.date)
        lines.append(" | ".join(fact or "-" for fact in facts))
        for block in write_up.blocks:
            heading = block.heading or f"（无标题）{block.text[:12]}"
            lines.append(f"  {block.level} {block.role or '-'} | {heading} | {len(block.text)}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_outline(path: Path) -> None:
    """The outline is the golden one; UPDATE_GOLDEN=1 rewrites it, for a person to review."""
    found = outline(structure(repair(path.read_text(encoding="utf-8")).text))
    golden = path.with_suffix(".outline")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_no_word_of_a_write_up_is_lost(path: Path) -> None:
    """Every paragraph of the text after the title is in some block, in order."""
    text = repair(path.read_text(encoding="utf-8")).text
    for write_up in structure(text):
        whole = "".join("".join((b.heading or "") + b.text for b in write_up.blocks).split())
        source = "".join(text[write_up.start : write_up.end].split())
        assert source.endswith(whole)


def test_levels_are_never_skipped() -> None:
    """Whatever the markers, a block is at most one level deeper than the one before."""
    heads = ("（1）甲乙丙", "一、丁戊己", "1.庚辛壬", "①子丑", "二、寅卯辰")
    text = "标题\n" + "".join(f"{head}\n正文。\n" for head in heads)
    levels = [block.level for block in structure(text)[0].blocks]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("text", ["", "\n\n \n"])
def test_nothing_has_no_write_ups(text: str) -> None:
    """An empty text is no write-up."""
    assert structure(text) == []


def _alternating(headings: int) -> str:
    """A title, and headings numbered 一, 二, 一, 二 …, each with a line of text."""
    rows = (f"{'一二'[n % 2]}、重点工作\n抓好落实。\n" for n in range(headings))
    return "标题\n" + "".join(rows)


def test_every_line_that_looks_like_a_heading_is_one() -> None:
    """Each comes out once, with its text."""
    _, *blocks = structure(_alternating(40))[0].blocks
    assert [(b.heading, b.text) for b in blocks] == [
        ("一、重点工作", "抓好落实。"),
        ("二、重点工作", "抓好落实。"),
    ] * 20


def test_thousands_of_heading_like_lines_are_linear() -> None:
    """Twice as many take about twice as long."""
    assert is_linear(lambda size: structure(_alternating(size)), 1000)

"""The real sample: five damaged write-ups, from bytes to roles, against proofread golden files."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook import reading
from casebook.model import WriteUp
from casebook.repair import replay, undo
from frozen import SAMPLE
from plain import repair, structure

GOLDEN = Path(__file__).parent / "data" / "sample"


@pytest.fixture(scope="module")
def source() -> str:
    """The sample as decoded."""
    return reading.read_document(SAMPLE).text


@pytest.fixture(scope="module")
def write_ups(source: str) -> list[WriteUp]:
    """The write-ups of the repaired sample."""
    return structure(repair(source).text)


def test_every_character_is_restored(source: str) -> None:
    """The repaired text is the proofread one, character for character."""
    assert repair(source).text == (GOLDEN / "repaired.txt").read_text(encoding="utf-8")


def test_steps_lead_there_and_back(source: str) -> None:
    """Six thousand steps replay on the source and undo on the text."""
    repaired = repair(source)
    assert replay(source, repaired.steps) == repaired.text
    assert undo(repaired.text, repaired.steps) == source


def test_lost_bytes_are_marked_likely(source: str) -> None:
    """Nothing of a shifted run is certain."""
    steps = [step for step in repair(source).steps if "gbk-byte-shift" in step.rules]
    likely = "".join(step.after for step in steps if step.certainty == "likely")
    assert likely == "。”“只有围绕。“五同”能够促进常”的关"
    assert {step.certainty for step in steps} == {"likely"}


def test_five_write_ups_with_their_outlines(write_ups: list[WriteUp]) -> None:
    """Titles, levels, headings and roles, as read by a person."""
    lines = []
    for write_up in write_ups:
        lines.append(f"# {write_up.part} | {write_up.kind} | {write_up.organ} | {write_up.region}")
        for block in write_up.blocks:
            heading = block.heading or f"（无标题）{block.text[:12]}"
            lines.append(f"{block.level} {block.role or '-'} | {heading}")
    expected = (GOLDEN / "outline.txt").read_text(encoding="utf-8").splitlines()
    assert lines == expected


def test_no_character_is_lost_between_text_and_blocks(write_ups: list[WriteUp]) -> None:
    """Lengths without white space, as counted in the proofread text without the prefixes."""
    lengths = [
        len("".join("".join((block.heading or "") + block.text for block in w.blocks).split()))
        for w in write_ups
    ]
    assert lengths == [2443, 2893, 5937, 682, 1587]

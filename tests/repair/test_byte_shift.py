"""Byte-shifted runs: they are never certain, and clean text has none."""

from __future__ import annotations

import pytest

from casebook.repair.bytes import shifted_bytes
from plain import repair

RULE = {"gbk-byte-shift"}
DOCUMENT = "工作要抓在日常，嚴在經常。群眾的事沒有小事，只有圍繞中心才能抓住關鍵。\n" * 3
RUNS = (
    ("是“抓在日?!钡年P鍵", "是“抓在日常”的關鍵"),
    ("先鋒的“要求?!薄爸挥袊@中心”", "先鋒的“要求。”“只有圍繞中心”"),
)


@pytest.mark.parametrize(("damaged", "mended"), RUNS)
def test_no_character_of_a_run_is_certain(damaged: str, mended: str) -> None:
    """Where a run ends is known only from what is read, so all of it is only likely."""
    repaired = repair(DOCUMENT + damaged, only=RULE)
    assert repaired.text == DOCUMENT + mended
    assert {step.certainty for step in repaired.steps} == {"likely"}


@pytest.mark.parametrize("text", [mended for _, mended in RUNS])
def test_what_was_mended_is_left_alone(text: str) -> None:
    """Text without the damage has no run."""
    assert repair(DOCUMENT + text, only=RULE).steps == ()


def test_a_document_without_any_solution_is_not_searched_for_hours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was damaged in another way looks shifted at every `?`, and each search takes long."""
    searched: list[str] = []
    monkeypatch.setattr(shifted_bytes, "solve", lambda text, *_: searched.append(text))
    repair("错?寮觳觳?,好\n" * 300, only=RULE)
    assert len(searched) == shifted_bytes.MOST_UNSOLVED

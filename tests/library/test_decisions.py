"""Decisions of people: written, read, kept to; what is wrong with the file is said by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from labeled_pairs import load

from casebook.checks.decision_checks import check_decisions
from casebook.dedupe.cluster import find_duplicates
from casebook.dedupe.relations import ComparedText
from casebook.library.decisions import FILE, add_decision, distinct_pairs, load_decisions
from casebook.library.merge_files import merge_files
from casebook.model import UserError

TEXT = next(pair for pair in load() if pair.name == "原样转载").a.text
COPIES = [ComparedText(name, "", TEXT) for name in ("a", "b", "c")]


def test_a_decision_is_written_and_read(tmp_path: Path) -> None:
    """Whatever stands in the reason; comments and earlier lines stay."""
    add_decision(tmp_path, "a", "b", '两次"调研"：\n{对象} #不同', ["a", "b", "c"])
    path = add_decision(tmp_path, "a", "c", "年份不同", ["a", "b", "c"])
    assert [d.reason for d in load_decisions(tmp_path)] == ['两次"调研"： {对象} #不同', "年份不同"]
    assert distinct_pairs(tmp_path) == {frozenset("ab"), frozenset("ac")}
    assert path.read_text(encoding="utf-8").startswith("# 人工判定")


def test_a_decided_pair_is_not_asked_again() -> None:
    """Neither reported nor in one cluster, however alike; the others still are."""
    report = find_duplicates(COPIES, distinct={frozenset("ab")})
    assert {(pair.a, pair.b) for pair in report.pairs} <= {("b", "c"), ("a", "c")}
    groups = [{cluster.canonical, *cluster.members} for cluster in report.clusters]
    assert groups
    assert all(not {"a", "b"} <= group for group in groups)
    assert len(find_duplicates(COPIES).clusters[0].members) == 2


def test_a_decided_pair_is_not_merged(tmp_path: Path) -> None:
    """Whoever wants to merge it after all has to take the decision back."""
    add_decision(tmp_path, "a", "b", "对象不同", ["a", "b"])
    with pytest.raises(UserError, match="对象不同"):
        merge_files(tmp_path, "b", "a")


@pytest.mark.parametrize(
    ("a", "b", "reason"), [("a", "x", "是"), ("a", "a", "是"), ("a", "b", " ")]
)
def test_what_cannot_be_decided(tmp_path: Path, a: str, b: str, reason: str) -> None:
    """An unknown case, a case and itself, no reason: nothing is written."""
    with pytest.raises(UserError):
        add_decision(tmp_path, a, b, reason, ["a", "b"])
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("# 只有说明\n", []),
        ("- {a: a, b: b, reason: 对象不同}\n", []),
        ("a: b\n", [1]),
        ("- {a: a, b: b}\n- {a: a, b: a, reason: 是}\n", [1, 2]),
        ("- {a: a, b: b, reason: 是}\n\n- {a: b, b: a, reason: 是}\n", [3]),
        ("- {a: [a], b: b, reason: 是}\n- 随便\n", [1, 2]),
        ("- {a: a, b: 没有, reason: 是}\n", [1]),
        ("- {a: a\n- b: [\n", [2]),
        ("- &x {a: a, b: b, reason: 是}\n- *x\n", [1]),
    ],
)
def test_the_gate_says_what_is_wrong(tmp_path: Path, text: str, lines: list[int]) -> None:
    """Every bad entry by its line; an empty file is fine."""
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert [problem.line for problem in check_decisions(tmp_path, ["a"], ["b"])] == lines
    if lines and "没有" not in text:
        with pytest.raises(UserError, match=FILE):
            load_decisions(tmp_path)

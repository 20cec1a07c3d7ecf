"""Decisions of people about many pairs: checked as a whole, carried out whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.library import casefile
from casebook.library.decisions import FILE, add_decision, load_decisions
from casebook.library.folder import case_paths
from casebook.library.merge_files import merge_files, unmerge_files
from casebook.library.review import apply_review, plan_review
from casebook.library.review_file import DECISIONS, ReviewEntry, dump_review, read_review
from casebook.model import Finding
from casebook.runtime import cli
from effort import examples
from review_library import TEXTS, write_case

SAME = "街道牵头建立统一收运点，与园林公司签订处置协议，把枝叶粉碎以后还田。"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Four versions of one text, the later the longer, and a text of its own."""
    folder = tmp_path / "cases"
    for number, case_id in enumerate("abcd"):
        write_case(folder, case_id, "处置垃圾", SAME, *TEXTS[1 : 1 + number])
    write_case(folder, "other", "别的事", TEXTS[0])
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _write(folder: Path, *decisions: str) -> Path:
    """A file of decisions, each given as `a b decision reason`."""
    fields = [[*decision.split(" ", 3), "", ""][:4] for decision in decisions]
    entries = [ReviewEntry(a, b, "near", what, reason) for a, b, what, reason in fields]
    path = folder.parent / "review.yml"
    cli.write_text(path, dump_review(entries))
    return path


def _decide(folder: Path, path: Path) -> list[Finding]:
    """Read, check and carry out; what is wrong, or nothing."""
    entries, findings = read_review(path)
    if not findings:
        plan, findings = plan_review(folder, path, entries)
    if not findings:
        apply_review(folder, plan)
    return findings


def _cases(folder: Path) -> dict[str, set[str]]:
    """The ids of the cases with those of their variants."""
    cases = [casefile.read_case(path) for path in case_paths(folder)]
    return {case.id: {variant.id for variant in case.variants} for case in cases}


@pytest.mark.parametrize(
    "pairs",
    [
        ("a b", "b c", "c d"),
        ("c d", "a b", "b c"),
        ("d a", "d b", "d c"),
        ("b a", "d c", "a d"),
    ],
)
def test_pairs_that_hang_together_become_one_case(library: Path, pairs: Sequence[str]) -> None:
    """The longest is canonical whatever the order; all comes apart again."""
    before = _files(library)
    path = _write(library, *(f"{pair} merge" for pair in pairs))
    assert _decide(library, path) == []
    assert _cases(library) == {"d": {"a", "b", "c"}, "other": set()}
    after = _files(library)
    assert _decide(library, path) == []
    assert _files(library) == after
    for variant in reversed(casefile.read_case(library / "d.md").variants):
        unmerge_files(library, variant.id)
    assert _files(library) == before


def test_each_decision_is_carried_out(library: Path) -> None:
    """Merged, noted with the reason, left; doing so again changes nothing and says so."""
    path = _write(library, "a b merge", "c d distinct 两个年度", "a d later", "b d")
    assert _decide(library, path) == []
    assert _cases(library) == {"b": {"a"}, "c": set(), "d": set(), "other": set()}
    assert [(d.a, d.b, d.reason) for d in load_decisions(library)] == [("c", "d", "两个年度")]
    after = _files(library)
    plan, findings = plan_review(library, path, read_review(path)[0])
    assert (findings, plan.done, plan.groups, plan.distinct) == ([], 2, (), ())
    apply_review(library, plan)
    assert _files(library) == after


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        (["a b merge", "a gone merge"], [("review-unknown", 8)]),
        (["gone b distinct 不同"], [("review-unknown", 3)]),
        (["a b merged"], [("review-decision", 3)]),
        (["a b 合并", "b c Merge"], [("review-decision", 3), ("review-decision", 8)]),
        (["a b distinct"], [("review-reason", 3)]),
        (["a a merge"], [("review-format", 3)]),
        (["a b merge", "b a distinct 不同"], [("review-conflict", 8)]),
        (["a b merge", "b c merge", "a c distinct 不同"], [("review-conflict", 13)]),
        (["a b merge", "b d merge"], [("review-conflict", 3)]),
        (["a d merge"], [("review-conflict", 3)]),
        (["c other merge"], [("review-conflict", 3)]),
        (["b t merge"], [("review-stale", 3)]),
        (["b t distinct 不同"], [("review-stale", 3)]),
        (["other t distinct 不同"], [("review-conflict", 3)]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_by_rule_and_line(
    library: Path, decisions: list[str], expected: list[tuple[str, int]]
) -> None:
    """Before, `a` and `d`, `c` and `t` were judged distinct, and `t` was merged into `other`."""
    write_case(library, "t", "别的事", TEXTS[0])
    add_decision(library, "c", "t", "不同的事", "ct")
    merge_files(library, "other", "t", "near")
    add_decision(library, "a", "d", "两个年度", "ad")
    before = _files(library)
    findings = _decide(library, _write(library, *decisions))
    assert [(found.rule, found.line) for found in findings] == expected
    assert all(found.severity == "error" and found.message.endswith("。") for found in findings)
    assert _files(library) == before


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: b\n", 1),
        ("- a: a\n  b: b\n", 1),
        ("- {a: a, b: b, relation: near, decision: merge, reason: ''}\n- {a: [\n", 3),
        ("- {a: a, b: b, relation: alike, decision: merge, reason: ''}\n", 1),
        ("\n- {a: a, b: b, relation: series, decision: merge, reason: ''}\n", 2),
        ("- {a: a, b: b, relation: near, decision: merge, reason: '', more: 1}\n", 1),
    ],
)
def test_a_file_of_another_form_is_refused(library: Path, text: str, line: int) -> None:
    """No YAML, no list, a key too few or too many, a relation that never merges."""
    path = library.parent / "review.yml"
    cli.write_text(path, text)
    before = _files(library)
    assert [(f.rule, f.line) for f in _decide(library, path)] == [("review-format", line)]
    assert _files(library) == before


def test_relation_and_reason_may_be_left_out(library: Path) -> None:
    """A person may write the file by hand; then the tool judges the relation."""
    path = library.parent / "review.yml"
    cli.write_text(path, "- {a: b, b: a, decision: merge}\n- {a: c, b: d, decision: later}\n")
    assert _decide(library, path) == []
    (variant,) = casefile.read_case(library / "b.md").variants
    assert (variant.id, variant.relation) == ("a", "revision")


def test_a_failure_in_the_middle_leaves_everything_as_it_was(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the second of two merges fails, the first one and the decisions are gone, too."""
    before = _files(library)
    path = _write(library, "a b merge", "c d merge", "a other distinct 不同的事")
    real = Path.unlink

    def stubborn(place: Path, missing_ok: bool = False) -> None:
        if place == library / "c.md":
            raise OSError(28, "No space left on device", "c.md")
        real(place, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", stubborn)
        with pytest.raises(OSError, match="space"):
            _decide(library, path)
    assert _files(library) == before
    assert not (library / FILE).exists()


def test_a_run_that_was_cut_off_is_finished(library: Path) -> None:
    """After the first of two merges of one group, the file still fits and does the rest."""
    path = _write(library, "a b merge", "b c merge")
    merge_files(library, "a", "c", "near")
    assert _decide(library, path) == []
    assert _cases(library)["c"] == {"a", "b"}


reasons = st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool)


@given(st.lists(st.tuples(reasons, st.sampled_from(("", *DECISIONS))), max_size=4))
@examples(100)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, str]]
) -> None:
    """Whatever a reason holds; white space is one space."""
    entries = [
        ReviewEntry("a", f"b{n}", "near", decision, reason)
        for n, (reason, decision) in enumerate(drawn)
    ]
    path = tmp_path_factory.mktemp("review") / "review.yml"
    cli.write_text(path, dump_review(entries))
    read, findings = read_review(path)
    assert findings == []
    assert [replace(entry, line=0) for entry in read] == entries

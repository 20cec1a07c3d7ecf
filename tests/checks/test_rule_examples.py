"""Each rule with texts that have its finding, and with texts much like them that have none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from casebook.checks import check_file
from casebook.checks.rules import CHECK_RULES
from casebook.model import Finding

DATA = Path(__file__).parent / "data"
LIBRARY = DATA / "awful"
ROWS = yaml.safe_load((DATA / "rule_examples.yml").read_text(encoding="utf-8"))
FRONT = "id: good\ntitle: 好\nlead_role: background\nsources: [{name: 自撰}]\n"

KINDS = {
    kind: [(row["rule"], example) for row in ROWS for example in row[kind]]
    for kind in ("fails", "passes")
}


def _check(example: dict[str, Any]) -> list[Finding]:
    front = "".join(f"{line}\n" for line in example.get("front", "").splitlines())
    body = example.get("body", "正文。")
    text = example.get("text", f"---\n{FRONT}{front}---\n\n{body}\n")
    return check_file(LIBRARY / example.get("name", "good.md"), text)


@pytest.fixture(autouse=True)
def _in_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands to copy name files as they are called in the working folder."""
    monkeypatch.chdir(LIBRARY)


@pytest.mark.parametrize(("rule", "example"), KINDS["fails"])
def test_a_mistake_has_this_finding(rule: str, example: dict[str, Any]) -> None:
    """The rule is found, and says what is written; nothing else but missing anchors is."""
    found = [f for f in _check(example) if rule == "missing-anchor" or f.rule != "missing-anchor"]
    assert {f.rule for f in found} == {rule, *example.get("also", ())}
    if says := example.get("says"):
        assert says in [f.message for f in found]


@pytest.mark.parametrize(("rule", "example"), KINDS["passes"])
def test_a_text_much_like_it_has_none(rule: str, example: dict[str, Any]) -> None:
    """A look-alike is clean."""
    assert _check(example) == []


ACROSS_FILES = {
    *("file-place", "file-too-large", "file-unreadable", "symlink", "encoding"),
    *(
        "variant-shared",
        "variant-orphan",
        "id-duplicate",
        "alias-taken",
        "decision-format",
        "decision-unknown",
    ),
    *("removed-text", "removed-id", "removed-source", "removed-format"),
    *("too-many-headings", "too-much-markup"),
    *("address-lost", "duplicate-case", "near-identical", "case-link"),
    *("source-part", "source-unread", "steps-missing", "steps-broken", "steps-mismatch"),
    *("source-withheld", "hidden-content", "unreadable-content"),
}
"""Rules about bytes, size, and several files: tests of their own have their examples."""

PRIVATE_DATA = {rule.id for rule in CHECK_RULES if rule.excusable}
"""Rules about private data, which have tests of their own."""


def test_every_rule_has_both_kinds_of_examples() -> None:
    """A rule without a look-alike that passes is not finished."""
    tested = {row["rule"] for row in ROWS if row["fails"] and row["passes"]}
    assert {rule.id for rule in CHECK_RULES} - tested - ACROSS_FILES - PRIVATE_DATA == set()

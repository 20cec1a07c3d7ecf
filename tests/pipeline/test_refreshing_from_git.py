"""Refreshing cases whose import kept no base: their first committed version is one."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from casebook.model import WriteUp
from casebook.pipeline import reimporting
from casebook.pipeline.write_ups import SourceText, process
from casebook.reading import DecodedFile
from casebook.vocabulary import Vocabulary
from refreshed import (
    block_text,
    case_of,
    change_base,
    edit,
    edit_text,
    refresh,
)


def git(folder: Path, *words: str) -> None:
    """Run git in a folder."""
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *who, *words], check=True, capture_output=True)


@pytest.fixture
def committed(library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The library of an earlier version, which kept no base; since then rules have changed."""
    change_base(library, lambda _: "")
    git(library.parent, "init", "-q")
    monkeypatch.setattr(reimporting, "process", process_otherwise)
    return library


SWAPS = (("二十七处", "廿七处"), ("见底", "到底"))


def process_otherwise(document: DecodedFile, vocabulary: Vocabulary | None = None) -> SourceText:
    """As process, by rules that read two words of the source otherwise."""
    source = process(document, vocabulary)
    return replace(source, write_ups=tuple(map(read_otherwise, source.write_ups)))


def read_otherwise(write_up: WriteUp) -> WriteUp:
    """The write-up with the two words exchanged."""
    blocks = write_up.blocks
    for old, new in SWAPS:
        blocks = tuple(replace(block, text=block.text.replace(old, new)) for block in blocks)
    return replace(write_up, blocks=blocks)


def commit(library: Path) -> None:
    """Commit all of the library."""
    git(library.parent, "add", "-A")
    git(library.parent, "commit", "-qm", "case: 清沟")


def test_the_first_committed_version_is_the_base(committed: Path) -> None:
    """Also of a case that has another name since."""
    commit(committed)
    path = case_of(committed)
    edit(path, ("上游清了下游堵", "上游清了，下游又堵"), (r"(?m)^id: .*$", "id: qinggou"))
    path = path.rename(path.with_name("qinggou.md"))
    commit(committed)
    assert refresh(committed, "--write", "qinggou")[1]["findings"] == []
    text = path.read_text("utf-8")
    assert all(words in text for words in ("廿七处", "到底", "下游又堵"))
    assert refresh(committed, "--write")[1]["cases"] == []


def test_an_edit_before_the_first_commit_is_a_persons(committed: Path) -> None:
    """Contributors complete and correct a case first of all: nothing of that is taken back."""
    removed = block_text(committed, "二")
    edit(
        case_of(committed),
        ("上游清了下游堵", "上游清了，下游又堵"),
        ("没有劳力的人家可以出一辆板车。", ""),
        ("organ: .*", "organ: 河桥镇农业办"),
        ("kind: .*", "kind: 典型案例"),
        (r"\{\.outcome", "{.lesson"),
        (re.escape(removed), ""),
    )
    own = "\n## 四、补充 {.lesson #kown}\n\n账目每月贴一次。\n"
    edited = case_of(committed).read_text("utf-8") + own
    case_of(committed).write_text(edited, encoding="utf-8")
    commit(committed)
    assert refresh(committed, "--write")[1]["findings"] == []
    expected = edit_text(edited, *SWAPS)
    assert case_of(committed).read_text("utf-8") == expected


def test_a_shallow_clone_knows_no_first_version(committed: Path, tmp_path: Path) -> None:
    """Its oldest commit may hold years of edits."""
    commit(committed)
    edit(case_of(committed), ("半人深", "一人深"))
    commit(committed)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", committed.parent.as_uri(), str(clone))
    _, found = refresh(clone / "cases", "--write")
    assert [f["rule"] for f in found["findings"]] == ["refresh-no-base"]

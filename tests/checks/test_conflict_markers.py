"""What git leaves where two versions disagree is named as that, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.checks import check_file, check_library

FRONT = (
    "---\nid: gongchang\ntitle: 某厂节电办法\nlead_role: background\n"
    "sources: [{name: 自撰}]\n---\n\n"
)
OURS, THEIRS = "一车间先装电表。", "二车间先装电表。"


def _check(text: str) -> list[tuple[str, int]]:
    found = check_file(Path("gongchang.md"), text)
    return [(f.rule, f.line) for f in found if f.rule != "source-none"]


@pytest.mark.parametrize(
    "body",
    [
        f"<<<<<<< HEAD\n{OURS}\n=======\n{THEIRS}\n>>>>>>> xiugai\n",
        f"<<<<<<< HEAD\n\n{OURS}\n\n=======\n\n{THEIRS}\n\n>>>>>>> xiugai\n",
        f"<<<<<<< ours\n{OURS}\n||||||| base\n旧文。\n=======\n{THEIRS}\n>>>>>>> theirs\n",
        f"<<<<<<<\n{OURS}\n=======\n{THEIRS}\n>>>>>>>\n",
        f"<<<<<<< HEAD\n## 一、做法\n\n{OURS}\n=======\n",
    ],
)
def test_a_conflict_in_the_body_is_one_finding(body: str) -> None:
    """With and without blank lines, with a base, half of it: no other advice."""
    assert _check(FRONT + body) == [("conflict-marker", 8)]


def test_every_line_that_has_to_go_is_named() -> None:
    """The message has the numbers of the markers, and each conflict its own."""
    body = (
        f"<<<<<<< HEAD\n{OURS}\n=======\n{THEIRS}\n>>>>>>> a\n\n<<<<<<< HEAD\n=======\n>>>>>>> a\n"
    )
    first, second = check_file(Path("gongchang.md"), FRONT + body)
    assert "第 8、10、12 行" in first.message
    assert (second.line, "第 14、15、16 行" in second.message) == (14, True)


def test_line_ends_of_windows_hide_nothing(tmp_path: Path) -> None:
    """A file as an editor on Windows stores it."""
    text = f"{FRONT}<<<<<<< HEAD\n{OURS}\n=======\n{THEIRS}\n>>>>>>> b\n"
    (tmp_path / "gongchang.md").write_bytes(text.replace("\n", "\r\n").encode())
    assert [(f.rule, f.line) for f in check_library(tmp_path)] == [("conflict-marker", 8)]


@pytest.mark.parametrize("at", range(5))
def test_a_conflict_in_the_front_matter(at: int) -> None:
    """Between any two keys, on the first line, on the last: YAML is not what is wrong."""
    lines = FRONT.split("\n")
    conflict = ["<<<<<<< HEAD", "organ: 甲", "=======", "organ: 乙", ">>>>>>> b"]
    assert _check("\n".join([*lines[:at], *conflict, *lines[at:]])) == [("conflict-marker", at + 1)]


def test_a_mark_before_a_byte_order_mark_is_seen() -> None:
    """An editor that writes one must not hide the first line."""
    assert _check(f"\ufeff<<<<<<< HEAD\n{FRONT}") == [("conflict-marker", 1)]


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("上文\n=======\n\n正文。\n", ["heading-format"]),
        ("表一 <<<<<<< 表二 >>>>>>> 表三。\n", []),
        ("<<<<<<<< 八个\n", []),
        ("====== 六个\n", []),
    ],
)
def test_what_only_looks_like_one(body: str, rules: list[str]) -> None:
    """An underline, signs within a line, six or eight signs."""
    assert [rule for rule, _ in _check(FRONT + body)] == rules


def test_a_conflict_in_the_decisions_is_named(tmp_path: Path) -> None:
    """The file that two branches append to is the one that conflicts most."""
    (tmp_path / "gongchang.md").write_text(f"{FRONT}{OURS}\n", encoding="utf-8")
    pair = '- {a: "x", b: "y", reason: "不同年份"}'
    text = f"# 判定\n<<<<<<< HEAD\n{pair}\n=======\n{pair}\n>>>>>>> b\n"
    (tmp_path / "decisions.yml").write_text(text, encoding="utf-8")
    found = [(f.rule, f.line) for f in check_library(tmp_path) if f.path.endswith(".yml")]
    assert found == [("conflict-marker", 2)]

"""`casebook export`: which files it writes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import run_text
from site_library import make_case, write_library

SITE = "https://kb.invalid/"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Three cases, two of which have titles that make one file name."""
    cases = (make_case("a", "甲区经验/材料"), make_case("b", "同/名"), make_case("c", "同:名"))
    return write_library(tmp_path / "cases", *cases)


def export(library: Path, *arguments: str) -> tuple[int, list[str], str]:
    """The exit code, the files below `out` and what stderr says."""
    out = library.parent / "out"
    ended = run_text("export_cases", *arguments, "--cases", library, "--out", out)
    return ended.returncode, sorted(path.name for path in out.glob("*")), ended.stderr


def test_all_cases_have_a_file_by_their_title(library: Path) -> None:
    """In a form that every system takes; where names would be equal, with the id."""
    code, names, _ = export(library, "--all")
    assert code == 0
    assert names == ["同_名（b）.docx", "同_名（c）.docx", "甲区经验_材料.docx"]


def test_items_make_one_file_in_the_order_of_the_call(library: Path) -> None:
    """Each with its source, whose address is that of the site."""
    code, names, _ = export(library, "b#k004", "a#k002", "--format", "txt", "--site-url", SITE)
    assert (code, names) == (0, ["经验摘录.txt"])
    text = (library.parent / "out" / names[0]).read_text(encoding="utf-8")
    assert text.index("满意度达到98%。") < text.index("梳理事项86项。")
    assert "——《甲区经验/材料》，做法，https://kb.invalid/cases/a.html#k002" in text


def test_a_theme_and_a_collection_make_one_file(library: Path) -> None:
    """Of the items of all cases, and of whole cases one after the other."""
    assert export(library, "--theme", "责任落实", "--theme", "考核评价")[0] == 2  # no such item
    code, names, _ = export(library, "--all", "--together", "--format", "md")
    assert (code, names) == (0, ["案例汇编.md"])
    text = (library.parent / "out" / names[0]).read_text(encoding="utf-8")
    assert [line for line in text.split("\n") if line.startswith("# ")] == [
        *("# 甲区经验/材料", "# 同/名", "# 同:名"),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "三者取一"),
        (("a", "--all"), "三者取一"),
        (("nope",), "没有这个案例"),
        (("../a",), "没有这个案例"),
        (("a#nope",), "有的是 k001、k002、k003、k004"),
        (("--theme", "没有的"), "没有这个主题"),
        (("--theme", "考核评价", "--together"), "不用 --together"),
    ],
)
def test_what_is_not_there_is_named(library: Path, arguments: tuple[str, ...], said: str) -> None:
    """One sentence, exit code 2, and no file."""
    code, names, stderr = export(library, *arguments)
    assert (code, names) == (2, [])
    assert said in stderr and stderr.count("\n") == 1


def test_a_file_that_somebody_has_changed_is_kept(library: Path) -> None:
    """Unless --force says otherwise; the same file again is fine."""
    assert export(library, "a")[0] == 0
    changed = library.parent / "out" / "甲区经验_材料.docx"
    changed.write_bytes(b"my own words")
    code, _, stderr = export(library, "c", "a")
    assert code == 2 and "--force" in stderr
    assert not (changed.parent / "同_名.docx").exists()
    assert changed.read_bytes() == b"my own words"
    assert export(library, "a", "--force")[0] == 0
    assert changed.read_bytes() != b"my own words"

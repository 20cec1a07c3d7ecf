"""Renaming a case: its file, its links, its decisions, and the address that it had."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebook.checks import check_library
from casebook.library import casefile
from casebook.library.decisions import FILE, load_decisions
from casebook.model import Case
from commands import run_text
from site_library import make_case, write_library

if TYPE_CHECKING:
    from casebook.model import Block


def _link(case: Case, target: str) -> Case:
    from dataclasses import replace

    first: Block = case.blocks[1]
    linked = replace(first, text=f"见[那一篇]({target})，又见[外面](https://example.org/a.md)。")
    return replace(case, blocks=(case.blocks[0], linked, *case.blocks[2:]))


def _rename(folder: Path, old: str, new: str) -> str:
    ended = run_text("rename_case", old, new, "--library", folder)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Three cases, of which one links to another, and a decision."""
    other = _link(make_case("shugou", "疏沟经验材料"), "qingyu.md#k002")
    folder = write_library(
        tmp_path / "lib", make_case("qingyu", "清淤经验材料"), other, make_case("xiuqiao", "修桥")
    )
    text = "# 说明\n- {a: shugou, b: qingyu, reason: qingyu}\n"
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_all_that_names_the_case_names_it_anew(library: Path) -> None:
    """The comment and the reason stay; the old id is an alias; nothing in the gate changes."""
    before = {f.rule for f in check_library(library)}
    _rename(library, "qingyu", "qing-yu")
    assert not (library / "qingyu.md").exists()
    assert casefile.read_case(library / "qing-yu.md").aliases == ("qingyu",)
    assert "(qing-yu.md#k002)，又见[外面](https://example.org/a.md)" in (
        library / "shugou.md"
    ).read_text(encoding="utf-8")
    assert (library / FILE).read_text(encoding="utf-8").startswith("# 说明\n")
    (decision,) = load_decisions(library)
    assert (decision.a, decision.b, decision.reason) == ("shugou", "qing-yu", "qingyu")
    assert {f.rule for f in check_library(library)} == before


def test_renaming_twice_keeps_both_addresses_and_back_gives_the_first(library: Path) -> None:
    """The id that is used again is no alias."""
    _rename(library, "qingyu", "b")
    _rename(library, "b", "c")
    assert casefile.read_case(library / "c.md").aliases == ("qingyu", "b")
    _rename(library, "c", "qingyu")
    assert casefile.read_case(library / "qingyu.md").aliases == ("b", "c")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("qingyu", "shugou", "[id-taken] shugou 已经是另一个案例的 id，请另取一个 id。"),
        ("qingyu", "jiu", "[id-taken] jiu 是 xiuqiao 以前的 id，请另取一个 id。"),
        ("qingyu", "Qing Yu", "[id-format] “Qing Yu”不能作 id"),
        ("qingyu", "con", "[id-format] “con”不能作 id"),
        ("jiu", "xin", "[case-renamed] jiu 是 xiuqiao 以前的 id"),
        ("meiyou", "xin", "meiyou：{library} 里没有这个案例"),
        ("../x", "xin", "../x：请写案例的 id，不要写路径。"),
    ],
)
def test_a_name_that_cannot_be_is_refused(library: Path, old: str, new: str, said: str) -> None:
    """One sentence, exit code 2, and no file changed."""
    (library / "xiuqiao.md").write_text(
        casefile.dump(make_case("xiuqiao", "修桥", aliases=("jiu",))), encoding="utf-8"
    )
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    ended = run_text("rename_case", old, new, "--library", library)
    assert ended.returncode == 2
    assert ended.stderr.startswith(said.format(library=library)) and ended.stderr.count("\n") == 1
    assert {path: path.read_bytes() for path in library.rglob("*") if path.is_file()} == before

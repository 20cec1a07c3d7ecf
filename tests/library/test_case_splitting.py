"""Splitting a case: every block in one case, every address leading on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from casebook.checks import check_library
from casebook.library import casefile
from casebook.library.folder import case_paths, load_library
from casebook.model import Block, Case
from casebook.site.html import SitePage
from commands import run_text
from frozen import LIBRARY
from site_library import make_case, make_site, write_library


def _compilation() -> Case:
    """Two write-ups that became one case, the second from k005 on."""
    more = (
        Block(2, "二、某镇修渠的做法。", "practice", "全镇一起修。", "k005", ("责任落实",)),
        Block(3, "（一）先勘察。", "", "请人看过三遍。", "k006"),
        Block(3, "取得成效", "outcome", "浇水快了两天。", "k007"),
    )
    case = make_case("a", aliases=("jiu", "zao#k006"))
    return replace(case, blocks=(*case.blocks, *more))


def _pages(folder: Path) -> dict[str, SitePage]:
    return dict(make_site(load_library(folder)).pages)


def test_a_part_becomes_a_case_with_its_anchors_and_roles(tmp_path: Path) -> None:
    """The heading is the title, its text the lead; the first part keeps what is its own."""
    words = "见[修渠](a.md#k006)、[做法](a.md#k005)、[清单](a.md#k002)。"
    other = make_case("b", "另一篇", blocks=(Block(1, "另一篇", "", words),))
    folder = write_library(tmp_path, _compilation(), other)
    assert run_text("split_case", "a", "--at", "k005", "--library", folder).returncode == 0
    part = casefile.read_case(folder / "mouzhen-xiuqu-de-zuofa.md")
    assert part.title == "某镇修渠的做法" and part.themes == ("责任落实",)
    assert [(b.level, b.anchor, b.role) for b in part.blocks] == [
        (1, "", "practice"),
        (2, "k006", "practice"),
        (2, "k007", "outcome"),
    ]
    assert part.aliases == ("a#k005", "a#k006", "a#k007", "zao#k006")
    rest = casefile.read_case(folder / "a.md")
    assert rest == replace(make_case("a", aliases=("jiu",)), blocks=make_case().blocks)
    linked = (folder / "b.md").read_text(encoding="utf-8")
    name = part.id
    assert f"见[修渠]({name}.md#k006)、[做法]({name}.md)、[清单](a.md#k002)。" in linked
    pages = _pages(folder)
    assert f'<li id="k006"><a href="{name}.html#k006"' in pages["cases/a.md"].html
    assert f'<li id="k005"><a href="{name}.html" ' in pages["cases/a.md"].html
    assert f'<li id="k006"><a href="{name}.html#k006"' in pages["cases/zao.md"].html


@pytest.mark.parametrize("path", case_paths(LIBRARY), ids=lambda path: path.stem[:12])
def test_a_case_of_the_library_is_split_without_a_finding(path: Path, tmp_path: Path) -> None:
    """At every section at once; what the gate says does not change."""
    folder = write_library(tmp_path)
    case = replace(casefile.read_case(path), sources=(), variants=())
    own = tuple(block for block in case.blocks if not block.source)
    (folder / path.name).write_text(casefile.dump(replace(case, blocks=own)), encoding="utf-8")
    before = {(f.rule, f.severity) for f in check_library(folder)}
    anchors = [block.anchor for block in own[2:] if block.level == 2 and block.heading]
    done = run_text("split_case", case.id, "--at", *anchors, "--library", folder)
    assert done.returncode == 0, done.stderr
    assert {(f.rule, f.severity) for f in check_library(folder)} <= before
    assert len(case_paths(folder)) == len(anchors) + 1


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("k999", "[split-anchor] a 里没有锚点 k999；有：#k001、#k002"),
        ("k003", "[split-title] #k003 没有小标题"),
    ],
)
def test_what_cannot_be_split_is_refused(tmp_path: Path, at: str, said: str) -> None:
    """One sentence, and nothing written."""
    folder = write_library(tmp_path, make_case("a"))
    before = (folder / "a.md").read_bytes()
    ended = run_text("split_case", "a", "--at", at, "--library", folder)
    assert (ended.returncode, ended.stderr.startswith(said)) == (2, True), ended.stderr
    assert (folder / "a.md").read_bytes() == before and len(case_paths(folder)) == 1

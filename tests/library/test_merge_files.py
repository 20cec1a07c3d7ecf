"""Merging on disk: both files or none, exactly undone, and refused where it would be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from labeled_pairs import load

from casebook.library import casefile
from casebook.library.merge_files import merge_files, unmerge_files
from casebook.model import Block, Case, SourceRef, UserError
from casebook.runtime import cli

PAIRS = {pair.name: pair for pair in load()}


def _write(folder: Path, case_id: str, title: str, text: str, part: int = 1) -> bytes:
    lines = text.split("\n")
    sections = tuple(Block(2, f"第{n}部分", "practice", line) for n, line in enumerate(lines[1:]))
    blocks = (Block(1, title, "", lines[0]), *sections)
    case = Case(case_id, title, blocks, sources=(SourceRef("来稿.txt", "0" * 64, part),))
    cli.write_text(folder / f"{case_id}.md", casefile.dump(case))
    return (folder / f"{case_id}.md").read_bytes()


def _library(folder: Path, name: str) -> dict[str, bytes]:
    """Two cases, `a` and `b`, from a labeled pair; returns the files' bytes by name."""
    pair = PAIRS[name]
    for part, document in enumerate((pair.a, pair.b), start=1):
        _write(folder, document.id, document.title, document.text, part)
    return _files(folder)


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_the_variant_moves_unchanged_and_comes_back(tmp_path: Path) -> None:
    """The longer text is canonical whatever the order; undoing restores both files."""
    before = _library(tmp_path, "截去结尾一节")
    assert merge_files(tmp_path, "b", "a") == ("a", "b")
    after = _files(tmp_path)
    assert sorted(after) == ["a.md", "variants/b.md"]
    assert after["variants/b.md"] == before["b.md"]
    merged = casefile.read_case(tmp_path / "a.md")
    assert [(v.id, v.relation) for v in merged.variants] == [("b", "contains")]
    assert unmerge_files(tmp_path, "b") == ("a", [])
    assert _files(tmp_path) == before


def test_what_only_the_variant_has_is_added(tmp_path: Path) -> None:
    """The added section is in the canonical file, marked with where it comes from."""
    pair = PAIRS["截去结尾一节"]
    _write(tmp_path, "a", pair.a.title, pair.a.text)
    extra = "区里还拨出专款，用于更换小区的老旧路灯和地下管网，全年完成改造九处。"
    _write(tmp_path, "b", pair.a.title, "\n".join([*pair.b.text.split("\n"), extra]), 2)
    merge_files(tmp_path, "a", "b")
    written = (tmp_path / "a.md").read_text("utf-8")
    assert extra in written
    assert "from=b" in written


@pytest.mark.parametrize(
    ("name", "relation"),
    [
        ("换标题转载", "identical"),
        ("换标题并有小错", "near"),
        ("截去结尾一节", "contains"),
        ("办法的修订稿", "revision"),
    ],
)
def test_texts_of_one_case_are_merged(tmp_path: Path, name: str, relation: str) -> None:
    """The relation that was found is noted with the variant."""
    _library(tmp_path, name)
    canonical, variant = merge_files(tmp_path, "a", "b")
    variants = casefile.read_case(tmp_path / f"{canonical}.md").variants
    assert [(v.id, v.relation) for v in variants] == [(variant, relation)]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("下一年的总结", "同一模板"),
        ("套话相同的另一篇", "两篇不同的文章：共同段落"),
        ("毫不相干", "两篇不同的文章。"),
    ],
)
def test_a_series_shared_phrases_or_strangers_are_refused(
    tmp_path: Path, name: str, word: str
) -> None:
    """Nothing is written; a person who knows better says so with a relation."""
    before = _library(tmp_path, name)
    with pytest.raises(UserError, match=word):
        merge_files(tmp_path, "a", "b")
    assert _files(tmp_path) == before
    canonical, variant = merge_files(tmp_path, "a", "b", "revision")
    assert casefile.read_case(tmp_path / f"{canonical}.md").variants[0].relation == "revision"
    unmerge_files(tmp_path, variant)
    assert _files(tmp_path) == before


@pytest.mark.parametrize("ids", [("a", "a"), ("a", "no"), ("../a", "b"), ("a", "variants/b")])
def test_ids_that_name_no_two_cases(tmp_path: Path, ids: tuple[str, str]) -> None:
    """The same case twice, an unknown id and a path are refused; nothing is written."""
    before = _library(tmp_path, "截去结尾一节")
    with pytest.raises(UserError):
        merge_files(tmp_path, *ids)
    assert _files(tmp_path) == before


def test_a_failure_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk fails at the canonical or at the old file, nothing has changed."""
    before = _library(tmp_path, "截去结尾一节")

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device", "a.md")

    with monkeypatch.context() as patch:
        patch.setattr(cli, "write_text", full)
        with pytest.raises(OSError, match="space"):
            merge_files(tmp_path, "a", "b")
    assert _files(tmp_path) == before
    real = Path.unlink

    def stubborn(path: Path, missing_ok: bool = False) -> None:
        if path == tmp_path / "b.md":
            full()
        real(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", stubborn)
        with pytest.raises(OSError, match="space"):
            merge_files(tmp_path, "a", "b")
    assert _files(tmp_path) == before


def test_another_text_of_that_name_is_not_overwritten(tmp_path: Path) -> None:
    """A file in variants/ that is not the same text stops the merge."""
    _library(tmp_path, "截去结尾一节")
    cli.write_text(tmp_path / "variants" / "b.md", "别的文字")
    before = _files(tmp_path)
    with pytest.raises(UserError, match="已经存在"):
        merge_files(tmp_path, "a", "b")
    assert _files(tmp_path) == before


def test_merges_are_undone_in_reverse(tmp_path: Path) -> None:
    """What was merged into a variant comes out only after that variant."""
    before = _library(tmp_path, "截去结尾一节")
    text = PAIRS["只剩前一半"].b.text
    _write(tmp_path, "c", "红色管家", text, 3)
    with_c = _files(tmp_path)
    assert merge_files(tmp_path, "b", "c") == ("b", "c")
    assert merge_files(tmp_path, "a", "b") == ("a", "b")
    assert {v.id for v in casefile.read_case(tmp_path / "a.md").variants} == {"b", "c"}
    with pytest.raises(UserError, match="请先撤销"):
        unmerge_files(tmp_path, "c")
    assert [unmerge_files(tmp_path, name) for name in "bc"] == [("a", []), ("b", [])]
    assert _files(tmp_path) == with_c
    assert set(before) < set(with_c)


def test_what_was_never_merged_cannot_be_undone(tmp_path: Path) -> None:
    """An id without a file in variants/, or one that no case lists."""
    _library(tmp_path, "截去结尾一节")
    for case_id in ("b", "no", "../b"):
        with pytest.raises(UserError):
            unmerge_files(tmp_path, case_id)


@pytest.mark.parametrize("written", [["variants/b.md"], ["variants/b.md", "a.md"]])
def test_a_merge_that_was_cut_off_is_finished_or_undone(tmp_path: Path, written: list[str]) -> None:
    """After a power cut after any of the steps, merging again ends as if nothing had been."""
    before = _library(tmp_path, "截去结尾一节")
    merge_files(tmp_path, "a", "b")
    merged = _files(tmp_path)
    _write_all(tmp_path, before)
    _write_all(tmp_path, {name: merged[name] for name in written}, keep=True)
    assert merge_files(tmp_path, "a", "b") == ("a", "b")
    assert _files(tmp_path) == merged


@pytest.mark.parametrize(("written", "left"), [(["b.md"], "a"), (["b.md", "a.md"], None)])
def test_an_undoing_that_was_cut_off_is_finished(
    tmp_path: Path, written: list[str], left: str | None
) -> None:
    """The copy that a power cut leaves in variants/ is removed by undoing again."""
    before = _library(tmp_path, "截去结尾一节")
    merge_files(tmp_path, "a", "b")
    _write_all(tmp_path, {name: before[name] for name in written}, keep=True)
    assert unmerge_files(tmp_path, "b") == (left, [])
    assert _files(tmp_path) == before


def test_a_variant_that_differs_from_the_case_of_its_name_stays(tmp_path: Path) -> None:
    """Only an exact copy is a leftover."""
    _library(tmp_path, "截去结尾一节")
    cli.write_text(tmp_path / "variants" / "b.md", "别的文字")
    with pytest.raises(UserError, match="没有合并过"):
        unmerge_files(tmp_path, "b")
    assert (tmp_path / "variants" / "b.md").is_file()


def _write_all(folder: Path, files: dict[str, bytes], keep: bool = False) -> None:
    """Make these the files of the folder, or with `keep` write them over what is there."""
    if not keep:
        for name in _files(folder):
            (folder / name).unlink()
    for name, data in files.items():
        cli.write_bytes(folder / name, data)

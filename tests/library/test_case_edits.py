"""Merging in files that people have written: only the lines that must change do."""

from __future__ import annotations

import difflib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.library import casefile
from casebook.library.folder import VARIANTS
from casebook.library.merge_files import merge_files, unmerge_files
from effort import examples

LONG = "推行板凳议事会，每周三晚召集居民、物业坐在一起，围绕停车、加装电梯等难题协商对策。"
OTHER = "辖区小区物业费收缴率由六成上升到九成，投诉量下降了一半，居民满意度明显提高。"
THIRD = "应当建立街道、社区、小区三级联动机制，把小区治理经费列入年度预算。"
VARIANT = f"""\
---
id: b
title: 红色管家（二）
sources: [{{file: b.txt, sha256: {"1" * 64}, part: 1}}]
variants: []
---

导语。

## 一、做法 {{.practice #kb1}}

{LONG}

## 二、成效 {{.outcome #kb2}}

{OTHER}

## 三、建议 {{.suggestion #kb3}}

{THIRD}
"""
SOURCES = (
    "sources: []",
    "sources:  []   # 还没有",
    "sources: []  # 还没有",
    "sources: [ ]",
    "",
    f"sources: [{{file: a.txt, sha256: {'0' * 64}, part: 1}}]  # 来稿",
    f"sources:\n- {{file: a.txt, sha256: {'0' * 64}, part: 1}}\n# 一行注释\n",
    f"sources:\n  # 注释\n  - file: a.txt   # 名称\n    sha256: '{'0' * 64}'\n\n",
)
"""How people write a list of front matter; `variants` are written likewise."""
VARIANTS_KEYS = (
    "variants: []",
    "",
    "variants: [{id: x, relation: near}]",
    "variants:\n  - {id: x}",
)
GAPS = ("\n\n", "\n", "\n\n\n\n")
ENDS = ("\n", "", "\n\n\n", "\n　\n")


def write_canonical(sources: str, variants: str, order: int, gap: str, end: str) -> str:
    """A case file as a person might have written it; it holds the practice of the variant."""
    keys = ["# 注释在前", "id: a", "title: '红色管家'   # 引号", sources, variants, "organ: 某街道"]
    if order:
        keys = [*keys[:3], keys[5], keys[4], keys[3]]
    front = "\n".join(key for key in keys if key)
    sections = (
        "　　导语，有全角空格。",
        f"## 一、做法 {{.practice   #ka1}}{gap}{LONG}",
        f"## 四、其他 {{#ka2}}{gap}另起一段，只有本篇才有：{LONG[::-1] * 5}",
    )
    return f"---\n{front}\n---\n\n" + gap.join(sections) + end


@st.composite
def canonicals(draw: st.DrawFn) -> bytes:
    """Such files, with different line ends."""
    text = write_canonical(
        draw(st.sampled_from(SOURCES)),
        draw(st.sampled_from(VARIANTS_KEYS)),
        draw(st.integers(0, 1)),
        draw(st.sampled_from(GAPS)),
        draw(st.sampled_from(ENDS)),
    )
    lines = draw(st.sampled_from(["\n", "\r\n"]))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return (mark + text.replace("\n", lines)).encode()


@given(canonicals())
@examples(60)
def test_undoing_a_merge_restores_every_byte(data: bytes) -> None:
    """Whatever the style of the file; the merge itself takes no line away."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "a.md").write_bytes(data)
        (folder / "b.md").write_text(VARIANT, encoding="utf-8")
        assert merge_files(folder, "a", "b", "near") == ("a", "b")
        merged = (folder / "a.md").read_bytes()
        assert {block.source for block in casefile.read_case(folder / "a.md").blocks} == {"", "b"}
        assert list_lost_lines(data, merged) == []
        assert unmerge_files(folder, "b") == ("a", [])
        assert (folder / "a.md").read_bytes() == data
        assert (folder / "b.md").read_text(encoding="utf-8") == VARIANT
        assert not list((folder / VARIANTS).iterdir())


def list_lost_lines(before: bytes, after: bytes) -> list[str]:
    """The lines that a change took out, but those of lists that were on one line."""
    old, new = (data.decode().splitlines(keepends=True) for data in (before, after))
    lines = difflib.ndiff(old, new)
    lost = [line for line in lines if line.startswith("- ")]
    return [line for line in lost if not line.startswith(("- sources:", "- variants:"))]


def test_an_edit_between_stays_and_is_named(tmp_path: Path) -> None:
    """The edited block becomes the case's own; the others leave; comments stay."""
    text = write_canonical(SOURCES[2], "variants: []", 0, "\n\n", "\n")
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "b.md").write_text(VARIANT, encoding="utf-8")
    merge_files(tmp_path, "a", "b", "near")
    merged = (tmp_path / "a.md").read_text(encoding="utf-8")
    added = "去年收支相抵，没有一户拖欠。"
    (tmp_path / "a.md").write_text(merged.replace(OTHER, OTHER + added), encoding="utf-8")
    owner, edited = unmerge_files(tmp_path, "b")
    assert (owner, [block.text for block in edited]) == ("a", [OTHER + added])
    undone = (tmp_path / "a.md").read_text(encoding="utf-8")
    heading = next(line for line in undone.split("\n") if "成效" in line)
    assert added in undone and "from=" not in heading and "#kb2" in heading
    assert THIRD not in undone and "# 还没有" in undone


def test_merges_come_out_in_any_order(tmp_path: Path) -> None:
    """Two variants of one case: after both are undone the file is what it was."""
    text = write_canonical("sources: []", "variants: []", 1, "\n\n", "\n")
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "b.md").write_text(VARIANT, encoding="utf-8")
    other = VARIANT.replace("id: b", "id: c").replace("#kb", "#kc").replace("1" * 64, "2" * 64)
    extra = "另有一条：每季度公布一次收支，由居民代表逐笔核对并签字确认。"
    (tmp_path / "c.md").write_text(other.replace(THIRD, extra), encoding="utf-8")
    for name in "bc":
        merge_files(tmp_path, "a", name, "near")
    for name in "bc":
        unmerge_files(tmp_path, name)
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == text


def test_an_alias_of_yaml_is_refused(tmp_path: Path) -> None:
    """Nothing is merged into a file that nobody may read: aliases can grow without end."""
    text = write_canonical("sources: &x []", "variants: *x", 0, "\n\n", "\n")
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "b.md").write_text(VARIANT, encoding="utf-8")
    with pytest.raises(casefile.CaseFileError, match="锚点"):
        merge_files(tmp_path, "a", "b", "near")
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == text
    assert (tmp_path / "b.md").read_text(encoding="utf-8") == VARIANT


def test_a_style_that_cannot_be_edited_becomes_canonical(tmp_path: Path) -> None:
    """The gate refuses such files; a merge loses nothing all the same."""
    text = write_canonical("sources: []", "variants: !!seq []", 0, "\n\n", "\n")
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "b.md").write_text(VARIANT, encoding="utf-8")
    merge_files(tmp_path, "a", "b", "near")
    assert [v.id for v in casefile.read_case(tmp_path / "a.md").variants] == ["b"]

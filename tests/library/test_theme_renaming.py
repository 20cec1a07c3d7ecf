"""Renaming a theme: vocabulary and cases in one step, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebook.library import casefile
from casebook.library.folder import load_vocabulary
from casebook.library.theme_renaming import ThemeNameError, rename_in_case, rename_in_vocabulary
from casebook.library.themes import block_themes
from casebook.model import Block
from commands import run_text
from frozen import LIBRARY

CASE = """---
id: a
title: 标题
kind: 经验材料
organ: ''
region: ''
themes:
  - 考核评价  # 人写的
  - "责任落实"
sources: []
variants: []
---
正文里的 theme=考核评价 不是标记。

## 一、做法 {.practice #k001 theme=责任落实,考核评价}

考核评价。

### {#k002 theme=无}
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The frozen vocabulary with one case whose marks name two themes."""
    shutil.copytree(LIBRARY / "vocabulary", tmp_path / "vocabulary")
    (tmp_path / "a.md").write_bytes(CASE.replace("\n", "\r\n").encode())
    return tmp_path


def files_of(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_one_step_renames_in_vocabulary_and_cases(library: Path) -> None:
    """Only the names are exchanged: comments, quotes, prose and line ends stay."""
    before = files_of(library)
    done = run_text("edit_themes", library, "--rename", "考核评价", "绩效考评")
    assert (done.returncode, done.stderr) == (0, "")
    expected = CASE.replace("- 考核评价", "- 绩效考评").replace("落实,考核评价", "落实,绩效考评")
    assert (library / "a.md").read_bytes() == expected.replace("\n", "\r\n").encode()
    vocabulary = load_vocabulary(library)
    assert vocabulary.themes["绩效考评"].aliases == ("考核评价",)
    assert "考核评价" not in vocabulary.themes
    changed = {name for name, content in files_of(library).items() if before[name] != content}
    assert {Path(name).name for name in changed} == {"a.md", "themes.yml"}
    assert "# 主题" in (library / "vocabulary" / "themes.yml").read_text("utf-8")


def test_the_old_name_still_counts(library: Path) -> None:
    """As a mark, as a word of a heading, and for the gate, which names the new one."""
    run_text("edit_themes", library, "--rename", "考核评价", "绩效考评")
    vocabulary = load_vocabulary(library)
    assert block_themes(Block(2, "其他", themes=("考核评价",)), vocabulary) == ("绩效考评",)
    assert block_themes(Block(2, "改进考核评价"), vocabulary) == ("绩效考评",)
    (library / "b.md").write_text(CASE.replace("id: a", "id: b"), encoding="utf-8")
    found = run_text("check_cases", library / "b.md").stdout
    assert found.count("[unknown-theme]") == 2 and "“考核评价”已改名为“绩效考评”" in found


def test_an_alias_that_is_left_in_a_case_is_renamed_there_alone(library: Path) -> None:
    """The second time the vocabulary is as it should be."""
    run_text("edit_themes", library, "--rename", "考核评价", "绩效考评")
    vocabulary = (library / "vocabulary" / "themes.yml").read_bytes()
    (library / "b.md").write_text(CASE.replace("id: a", "id: b"), encoding="utf-8")
    done = run_text("edit_themes", library, "--rename", "考核评价", "绩效考评")
    assert done.returncode == 0 and "theme=责任落实,绩效考评" in (library / "b.md").read_text(
        "utf-8"
    )
    assert (library / "vocabulary" / "themes.yml").read_bytes() == vocabulary


def test_renaming_back_and_forth_keeps_one_alias(library: Path) -> None:
    """The present name is no alias of itself."""
    for old, new in (("考核评价", "绩效考评"), ("绩效考评", "考评"), ("考评", "考核评价")):
        assert run_text("edit_themes", library, "--rename", old, new).returncode == 0
    assert load_vocabulary(library).themes["考核评价"].aliases == ("考评", "绩效考评")
    assert (library / "a.md").read_bytes() == CASE.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("没有的", "新名", "theme-unknown"),
        ("考核评价", "责任落实", "theme-exists"),
        ("考核评价", "考核评价", "theme-exists"),
        ("考核评价", "无", "theme-name"),
        ("考核评价", "a,b", "theme-name"),
        ("考核评价", "长" * 21, "theme-name"),
    ],
)
def test_misuse_is_one_sentence_and_changes_nothing(
    library: Path, old: str, new: str, rule: str
) -> None:
    """Exit code 2, the id of the rule, and the files as they were."""
    before = files_of(library)
    done = run_text("edit_themes", library, "--rename", old, new)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"[{rule}] ") and done.stderr.count("\n") == 1
    assert files_of(library) == before


def test_nothing_is_written_where_one_case_cannot_be_read(library: Path) -> None:
    """All files are checked before the first is written; a dry run writes none either."""
    before = files_of(library)
    dry = run_text("edit_themes", library, "--rename", "考核评价", "绩效考评", "--dry-run")
    assert dry.returncode == 0 and "2 个文件" in dry.stdout and files_of(library) == before
    (library / "z.md").write_text("没有开头", encoding="utf-8")
    before = files_of(library)
    done = run_text("edit_themes", library, "--rename", "考核评价", "绩效考评")
    assert done.returncode == 2 and "z.md" in done.stderr and files_of(library) == before


@pytest.mark.parametrize(
    "entry",
    [
        "- name: 甲\n  keywords: [词]\n",
        "- {name: 甲, keywords: [词], aliases: [旧]}\n",
        "- {name: 甲, keywords: [词]}\n",
        '- keywords: [词]\n  aliases:\n    - 旧\n    - 更旧\n  name: "甲"\n- name: 丙\n',
    ],
)
def test_the_vocabulary_may_be_written_in_any_way(entry: str) -> None:
    """Or the renaming is refused; it never writes what says something else."""
    try:
        text = rename_in_vocabulary(f"# 说明\n{entry}", "甲", "乙")
    except ThemeNameError as error:
        assert error.rule == "theme-yaml" and "{" in entry
    else:
        assert text.startswith("# 说明\n") and "name: 乙" in text and "[甲" in text


def test_a_case_without_the_name_stays(library: Path) -> None:
    """Not a character differs."""
    text = (library / "a.md").read_bytes().decode()
    assert rename_in_case(text, "监督整改", "新名") == text
    assert casefile.parse(rename_in_case(text, "无", "新名")).blocks[-1].themes == ("新名",)


@pytest.mark.parametrize("text", [None, "# 空着就用自带的\n"])
def test_a_theme_of_the_package_is_not_renamed(library: Path, text: str | None) -> None:
    """A library without a list of its own is asked to copy it first."""
    own = library / "vocabulary" / "themes.yml"
    own.unlink()
    if text:
        own.write_text(text, encoding="utf-8")
    refused = run_text("edit_themes", library, "--rename", "考核评价", "绩效考评")
    assert refused.returncode == 2
    assert "用的是自带的" in refused.stderr and "Traceback" not in refused.stderr


def test_a_name_twice_in_the_vocabulary_is_refused(library: Path) -> None:
    """An alias that is another theme's name would make links ambiguous."""
    from casebook.model import UserError

    path = library / "vocabulary" / "themes.yml"
    path.write_text("- name: 甲\n- name: 乙\n  aliases: [甲]\n", encoding="utf-8")
    with pytest.raises(UserError, match="旧名 甲 已经是另一个主题的名称"):
        load_vocabulary(library)

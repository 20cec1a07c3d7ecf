"""What a pull request brings: looked at by what changed, mended as a patch, shown as a preview."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from casebook.checks.fixing import plan_fix
from casebook.forge.pull_comment import render_report
from casebook.forge.report_artifact import PATCH, REPORT, read_report
from casebook.library.folder import case_names
from casebook.pipeline import preview_library
from casebook.pipeline.contribution import dump_contribution
from casebook.pipeline.contribution_page import render_contribution
from casebook.pipeline.preview_library import make_preview_library
from casebook.pipeline.pull_request_report import PullRequest, look_at_pull_request
from commands import run_text

CASE = """---
id: {id}
title: {title}
kind: 经验材料
lead_role: background
sources: [{{name: 本单位撰写}}]
---

{lead}

## 一、摸清底数 {{.practice #k111}}

{first}

## 二、分段清淤 {{.practice #k222}}

{second}
"""
DITCH = (
    "某村共有四个村民小组，一百九十户，过去每到汛期村道积水，老人孩子出门要绕两里路。",
    "村委会请退休的水利员沿着三条沟走了一遍，把堵塞的二十七处画在一张图上，贴在祠堂门口。",
    "每逢初一和十五，各组出工半天，抬走的淤泥送到果园里作肥。两个月以后，三条沟全部见底。",
)
CANTEEN = (
    "食堂每天要倒掉三桶剩饭，工人却说吃不饱，后勤科把一个星期的菜单和剩菜过了秤。",
    "一荤两素改成六样小碟，随吃随添；面条当面下锅，够吃才捞，打菜的师傅先问一声。",
    "一个月以后剩饭只有半桶，买菜的钱也省下一成，省下的钱添了两台消毒柜和一台冰箱。",
)
SOURCE = "\n\n".join(
    ("某村疏通排水沟经验材料", "一、存在的问题", DITCH[0], "二、主要做法", DITCH[1] + DITCH[2])
)


def git(*words: str) -> None:
    """Run git in the working folder."""
    names = ("-c", "user.name=甲", "-c", "user.email=a@example.org")
    subprocess.run(["git", *names, *words], check=True)


def commit() -> None:
    """Commit all."""
    git("add", "-A")
    git("commit", "-q", "-m", "x")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with one case on the branch `main`; the working folder is its checkout."""
    monkeypatch.chdir(tmp_path)
    folder = Path("cases")
    (folder / "sources").mkdir(parents=True)
    write(folder / "shitang.md", "某厂食堂减少剩饭", CANTEEN)
    git("init", "-q", "-b", "main")
    commit()
    git("switch", "-q", "-c", "proposed")
    return folder


def write(path: Path, title: str, texts: tuple[str, str, str]) -> Path:
    """Write a case file."""
    lead, first, second = texts
    text = CASE.format(id=path.stem.lower(), title=title, lead=lead, first=first, second=second)
    path.write_text(text, encoding="utf-8")
    return path


def look(library: Path) -> PullRequest:
    """What has changed since `main`."""
    return look_at_pull_request(library, "main")


def test_nothing_changed_is_nothing_to_show(library: Path) -> None:
    """An old case is not looked at."""
    assert look(library) == PullRequest(look(library).shown)
    assert not any((look(library).shown.write_ups, look(library).shown.findings))


def test_new_cases_and_new_sources_are_shown(library: Path) -> None:
    """A case that was written by hand, and a document: what the import would make of it."""
    write(library / "qingyu.md", "某村疏通排水沟", DITCH)
    (library / "sources" / "食堂.txt").write_text(SOURCE.replace("村", "镇"), encoding="utf-8")
    found = look(library)
    shown = [(each.place, each.state) for each in found.shown.write_ups]
    assert shown == [("cases/sources/食堂.txt#1", "新案例"), ("cases/qingyu.md", "新案例")]
    assert found.cases == {"qingyu"} and [p.name for p in found.documents] == ["食堂.txt"]
    assert {f.rule for f in found.shown.findings} >= {"metadata-missing"}


def test_a_text_that_is_in_the_library_comes_with_both_commands(library: Path) -> None:
    """As a case, and as a document that has not been imported yet."""
    write(library / "fuben.md", "食堂减少剩饭的办法", CANTEEN)
    write(library / "qingyu.md", "某村疏通排水沟", DITCH)
    (library / "sources" / "来稿.txt").write_text(SOURCE, encoding="utf-8")
    pairs = {frozenset((p.a, p.b)): p for p in look(library).shown.duplicates}
    copied = pairs[frozenset(("fuben", "shitang"))]
    assert copied.a == "fuben" and not copied.needs_import
    page = render_contribution(look(library).shown)
    assert "--merge fuben shitang --library cases\n" in page
    assert "--distinct fuben shitang --library cases --reason 理由\n" in page
    (brought,) = [p for p in pairs.values() if p.needs_import]
    assert brought.b == "qingyu"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["qingyu.md", "QingYu.md"])
def test_the_patch_makes_what_fix_makes(library: Path, name: str, encoding: str) -> None:
    """`git apply` takes it, whatever the encoding, the line ends or the name of the file."""
    path = write(library / name, "某村疏通排水沟", DITCH)
    text = path.read_text(encoding="utf-8").replace(" #k111", "").replace("\n", "\r\n")
    path.write_bytes(text.encode(encoding))
    found = look(library)
    (fixed,) = found.shown.fixes
    assert (fixed.before, fixed.after) == (f"cases/{name}", "cases/qingyu.md")
    planned = plan_fix(path)
    assert planned and path.read_bytes() == text.encode(encoding)
    assert bool(found.shown.patch) == (encoding == "utf-8")  # a page can show no other
    Path("fix.patch").write_bytes(found.patch)
    git("apply", "fix.patch")
    assert (library / "qingyu.md").read_bytes() == planned.after
    assert sorted(case_names(library)) == ["qingyu.md", "shitang.md"]


def test_no_page_shows_what_is_private(library: Path) -> None:
    """Neither the table, nor the findings, nor the patch around it."""
    texts = (f"{DITCH[0]}联系人13812345678。", DITCH[1], DITCH[2])
    path = write(library / "qingyu.md", "某村排水沟联系人13812345678", texts)
    path.write_text(path.read_text(encoding="utf-8").replace(" #k111", ""), encoding="utf-8")
    found = look(library)
    assert b"13812345678" in found.patch and found.shown.fixes
    assert "13812345678" not in render_contribution(found.shown)
    assert b"13812345678" not in dump_contribution(found.shown)


def test_one_bad_file_hides_nothing(library: Path) -> None:
    """A case that is no YAML or a bomb and a document that is none are named; others are shown."""
    bomb = "".join(f"k{i}: &k{i} [*k{i - 1}, *k{i - 1}]\n" for i in range(1, 60))
    front = f"---\ntitle: &k0 x\n{bomb}themes: *k59\n---\n"
    (library / "zhadan.md").write_text(front, encoding="utf-8")
    (library / "huai.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    (library / "sources" / "来稿.txt").write_text(SOURCE, encoding="utf-8")
    (library / "sources" / "坏.docx").write_bytes(b"PK\x03\x04 no zip")
    found = look(library).shown
    rules = {"yaml-syntax", "yaml-alias", "source-unreadable"}
    assert rules <= {f.rule for f in found.findings}
    assert [each.place for each in found.write_ups] == ["cases/sources/来稿.txt#1"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_and_links_of_strangers_are_named_and_not_followed(
    library: Path, tmp_path: Path
) -> None:
    """A name that is no UTF-8, one with a line feed, a link to a file and to a folder elsewhere."""
    case = write(library / "qingyu.md", "某村疏通排水沟", DITCH)
    case.rename(library / os.fsdecode(b"\xbe\xad.md"))
    for name in ("a\n::error::x`|.txt", os.fsdecode(b"\xbe\xad.txt")):
        (library / "sources" / name).write_text(SOURCE, encoding="utf-8")
    for name, target in (("passwd.md", "/etc/passwd"), ("sources/etc", "/etc")):
        (library / name).symlink_to(target)
    found = look(library)
    rules = {finding.rule for finding in found.shown.findings}
    assert {"file-name", "symlink", "source-unreadable"} <= rules
    everything = render_contribution(found.shown) + dump_contribution(found.shown).decode()
    assert "root:" not in everything and "\n::error::" not in everything
    assert make_preview_library(library, found, tmp_path / "preview")
    shown = [path.name for path in (tmp_path / "preview").rglob("*") if path.is_file()]
    assert "shitang.md" in shown and all(name.isprintable() for name in shown)
    assert not any(path.is_symlink() for path in (tmp_path / "preview").rglob("*"))
    assert read_report(pack_report(found)) is not None


def pack_report(found: PullRequest) -> bytes:
    """The artifact that a look hands over."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr(REPORT, dump_contribution(found.shown))
    return made.getvalue()


@pytest.mark.parametrize("most", [0, 300])
def test_a_preview_has_what_the_change_concerns(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Of a large library the changed cases and what they are like or link to; the new documents."""
    other = tuple(text.replace("食堂", "澡堂")[::-1] for text in CANTEEN)
    write(library / "zaotang.md", "某厂澡堂", (other[0], other[1], other[2]))
    commit()
    git("branch", "-f", "main")
    changed = write(library / "qingyu.md", "某村疏通排水沟", DITCH)
    changed.write_text(changed.read_text(encoding="utf-8") + "\n见[食堂](shitang.md#k111)。\n")
    (library / "sources" / "来稿.txt").write_text(SOURCE.replace("村", "镇"), encoding="utf-8")
    monkeypatch.setattr(preview_library, "MOST_WHOLE", most)
    target = tmp_path / "preview"
    assert make_preview_library(library, look(library), target)
    named = set(case_names(target))
    assert {"qingyu.md", "shitang.md"} < named and ("zaotang.md" in named) == (most > 0)
    assert (target / "sources" / "来稿.txt").is_file()
    assert case_names(library) == ["qingyu.md", "shitang.md", "zaotang.md"]


def test_the_command_annotates_summarizes_and_hands_over(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors end with 1; the report and the patch are files for the job that comments."""
    path = write(library / "qingyu.md", "某村<b>疏通</b>排水沟", DITCH)
    path.write_text(path.read_text(encoding="utf-8").replace(" #k111", "") + "\n<i>斜</i>\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    options = ("look", "--base", "main", "--cases", library, "--out", "out")
    ended = run_text("review_pull_request", *options)
    assert ended.returncode == 1
    assert "::error file=cases/qingyu.md," in ended.stdout
    summary = Path("summary.md").read_text(encoding="utf-8")
    assert "### 文章" in summary and "### 可以自动改好的" in summary and "<b>" not in summary
    report = Path("out/report.json").read_bytes()
    assert report == dump_contribution(look(library).shown)
    assert Path("out/fix.patch").read_bytes() == look(library).patch
    with ZipFile("artifact.zip", "w") as archive:
        for name in (REPORT, PATCH):
            archive.write(f"out/{name}", name)
    shown = read_report(Path("artifact.zip").read_bytes())
    assert shown == look(library).shown and "```diff" in render_report(shown, "1" * 40, "link")


def test_a_library_that_cannot_be_read_is_reported(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken vocabulary is one sentence in every place, with 2."""
    (library / "vocabulary").mkdir()
    (library / "vocabulary" / "themes.yml").write_text("- [", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    options = ("look", "--base", "main", "--cases", library, "--out", "out")
    ended = run_text("review_pull_request", *options)
    assert ended.returncode == 2 and "title=library-unusable::" in ended.stdout
    assert "library-unusable" in Path("summary.md").read_text(encoding="utf-8")
    assert b"library-unusable" in Path("out/report.json").read_bytes()

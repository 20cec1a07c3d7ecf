"""`check --base`: what changed since a commit, addresses that are gone, texts nobody decided on."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from casebook.library import casefile
from casebook.library.decisions import add_decision
from casebook.library.folder import case_paths
from casebook.library.merge_files import merge_files, unmerge_files
from casebook.model import Finding, UserError
from casebook.pipeline import checking
from casebook.pipeline.checking import check_all, check_since
from casebook.runtime import cache, git_files
from commands import run_text

CASE = """---
id: {id}
title: {title}
kind: 经验材料
lead_role: background
sources: [{{name: 本单位撰写}}]
---

{place}共有四个村民小组，一百九十户，过去每到汛期村道积水，老人孩子出门要绕两里路。

## 一、摸清底数 {{.practice #k111}}

村委会请退休的水利员沿着{place}的三条沟走了一遍，把堵塞的二十七处画在一张图上，贴在祠堂门口，谁家门前归谁清，先记名字后记日子。

## 二、分段清淤 {{.practice #k222}}

每逢初一和十五，各组出工半天，抬走的淤泥送到果园里作肥。两个月以后，三条沟全部见底，雨后半个钟头路面就干了。

### （一）算好工分。 {{.practice #k333}}

出工的人记一分，年底按分领取合作社的菜籽油；没有劳力的人家可以出一辆板车，也记一分。
"""
OTHER = """---
id: {id}
title: 某厂食堂减少剩饭
kind: 经验材料
lead_role: background
sources: [{{name: 本单位撰写}}]
---

食堂每天要倒掉三桶剩饭，工人却说吃不饱，后勤科把一个星期的菜单和剩菜过了秤，才知道差在哪里。

## 一、小份多样 {{.practice #k111}}

一荤两素改成六样小碟，随吃随添；面条当面下锅，够吃才捞。一个月以后剩饭只有半桶，买菜的钱也省下一成。
"""


def git(*words: str) -> None:
    """Run git in the working folder."""
    subprocess.run(
        ["git", "-c", "user.name=甲", "-c", "user.email=a@example.org", *words], check=True
    )


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two cases, committed as `published`; the working folder is the checkout."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(checking, "store_of", lambda folder: cache.NOTHING)
    folder = Path("cases")
    folder.mkdir()
    write(folder, "qingyu", CASE, title="某村疏通排水沟", place="某村")
    write(folder, "shitang", OTHER)
    git("init", "-q")
    commit()
    git("tag", "published")
    return folder


def write(folder: Path, name: str, text: str, **words: str) -> Path:
    """Write a case file."""
    path = folder / f"{name}.md"
    path.write_text(text.format(id=name, **words), encoding="utf-8")
    return path


def commit() -> None:
    """Commit all."""
    git("add", "-A")
    git("commit", "-q", "-m", "x")


def since(folder: Path, reference: str = "published") -> list[Finding]:
    """What `check --base` finds."""
    return check_since(reference, [folder])


def rules(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """File, rule and severity of each finding."""
    return [(Path(f.path).name, f.rule, f.severity) for f in findings]


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_only_what_changed_is_checked(library: Path) -> None:
    """An old mistake is silent, a new one is found: committed, staged, edited and untracked."""
    wrong = OTHER.replace("食堂每天", "<b>食堂</b>每天")
    old = write(library, "jiu", wrong.replace("食堂", "澡堂").replace("饭", "水"))
    commit()
    git("tag", "-f", "published")
    assert since(library) == []
    edit(library / "shitang.md", "三桶", "<i>三桶")
    assert rules(since(library)) == [("shitang.md", "raw-html", "error")]
    commit()
    assert rules(since(library)) == [("shitang.md", "raw-html", "error")]
    new = write(library, "xin", CASE, title="某镇修桥", place="某镇")
    new.write_text("---\nid: xin\ntitle: 某镇修桥\n---\n\n<u>修桥。\n", encoding="utf-8")
    assert ("xin.md", "raw-html", "error") in rules(since(library))
    assert not [f for f in since(library) if old.name in f.path]


def test_a_branch_that_went_on_meanwhile_loses_nothing(library: Path) -> None:
    """What was added to the base after we left it is not gone from ours."""
    git("checkout", "-q", "-b", "ours")
    git("checkout", "-q", "-b", "theirs")
    write(library, "xin", CASE, title="某镇修桥", place="某镇")
    commit()
    git("checkout", "-q", "ours")
    assert since(library, "theirs") == []


# --- addresses


def renamed(folder: Path) -> None:
    git("mv", "cases/qingyu.md", "cases/shugou.md")
    edit(folder / "shugou.md", "id: qingyu", "id: shugou")
    edit(folder / "shugou.md", "两里路", "三里路")


def test_a_renamed_case_is_named_back_by_the_command(library: Path) -> None:
    """The message has the whole command, at the file that is there; it works as it is."""
    renamed(library)
    (found,) = since(library)
    assert rules([found]) == [("shugou.md", "address-lost", "error")]
    assert "cases/qingyu.html" in found.message
    command = found.message.rpartition("：")[2]
    assert command == "git mv cases/shugou.md cases/qingyu.md"
    subprocess.run(shlex.split(command), check=True)
    edit(library / "qingyu.md", "id: shugou", "id: qingyu")
    assert since(library) == []


def test_a_deleted_case_is_brought_back_by_the_command(library: Path) -> None:
    """Nothing took its place."""
    git("rm", "-q", "cases/qingyu.md")
    (found,) = since(library)
    assert rules([found]) == [("qingyu.md", "address-lost", "error")]
    subprocess.run(shlex.split(found.message.rpartition("：")[2]), check=True)
    assert since(library) == []


def test_a_former_name_keeps_its_address(library: Path) -> None:
    """Where the new file names the old id among its aliases, nothing is lost."""
    renamed(library)
    edit(library / "shugou.md", "id: shugou\n", "id: shugou\naliases: [qingyu]\n")
    assert "address-lost" not in [f.rule for f in since(library)]


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (lambda p: edit(p, "practice #k222", "practice"), 15, "在这个小标题后面写回 {#k222}"),
        (lambda p: edit(p, "#k222", "#k999"), 15, "把这里的 #k999 改回 {#k222}"),
        (lambda p: edit(p, "## 二、分段清淤 {.practice #k222}\n\n", ""), 1, "恢复这一条"),
    ],
)  # fmt: skip
def test_an_anchor_that_is_gone(
    library: Path, change: Callable[[Path], None], line: int, said: str
) -> None:
    """The finding stands where the anchor belongs."""
    change(library / "qingyu.md")
    (found,) = (f for f in since(library) if f.rule == "address-lost")
    assert (found.line, found.severity) == (line, "error") and said in found.message


def test_what_keeps_all_addresses_is_silent(library: Path) -> None:
    """New wording, a block moved, a new anchor, line ends of Windows, another title."""
    path = library / "qingyu.md"
    edit(path, "二、分段清淤", "二、分段包干")
    edit(path, "title: 某村疏通排水沟", "title: 某村排水沟疏通记")
    path.write_text(
        path.read_text(encoding="utf-8") + "\n## 三、后来 {.outcome #k444}\n\n再没有积水。\n",
        encoding="utf-8",
        newline="\r\n",
    )
    assert since(library) == []


def test_a_broken_file_has_not_lost_its_anchors(library: Path) -> None:
    """One mistake in the front matter is one finding."""
    edit(library / "qingyu.md", "title: ", "title： ")
    assert [f.rule for f in since(library)] == ["yaml-syntax"]


def test_merging_and_undoing_lose_nothing(library: Path) -> None:
    """A variant's address leads on; undone, the case is there again, with its anchors."""
    shorter = CASE.replace("，先记名字后记日子", "")
    write(library, "shugou", shorter, title="某村疏通排水沟", place="某村")
    commit()
    git("tag", "-f", "published")
    assert merge_files(library, "qingyu", "shugou") == ("qingyu", "shugou")
    assert since(library) == []
    commit()
    git("tag", "-f", "published")
    unmerge_files(library, "shugou")
    assert "address-lost" not in [f.rule for f in since(library)]


def test_a_variant_that_no_case_names(library: Path) -> None:
    """Its page would not be made, so its address is lost, too."""
    (library / "variants").mkdir()
    git("mv", "cases/qingyu.md", "cases/variants/qingyu.md")
    assert ("qingyu.md", "address-lost", "error") in rules(since(library))


def test_a_case_that_others_refer_to(library: Path) -> None:
    """Files that did not change are looked at where the change concerns them."""
    shorter = CASE.replace("，先记名字后记日子", "")
    write(library, "shugou", shorter, title="某村疏通排水沟", place="某村")
    merge_files(library, "qingyu", "shugou")
    commit()
    git("tag", "-f", "published")
    (library / "variants" / "shugou.md").unlink()
    assert ("qingyu.md", "variant-missing", "error") in rules(since(library))


# --- texts


def copy(folder: Path) -> None:
    write(folder, "paishui", CASE, title="某村疏通排水沟", place="某村")


def reworded(folder: Path) -> None:
    copy(folder)
    edit(folder / "paishui.md", "两个月以后", "不到两个月")
    edit(folder / "paishui.md", "一百九十户", "一百九十余户")


def test_a_copy_under_another_id(library: Path) -> None:
    """An error with and without --base, with the commands whole."""
    copy(library)
    for findings in (since(library), check_all([library])):
        (found,) = findings
        assert (found.rule, found.severity) == ("duplicate-case", "error")
    (found,) = since(library)
    assert Path(found.path).name == "paishui.md"
    assert re.search(r"duplicates\S* --merge paishui qingyu --library cases；", found.message)
    assert re.search(
        r"duplicates\S* --distinct paishui qingyu --library cases --reason ", found.message
    )


def test_a_near_identical_text(library: Path) -> None:
    """A warning for the whole library, an error for what is new."""
    reworded(library)
    assert rules(check_all([library])) == [("qingyu.md", "near-identical", "warning")]
    assert rules(since(library)) == [("paishui.md", "near-identical", "error")]


@pytest.mark.parametrize("decide", ["merge", "distinct", "commit"])
def test_a_pair_that_was_decided_on_is_silent(library: Path, decide: str) -> None:
    """Merged, written down as two cases, or there before."""
    reworded(library)
    if decide == "merge":
        merge_files(library, "paishui", "qingyu")
    elif decide == "distinct":
        add_decision(library, "paishui", "qingyu", "两个村", ["paishui", "qingyu"])
        assert check_all([library]) == []
    else:
        commit()
        git("tag", "-f", "published")
    assert since(library) == []


def test_the_commands_of_the_message_decide(library: Path) -> None:
    """What is copied from the message runs."""
    reworded(library)
    (found,) = since(library)
    call = re.search(
        r"(?:casebook duplicates|find_duplicates\.py) (--merge [^；]+)；", found.message
    )
    assert call
    assert run_text("find_duplicates", *shlex.split(call[1])).returncode == 0
    assert since(library) == []


def test_a_template_for_another_place_is_no_copy(library: Path) -> None:
    """Cases of one series are cases of their own."""
    write(
        library, "tiexiang", OTHER.replace("食堂", "车间").replace("饭", "料").replace("菜", "件")
    )
    assert since(library) == []


def test_a_broken_case_elsewhere_stops_no_comparison(library: Path) -> None:
    """It is old, so not ours; the copy is found all the same."""
    (library / "huai.md").write_text("---\nid: [\n---\n", encoding="utf-8")
    commit()
    git("tag", "-f", "published")
    copy(library)
    assert rules(since(library)) == [("paishui.md", "duplicate-case", "error")]


def test_a_new_word_concerns_every_case(library: Path) -> None:
    """When the vocabulary changes, cases that did not are checked, too."""
    default = Path(checking.__file__).parents[3] / "cases" / "vocabulary"
    shutil.copytree(default, library / "vocabulary")
    commit()
    git("tag", "-f", "published")
    edit(library / "vocabulary" / "kinds.yml", "经验材料", "经验介绍")
    assert {Path(f.path).name for f in since(library)} >= {"qingyu.md", "shitang.md"}


# --- calls


@pytest.mark.parametrize("reference", ["nope", "HEAD~5", "published:cases", "a\nb"])
def test_an_unknown_reference_is_one_sentence(library: Path, reference: str) -> None:
    """Exit code 2, and nothing on stdout."""
    result = run_text("check_cases", "--base", reference, library)
    assert (result.returncode, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1 and "git fetch" in result.stderr


def test_outside_of_git_it_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in no repository, a file, a machine without git."""
    write(tmp_path, "shitang", OTHER)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UserError, match="不在 git 仓库里"):
        since(tmp_path, "HEAD")
    with pytest.raises(UserError, match="要与案例文件夹同用"):
        since(tmp_path / "shitang.md", "HEAD")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UserError, match="没有找到 git"):
        git_files.compare_with(tmp_path, "HEAD")


@pytest.mark.skipif(sys.platform != "linux", reason="names that other systems do not take")
def test_any_name_may_have_changed(library: Path) -> None:
    """Spaces, quotes, line feeds, bytes that are no UTF-8."""
    for name in (b"cases/a b.txt", b'cases/"q".txt', b"cases/a\nb.md", b"cases/\xc4\xe3.txt"):
        Path(name.decode("utf-8", "surrogateescape")).write_text("x", encoding="utf-8")
    assert {f.rule for f in since(library)} == {"file-place", "front-matter-missing"}


def test_fix_mends_only_what_changed(library: Path) -> None:
    """`--base --fix` leaves the files of others alone."""
    for name in ("qingyu", "shitang"):
        edit(library / f"{name}.md", "。\n", "。 \n")
    commit()
    git("tag", "-f", "published")
    edit(library / "qingyu.md", "两里路", "三里路")
    assert run_text("check_cases", "--base", "published", "--fix", library).returncode == 0
    held = {path.stem: "。 \n" in path.read_text(encoding="utf-8") for path in case_paths(library)}
    assert held == {"qingyu": False, "shitang": True}


def test_a_split_and_a_renamed_case_keep_the_addresses_of_their_items(library: Path) -> None:
    """An anchor may leave a case whose former name it was known by, if an alias says where to."""
    renamed(library)
    edit(library / "shugou.md", "id: shugou\n", "id: shugou\naliases: [qingyu]\n")
    text = (library / "shugou.md").read_text(encoding="utf-8")
    anchor = re.findall(r"#(k\w+)\}", text)[-1]
    edit(library / "shugou.md", f" #{anchor}}}", "}")
    found = [f for f in since(library) if f.rule == "address-lost"]
    assert [f"#{anchor}" in f.message for f in found] == [True]
    for name in ("qingyu", "shugou"):
        case = casefile.read_case(library / "shugou.md")
        other = replace(case, id="b", title="另一篇", aliases=(f"{name}#{anchor}",))
        (library / "b.md").write_text(casefile.dump(other), encoding="utf-8")
        assert [f for f in since(library) if f.rule == "address-lost"] == []

"""What `--fix` mends on the branch of a pull request: read from the commit, mended here."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from test_pull_comment import EVENTS, REPOSITORY, make_fake, make_pull, read_event, report

from casebook.forge.case_paths import is_case_path
from casebook.forge.pull_fixes import push_fixes
from casebook.forge.run_event import CheckRun
from casebook.pipeline.contribution import Contribution, FixedFile
from casebook.runtime.github_api import Answer, GitHub
from commands import run_text
from fake_github import TOKEN, FakeGitHub
from frozen import LIBRARY

TEXT = """---
id: qingyu
title: 某村疏通排水沟
kind: 经验材料
date: "2023年5月"
sources: [{name: 本单位撰写}]
---

##一、摸清底数 {.practice}

村委会请退休的水利员沿着三条沟走了一遍。
"""
BRANCH = f"{REPOSITORY}/git/refs/heads/patch-1"
HEAD = "1" * 40


def make_repository(run: CheckRun, files: Sequence[str], mode: str = "100644") -> FakeGitHub:
    """A repository whose commit has one file; the report says what may be mended."""
    shown = Contribution(fixes=tuple(FixedFile(name, name) for name in files))
    fake = make_fake(run, report(shown))
    case = {"path": "qingyu.md", "type": "blob", "mode": mode, "sha": "c1", "size": len(TEXT)}
    folder = {"path": "cases", "type": "tree", "mode": "040000", "sha": "t1"}
    fake.answers |= {
        f"GET {REPOSITORY}/git/commits/{run.head}": {"tree": {"sha": "t0"}},
        f"GET {REPOSITORY}/git/trees/t0": {"tree": [folder], "truncated": False},
        f"GET {REPOSITORY}/git/trees/t1": {"tree": [case], "truncated": False},
        f"GET {REPOSITORY}/git/blobs/c1": {"content": b64encode(TEXT.encode()).decode()},
        f"POST {REPOSITORY}/git/blobs": {"sha": "c2"},
        f"POST {REPOSITORY}/git/trees": {"sha": "t2"},
        f"POST {REPOSITORY}/git/commits": {"sha": "2" * 40},
        f"PATCH {BRANCH}": {},
        f"POST {REPOSITORY}/actions/workflows/cases.yml/dispatches": Answer(204, b""),
    }
    return fake


def push(run: CheckRun, fake: FakeGitHub) -> str:
    """What is done for a run."""
    return push_fixes(run, GitHub("anli/ku", TOKEN, fake), LIBRARY / "vocabulary")


def test_a_file_is_mended_on_its_branch_and_checked_again() -> None:
    """One commit on the commit that was looked at, without force; then the checks run."""
    run = read_event("run-opened")
    fake = make_repository(run, ["cases/qingyu.md"])
    assert push(run, fake).startswith("已在 patch-1 上提交，改好 1 个文件")
    written: dict[str, Any] = dict(fake.written())
    mended = b64decode(written[f"POST {REPOSITORY}/git/blobs"]["content"]).decode()
    assert 'date: "2023-05"' in mended and "## 一、摸清底数 {.practice #" in mended
    (entry,) = written[f"POST {REPOSITORY}/git/trees"]["tree"]
    assert entry == {"path": "cases/qingyu.md", "mode": "100644", "type": "blob", "sha": "c2"}
    assert written[f"POST {REPOSITORY}/git/commits"]["parents"] == [HEAD]
    assert written[f"PATCH {BRANCH}"] == {"sha": "2" * 40, "force": False}
    assert fake.written()[-1] == (
        f"POST {REPOSITORY}/actions/workflows/cases.yml/dispatches",
        {"ref": "patch-1"},
    )


@pytest.mark.parametrize(
    "name",
    [
        ".github/workflows/publish.yml",
        "scripts/casebook/x.md",
        "cases/../.github/x.md",
        "cases/variants/../../x.md",
        "cases/sources/x.md",
        "/cases/qingyu.md",
        "cases\\qingyu.md",
        "cases/.md",
        "cases/a\n.md",
        "Cases/qingyu.md",
        "cases/fehlt.md",
    ],
)
def test_nothing_but_a_case_of_the_commit_is_ever_written(name: str) -> None:
    """Whatever a report names."""
    run = read_event("run-opened")
    fake = make_repository(run, [name])
    assert push(run, fake) == "没有可以自动改好的。" and fake.written() == []
    assert is_case_path(name) == (name == "cases/fehlt.md")


@pytest.mark.parametrize("mode", ["120000", "100755", "160000"])
def test_links_and_programs_are_left_alone(mode: str) -> None:
    """Only a regular file is mended."""
    run = read_event("run-opened")
    fake = make_repository(run, ["cases/qingyu.md"], mode)
    assert push(run, fake) == "没有可以自动改好的。" and fake.written() == []


def test_nothing_is_pushed_to_a_fork() -> None:
    """The token has no right there, and the patch is in the comment."""
    run = read_event("run-fork")
    fake = make_repository(run, ["cases/qingyu.md"])
    assert push(run, fake).startswith("没有提交：合并请求来自别的仓库") and fake.written() == []


def test_a_branch_that_moved_meanwhile_is_left_alone() -> None:
    """Before the push the pull request is asked once more; at last GitHub refuses."""
    run = read_event("run-opened")
    moved = {"sha": "3" * 40, "ref": "patch-1", "repo": {"id": 1001}}
    pulls = iter([[make_pull(run)], [make_pull(run, head=moved)]])
    fake = make_repository(run, ["cases/qingyu.md"])
    fake.answers[f"GET {REPOSITORY}/pulls"] = lambda call: next(pulls)
    assert push(run, fake) == "没有提交：分支上有了更新的提交。"
    refusing = make_repository(run, ["cases/qingyu.md"])
    refusing.answers[f"PATCH {BRANCH}"] = Answer(422, b'{"message": "not a fast forward"}')
    assert push(run, refusing) == "没有提交：分支上有了更新的提交。"
    for each in (fake, refusing):
        assert not [call for call, _ in each.written() if "dispatches" in call]


@pytest.mark.parametrize(
    ("step", "said"),
    [("comment", "合并请求 #12 的评论已更新。"), ("push", "已在 patch-1 上提交，改好 1 个文件")],
)
def test_the_commands_read_the_event_of_their_workflow(
    monkeypatch: pytest.MonkeyPatch, step: str, said: str
) -> None:
    """By the file that GITHUB_EVENT_PATH names; outside of a workflow they say what is missing."""
    fake = make_repository(read_event("run-opened"), ["cases/qingyu.md"])
    for name in ("GITHUB_EVENT_PATH", "GITHUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    alone = run_text("review_pull_request", step)
    assert alone.returncode == 2 and "GITHUB_EVENT_PATH" in alone.stderr
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(EVENTS / "run-opened.json"))
    monkeypatch.setenv("GITHUB_REPOSITORY", "anli/ku")
    assert "GITHUB_TOKEN" in run_text("review_pull_request", step).stderr
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    made = partial(GitHub.from_environment, fake)
    monkeypatch.setattr(GitHub, "from_environment", made)
    ended = run_text("review_pull_request", step)
    assert (ended.returncode, ended.stderr) == (0, "") and ended.stdout.startswith(said)

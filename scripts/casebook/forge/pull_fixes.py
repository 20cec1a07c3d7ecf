"""What `--fix` mends, committed to the branch of a pull request of the same repository.

The report of the run only says which files may be mended. They are read from the commit itself, and
mended by the code that runs here: nothing that a run without rights wrote is committed.
"""

from __future__ import annotations

import tempfile
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook.checks.fixing import plan_fix
from casebook.checks.gate import LARGEST_CASE_BYTES
from casebook.forge.case_paths import FOLDER, is_case_path
from casebook.forge.issue_calls import BOT, make_commit
from casebook.forge.pull_comment import find_checked_pull
from casebook.forge.report_artifact import fetch_report
from casebook.forge.run_event import CheckRun
from casebook.library.folder import VARIANTS, VOCABULARY
from casebook.model import UserError
from casebook.runtime import cli
from casebook.runtime.github_api import GitHub, GitHubError

MOST_FILES = 100
"""Files that one commit mends."""

WORKFLOW = "cases.yml"
"""The workflow that checks a pull request; a commit by a workflow's token starts none."""

_REGULAR = "100644"
"""The mode of a plain file in git; a link has another one, as has a program."""


@dataclass(frozen=True, slots=True)
class MendedFile:
    """A file of a commit: its path before and after, and what it should hold."""

    before: str
    after: str
    content: bytes


def push_fixes(run: CheckRun, github: GitHub, vocabulary: Path) -> str:
    """Commit what can be mended to the branch that a run looked at.

    `vocabulary` is the folder by which the marks of headings are read. Returns a sentence on what
    was done. Raises UserError.
    """
    pull = find_checked_pull(run, github)
    if not pull or pull.is_fork:
        return "没有提交：合并请求来自别的仓库，已经关闭，或者有了更新的提交。"
    shown = fetch_report(run.id, github)
    named = list(dict.fromkeys(fix.before for fix in shown.fixes)) if shown else []
    mended = list(_mend_files(named[:MOST_FILES], run, github, vocabulary))
    if not mended:
        return "没有可以自动改好的。"
    files: dict[str, bytes | None] = {each.before: None for each in mended}
    files |= {each.after: each.content for each in mended}
    made = make_commit(github, run.head, files, "Mend what `casebook check --fix` mends", BOT)
    if find_checked_pull(run, github) != pull or not _move_branch(run, github, made["sha"]):
        return "没有提交：分支上有了更新的提交。"
    github.post("actions", "workflows", WORKFLOW, "dispatches", ref=run.branch)
    return f"已在 {run.branch} 上提交，改好 {len(mended)} 个文件，并重新检查。"


def _move_branch(run: CheckRun, github: GitHub, sha: str) -> bool:
    """Let the branch end at a commit; GitHub refuses it if the branch has got another one."""
    try:
        github.patch("git", "refs", "heads", *run.branch.split("/"), sha=sha, force=False)
    except GitHubError as error:
        if error.status in (409, 422):
            return False
        raise
    return True


def _mend_files(
    names: Sequence[str], run: CheckRun, github: GitHub, vocabulary: Path
) -> Iterator[MendedFile]:
    wanted = [name for name in names if is_case_path(name)]
    if not wanted:
        return
    blobs = _list_blobs(run, github)
    with tempfile.TemporaryDirectory(prefix="casebook-fixes-") as made:
        root = Path(made)
        for path in vocabulary.glob("*.yml"):
            cli.write_bytes(root / FOLDER / VOCABULARY / path.name, path.read_bytes())
        for name in wanted:
            if name in blobs:
                content = github.get("git", "blobs", blobs[name])["content"]
                cli.write_bytes(root / name, b64decode(content))
                if planned := plan_fix(root / name):
                    after = planned.target.relative_to(root).as_posix()
                    if after == name or after not in blobs:
                        yield MendedFile(name, after, planned.after)


def _list_blobs(run: CheckRun, github: GitHub) -> dict[str, str]:
    """The plain files of a case's size in the commit: their ids by path."""
    tree = github.get("git", "commits", run.head)["tree"]["sha"]
    found: dict[str, str] = {}
    for folder in (FOLDER, f"{FOLDER}/{VARIANTS}"):
        tree = _find_entry(github, tree, folder.rpartition("/")[2])
        if not tree:
            break
        for entry in _list_entries(github, tree):
            is_plain = entry["type"] == "blob" and entry["mode"] == _REGULAR
            if is_plain and entry.get("size", 0) <= LARGEST_CASE_BYTES:
                found[f"{folder}/{entry['path']}"] = entry["sha"]
    return found


def _find_entry(github: GitHub, tree: str, name: str) -> str:
    """The id of a folder in a tree; '' where there is none."""
    entries = _list_entries(github, tree)
    return next((e["sha"] for e in entries if e["path"] == name and e["type"] == "tree"), "")


def _list_entries(github: GitHub, tree: str) -> list[dict[str, Any]]:
    answer = github.get("git", "trees", tree)
    if answer["truncated"]:
        raise UserError("案例文件夹太大，不能自动提交；请用补丁。")
    entries: list[dict[str, Any]] = answer["tree"]
    return entries

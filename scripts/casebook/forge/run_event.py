"""The event of a finished run of the checks (`workflow_run`), and the pull request it belongs to.

The event is GitHub's own word, but the names and texts in it are those of strangers.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook.model import UserError
from casebook.runtime.github_api import GitHub

LARGEST_EVENT = 4 * 2**20
"""Bytes of an event's file."""

_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class CheckRun:
    """A run that looked at a pull request. `head` is the commit that it looked at.

    `owner`, `branch` and `head_repository` (its id, 0 if it is gone) say where that came from.
    """

    id: int
    event: str
    conclusion: str
    head: str
    owner: str
    branch: str
    head_repository: int
    default_branch: str


@dataclass(frozen=True, slots=True)
class OpenPull:
    """An open pull request, as the API shows it: its number, and whether it comes from a fork."""

    number: int
    is_fork: bool


def read_run_event(path: Path) -> CheckRun:
    """The event in a file. Raises UserError for what is no event of a finished run."""
    try:
        if path.stat().st_size > LARGEST_EVENT:
            raise UserError(f"{path}：事件文件太大。")
        event = json.loads(path.read_bytes())
        return _read_run(event["workflow_run"], event["repository"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(f"{path}：不是 workflow_run 事件。") from error


def _read_run(run: Any, repository: Any) -> CheckRun:
    source = run["head_repository"] or {"id": 0, "owner": {"login": ""}}
    if not _SHA.fullmatch(run["head_sha"]):
        raise ValueError("no commit")
    return CheckRun(
        id=int(run["id"]),
        event=str(run["event"]),
        conclusion=str(run["conclusion"]),
        head=run["head_sha"],
        owner=str(source["owner"]["login"]),
        branch=str(run["head_branch"]),
        head_repository=int(source["id"]),
        default_branch=str(repository["default_branch"]),
    )


def find_pull(run: CheckRun, github: GitHub) -> OpenPull | None:
    """The open pull request whose newest commit the run looked at; None if there is none any more.

    The event of a fork names no pull request. So those of its branch are asked for, and the one
    counts whose commit and repository are those of the event.
    """
    asked = {"state": "open", "head": f"{run.owner}:{run.branch}", "base": run.default_branch}
    for pull in github.get_all("pulls", **asked):
        head, base = pull["head"], pull["base"]
        source = (head["repo"] or {}).get("id")
        to = base["repo"]["full_name"], base["ref"], pull["state"]
        if to != (github.repository, run.default_branch, "open"):
            continue
        if (head["sha"], head["ref"], source) == (run.head, run.branch, run.head_repository):
            return OpenPull(int(pull["number"]), source != base["repo"]["id"])
    return None

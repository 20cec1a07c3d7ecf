"""An event about an issue, as the forge writes it to the file that GITHUB_EVENT_PATH names."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook.model import UserError

LARGEST_EVENT = 25 * 1024 * 1024
"""Bytes of an event; GitHub sends no larger one."""

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}(\[bot\])?")
_REPOSITORY = re.compile(r"[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}")
_BRANCH = re.compile(r"[\w][\w./-]{0,200}")


@dataclass(frozen=True, slots=True)
class IssueEvent:
    """An issue as it was when something happened to it.

    `action` is opened, edited, labeled …; `label` is the one that was set, `sender` who did it,
    `author` and `author_id` who wrote the issue. `repository` is OWNER/NAME.
    """

    action: str
    number: int
    body: str
    is_open: bool
    author: str
    author_id: int
    sender: str
    repository: str
    default_branch: str
    label: str = ""
    labels: tuple[str, ...] = ()


def read_event(path: Path) -> IssueEvent:
    """Read an event. Raises UserError for a file that is none, or is not about an issue."""
    if not path.is_file():
        raise UserError(f"{path}：没有这个文件；应是 GITHUB_EVENT_PATH 指的事件文件。")
    if path.stat().st_size > LARGEST_EVENT:
        raise UserError(f"{path}：事件文件超过 {LARGEST_EVENT // 2**20} MB，没有读取。")
    try:
        event = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path}：不是 JSON，应是 GITHUB_EVENT_PATH 指的事件文件。") from error
    try:
        return _parse_event(event)
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"{path}：不是 issue 的事件（{type(error).__name__}：{error}）。"
        ) from error


def _parse_event(event: Any) -> IssueEvent:
    issue, repository = event["issue"], event["repository"]
    if "pull_request" in issue:
        raise ValueError("pull request")
    return IssueEvent(
        action=str(event["action"]),
        number=_read_number(issue["number"]),
        body=str(issue["body"] or ""),
        is_open=issue["state"] == "open",
        author=_match(_LOGIN, issue["user"]["login"]),
        author_id=_read_number(issue["user"]["id"]),
        sender=_match(_LOGIN, event["sender"]["login"]),
        repository=_match(_REPOSITORY, repository["full_name"]),
        default_branch=_match(_BRANCH, repository["default_branch"]),
        label=str((event.get("label") or {}).get("name", "")),
        labels=tuple(str(label["name"]) for label in issue["labels"]),
    )


def _read_number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("number")
    return value


def _match(pattern: re.Pattern[str], value: Any) -> str:
    """A value that becomes a part of an address. Raises ValueError for any other."""
    if not pattern.fullmatch(value):
        raise ValueError("name")
    return str(value)

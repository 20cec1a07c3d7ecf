"""The pull request of an issue: one branch, one commit by the contributor, one status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebook.forge.issue_calls import BOT, find_head, make_commit, report_status, set_branch
from casebook.forge.issue_event import IssueEvent
from casebook.runtime.github_api import GitHub, GitHubError

STATUS = "casebook/check"
"""The name of the status that says what the gate found in the commit."""

SETTING = "Settings → Actions → General → Allow GitHub Actions to create and approve pull requests"
"""Where it is allowed that a workflow opens a pull request."""


@dataclass(frozen=True, slots=True)
class CaseCommit:
    """What is to be proposed: files by their path in the repository, on top of the commit `base`.

    `passed` is whether the gate found no error in them. `link` leads to the run's log.
    """

    base: str
    files: Mapping[str, bytes]
    passed: bool
    title: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The pull request's number, 0 for none, and a Chinese sentence on what was done."""

    number: int
    sentence: str


def name_branch(issue: int) -> str:
    """The branch of an issue."""
    return f"case/issue-{issue}"


def propose(forge: GitHub, event: IssueEvent, commit: CaseCommit) -> Opened:
    """Open the pull request of an issue or bring it up to date. Raises GitHubError.

    What people have changed on its branch is never overwritten, and one that was merged or closed
    is not opened again unless somebody sets the label again.
    """
    branch = name_branch(event.number)
    owner = event.repository.partition("/")[0]
    pulls = list(forge.get_all("pulls", state="all", head=f"{owner}:{branch}"))
    current = next((pull for pull in pulls if pull["state"] == "open"), None)
    if not current and any(pull["merged_at"] for pull in pulls):
        return Opened(0, "这篇文章的合并请求已经合并，不再更新；要改案例，请用“更正案例”表单。")
    if not current and pulls and event.action != "labeled":
        return Opened(0, "合并请求已被关闭；要重新生成，请维护者取下“收录”标签再加上。")
    head = find_head(forge, branch)
    number = current["number"] if current else 0
    if head and head["committer"]["email"] != BOT["email"]:
        return Opened(number, f"分支 {branch} 上有人改过，没有覆盖；请直接在那个分支上修改。")
    made = _commit_once(forge, event, commit, head)
    report_status(forge, made["sha"], commit.passed, STATUS, _describe_status(commit), commit.link)
    return _open_pull(forge, event, commit, number)


def _commit_once(forge: GitHub, event: IssueEvent, commit: CaseCommit, head: Any) -> Any:
    """The branch's commit: the one that is there, if it has the same files on the same base."""
    message = f"Add the write-up of issue #{event.number}"
    email = f"{event.author_id}+{event.author}@users.noreply.github.com"
    author = {"name": event.author, "email": email}
    made = make_commit(forge, commit.base, commit.files, message, author)
    parents = [parent["sha"] for parent in head["parents"]] if head else []
    if head and parents == [commit.base] and head["tree"]["sha"] == made["tree"]["sha"]:
        return head
    set_branch(forge, name_branch(event.number), made["sha"], exists=bool(head))
    return made


def _describe_status(commit: CaseCommit) -> str:
    return "检查完毕，没有错误" if commit.passed else "检查发现错误，见合并请求的说明"


def _open_pull(forge: GitHub, event: IssueEvent, commit: CaseCommit, number: int) -> Opened:
    values = {"title": commit.title, "body": commit.text}
    if number:
        forge.patch("pulls", number, **values)
        return Opened(number, f"合并请求 #{number} 已更新。")
    branch = name_branch(event.number)
    values |= {"head": branch, "base": event.default_branch}
    try:
        number = int(forge.post("pulls", **values)["number"])
    except GitHubError as error:
        if error.status == 403:
            return Opened(
                0,
                f"案例已在分支 {branch} 上，但仓库没有允许工作流开合并请求：请管理员打开"
                f"（{SETTING}），再取下“收录”标签加上；或由维护者从这个分支开合并请求。",
            )
        raise
    return Opened(number, f"已生成合并请求 #{number}，作者是 {event.author}。")

"""The one comment on a pull request: what a run without rights has found, kept up to date."""

from __future__ import annotations

import re
from dataclasses import replace

from casebook.checks.finding_report import summarize_findings
from casebook.forge.case_paths import is_case_path
from casebook.forge.issue_calls import keep_comment
from casebook.forge.report_artifact import fetch_report
from casebook.forge.run_event import CheckRun, OpenPull, find_pull
from casebook.model import UserError
from casebook.pipeline.contribution import Contribution
from casebook.pipeline.contribution_page import COMMENT_BYTES, render_contribution
from casebook.runtime.git_files import list_patched
from casebook.runtime.github_api import GitHub
from casebook.runtime.markdown_page import escape_markdown

MARKER = "<!-- casebook: pull request -->"
"""What the comment begins with."""

CHECKING_EVENTS = ("pull_request", "workflow_dispatch")
"""Events whose runs look at a pull request; the second follows a commit by a workflow."""

SILENT = ("cancelled", "skipped", "stale", "neutral")
"""Conclusions of a run that another one follows."""

_STRANGE = re.compile(r"^(?:(?:new file|deleted file|old|new) mode|GIT binary patch)", re.M)
"""What no patch of `--fix` has: other modes, files that come or go, bytes that nobody can read."""

_UNREAD = """\
新来的原稿还不是案例，合并以后站点上不会有它。请维护者取下这个分支，运行 `make site`，
核对生成的案例，一起提交；或者请投稿人改用“提交经验材料”表单，由程序生成。

"""

_RENAMED = re.compile(r"^(?:rename|copy) from (.*)$", re.M)

_WAITING = """\
谢谢投稿。第一次投稿的人，自动检查要等维护者批准以后才会开始，请稍等。
检查完以后，这条评论会更新为结果：哪里要改、怎么改，新来的文章会变成什么样。
"""

_FAILED = "检查没有运行完，没有结果。请维护者看看[运行记录]({link})，这不是投稿人的错。\n"

_REFUSED = "检查结果没有采用：{reason}请维护者看看[运行记录]({link})。\n"

_HEAD = """\
**{verdict}**（提交 `{commit}`）

错误必须改，警告请看一眼。全部结果在[运行记录]({link})的摘要里；页面下方的 Artifacts 可以下载预览
（preview，解压后打开 index.html）和补丁（fix.patch）。每次提交以后，这条评论都会更新。
检查由合并请求自己的代码运行：改动了 cases/ 以外文件的，请维护者另外再看。

"""


def comment_on_run(run: CheckRun, github: GitHub, server: str) -> str:
    """Write the comment for a finished run, or change it. Returns a sentence on what was done.

    `server` is the address of the forge. Raises UserError.
    """
    pull = find_checked_pull(run, github)
    if not pull:
        return "没有要评论的合并请求：已经关闭，有了更新的提交，或者运行没有结果。"
    link = f"{server}/{github.repository}/actions/runs/{run.id}"
    text = f"{MARKER}\n{_render_result(run, github, link)}"
    keep_comment(github, pull.number, MARKER, text)
    return f"合并请求 #{pull.number} 的评论已更新。"


def find_checked_pull(run: CheckRun, github: GitHub) -> OpenPull | None:
    """The pull request that a run looked at, if the run counts and its commit is the newest."""
    if run.event not in CHECKING_EVENTS or run.conclusion in SILENT:
        return None
    return find_pull(run, github)


def _render_result(run: CheckRun, github: GitHub, link: str) -> str:
    if run.conclusion == "action_required":
        return _WAITING
    try:
        shown = fetch_report(run.id, github)
    except UserError as error:
        return _REFUSED.format(reason=escape_markdown(str(error)), link=link)
    return render_report(shown, run.head, link) if shown else _FAILED.format(link=link)


def _drop_strange_patch(shown: Contribution) -> Contribution:
    """A patch is copied and applied: one that would change anything but cases is not shown."""
    if not shown.patch or _STRANGE.search(shown.patch):
        return replace(shown, patch="")
    named = list_patched(shown.patch)
    named += _RENAMED.findall(shown.patch)
    return shown if named and all(map(is_case_path, named)) else replace(shown, patch="")


def render_report(shown: Contribution, head: str, link: str) -> str:
    """The comment on a report, in Markdown: all of it is text of strangers."""
    verdict = summarize_findings(shown.findings)
    text = _HEAD.format(verdict=verdict, commit=head[:10], link=link)
    if any(found.rule == "source-unread" for found in shown.findings):
        text += _UNREAD
    shown = _drop_strange_patch(shown)
    return text + render_contribution(shown, COMMENT_BYTES - len(text.encode()))

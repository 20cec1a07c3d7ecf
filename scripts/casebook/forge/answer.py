"""The answer to an issue: one comment kept up to date, and the pull request when it is approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook.forge.case_branch import CaseCommit, Opened, propose
from casebook.forge.issue_calls import find_labeler, keep_comment, may_write
from casebook.forge.issue_event import IssueEvent
from casebook.forge.proposal import Proposal, list_contents
from casebook.model import Finding, UserError
from casebook.pipeline.checking import check_since
from casebook.pipeline.contribution import Contribution
from casebook.pipeline.contribution_page import COMMENT_BYTES, render_contribution
from casebook.runtime import cli
from casebook.runtime.git_files import FolderHistory, compare_with
from casebook.runtime.github_api import GitHub
from casebook.runtime.markdown_page import escape_markdown
from casebook.runtime.visible_text import reveal_invisible

APPROVAL = "收录"
"""The label by which a maintainer has the pull request opened."""

MARKER = "<!-- casebook: intake -->"
"""What the one comment begins with."""

LONGEST_SENTENCE = 600
"""Characters of a sentence that a proposal brings."""

MOST_SENTENCES = 40


def check_proposal(proposal: Proposal, folder: Path) -> list[Finding]:
    """Put the files of a proposal into the library in a checkout; what the gate finds in them.

    Raises UserError where a file would replace another one.
    """
    for name, content in _list_new_files(proposal, compare_with(folder, "HEAD")).items():
        cli.write_bytes(folder / name, content)
    return check_since("HEAD", [folder])


def _list_new_files(proposal: Proposal, history: FolderHistory) -> dict[str, bytes]:
    """The files that the commit does not have. Raises UserError for one that has other content."""
    contents = list_contents(proposal)
    known = history.read_before(contents)
    for name, text in known.items():
        if contents[name].decode("utf-8", "replace") != text:
            raise UserError(f"{name} 已经在库里，投稿不能改动它。")
    return {name: content for name, content in contents.items() if name not in known}


def answer_issue(
    event: IssueEvent, proposal: Proposal, folder: Path, forge: GitHub, passed: bool, link: str
) -> str:
    """Answer an issue; `passed` is what check_proposal found, `link` leads to the run's log.

    Returns a sentence on what was done. Raises UserError, and OSError.
    """
    if not event.is_open:
        return "这个 issue 已经关闭，没有回复。"
    opened = _open_if_approved(event, proposal, folder, forge, passed, link)
    keep_comment(forge, event.number, MARKER, render_answer(proposal, opened.sentence, link))
    return opened.sentence


def _open_if_approved(
    event: IssueEvent, proposal: Proposal, folder: Path, forge: GitHub, passed: bool, link: str
) -> Opened:
    labeled = event.action == "labeled" and event.label == APPROVAL
    if not (labeled or APPROVAL in event.labels):
        ready = f"可以收录了：维护者加上“{APPROVAL}”标签，就会生成合并请求。"
        return Opened(0, ready if proposal.ready else "还不能收录，请先补上缺的。")
    login = event.sender if labeled else find_labeler(forge, event.number, APPROVAL)
    if not login or not may_write(forge, login):
        return Opened(0, f"“{APPROVAL}”标签要由有写权限的维护者加上，没有生成合并请求。")
    if not proposal.ready:
        return Opened(0, "还不能收录，没有生成合并请求：请先补上缺的。")
    history = compare_with(folder, "HEAD")
    files = {
        f"{history.prefix}{name}": content
        for name, content in _list_new_files(proposal, history).items()
    }
    if not files:
        return Opened(0, "这篇文章已经在库里，没有生成合并请求。")
    text = render_pull_request(event, proposal)
    title = reveal_invisible(f"收录：{proposal.title[:200]}")
    return propose(forge, event, CaseCommit(history.commit, files, passed, title, text, link))


def render_answer(proposal: Proposal, sentence: str, link: str = "") -> str:
    """The comment on an issue, in Markdown."""
    parts = [MARKER, "", f"**{escape_markdown(proposal.title)}**：{sentence}", ""]
    if proposal.missing:
        parts += ["### 还缺什么", "", "请编辑这个 issue 补上，几分钟以后这条回复会更新。", ""]
        parts += [*_list_sentences(proposal.missing), ""]
    if proposal.doubts:
        parts += ["### 请维护者留意", "", *_list_sentences(proposal.doubts), ""]
    shown = "\n".join([*parts, ""])
    if proposal.shown != Contribution():  # of nothing there is nothing that was found
        shown += render_contribution(proposal.shown, COMMENT_BYTES - len(shown.encode()))
    return f"{shown.rstrip()}\n" + (f"\n[运行记录]({link})\n" if link else "")


def render_pull_request(event: IssueEvent, proposal: Proposal) -> str:
    """The text of a pull request, in Markdown."""
    declared = [(name, value) for name, value in proposal.declared if value]
    parts = [
        f"投稿人 `{event.author}`，来自 #{event.number}。合并以后那个 issue 会关闭。",
        "",
        *(f"- {escape_markdown(name)}：{escape_markdown(value)}" for name, value in declared),
        *_list_sentences(proposal.doubts),
        "",
        f"Closes #{event.number}",
        "",
        "",
    ]
    shown = "\n".join(parts)
    return shown + render_contribution(proposal.shown, COMMENT_BYTES - len(shown.encode()))


def _list_sentences(sentences: Sequence[str]) -> Iterator[str]:
    for sentence in sentences[:MOST_SENTENCES]:
        yield f"- {escape_markdown(sentence, LONGEST_SENTENCE)}"
    if hidden := len(sentences[MOST_SENTENCES:]):
        yield f"- 另有 {hidden} 条"

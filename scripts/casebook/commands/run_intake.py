"""What `casebook intake` does."""

from __future__ import annotations

import argparse
import os

from casebook.checks import finding_report
from casebook.forge.answer import answer_issue, check_proposal
from casebook.forge.download import Fetch, fetch
from casebook.forge.form_body import load_form, parse_body
from casebook.forge.intake import take_in
from casebook.forge.issue_event import IssueEvent, read_event
from casebook.forge.proposal import read_proposal, write_proposal
from casebook.model import UserError
from casebook.runtime import cli, github_api
from casebook.runtime.github_api import GitHub

TEXT_FIELD = "body"
"""The id of the form's field for a whole text."""

LEAST_FIELDS = 3
"""Fields of the form that an issue needs to count as written with it."""


def run(options: argparse.Namespace) -> int:
    """Do one step. Returns the exit code."""
    event = read_event(options.event)
    steps = {"read": read_issue, "check": check_files, "answer": answer}
    return steps[options.step](event, options)


def read_issue(event: IssueEvent, options: argparse.Namespace, ask: Fetch = fetch) -> int:
    """Make the proposal. Raises UserError for an issue that no form wrote."""
    values = parse_body(event.body, load_form(options.form), TEXT_FIELD)
    if len(values) < LEAST_FIELDS:
        raise UserError(f"issue #{event.number} 不是用投稿表单写的，没有处理。")
    proposal = take_in(event.number, values, options.library, ask)
    write_proposal(options.proposal, proposal)
    state = "可以收录" if proposal.ready else "还不能收录"
    cli.say(f"issue #{event.number}：{state}，结果写入 {options.proposal}。")
    return cli.OK


def check_files(event: IssueEvent, options: argparse.Namespace) -> int:
    """Check what would be committed, where it would be."""
    proposal = read_proposal(options.proposal, event.number)
    findings = check_proposal(proposal, options.library)
    print(*finding_report.format_annotations(findings), sep="\n")
    return cli.exit_code(findings)


def answer(
    event: IssueEvent,
    options: argparse.Namespace,
    transport: github_api.Transport = github_api.send,
) -> int:
    """Answer the issue, with the token of the environment."""
    forge = GitHub.from_environment(transport)
    if forge.repository != event.repository:
        raise UserError(f"事件属于仓库 {event.repository}，不是 {forge.repository}，没有处理。")
    proposal = read_proposal(options.proposal, event.number)
    passed = options.checked == "success"
    cli.say(answer_issue(event, proposal, options.library, forge, passed, _find_log(forge)))
    return cli.OK


def _find_log(forge: GitHub) -> str:
    """The address of this run's log, '' outside of a workflow."""
    server, run_id = (os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "RUN_ID"))
    return f"{server}/{forge.repository}/actions/runs/{run_id}" if run_id.isdecimal() else ""

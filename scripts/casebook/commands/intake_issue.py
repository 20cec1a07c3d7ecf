"""An issue with a write-up: read it, check what it becomes, answer it. For the workflow intake."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.runtime import cli

FORM = Path(".github/ISSUE_TEMPLATE/new-case.yml")


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, do one of the three steps. Returns the exit code."""
    parser = cli.Parser(
        prog=cli.command("intake"),
        description="把投稿表单（issue）整理成案例，回复投稿人，经维护者同意后开合并请求。"
        "在工作流 intake.yml 里运行：read 不需要权限，answer 需要。",
    )
    steps = parser.add_subparsers(dest="step", metavar="步骤", required=True)
    read = steps.add_parser("read", help="读事件，导入案例文件夹，检查，结果写成一个 JSON 文件")
    read.add_argument("--form", type=Path, default=FORM, metavar="FILE", help="投稿表单")
    check = steps.add_parser("check", help="把结果放进案例文件夹，再检查一遍；有错误以 1 退出")
    answer = steps.add_parser("answer", help="回复 issue；有“收录”标签时开合并请求")
    answer.add_argument(
        "--checked",
        default=os.environ.get("CHECKED", ""),
        metavar="OUTCOME",
        help="check 这一步的结果，success 为通过，写进提交的状态；省略则为变量 CHECKED",
    )
    for step in (read, check, answer):
        _add_common(step)
    options = parser.parse_args(arguments)
    from casebook.commands.run_intake import run

    return run(options)


def _add_common(step: argparse.ArgumentParser) -> None:
    event = os.environ.get("GITHUB_EVENT_PATH")
    step.add_argument(
        "--event",
        type=Path,
        default=event,
        required=not event,
        metavar="FILE",
        help="事件的 JSON 文件；省略则为 GITHUB_EVENT_PATH",
    )
    proposal = os.environ.get("PROPOSAL") or "intake.json"
    step.add_argument(
        "--proposal", type=Path, default=proposal, metavar="FILE", help="整理的结果，JSON"
    )
    step.add_argument(
        "--library", type=Path, default=LIBRARY, metavar="DIR", help="案例文件夹，在 git 仓库里"
    )

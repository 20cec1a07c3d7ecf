"""Look at a pull request without any right, or report on it with the right to comment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.runtime import cli


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, look or report. Returns the exit code."""
    parser = cli.Parser(
        prog=cli.command("pull-request"),
        description="检查合并请求带来的改动，或者把检查结果写成一条评论。由 GitHub 的工作流运行。",
    )
    actions = parser.add_mutually_exclusive_group(required=True)
    actions.add_argument(
        "--base", metavar="REF", help="检查此后的改动、试导入新来的原稿，结果标在行旁、写进运行摘要"
    )
    actions.add_argument(
        "--comment",
        action="store_true",
        help="把一次检查的结果写成合并请求上的评论，再有结果就更新（读 GITHUB_EVENT_PATH）",
    )
    actions.add_argument(
        "--push",
        action="store_true",
        help="能自动改好的，直接提交到合并请求的分支，只限本仓库的分支（读 GITHUB_EVENT_PATH）",
    )
    parser.add_argument("--cases", type=Path, default=LIBRARY, metavar="DIR", help="案例文件夹")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="与 --base 同用：结果和补丁写进这个文件夹"
    )
    parser.add_argument(
        "--preview", type=Path, metavar="DIR", help="与 --base 同用：改动的案例生成站点，供预览"
    )
    options = parser.parse_args(arguments)
    if options.comment or options.push:
        from casebook.commands.run_comment import run
    else:
        from casebook.commands.run_pull_request import run
    return run(options)

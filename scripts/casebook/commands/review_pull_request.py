"""Look at a pull request without any right; or, with some, report on it or mend it."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.runtime import cli

STEPS = """\
look     检查改动、试导入新来的原稿，结果标在行旁、写进运行摘要；不需要任何权限
comment  把一次检查的结果写成合并请求上的评论，再有结果就更新（读 GITHUB_EVENT_PATH）
push     能自动改好的，提交到合并请求的分支，只限本仓库的分支（读 GITHUB_EVENT_PATH）"""


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, take one step. Returns the exit code."""
    parser = cli.Parser(
        prog=cli.command("pull-request"),
        description=f"检查合并请求，由 GitHub 的工作流运行。\n\n{STEPS}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("step", choices=("look", "comment", "push"), help="做哪一步")
    parser.add_argument("--cases", type=Path, default=LIBRARY, metavar="DIR", help="案例文件夹")
    parser.add_argument(
        "--base",
        metavar="REF",
        default="origin/main",
        help="look：只看此后的改动；默认 origin/main",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="look：结果和补丁写进这个文件夹")
    parser.add_argument(
        "--preview", type=Path, metavar="DIR", help="look：改动的案例生成站点，供预览"
    )
    options = parser.parse_args(arguments)
    if options.step == "look":
        from casebook.commands.run_pull_request import run
    else:
        from casebook.commands.run_comment import run
    return run(options)

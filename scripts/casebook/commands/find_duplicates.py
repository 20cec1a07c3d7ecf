"""Find texts that are the same, alike or of one template; merge what a person has decided."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.dedupe import ENGINES, MERGING
from casebook.runtime import cli

REVIEW = Path("review.html")
"""The page that `--review` writes unless it names another."""


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, compare or merge, report. Returns the exit code."""
    options = _parser().parse_args(arguments)
    if options.merge or options.unmerge or options.distinct or options.decide:
        from casebook.commands.run_decisions import run
    else:
        from casebook.commands.run_duplicates import run
    return run(options)


def _parser() -> cli.Parser:
    parser = cli.Parser(
        prog=cli.command("duplicates"),
        description="找出相同、近似、包含、修订或套用同一模板的文章；按人的决定合并案例。",
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="案例、文章或文件夹；省略则为 cases/"
    )
    parser.add_argument(
        "--new", nargs="+", type=Path, default=[], metavar="FILE", help="只报告与这些新文章有关的"
    )
    parser.add_argument(
        "--against",
        type=Path,
        metavar="DIR",
        help="与 --new 同用，代替 PATH：只与这个文件夹里可能相近的文章比对（指纹存于缓存文件夹）",
    )
    parser.add_argument("--engine", choices=ENGINES, default="auto", help="求候选对的引擎")
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="输出格式"
    )
    _add_actions(parser.add_mutually_exclusive_group())
    parser.add_argument("--reason", default="", help="与 --distinct 同用：理由")
    parser.add_argument(
        "--relation", choices=MERGING, help="与 --merge 同用：由人判定的关系，工具看法不同时才需要"
    )
    parser.add_argument(
        "--library", type=Path, default=LIBRARY, metavar="DIR", help="合并、判定所在的案例文件夹"
    )
    return parser


def _add_actions(action: argparse._MutuallyExclusiveGroup) -> None:
    """What people decide: of these options one at most is given."""
    action.add_argument(
        "--merge", nargs=2, metavar=("A", "B"), help="把两个案例（id）并成一个，以较完整的为准"
    )
    action.add_argument("--unmerge", metavar="ID", help="撤销合并，把 ID 恢复为单独的案例")
    action.add_argument(
        "--distinct", nargs=2, metavar=("A", "B"), help="记下两个案例（id）不是同一篇，不再提示"
    )
    action.add_argument(
        "--review",
        nargs="?",
        type=Path,
        const=REVIEW,
        metavar="FILE",
        help=f"把没有判定的各对写成一个网页（{REVIEW}）和同名的判定文件（.yml），供人逐对判定",
    )
    action.add_argument(
        "--decide", type=Path, metavar="FILE", help="执行判定文件：合并、记下不是同一篇的"
    )

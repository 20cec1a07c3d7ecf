"""Repair a damaged text and explain every change."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.runtime import cli


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, repair one text, print it. Returns the exit code."""
    parser = cli.Parser(
        prog=cli.command("repair"), description="修复受损的中文文本，逐处说明改了什么。"
    )
    parser.add_argument("file", nargs="?", default="-", help="文本文件；- 或省略则读标准输入")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    parser.add_argument("--diff", action="store_true", help="逐行显示改前和改后，终端里用颜色")
    parser.add_argument("--only", metavar="规则", help="只用这些规则，逗号分隔")
    parser.add_argument("--skip", metavar="规则", help="不用这些规则")
    parser.add_argument("--list-rules", action="store_true", help="列出全部规则及其理由")
    options = parser.parse_args(arguments)
    from casebook.commands.run_repair import run

    return run(options)

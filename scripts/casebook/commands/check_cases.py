"""Check case files: the gate for a pull request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook.runtime import cli


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, check, report. Returns the exit code."""
    parser = cli.Parser(
        prog=cli.command("check"),
        description="检查案例文件：格式、结构、引用、不安全的内容和个人信息。",
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="案例文件或文件夹；省略则为 cases/"
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="先改好不需要人判断的：锚点、id、行尾、写错的标点和日期；每处改动打印一行",
    )
    parser.add_argument(
        "--base",
        metavar="REF",
        help="只检查此后的改动（REF 是 git 的分支、标签或提交）；"
        "失效的网址、没有判定的相近文章算错误",
    )
    parser.add_argument("--strict", action="store_true", help="有警告也以 1 退出")
    parser.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="输出格式"
    )
    parser.add_argument(
        "--schema",
        choices=("json", "table"),
        help="打印 front matter 的 JSON Schema（给编辑器用）或键的表格，不做检查",
    )
    parser.add_argument("--list-rules", action="store_true", help="列出全部规则")
    parser.add_argument(
        "--explain-themes", action="store_true", help="列出每一条的主题、得分和命中的词，不做检查"
    )
    options = parser.parse_args(arguments)
    from casebook.commands.run_check import run

    return run(options)

"""Turn write-ups into cases: read, repair, structure, merge what is certainly the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.runtime import cli


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, import, report. Returns the exit code."""
    parser = cli.Parser(prog=cli.command("import"), description="把经验材料导入为案例文件。")
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="文件或文件夹；省略则为 cases/sources"
    )
    parser.add_argument("--out", type=Path, default=LIBRARY, metavar="DIR", help="案例文件夹")
    parser.add_argument("--dry-run", action="store_true", help="只看结果，不写任何文件")
    parser.add_argument("--explain", action="store_true", help="说明每一块的层级和角色从何而来")
    parser.add_argument("--all", action="store_true", help="通知、法规、讲话等不是案例的文章也收入")
    parser.add_argument(
        "--redact",
        action="store_true",
        help="遮盖不能公开的内容；有这种内容的原稿不存（已存的删去），只留 sha256",
    )
    parser.add_argument(
        "--no-source", action="store_true", help="照原文收入，原稿不存（已存的删去），只留 sha256"
    )
    parser.add_argument(
        "--clean",
        action="store_true",
        help="Word、PDF、网页只存读出的文字，不存文件：批注、作者等不会公开",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    parser.add_argument("--strict", action="store_true", help="有警告也以 1 退出")
    options = parser.parse_args(arguments)
    from casebook.commands.run_import import run

    return run(options)

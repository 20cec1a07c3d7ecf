"""What today's readers and rules would change in cases imported earlier; `--write` changes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.runtime import cli


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, compare, write if asked. Returns the exit code."""
    parser = cli.Parser(
        prog=cli.command("refresh"),
        description="重读来源，列出今天的读法和规则会在早先导入的案例里改什么。人改过的字、"
        "案例和段落的固定链接都不动；当初导入的样子取自导入时的留底，没有留底的取 git 里的第一版。",
    )
    parser.add_argument(
        "cases", nargs="*", metavar="CASE", help="案例的 id 或文件；省略则为库里全部案例"
    )
    parser.add_argument("--library", type=Path, default=LIBRARY, metavar="DIR", help="案例文件夹")
    parser.add_argument(
        "--write", action="store_true", help="写入没有冲突的案例；不写此项则只列出，不改文件"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    parser.add_argument("--strict", action="store_true", help="有警告也以 1 退出")
    options = parser.parse_args(arguments)
    from casebook.commands.run_refresh import run

    return run(options)

"""Another id for a case; its old address leads to the new one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.runtime import cli


def main(arguments: Sequence[str]) -> int:
    """Parse the command line and rename. Returns the exit code."""
    options = _parser().parse_args(arguments)
    from casebook.commands.run_tending import rename

    return rename(options)


def _parser() -> cli.Parser:
    parser = cli.Parser(
        prog=cli.command("rename"),
        description=(
            "给案例换 id：文件改名，旧 id 记入 aliases（旧网址转到新网址），"
            "其他案例的链接和 decisions.yml 一起改；要么全部改好，要么一个也不改。"
        ),
    )
    parser.add_argument("old", metavar="OLD", help="现在的 id")
    parser.add_argument("new", metavar="NEW", help="新的 id")
    parser.add_argument(
        "--library", type=Path, default=LIBRARY, metavar="PATH", help="库；省略则为 cases/"
    )
    return parser

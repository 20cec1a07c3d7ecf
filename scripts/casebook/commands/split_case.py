"""One case into several; each item keeps its address."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.runtime import cli


def main(arguments: Sequence[str]) -> int:
    """Parse the command line and split. Returns the exit code."""
    options = _parser().parse_args(arguments)
    from casebook.commands.run_tending import split

    return split(options)


def _parser() -> cli.Parser:
    parser = cli.Parser(
        prog=cli.command("split"),
        description=(
            "把一个案例拆成几个：从每个给出的锚点起，到下一个锚点或文末，成为单独的案例，"
            "小标题作标题；前面的部分留用原来的 id。来源、文种、单位等照抄，锚点不变，"
            "每个旧网址（id.html#锚点）都转到这一条现在的地方。要撤销，用 git 恢复。"
        ),
    )
    parser.add_argument("id", metavar="ID", help="要拆的案例")
    parser.add_argument(
        "--at", nargs="+", required=True, metavar="ANCHOR", help="新案例从哪些小标题的锚点开始"
    )
    parser.add_argument(
        "--library", type=Path, default=LIBRARY, metavar="PATH", help="库；省略则为 cases/"
    )
    parser.add_argument("--dry-run", action="store_true", help="只列出会拆成什么，不写入")
    return parser

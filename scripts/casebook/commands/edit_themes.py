"""The themes of a library: what they hold, new ones for the items without, and another name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.runtime import cli


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, count, suggest or rename. Returns the exit code."""
    options = _parser().parse_args(arguments)
    from casebook.commands.run_themes import run

    return run(options)


def _parser() -> cli.Parser:
    parser = cli.Parser(
        prog=cli.command("themes"),
        description="列出各个主题有多少条；为没有主题的条目提出新主题；给主题改名。",
    )
    parser.add_argument(
        "library", nargs="?", type=Path, default=LIBRARY, metavar="PATH", help="库；省略则为 cases/"
    )
    parser.add_argument(
        "--suggest",
        action="store_true",
        help="为没有主题的条目提出新主题，打印可以直接加进 vocabulary/themes.yml 的条目",
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="--suggest 的输出格式"
    )
    parser.add_argument(
        "--rename",
        nargs=2,
        metavar=("OLD", "NEW"),
        help="改名：一次改好词表和全部案例，旧名作为 aliases 仍然有效",
    )
    parser.add_argument("--dry-run", action="store_true", help="只列出要改的文件，不写入")
    return parser

"""Taking cases down, so that they do not come back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.runtime import cli


def main(arguments: Sequence[str]) -> int:
    """Parse the command line and remove. Returns the exit code."""
    options = _parser().parse_args(arguments)
    from casebook.commands.run_removal import remove

    return remove(options)


def _parser() -> cli.Parser:
    parser = cli.Parser(
        prog=cli.command("remove"),
        description=(
            "撤下案例：案例、异文、来源、修复记录、判定和缓存里都不再有它，旧网址显示“已撤下”；"
            "removed.yml 里登记来源的 sha256 和文字的指纹（读不出原文），以后换格式、换编码、"
            "截取一部分再投稿也不收。来源里还有别的案例时，那些案例只留来源的 sha256。"
        ),
    )
    parser.add_argument("ids", nargs="+", metavar="ID", help="要撤下的案例")
    parser.add_argument("--reason", default="", metavar="理由", help="公开显示的理由；可以不写")
    parser.add_argument(
        "--library", type=Path, default=LIBRARY, metavar="PATH", help="库；省略则为 cases/"
    )
    parser.add_argument("--dry-run", action="store_true", help="只列出会怎样，不写入")
    return parser

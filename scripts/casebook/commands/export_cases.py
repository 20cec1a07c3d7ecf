"""Cases and items as files to take along: Word in the format of official documents, and text."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.export import FORMATS
from casebook.runtime import cli

EXPORTED = Path("export")
"""The folder that files are written to unless `--out` names another."""


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, write the files. Returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if sum(map(bool, (options.ids, options.all, options.theme))) != 1:
        parser.error("请给出案例的 id，或 --all，或 --theme，三者取一")
    if options.together and options.theme:
        parser.error("--theme 本来就只写一个文件，不用 --together")
    from casebook.commands.run_export import run

    return run(options)


def _parser() -> cli.Parser:
    parser = cli.Parser(
        prog=cli.command("export"),
        description="导出案例和条目：Word（按 GB/T 9704 排版）、Markdown 或纯文本，各带出处。",
    )
    parser.add_argument(
        "ids",
        nargs="*",
        metavar="ID",
        help="案例的 id，每个案例一个文件；ID#锚点 是其中一条，有这样的就按顺序合成一个摘录文件",
    )
    parser.add_argument("--all", action="store_true", help="全部案例")
    parser.add_argument(
        "--theme", action="append", default=[], metavar="T", help="某个主题的全部条目，可写几次"
    )
    parser.add_argument("--together", action="store_true", help="几个案例合成一个文件，各起一页")
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default="docx", help="文件格式，默认 docx"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=EXPORTED,
        metavar="DIR",
        help=f"写到哪个文件夹，默认 {EXPORTED}/",
    )
    parser.add_argument("--force", action="store_true", help="覆盖内容不同的同名文件")
    parser.add_argument("--cases", type=Path, default=LIBRARY, metavar="DIR", help="案例文件夹")
    parser.add_argument(
        "--site-url",
        default=os.environ.get("CASEBOOK_SITE_URL", ""),
        metavar="URL",
        help="站点的网址，写进出处；省略则取环境变量 CASEBOOK_SITE_URL",
    )
    return parser

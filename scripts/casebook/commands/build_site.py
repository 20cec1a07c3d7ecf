"""Build the site: cases/ and docs/ become a folder that opens by double-click."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook.commands.defaults import LIBRARY, SITE, find_template
from casebook.runtime import cli


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, check the cases, build. Returns the exit code."""
    parser = cli.Parser(prog=cli.command("build"), description="把案例和页面生成为静态站点。")
    parser.add_argument("--cases", type=Path, default=LIBRARY, metavar="DIR", help="案例文件夹")
    parser.add_argument("--out", type=Path, default=SITE, metavar="DIR", help="站点文件夹")
    parser.add_argument(
        "--template",
        type=Path,
        metavar="DIR",
        help="site.yml（或 mkdocs.yml）和 docs/ 所在的文件夹；省略则为案例文件夹的上一层，"
        "那里没有 site.yml 则全用自带的",
    )
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--strict", action="store_true", help="有警告也以 1 退出，不写站点")
    modes.add_argument(
        "--keep-going",
        action="store_true",
        help="有错误的文件不发布，其余照常生成",
    )
    modes.add_argument(
        "--preview", action="store_true", help="全部生成，检查结果写在各页上；只供自己看，不要发布"
    )
    options = parser.parse_args(arguments)
    options.template = options.template or find_template(options.cases)
    from casebook.commands.run_build import run

    return run(options)

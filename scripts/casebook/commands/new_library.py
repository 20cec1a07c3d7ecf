"""Starting a library of one's own, for another organization."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook.runtime import cli


def main(arguments: Sequence[str]) -> int:
    """Parse the command line and write the library. Returns the exit code."""
    parser = cli.Parser(
        prog=cli.command("new"),
        description="为另一个单位建一个自己的案例库：名称、图标、颜色、“关于”、权利说明、词表、工作流和表单归它，"
        "程序留在安装包里，升级不动内容。不提问；文件夹不空就不写。",
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="新的文件夹，或空文件夹")
    parser.add_argument("--name", required=True, metavar="名称", help="网站的名称，例如 某市案例库")
    parser.add_argument("--url", default="", metavar="URL", help="发布以后的网址；可以以后再写")
    parser.add_argument(
        "--repository", default="", metavar="URL", help="代码托管网站上的地址；可以以后再写"
    )
    parser.add_argument(
        "--package",
        metavar="FILE_OR_URL",
        help="程序从哪里装：.whl 文件（会复制进去）、它的 https 网址或 git+https://…@标签；"
        "省略则与现在装的相同",
    )
    options = parser.parse_args(arguments)
    from casebook.commands.run_new import run

    return run(options)

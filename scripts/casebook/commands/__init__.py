"""The console command `casebook`, and the scripts of a checkout: one module for each command."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from casebook.runtime import cli

_SUMMARIES = {
    "repair": "修复一篇受损的文本",
    "import": "把经验材料导入为案例",
    "duplicates": "找出相同、近似的文章，合并案例",
    "check": "检查案例文件",
    "build": "生成静态站点",
    "themes": "查看、提出、改名主题",
    "export": "导出 Word、Markdown、纯文本",
    "pull-request": "检查合并请求，写成评论",
    "intake": "把投稿表单（issue）整理成案例，回复，开合并请求",
    "rename": "给案例换 id，旧网址转到新网址",
    "split": "把一个案例拆成几个，旧网址转到拆出的案例",
    "remove": "撤下案例，登记在册，不再收入",
    "refresh": "用今天的读法和规则更新早先导入的案例",
    "new": "为另一个单位建一个自己的案例库",
}


def main() -> NoReturn:
    """Run `casebook COMMAND …` and exit."""
    cli.run(_dispatch)


def run_command(name: str, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command with the arguments, by default those of this process, and exit."""
    cli.run(_module(name).main, arguments)


def _dispatch(arguments: Sequence[str]) -> int:
    parser = cli.Parser(prog="casebook", description="经验库：整理、查重、检查经验材料，生成网站。")
    commands = parser.add_subparsers(dest="command", metavar="命令", required=True)
    for name, summary in _SUMMARIES.items():
        commands.add_parser(name, help=summary, add_help=False)
    chosen = parser.parse_args(arguments[:1])
    code: int = _module(chosen.command).main(arguments[1:])
    return code


def _module(name: str) -> Any:
    """The module of a command; only what it needs is loaded."""
    return import_module(f"casebook.commands.{cli.SCRIPTS[name].removesuffix('.py')}")

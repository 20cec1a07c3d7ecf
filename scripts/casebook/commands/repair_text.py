"""Repair a damaged text and explain every change."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from casebook.model import UserError, as_dict
from casebook.reading import DecodedFile, read_bytes, read_document
from casebook.repair import RULES, Repaired, repair, repair_report
from casebook.runtime import cli


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, repair one text, print it. Returns the exit code."""
    parser = cli.Parser(
        prog=cli.command("repair"), description="修复受损的中文文本，逐处说明改了什么。"
    )
    parser.add_argument("file", nargs="?", default="-", help="文本文件；- 或省略则读标准输入")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    parser.add_argument("--diff", action="store_true", help="逐行显示改前和改后，终端里用颜色")
    parser.add_argument("--only", metavar="规则", type=_rules, help="只用这些规则，逗号分隔")
    parser.add_argument("--skip", metavar="规则", type=_rules, default=[], help="不用这些规则")
    parser.add_argument("--list-rules", action="store_true", help="列出全部规则及其理由")
    options = parser.parse_args(arguments)
    if options.list_rules:
        print("\n".join(repair_report.rule_list()))
        return cli.OK
    document = _read(options.file)
    repaired = repair(document.lines, options.only, options.skip, document.is_markdown)
    if options.format == "json":
        cli.print_json(_as_json(repaired))
    else:
        shown = (
            repair_report.difference(repaired, document.text, _in_color()) if options.diff else ()
        )
        sys.stdout.writelines(f"{line}\n" for line in shown)
        sys.stdout.write("" if options.diff else repaired.text)
        sys.stderr.writelines(
            f"{line}\n" for line in repair_report.summary(repaired, document.text)
        )
    return cli.OK


def _rules(names: str) -> list[str]:
    known = {rule.id for rule in RULES}
    chosen = [name for name in names.split(",") if name]
    if unknown := set(chosen) - known:
        raise UserError(f"没有这条规则：{'、'.join(sorted(unknown))}（--list-rules 列出全部）。")
    return chosen


def _read(name: str) -> DecodedFile:
    if name == "-":
        return read_bytes(sys.stdin.buffer.read(), "stdin.txt", "标准输入")
    return read_document(Path(name))


def _in_color() -> bool:
    """Whether stdout is a terminal whose user did not refuse color (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _as_json(repaired: Repaired) -> dict[str, object]:
    return {
        "text": repaired.text,
        "steps": [as_dict(step) for step in repaired.steps],
        "flags": [as_dict(flag) for flag in repaired.flags],
    }

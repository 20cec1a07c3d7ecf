#!/usr/bin/env python3
"""Repair a damaged text and explain every change."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from casebook import cli
from casebook.model import Flag, Step, UserError, as_dict
from casebook.reading import Document, read, read_bytes
from casebook.repair import RULES, Repaired, repair


def main(arguments: Sequence[str]) -> int:
    """Parse the command line, repair one text, print it. Returns the exit code."""
    parser = cli.Parser(description="修复受损的中文文本，逐处说明改了什么。")
    parser.add_argument("file", nargs="?", default="-", help="文本文件；- 或省略则读标准输入")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    parser.add_argument("--only", metavar="规则", type=_rules, help="只用这些规则，逗号分隔")
    parser.add_argument("--skip", metavar="规则", type=_rules, default=[], help="不用这些规则")
    parser.add_argument("--list-rules", action="store_true", help="列出全部规则及其理由")
    options = parser.parse_args(arguments)
    if options.list_rules:
        _print_rules()
        return cli.OK
    document = _read(options.file)
    repaired = repair(document.text, options.only, options.skip)
    if options.format == "json":
        cli.print_json(_as_json(repaired))
    else:
        sys.stdout.write(repaired.text)
        _report(repaired, document.text)
    return cli.OK


def _rules(names: str) -> list[str]:
    known = {rule.id for rule in RULES}
    chosen = [name for name in names.split(",") if name]
    if unknown := set(chosen) - known:
        raise UserError(f"没有这条规则：{'、'.join(sorted(unknown))}（--list-rules 列出全部）。")
    return chosen


def _read(name: str) -> Document:
    if name == "-":
        return read_bytes(sys.stdin.buffer.read(), "stdin.txt", "标准输入")
    return read(Path(name))


def _as_json(repaired: Repaired) -> dict[str, object]:
    return {
        "text": repaired.text,
        "steps": [as_dict(step) for step in repaired.steps],
        "flags": [as_dict(flag) for flag in repaired.flags],
    }


def _print_rules() -> None:
    for rule in RULES:
        before, after = (
            text.encode("unicode_escape").decode() if not text.isprintable() else text
            for text in rule.example
        )
        print(f"{rule.id}\n    {rule.reason}\n    {before}  →  {after}")


def _report(repaired: Repaired, source: str) -> None:
    """For people, on stderr: counts by rule, then the places to look at."""
    counts = Counter(step.rule for step in repaired.steps)
    for rule in RULES:
        if counts[rule.id]:
            print(f"{counts[rule.id]:>7}  {rule.id}  {rule.reason}", file=sys.stderr)
    for step in repaired.steps:
        if step.certainty == "likely":
            print(_likely_line(step, source), file=sys.stderr)
    for flag in repaired.flags:
        print(_flag_line(flag, source), file=sys.stderr)


def _likely_line(step: Step, source: str) -> str:
    return f"{_place(step.start, source)} 可能：{step.before!r} → {step.after!r}（{step.rule}）"


def _flag_line(flag: Flag, source: str) -> str:
    return f"{_place(flag.start, source)} 请核对：{flag.text!r} {flag.message}（{flag.rule}）"


def _place(position: int, source: str) -> str:
    line = source.count("\n", 0, position) + 1
    return f"{line}:{position - source.rfind(chr(10), 0, position)}"


if __name__ == "__main__":
    cli.run(main)

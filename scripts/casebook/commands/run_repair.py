"""What `casebook repair` does, with the rules that it needs."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from casebook.model import UserError, as_dict
from casebook.reading import DecodedFile, read_bytes, read_document
from casebook.repair import RULES, Repaired, repair, repair_report
from casebook.runtime import cli


def run(options: argparse.Namespace) -> int:
    """Repair one text, print it. Returns the exit code."""
    if options.list_rules:
        print("\n".join(repair_report.rule_list()))
        return cli.OK
    only = _rules(options.only) if options.only else None
    skip = _rules(options.skip) if options.skip else ()
    document = _read(options.file)
    repaired = repair(document.lines, only, skip, document.is_markdown)
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

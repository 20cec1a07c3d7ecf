"""Carrying out what people decided about pairs, for `casebook duplicates`."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.library.decisions import add_decision
from casebook.library.folder import case_paths
from casebook.library.merge_files import list_news, merge_files, unmerge_files
from casebook.library.review import apply_review, plan_review
from casebook.library.review_file import DISTINCT, MERGE, read_review
from casebook.runtime import cli


def run(options: argparse.Namespace) -> int:
    """Merge, undo a merge, or write down a decision. Returns the exit code."""
    if options.merge:
        a, b = options.merge
        canonical, variant = merge_files(options.library, a, b, options.relation)
        _report_merge(options.library, canonical, variant)
    elif options.unmerge:
        _unmerge(options.library, options.unmerge)
    elif options.distinct:
        a, b = options.distinct
        known = [path.stem for path in case_paths(options.library)]
        path = add_decision(options.library, a, b, options.reason, known)
        cli.say(f"已在 {cli.display_path(path)} 记下：{a} 与 {b} 不是同一篇，以后不再提示。")
    elif options.decide:
        return _decide(options.library, options.decide)
    return cli.OK


def _unmerge(library: Path, variant: str) -> None:
    owner, edited = unmerge_files(library, variant)
    if not owner:
        cli.say(f"{variant} 已是单独的案例，上次中断留在 variants/ 里的副本已清除。")
        return
    cli.say(f"已从 {owner} 中撤出 {variant}，恢复为单独的案例。")
    for block in edited:
        cli.say(f"  合并以后有人改过，留在 {owner} 里，请核对：{block.heading or block.text}")


def _report_merge(library: Path, canonical: str, variant: str) -> None:
    place = "" if library == LIBRARY else f"--library {shlex.quote(library.as_posix())} "
    undo = f"{cli.command('duplicates')} {place}--unmerge {variant}"
    cli.say(f"已把 {variant} 并入 {canonical}；撤销：{undo}")
    for note in list_news(library, canonical, variant):
        cli.say(f"  异文另有说法，案例页在原处注明：{note}")


def _decide(library: Path, path: Path) -> int:
    """Carry out a file of decisions, or say what is wrong with it. Returns the exit code."""
    entries, findings = read_review(path)
    if not findings:
        plan, findings = plan_review(library, path, entries)
    if findings:
        cli.print_findings(findings)
        return cli.FINDINGS
    for canonical, variant in apply_review(library, plan):
        _report_merge(library, canonical, variant)
    for entry in plan.distinct:
        cli.say(f"已记下：{entry.a} 与 {entry.b} 不是同一篇（{entry.reason}）。")
    later = sum(entry.decision not in (MERGE, DISTINCT) for entry in entries)
    cli.say(f"判定执行完毕：{later} 对留到以后，{plan.done} 对先前已经办过。")
    return cli.OK

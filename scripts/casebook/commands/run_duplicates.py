"""What `casebook duplicates` does, with the tables that it needs."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path

from casebook.commands.defaults import LIBRARY
from casebook.dedupe.cluster import DuplicateReport, find_duplicates
from casebook.dedupe.pair_report import as_json, as_markdown, as_text
from casebook.dedupe.relations import ComparedText
from casebook.library.decisions import add_decision, find_distinct_pairs
from casebook.library.folder import case_paths
from casebook.library.merge_files import list_news, merge_files, unmerge_files
from casebook.library.review import apply_review, plan_review
from casebook.library.review_file import DISTINCT, MERGE, read_review
from casebook.model import UserError
from casebook.pipeline.compared_texts import load_documents
from casebook.pipeline.one_against_many import Fingerprints
from casebook.pipeline.review_queue import write_review
from casebook.runtime import cli


def run(options: argparse.Namespace) -> int:
    """Compare or merge, report. Returns the exit code."""
    if options.against and (options.paths or not options.new):
        raise UserError("--against 要与 --new 同用，并且代替 PATH。")
    if options.merge:
        a, b = options.merge
        canonical, variant = merge_files(options.library, a, b, options.relation)
        _report_merge(options.library, canonical, variant)
    elif options.unmerge:
        owner = unmerge_files(options.library, options.unmerge)
        done = f"已从 {owner} 中撤出 {options.unmerge}，恢复为单独的案例。"
        left = f"{options.unmerge} 已是单独的案例，上次中断留在 variants/ 里的副本已清除。"
        print(done if owner else left)
    elif options.distinct:
        a, b = options.distinct
        known = [path.stem for path in case_paths(options.library)]
        path = add_decision(options.library, a, b, options.reason, known)
        print(f"已在 {path} 记下：{a} 与 {b} 不是同一篇，以后不再提示。")
    elif options.decide:
        return _decide(options.library, options.decide)
    else:
        _compare(options)
    return cli.OK


def _report_merge(library: Path, canonical: str, variant: str) -> None:
    place = "" if library == LIBRARY else f"--library {shlex.quote(str(library))} "
    undo = f"{cli.command('duplicates')} {place}--unmerge {variant}"
    print(f"已把 {variant} 并入 {canonical}；撤销：{undo}")
    for note in list_news(library, canonical, variant):
        print(f"  异文另有说法，案例页在原处注明：{note}")


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
        print(f"已记下：{entry.a} 与 {entry.b} 不是同一篇（{entry.reason}）。")
    later = sum(entry.decision not in (MERGE, DISTINCT) for entry in entries)
    print(f"判定执行完毕：{later} 对留到以后，{plan.done} 对先前已经办过。")
    return cli.OK


def _compare(options: argparse.Namespace) -> None:
    brought = load_documents(options.new) if options.new else []
    ids = {document.id for document in brought}
    places = [options.against] if options.against else options.paths or [options.library]
    if options.against:
        known = Fingerprints(options.against).neighbors(brought)
    else:
        known = load_documents(places)
    documents = [*(d for d in known if d.id not in ids), *brought]
    distinct = find_distinct_pairs([*places, *options.new, options.library])
    new = ids if options.against else ()
    report = find_duplicates(documents, options.engine, _progress, distinct, new)
    if options.new:
        report = report.select(ids)
    _write_report(options, report, {document.id: document for document in documents})


def _write_report(
    options: argparse.Namespace, report: DuplicateReport, documents: Mapping[str, ComparedText]
) -> None:
    if options.review:
        folder = next((path for path in options.paths if path.is_dir()), options.library)
        print(write_review(options.review, report, documents, options.against or folder))
    elif options.format == "json":
        cli.print_json(as_json(report))
    else:
        render = as_markdown if options.format == "markdown" else as_text
        print(render(report, documents), end="")


def _progress(total: int) -> Callable[[], None]:
    return cli.Progress("比对", total).step

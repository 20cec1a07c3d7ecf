"""Comparing texts for `casebook duplicates`, with the tables that it needs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping

from casebook.dedupe.cluster import DuplicateReport, find_duplicates
from casebook.dedupe.pair_report import as_json, as_markdown, as_text
from casebook.dedupe.relations import ComparedText
from casebook.library.decisions import find_distinct_pairs
from casebook.model import UserError
from casebook.pipeline.compared_texts import load_documents
from casebook.pipeline.one_against_many import Fingerprints
from casebook.pipeline.removal_guard import find_removed_documents
from casebook.runtime import cli


def run(options: argparse.Namespace) -> int:
    """Compare, report. Returns the exit code."""
    if options.against and (options.paths or not options.new):
        raise UserError("--against 要与 --new 同用，并且代替 PATH。")
    return _compare(options)


def _compare(options: argparse.Namespace) -> int:
    """Compare and report. Returns the exit code: an error for a text that was taken down."""
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
    folder = options.against or options.library
    removed = list(find_removed_documents(brought, folder))
    for name, said in removed:
        cli.say(f"{name}：错误 [removed-text] {said}", file=sys.stderr)
    return cli.FINDINGS if removed else cli.OK


def _write_report(
    options: argparse.Namespace, report: DuplicateReport, documents: Mapping[str, ComparedText]
) -> None:
    if options.review:
        from casebook.pipeline.review_queue import write_review  # it brings all of the site

        folder = next((path for path in options.paths if path.is_dir()), options.library)
        cli.say(write_review(options.review, report, documents, options.against or folder))
    elif options.format == "json":
        cli.print_json(as_json(report))
    else:
        render = as_markdown if options.format == "markdown" else as_text
        cli.say(*render(report, documents).removesuffix("\n").split("\n"))


def _progress(total: int) -> Callable[[], None]:
    return cli.Progress("比对", total).step

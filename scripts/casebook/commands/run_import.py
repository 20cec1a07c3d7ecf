"""What `casebook import` does, with the tables that it needs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from casebook.library.folder import SOURCES, Library, open_library
from casebook.model import as_dict
from casebook.pipeline.contribution import describe_state
from casebook.pipeline.explanations import describe_blocks, describe_facts, explain_write_up
from casebook.pipeline.import_plan import Plan
from casebook.pipeline.import_writing import remove_sources, write_plan
from casebook.pipeline.importing import plan_import
from casebook.pipeline.source_guard import Protection
from casebook.reading import find_documents
from casebook.reading.archives import unpacked
from casebook.runtime import cli
from casebook.runtime.visible_text import reveal_invisible


def run(options: argparse.Namespace) -> int:
    """Import, report. Returns the exit code."""
    library = open_library(options.out)
    paths = options.paths or list(find_documents(options.out / SOURCES))
    plan, written, removed = Plan([]), list[Path](), list[Path]()
    with unpacked(paths) as found:
        if found:
            asked = Protection(options.redact, options.no_source, options.clean)
            plan = plan_import(found, library, not options.dry_run, options.all, asked)
        if found and not options.dry_run:
            written = write_plan(plan, library)
            removed = remove_sources(plan, library)
    if options.format == "json":
        cli.print_json(_as_json(plan, options.explain))
    else:
        if options.explain:
            _explain(plan, library)
        _report(plan, written, removed, options.dry_run)
    return cli.exit_code(plan.findings, options.strict)


def _as_json(plan: Plan, explain: bool) -> dict[str, object]:
    sources = [
        {
            "path": planned.path.as_posix(),
            "sha256": planned.source.document.sha256,
            "encoding": planned.source.document.encoding,
            "cases": [
                {
                    "id": arrival.id,
                    "title": arrival.write_up.title,
                    "kind": arrival.write_up.kind,
                    "organ": arrival.write_up.organ,
                    "region": arrival.write_up.region,
                    "blocks": describe_blocks(arrival.write_up, explain),
                    **(describe_facts(arrival.write_up) if explain else {}),
                }
                for arrival in planned.arrivals
            ],
        }
        for planned in plan.sources
    ]
    return {
        "sources": sources,
        "duplicates": [as_dict(pair) for pair in plan.duplicates],
        "findings": [as_dict(finding) for finding in plan.findings],
    }


def _explain(plan: Plan, library: Library) -> None:
    for planned in plan.sources:
        for arrival in planned.arrivals:
            cli.say(*explain_write_up(arrival.write_up, library.vocabulary))


def _report(plan: Plan, written: Sequence[Path], removed: Sequence[Path], dry_run: bool) -> None:
    for planned in plan.sources:
        for arrival in planned.arrivals:
            state = describe_state(plan, planned, arrival)
            place = reveal_invisible(cli.display_path(planned.path))
            cli.say(f"{place}#{arrival.write_up.part}  {arrival.id}  {state}")
    cli.print_findings(plan.findings)
    new = len(plan.cases)
    if dry_run:
        print(f"试运行：会新增 {new} 个案例、{len(plan.variants)} 个异文；没有写入文件。")
    elif written:
        print(f"新增 {new} 个案例、{len(plan.variants)} 个异文，写入 {len(written)} 个文件。")
    elif not removed:
        print(f"没有新的文章，未改动任何文件（{plan.passed_over} 个来源文件已导入过）。")
    for path in removed:
        cli.say(f"已从库里移出：{cli.display_path(path)}")

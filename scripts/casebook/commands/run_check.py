"""What `casebook check` does, with the rules that it needs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from casebook.checks import finding_report, rules
from casebook.checks.case_source import find_library_folder
from casebook.checks.fixing import fix_paths
from casebook.commands.defaults import LIBRARY
from casebook.library import casefile, themes
from casebook.library.folder import case_paths, load_vocabulary
from casebook.library.schema_tables import render_json_schema, render_key_table
from casebook.model import Finding, UserError, as_dict
from casebook.pipeline.checking import check_all, check_since, list_changed_cases
from casebook.runtime import cli


def run(options: argparse.Namespace) -> int:
    """Check, report. Returns the exit code."""
    if options.list_rules:
        print(rules.render_rule_table())
        return cli.OK
    if options.schema:
        as_json = options.schema == "json"
        print(render_json_schema() if as_json else render_key_table())
        return cli.OK
    if options.explain_themes:
        _explain_themes(options.paths or [LIBRARY])
        return cli.OK
    paths = options.paths or [LIBRARY]
    if options.fix:
        wanted = list_changed_cases(options.base, paths) if options.base else paths
        fixed, changes = fix_paths(wanted)
        paths = paths if options.base else fixed
        cli.say(*changes, file=sys.stdout if options.format == "text" else sys.stderr)
    findings = check_since(options.base, paths) if options.base else check_all(paths)
    _report(findings, options.format)
    return cli.exit_code(findings, options.strict)


def _explain_themes(paths: Sequence[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise UserError(f"{path}：没有这个文件或文件夹。")
        for file in case_paths(path) if path.is_dir() else [path]:
            case = casefile.read_case(file)
            cli.say(f"{case.id} {case.title}")
            cli.say(*themes.explain_themes(case, load_vocabulary(find_library_folder(file))))


def _report(findings: Sequence[Finding], form: str) -> None:
    if form == "json":
        cli.print_json({"findings": [as_dict(finding) for finding in findings]})
        return
    lines = finding_report.format_annotations if form == "github" else finding_report.format_text
    print(*lines(findings), sep="\n")
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and summary:
        finding_report.append_step_summary(
            Path(summary), [finding_report.finding_section(findings)]
        )

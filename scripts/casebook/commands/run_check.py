"""What `casebook check` does, with the rules that it needs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from casebook.checks import check_paths, finding_report, rules
from casebook.checks.case_source import find_library_folder
from casebook.checks.fixing import fix_paths
from casebook.commands.defaults import LIBRARY
from casebook.library import casefile, themes
from casebook.library.case_schema import render_json_schema, render_key_table
from casebook.library.folder import case_paths, load_vocabulary
from casebook.model import Finding, UserError, as_dict
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
        paths, changes = fix_paths(paths)
        for line in changes:
            print(line, file=sys.stdout if options.format == "text" else sys.stderr)
    findings = check_paths(paths)
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
        finding_report.append_step_summary(Path(summary), findings)

"""What `casebook pull-request look` does, with the tables that it needs."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from casebook.checks import finding_report
from casebook.commands.defaults import find_template
from casebook.forge.report_artifact import PATCH, REPORT
from casebook.model import Finding, UserError
from casebook.pipeline.contribution import Contribution, dump_contribution, mask_finding
from casebook.pipeline.contribution_page import list_sections
from casebook.pipeline.preview_library import make_preview_library
from casebook.pipeline.pull_request_report import PullRequest, look_at_pull_request
from casebook.runtime import cli


def run(options: argparse.Namespace) -> int:
    """Look, annotate, write the report. Returns the exit code."""
    try:
        brought, code = look_at_pull_request(options.cases, options.base), cli.OK
    except UserError as error:  # what a stranger brought must not leave a pull request unanswered
        place = cli.display_path(options.cases)
        found = mask_finding(Finding("library-unusable", "error", place, 1, 1, str(error)))
        brought, code = PullRequest(Contribution(findings=(found,))), cli.UNUSABLE
    print(*finding_report.format_annotations(brought.shown.findings), sep="\n")
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        finding_report.append_step_summary(Path(summary), list_sections(brought.shown))
    if options.out:
        cli.write_bytes(options.out / REPORT, dump_contribution(brought.shown))
        if brought.patch:
            cli.write_bytes(options.out / PATCH, brought.patch)
    if options.preview and code == cli.OK:
        _build_preview(options, brought)
    return code or cli.exit_code(brought.shown.findings)


def _build_preview(options: argparse.Namespace, brought: PullRequest) -> None:
    """Build the site of what changed; that it cannot be built is said, and no reason to fail."""
    if not brought.cases and not brought.documents:
        return
    from casebook.commands import run_build  # it brings the site generator

    with tempfile.TemporaryDirectory(prefix="casebook-preview-") as made:
        cases = Path(made) / "cases"
        if not make_preview_library(options.cases, brought, cases):
            cli.say("没有可以预览的案例。")
            return
        wanted = {"cases": cases, "out": options.preview, "template": find_template(options.cases)}
        modes = {"strict": False, "keep_going": False, "preview": True}
        if run_build.run(argparse.Namespace(**wanted, **modes)):
            cli.say("预览没有生成，原因见上。")

"""Findings for people, for programs, and as annotations on a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook.checks.rules import SEVERITY_NAMES
from casebook.model import Finding
from casebook.runtime.visible_text import reveal_invisible, reveal_line

MOST_ANNOTATIONS = 10
"""Annotations of one severity that GitHub shows for a step; it drops the others silently."""

MOST_SUMMARY_ROWS = 500
"""Rows of the step summary, which GitHub refuses beyond 1 MiB."""


def format_text(findings: Sequence[Finding]) -> Iterator[str]:
    """A line for each finding, and one with the counts."""
    for found in findings:
        place = f"{reveal_invisible(found.path)}:{found.line}:{found.column}"
        line = f"{place}: {SEVERITY_NAMES[found.severity]} [{found.rule}] {found.message}"
        yield reveal_line(line)
    yield summarize_findings(findings)


def summarize_findings(findings: Sequence[Finding]) -> str:
    """One sentence: how many errors and warnings there are."""
    if not findings:
        return "检查完毕，没有发现问题。"
    counts = Counter(found.severity for found in findings)
    return f"检查完毕：{counts['error']} 个错误，{counts['warning']} 个警告。"


def format_annotations(findings: Sequence[Finding]) -> Iterator[str]:
    """GitHub workflow commands, errors first; those that GitHub would drop are only counted."""
    left_out = 0
    for severity in SEVERITY_NAMES:
        ours = [found for found in findings if found.severity == severity]
        yield from (_format_annotation(found) for found in ours[:MOST_ANNOTATIONS])
        left_out += len(ours[MOST_ANNOTATIONS:])
    if left_out:
        yield f"另有 {left_out} 个问题没有标注，见本次运行的摘要（Summary）。"
    yield summarize_findings(findings)


def _format_annotation(found: Finding) -> str:
    place = f"file={_escape_property(found.path)},line={found.line},col={found.column}"
    title = _escape_property(found.rule)
    return f"::{found.severity} {place},title={title}::{_escape_message(found.message)}"


def _escape_message(text: str) -> str:
    """Escape the message of a workflow command (actions/toolkit, command.ts), show the unseen."""
    return reveal_line(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _escape_property(text: str) -> str:
    """Escape a property of a workflow command (actions/toolkit, command.ts)."""
    return _escape_message(text).replace(":", "%3A").replace(",", "%2C")


def format_markdown(findings: Sequence[Finding]) -> str:
    """The step summary: all findings as a table, errors first."""
    ordered = sorted(findings, key=lambda found: list(SEVERITY_NAMES).index(found.severity))
    rows = ["## 案例检查", "", summarize_findings(findings), ""]
    if ordered:
        rows += ["| 级别 | 位置 | 规则 | 说明 |", "|---|---|---|---|"]
        rows += [_format_row(found) for found in ordered[:MOST_SUMMARY_ROWS]]
    if len(ordered) > MOST_SUMMARY_ROWS:
        rows += ["", f"另有 {len(ordered) - MOST_SUMMARY_ROWS} 个问题未列出。"]
    return "\n".join(rows) + "\n"


def _format_row(found: Finding) -> str:
    place = f"{found.path}:{found.line}:{found.column}"
    cells = (SEVERITY_NAMES[found.severity], place, found.rule, found.message)
    return "| " + " | ".join(_escape_cell(cell) for cell in cells) + " |"


def _escape_cell(text: str) -> str:
    """Escape a text, so that it stays in its cell and is not read as HTML or Markdown."""
    plain = reveal_invisible(text).replace("&", "&amp;").replace("<", "&lt;")
    return "".join("\\" + sign if sign in "\\`*_[]|!" else sign for sign in plain)


def append_step_summary(path: Path, findings: Sequence[Finding]) -> None:
    """Add the table to the file that GitHub names in GITHUB_STEP_SUMMARY."""
    with path.open("a", encoding="utf-8") as file:
        file.write(format_markdown(findings))

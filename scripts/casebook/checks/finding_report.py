"""Findings for people, for programs, and as annotations on a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook.checks.rules import visible
from casebook.model import Finding

MOST_ANNOTATIONS = 10
"""Annotations of one level that GitHub shows for a step; it drops the rest without a word."""

MOST_ROWS = 500
"""Rows of the step summary, which GitHub refuses beyond 1 MiB."""

NAMES = {"error": "错误", "warning": "警告"}


def as_text(findings: Sequence[Finding]) -> Iterator[str]:
    """A line for each finding, and one with the counts."""
    for found in findings:
        place = f"{visible(found.path)}:{found.line}:{found.column}"
        yield f"{place}: {NAMES[found.severity]} [{found.rule}] {found.message}"
    yield summary(findings)


def summary(findings: Sequence[Finding]) -> str:
    """One sentence: how many errors and warnings there are."""
    if not findings:
        return "检查完毕，没有发现问题。"
    counts = Counter(found.severity for found in findings)
    return f"检查完毕：{counts['error']} 个错误，{counts['warning']} 个警告。"


def as_annotations(findings: Sequence[Finding]) -> Iterator[str]:
    """GitHub workflow commands, errors first; what GitHub would drop is counted at the end."""
    left_out = 0
    for severity in NAMES:
        ours = [found for found in findings if found.severity == severity]
        yield from (_annotation(found) for found in ours[:MOST_ANNOTATIONS])
        left_out += len(ours[MOST_ANNOTATIONS:])
    if left_out:
        yield f"另有 {left_out} 个问题没有标注，见本次运行的摘要（Summary）。"
    yield summary(findings)


def _annotation(found: Finding) -> str:
    place = f"file={_property(found.path)},line={found.line},col={found.column}"
    return f"::{found.severity} {place},title={_property(found.rule)}::{_data(found.message)}"


def _data(text: str) -> str:
    """Escaped as the message of a workflow command (actions/toolkit, command.ts)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escaped as a property of a workflow command (actions/toolkit, command.ts)."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_markdown(findings: Sequence[Finding]) -> str:
    """The step summary: all findings as a table, errors first."""
    ordered = sorted(findings, key=lambda found: list(NAMES).index(found.severity))
    rows = ["## 案例检查", "", summary(findings), ""]
    if ordered:
        rows += ["| 级别 | 位置 | 规则 | 说明 |", "|---|---|---|---|"]
        rows += [_row(found) for found in ordered[:MOST_ROWS]]
    if len(ordered) > MOST_ROWS:
        rows += ["", f"另有 {len(ordered) - MOST_ROWS} 个问题未列出。"]
    return "\n".join(rows) + "\n"


def _row(found: Finding) -> str:
    place = f"{found.path}:{found.line}:{found.column}"
    cells = (NAMES[found.severity], place, found.rule, found.message)
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    """Text that stays in its cell and is not taken for HTML or Markdown."""
    plain = visible(text).replace("&", "&amp;").replace("<", "&lt;")
    return "".join("\\" + sign if sign in "\\`*_[]|!" else sign for sign in plain)


def append_step_summary(path: Path, findings: Sequence[Finding]) -> None:
    """Add the table to the file that GitHub names in GITHUB_STEP_SUMMARY."""
    with path.open("a", encoding="utf-8") as file:
        file.write(as_markdown(findings))

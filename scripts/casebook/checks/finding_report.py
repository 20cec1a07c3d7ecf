"""Findings for people, for programs, and as annotations on a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook.checks.rules import SEVERITY_NAMES
from casebook.model import Finding
from casebook.runtime.markdown_page import (
    Section,
    escape_markdown,
    format_table_head,
    format_table_row,
    render_sections,
)
from casebook.runtime.visible_text import reveal_invisible, reveal_line

MOST_ANNOTATIONS = 10
"""Annotations of one severity that GitHub shows for a step; it drops the others silently."""

LARGEST_SUMMARY = 1_000_000
"""Bytes of the step summary, which GitHub refuses beyond 1 MiB."""

LONGEST_MESSAGE = 1_000
"""Characters of a message in a table; one may hold two commands with long names."""


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
    """GitHub workflow commands, errors first; those that GitHub would drop are only counted.

    Of each rule in each file the first place comes before the second of any: what is shown differs.
    """
    left_out = 0
    for severity in SEVERITY_NAMES:
        ours = _spread([found for found in findings if found.severity == severity])
        yield from (_format_annotation(found) for found in ours[:MOST_ANNOTATIONS])
        left_out += len(ours[MOST_ANNOTATIONS:])
    if left_out:
        yield f"另有 {left_out} 个问题没有标注，见本次运行的摘要（Summary）。"
    yield summarize_findings(findings)


def _spread(findings: Sequence[Finding]) -> list[Finding]:
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for found in findings:
        ranked.append((seen[found.path, found.rule], found))
        seen[found.path, found.rule] += 1
    return [found for _, found in sorted(ranked, key=lambda each: each[0])]


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


def finding_section(findings: Sequence[Finding], heading: str = "案例检查") -> Section:
    """All findings as a table of a page, errors first."""
    ordered = sorted(findings, key=lambda found: list(SEVERITY_NAMES).index(found.severity))
    intro = [summarize_findings(findings)]
    if ordered:
        intro += ["", format_table_head("级别", "位置", "规则", "说明")]
    return Section(heading, intro, [_format_row(found) for found in ordered], "个问题")


def _format_row(found: Finding) -> str:
    place = escape_markdown(f"{found.path}:{found.line}:{found.column}")
    message = escape_markdown(found.message, LONGEST_MESSAGE)
    cells = (SEVERITY_NAMES[found.severity], place, escape_markdown(found.rule), message)
    return format_table_row(cells)


def append_step_summary(path: Path, sections: Sequence[Section]) -> None:
    """Add a page to the file that GitHub names in GITHUB_STEP_SUMMARY."""
    with path.open("a", encoding="utf-8") as file:
        file.write(render_sections(sections, LARGEST_SUMMARY))

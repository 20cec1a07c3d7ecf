"""Findings as text, as annotations of a pull request, and as its summary."""

from __future__ import annotations

from casebook.checks.finding_report import (
    MOST_ANNOTATIONS,
    finding_section,
    format_annotations,
    format_text,
)
from casebook.checks.rules import CHECK_RULES, CHECK_RULES_BY_ID, render_rule_table
from casebook.model import Finding, Severity


def _finding(
    message: str = "说明。", path: str = "cases/a.md", severity: Severity = "error"
) -> Finding:
    return Finding("raw-html", severity, path, 3, 4, message)


def test_text_is_path_line_column_level_rule_message() -> None:
    """One line for each finding, and one with the counts."""
    lines = list(format_text([_finding(), _finding(severity="warning")]))
    assert lines[0] == "cases/a.md:3:4: 错误 [raw-html] 说明。"
    assert lines[-1] == "检查完毕：1 个错误，1 个警告。"
    assert list(format_text([])) == ["检查完毕，没有发现问题。"]


def test_annotation_escapes_what_ends_a_command() -> None:
    """A hostile file name or message cannot start a workflow command of its own."""
    line = next(iter(format_annotations([_finding("100%\n::error::x\r", "a:b,c\n::stop.md")])))
    assert "\n" not in line and "\r" not in line
    assert line.startswith("::error file=a%3Ab%2Cc%0A%3A%3Astop.md,line=3,col=4,title=raw-html::")
    assert line.endswith("::100%25%0A::error::x%0D")


def test_annotations_are_capped_per_level_errors_first() -> None:
    """GitHub shows ten of each level; the rest is counted."""
    many = [_finding(severity="warning")] * 15 + [_finding()] * 12
    lines = list(format_annotations(many))
    levels = [line.split(" ")[0] for line in lines if line.startswith("::")]
    assert levels == ["::error"] * MOST_ANNOTATIONS + ["::warning"] * MOST_ANNOTATIONS
    assert lines[-2] == "另有 7 个问题没有标注，见本次运行的摘要（Summary）。"


def test_summary_is_a_table_that_nothing_breaks() -> None:
    """Every finding is one row, errors first; markup in a message is displayed."""
    section = finding_section([_finding(severity="warning"), _finding("a|b<b>\n`c`")])
    assert section.rows[0] == "| 错误 | cases/a.md:3:4 | raw-html | a\\|b&lt;b>&lt;U+000A>\\`c\\` |"
    assert section.rows[1].startswith("| 警告 |")


def test_table_of_rules_is_complete() -> None:
    """Ids are unique, and each has its row."""
    assert len(CHECK_RULES_BY_ID) == len(CHECK_RULES)
    rows = render_rule_table().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == [rule.id for rule in CHECK_RULES]

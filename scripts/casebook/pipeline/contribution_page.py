"""What somebody contributes as sections of Markdown: for a pull request, an issue, a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook.checks.finding_report import finding_section
from casebook.library.case_schema import is_id
from casebook.library.decisions import format_decision_commands
from casebook.pipeline.contribution import (
    Contribution,
    DuplicateSummary,
    FixedFile,
    RepairSummary,
    WriteUpSummary,
)
from casebook.runtime import cli
from casebook.runtime.markdown_page import (
    Section,
    escape_markdown,
    format_code,
    format_table_head,
    format_table_row,
    render_sections,
)

LIBRARY = Path("cases")
"""The library in the repository, as the commands name it."""

COMMENT_BYTES = 60_000
"""Bytes of a comment: GitHub takes 65,536 characters, some of which the caller needs."""


def render_contribution(shown: Contribution, most_bytes: int = COMMENT_BYTES) -> str:
    """All sections of a contribution that have something to show, as Markdown."""
    return render_sections(list_sections(shown), most_bytes)


def list_sections(shown: Contribution) -> list[Section]:
    """The sections of a contribution, in their order: what needs a person comes first."""
    sections = [
        finding_section(shown.findings),
        section_of_write_ups(shown.write_ups),
        section_of_duplicates(shown.duplicates),
        section_of_fixes(shown.fixes, shown.patch),
        section_of_outlines(shown.write_ups),
        section_of_repairs(shown.repairs),
    ]
    return [section for section in sections if section.intro or section.rows]


def section_of_write_ups(write_ups: Sequence[WriteUpSummary]) -> Section:
    """A table: title, what becomes of it, what it says about itself, roles, themes, doubts."""
    head = format_table_head("文章", "结果", "写明的", "角色", "主题", "拿不准的")
    rows = [_format_write_up(each) for each in write_ups]
    return Section("文章", [head] if rows else [], rows, "篇")


def _format_write_up(each: WriteUpSummary) -> str:
    title = escape_markdown(each.title or "（没有标题）")
    roles = Counter(line.role or "未定" for line in each.outline)
    cells = (
        f"{title}<br>{escape_markdown(each.place)}",
        escape_markdown(each.state),
        _join(f"{name}：{value}" for name, value in each.facts),
        _join(f"{name} {count}" for name, count in roles.items()),
        _join(each.themes),
        _join(each.unsure) or "没有",
    )
    return format_table_row(cells)


def _join(words: Iterator[str] | Sequence[str]) -> str:
    return "<br>".join(map(escape_markdown, words))


def section_of_outlines(write_ups: Sequence[WriteUpSummary]) -> Section:
    """How each write-up has been cut into sections and items, to be opened by a click."""
    rows = [_format_outline(each) for each in write_ups if each.outline]
    return Section("分段和角色", (), rows, "篇", folded=True)


def _format_outline(each: WriteUpSummary) -> str:
    lines = [f"文章：{escape_markdown(each.title or each.id)}", ""]
    for line in each.outline:
        indent = "  " * max(0, min(line.level, 6) - 2)
        role = escape_markdown(line.role or "角色未定")
        lines.append(f"{indent}- 〔{role}〕{escape_markdown(line.text, 60)}")
    return "\n".join([*lines, ""])


def section_of_duplicates(pairs: Sequence[DuplicateSummary]) -> Section:
    """Texts that may be one, each with the commands by which a person decides."""
    intro = []
    if pairs:
        intro = ["下面各对文章相近，是不是同一篇要由人判定。把对应的命令复制到仓库的文件夹里运行。"]
    if any(pair.needs_import for pair in pairs):
        intro.append("新来的文章要先导入成案例（`make site`），再运行命令。")
    return Section("可能重复", [*intro, ""] if intro else (), list(map(_format_pair, pairs)), "对")


def _format_pair(pair: DuplicateSummary) -> str:
    names = f"{escape_markdown(pair.a)} 与 {escape_markdown(pair.b)}"
    likeness = f"{escape_markdown(pair.relation)}，相似度 {pair.similarity:.1f}"
    if not (is_id(pair.a) and is_id(pair.b)):
        return f"- {names}（{likeness}）：请先把文件名改成合格的编号。\n"
    merge, distinct = format_decision_commands(LIBRARY, pair.a, pair.b)
    commands = format_code(f"# 同一篇：\n{merge}\n# 不是同一篇：\n{distinct}", "sh")
    return f"- {names}（{likeness}）\n\n{_indent(commands)}\n"


def _indent(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))


def section_of_fixes(fixes: Sequence[FixedFile], patch: str) -> Section:
    """What `--fix` mends, as a patch that can be copied."""
    if not fixes:
        return Section("可以自动改好的")
    command = cli.command_line("check", "--fix", LIBRARY.as_posix())
    intro = [
        f"有 {len(fixes)} 个文件可以由程序改好：在自己的电脑上运行 `{command}`，"
        "或者下载 fix.patch，运行 `git apply fix.patch`。",
        "在网页上改，就打开文件点铅笔，把下面“-”开头的行改成“+”开头的行。" if patch else "",
        "",
    ]
    return Section("可以自动改好的", intro, [format_code(patch, "diff")] if patch else (), "份改动")


def section_of_repairs(repairs: Sequence[RepairSummary]) -> Section:
    """What repair changed, by document and rule; the received files stay as they are."""
    head = format_table_head("原稿", "修复", "处数", "例子")
    rows = [_format_repair(each) for each in repairs]
    return Section("文字修复", [head] if rows else [], rows, "项")


def _format_repair(each: RepairSummary) -> str:
    likely = f"（{each.likely} 处请核对）" if each.likely else ""
    examples = (f"{escape_markdown(a, 40)} → {escape_markdown(b, 40)}" for a, b in each.examples)
    cells = (
        escape_markdown(each.place),
        escape_markdown(each.reason),
        f"{each.count}{likely}",
        "<br>".join(examples),
    )
    return format_table_row(cells)

"""What the form of a document says of a line, in words, as `--explain` prints it."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.model import BULLET, NO_FACTS, LineFacts
from casebook.structure.paragraphs import Paragraph

_ORIGINS = {
    "ocr": "由图片识别",
    "box": "文本框里",
    "note": "脚注或尾注",
    "markdown": "Markdown 标记",
    "outside": "正文之外",
}
"""Where a line was found, unless in the text."""


def describe_form(paragraph: Paragraph) -> str:
    """Page, look, label and the other facts of a paragraph's line; '' where there are none."""
    if paragraph.facts is NO_FACTS:
        return ""
    end = "段落到此结束" if paragraph.certain_end else "段落是否到此结束不明"
    return "，".join([*_describe_facts(paragraph.facts), end])


def _describe_facts(facts: LineFacts) -> Iterator[str]:
    place = f"第 {facts.page} 页" if facts.page else ""
    place += f"第 {facts.paragraph} 段" if facts.paragraph else ""
    if place:
        yield place
    if facts.size:
        yield f"{facts.size:g} 磅"
    if facts.bold:
        yield "加粗"
    if facts.centered:
        yield "居中"
    if facts.level:
        yield f"{facts.level} 级标题样式"
    if facts.label:
        yield "项目符号" if facts.label == BULLET else f"自动编号“{facts.label}”"
    if facts.cell:
        table, row, column = facts.cell
        yield f"表 {table} 第 {row} 行" + (f"第 {column} 列" if column else "")
    if facts.origin in _ORIGINS:
        yield _ORIGINS[facts.origin]
    if facts.confidence:
        yield f"识别把握 {facts.confidence:.0%}"

"""Refused markup, compared with the output of Python-Markdown."""

from __future__ import annotations

import html
import re
from pathlib import Path

import markdown
import pytest

from casebook.checks import check_file
from casebook.checks.unsafe import is_allowed_target
from casebook.library import markup

HOSTILE = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](\njavascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](javascript\\:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](//example.org/a.js)",
    "[x](file:///etc/passwd)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x][y]\n\n[y]:\n  javascript:alert(1)",
    "[x][y]\n\n   [y]: <data:text/html,x>",
    "[x\\\\](javascript:alert(1))",
    "[a [b](http://x) c](javascript:alert(1))",
    "<javascript:alert(1)>",
    "<script>alert(1)</script>",
    "<ScRiPt src=//x>",
    "正文<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "\\<script>alert(1)</script>",
    "<!-- 注释 -->",
    "<?php ?>",
    "<![CDATA[x]]>",
    "</div>",
    "<a\nhref=javascript:alert(1)>x</a>",
    "![图](http://example.org/a.png)",
    "![图][y]",
    "> <b>引用</b>",
    "- <b>列表</b>",
    "`a` <b>x</b>",
    "https://ok.org <https://ok.org onclick=x>",
]

HARMLESS = [
    "普通正文，5 < 6，a<1，3>2，R&D。",
    "[原文](https://example.org/a?b=1&c=2)",
    '[原文](http://example.org "标题")',
    "[写信](mailto:someone)",
    "<https://example.org/a>",
    "见 \\[附件\\](另附)。",
    "注：[1]、[2]（见附件）",
    "&lt;script&gt; 与 &amp;#106;",
    "javascript: 是一种语言，data: 也是。",
    "**加粗**、*强调*、`代码`",
    "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
]


SOURCE = "sources: [{name: 自撰}]\n"


def _rules(body: str) -> set[str]:
    text = f"---\nid: good\ntitle: 好\nlead_role: background\n{SOURCE}---\n\n{body}\n"
    return {f.rule for f in check_file(Path("nowhere/good.md"), text)}


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_markup_is_refused(body: str) -> None:
    """Every link that a browser would run, and every tag, is an error."""
    assert _rules(body) & {"raw-html", "html-entity", "link-scheme", "image"}


@pytest.mark.parametrize("body", HARMLESS)
def test_harmless_markup_passes(body: str) -> None:
    """Plain text, escaped characters, tables and ordinary links are not complained about."""
    assert _rules(body) == set()


@pytest.mark.parametrize("body", HARMLESS)
def test_what_passes_renders_without_tags_of_its_own(body: str) -> None:
    """In the rendered page no attribute survives except an allowed address."""
    page = markdown.markdown(body, extensions=["tables"])
    assert "<script" not in page and "<img" not in page
    targets = [html.unescape(target) for target in re.findall('(?:href|src)="([^"]*)"', page)]
    assert all(is_allowed_target(target) for target in targets)


@pytest.mark.parametrize("body", HOSTILE)
def test_imported_text_is_escaped(body: str) -> None:
    """The same characters, imported as plain text, are displayed as they are and pass the gate."""
    refused = {"raw-html", "html-entity", "link-scheme", "image"}
    assert not _rules(markup.from_plain(body.replace("\x01", ""))) & refused


def test_place_of_a_tag_is_line_and_column() -> None:
    """The place is the position of the tag, counted in characters."""
    text = f"---\nid: good\ntitle: 好\nlead_role: background\n{SOURCE}---\n\n导语。\n\n党建<b>x\n"
    (found,) = check_file(Path("nowhere/good.md"), text)
    assert (found.line, found.column) == (10, 3)

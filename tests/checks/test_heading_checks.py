"""The outline: which headings are refused, which roles are known without a mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.checks import check_file

OUTLINE = {
    "heading-format",
    "level-skipped",
    "fence-unclosed",
    "unknown-mark",
    "mark-repeated",
    "missing-role",
    "missing-anchor",
    "anchor-format",
    "anchor-duplicate",
    "title-repeated",
    "empty-block",
    "body-empty",
}


def _found(body: str, kind: str = "") -> list[tuple[str, int]]:
    """Rules about the outline with their line in the body (from 1)."""
    text = f"---\nid: good\ntitle: 好的标题\nlead_role: background\nkind: {kind}\n---\n{body}\n"
    findings = check_file(Path("nowhere/good.md"), text)
    return [(f.rule, f.line - 6) for f in findings if f.rule in OUTLINE]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## 一、主要做法 {#k1}\n正文。", []),
        ("# 一级\n正文。", [("heading-format", 1)]),
        ("##没有空格\n正文。", [("heading-format", 1)]),
        ("####### 七级\n正文。", [("heading-format", 1)]),
        ("一级标题\n====", [("heading-format", 2)]),
        ("二级标题\n---", [("heading-format", 2)]),
        ("正文。\n\n---\n\n正文。", []),
        ("\\# 号开头的正文，\\## 也是。", []),
        ("```\n# 代码\n##也是\n```", []),
        ("~~~\n```\n# 代码\n~~~", []),
        ("```\n没有结束\n\n## 一、主要做法", [("fence-unclosed", 1)]),
        ("### 做法 {#k1}\n正文。", [("level-skipped", 1)]),
        ("## 做法 {#k1}\n#### 做法 {#k2}\n正文。", [("level-skipped", 2)]),
        ("## 做法 {#k1}\n### 做法 {#k2}\n#### 做法 {#k3}\n正文。\n## 成效 {#k4}\n正文。", []),
        ("## 做法 {.practice #k1 x=1}\n正文。", [("unknown-mark", 1)]),
        ("## 做法 {.practice .cause #k1}\n正文。", [("mark-repeated", 1)]),
        ("## 做法\n正文。", [("missing-anchor", 1)]),
        ("## 做法 {#1a}\n正文。", [("anchor-format", 1)]),
        ("## 做法 {#ka}\n正文。\n## 成效 {#ka}\n正文。", [("anchor-duplicate", 3)]),
        ("## 做法 {#k1}", [("empty-block", 1)]),
        ("## 做法 {#k1}\n### 一是抓学习。 {#k2}\n正文。", []),
        ("### {.practice #k1}\n正文。", [("level-skipped", 1)]),
        ("", [("body-empty", 1)]),
    ],
)
def test_outline(body: str, expected: list[tuple[str, int]]) -> None:
    """Each outline has exactly these findings."""
    assert _found(body) == expected


@pytest.mark.parametrize(
    ("body", "kind", "lines"),
    [
        ("## 一、主要做法 {#k1}\n正文。\n### （一）抓学习。 {#k2}\n正文。", "", []),
        ("## 一、抓学习 {#k1}\n正文。", "", [1]),
        ("## 一、抓学习 {#k1}\n正文。", "工作建议", []),
        ("## 一、抓学习 {.practice #k1}\n正文。", "", []),
        ("## 一、抓学习 {#k1}\n### （一）主要做法 {#k2}\n正文。", "", []),
        ("## 一、主要做法 {#k1}\n正文。\n## 二、抓学习 {#k2}\n正文。", "", [3]),
        (
            "## 一、抓学习 {#k1}\n### 抓。 {.practice #k2}\n正文。\n### 严。 {#k3}\n正文。",
            "",
            [4],
        ),
    ],
)
def test_role_is_asked_for_only_where_it_is_unknown(body: str, kind: str, lines: list[int]) -> None:
    """The mark, the heading, the section above or the kind's default: each of them is enough."""
    assert [line for rule, line in _found(body, kind) if rule == "missing-role"] == lines


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("\n好的标题\n\n正文。", 2),
        ("**好的标题**\n\n正文。", 1),
        ("\n## 《好的标题》 {.practice #k1}\n正文。", 2),
    ],
)
def test_title_is_not_written_twice(body: str, line: int) -> None:
    """The title as first paragraph or first heading is reported at its line."""
    assert ("title-repeated", line) in _found(body)


@pytest.mark.parametrize("body", ["好的标题党现象。", "正文。\n\n好的标题\n\n正文。"])
def test_title_inside_the_text_is_fine(body: str) -> None:
    """A paragraph that merely starts with the title, or a later one, stays."""
    assert _found(body) == []

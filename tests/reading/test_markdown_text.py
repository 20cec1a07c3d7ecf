"""Markdown as Markdown: its marks go, what they say stays as facts, nothing is torn apart."""

from __future__ import annotations

import pytest

from casebook.model import Line, UserError
from casebook.reading.markdown_text import read_markdown
from casebook.reading.plain_text import read_plain_text


def read(text: str) -> list[Line]:
    """The lines of a Markdown text that are not outside of it."""
    lines = read_markdown(text.encode()).lines
    return [line for line in lines if line.facts.origin != "outside"]


def texts(text: str) -> list[str]:
    """The texts of these lines."""
    return [line.text for line in read(text)]


@pytest.mark.parametrize(
    ("text", "level", "heading"),
    [
        ("# 一、做法\n\n正文。", 1, "一、做法"),
        ("### （一）**健全**机制 ###\n\n正文。", 3, "（一）健全机制"),
        ("一、做法\n====\n\n正文。", 1, "一、做法"),
        ("一、做法\n----\n\n正文。", 2, "一、做法"),
        ("##二、成效\n\n- 正文", 2, "二、成效"),
    ],
)
def test_a_heading_has_its_level(text: str, level: int, heading: str) -> None:
    """With number signs, underlined, and without the blank after the signs."""
    line = read(text)[0]
    assert (line.text, line.facts.level) == (heading, level)


@pytest.mark.parametrize(
    "text", ["## 做法\n\n全区压实责任，成效明显。\n---\n", "## 做法\n\n#话题# 成效明显。"]
)
def test_what_only_looks_like_a_heading_is_none(text: str) -> None:
    """A rule under a sentence; a topic between two signs."""
    assert [line.facts.level for line in read(text)] == [2, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# 题\n\n推动治理\n重心下移，use\nit。\n第三行",
            ["题", "推动治理重心下移，use it。第三行"],
        ),
        ("# 题\n\n第一行  \n第二行<br>第三行", ["题", "第一行", "第二行", "第三行"]),
        (
            "1. 健全机制\n2. 强化保障\n   - 子项\n* 要点",
            ["1.健全机制", "2.强化保障", "子项", "要点"],
        ),
        ("3) 健全机制\n4) A类", ["3)健全机制", "4)A类"]),
        ("> 引用一\n> 引用二", ["引用一引用二"]),
        ("坚持**党建***引领*，用`code`，~~删~~。", ["坚持党建引领，用code，删。"]),
        ("## 题\n\n计5*3*2件，王*和李*参加。", ["题", "计5*3*2件，王*和李*参加。"]),
        ("见[某报](http://a.cn/b)和[附件](a.doc)。", ["见某报（http://a.cn/b）和附件。"]),
        (
            f"**题**\n{'各级压实责任，' * 12}成效明显。\n一、做法\n健全机制。\n群众满意。",
            ["题", f"{'各级压实责任，' * 12}成效明显。", "一、做法", "健全机制。", "群众满意。"],
        ),
        ("## 题\n\n<http://a.cn/b>", ["题", "http://a.cn/b"]),
        ("前![图](a.png)后", ["前后"]),
        ("```py\nx = 1\n\ny\n```", ["```py", "x = 1", "", "y", "```"]),
        ("## 题\n\n    缩进的正文。", ["题", "缩进的正文。"]),
        ("- 文[^1]\n\n[^1]: 注释。\n\n正文。", ["文[1]", "正文。", "[1] 注释。"]),
        ("## 题\n\n<div align=center>居中<b>文字</b></div>\n\n<!-- 无 -->", ["题", "居中文字"]),
    ],
)
def test_marks_go_and_the_text_stays(text: str, expected: list[str]) -> None:
    """Wrapped lines, breaks, lists, quotations, emphasis, links, images, code, notes, tags."""
    assert texts(text) == expected
    assert all(line.certain_end for line in read(text))


def test_the_rows_of_a_table_are_lines() -> None:
    """A bar in a cell stays escaped; marks in cells go."""
    lines = read("前文：\n\n| 项目 | 数量 |\n|---|--:|\n| 走访 | **3** \\| 2 |\n\n后文。")
    assert [(line.text, line.facts.cell, line.facts.paragraph) for line in lines] == [
        ("前文：", None, 1),
        ("| 项目 | 数量 |", (1, 1, 0), 2),
        ("| --- | --- |", (1, 1, 0), 2),
        ("| 走访 | 3 \\| 2 |", (1, 2, 0), 2),
        ("后文。", None, 3),
    ]


def test_a_contents_list_is_outside() -> None:
    """With its heading, and as a mark; a list of links elsewhere stays."""
    contents = "[TOC]\n\n## 目录\n\n- [一](#a)\n- [二](#b)\n"
    assert texts(f"{contents}\n链接：\n\n- [某报](http://a.cn)\n- [某网](http://b.cn)") == [
        "链接：",
        "某报（http://a.cn）",
        "某网（http://b.cn）",
    ]
    assert [line.text for line in read_markdown(contents.encode()).lines] == [
        "[TOC]",
        "目录",
        "一",
        "二",
    ]


def test_facts_of_other_tools_are_lines() -> None:
    """The title counts once; tags stand outside of the text."""
    front = "---\ntitle: 某区经验\nauthor: [张三, 李四]\ndate: 2023-05-04\ntags: [党建]\n---\n"
    facts = ["作者：张三、李四", "日期：2023-05-04"]
    assert texts(f"{front}# 某区经验\n\n正文。") == [*facts, "某区经验", "正文。"]
    assert texts(f"{front}正文。") == ["某区经验", *facts, "正文。"]
    outside = [line for line in read_markdown(front.encode()).lines if line.text == "tags: 党建"]
    assert [line.facts.origin for line in outside] == ["outside"]


def test_a_case_file_is_recognized() -> None:
    """One sentence that says what it is and where it belongs."""
    with pytest.raises(UserError, match=r"案例文件.*cases.*。$"):
        read_markdown("---\nid: a\ntitle: 某\nkind: 经验材料\n---\n正文。\n".encode())


@pytest.mark.parametrize("text", ["标题\n一、做法\n全区压实责任。\n二、成效\n明显。", "一行"])
def test_text_without_marks_is_plain(text: str) -> None:
    """Pasted text in a file of that name keeps its lines, whose ends are uncertain."""
    assert read_markdown(text.encode()) == read_plain_text(text.encode())


def test_a_wholly_bold_paragraph_is_bold() -> None:
    """Many write headings so."""
    assert [line.facts.bold for line in read("**一、做法**\n\n**压实**责任。")] == [True, False]


def test_images_are_counted() -> None:
    """A remark says how many were left out."""
    remarks = read_markdown("![a](b.png)\n\n正文。![c][d]\n\n[d]: e.png".encode()).remarks
    assert [remark.rule for remark in remarks] == ["images-left-out"]
    assert "2" in remarks[0].message

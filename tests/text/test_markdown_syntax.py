"""Where a text has the syntax of Markdown, and where it only looks so."""

from __future__ import annotations

import pytest

from casebook.text.markdown_syntax import find_syntax


def syntax(text: str, is_markdown: bool = False) -> list[str]:
    """The pieces of a text that no rule may edit."""
    return [text[start:end] for start, end in find_syntax(text, is_markdown).marks]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("见[办法,全文](附件/办法.docx)。", ["[", "](附件/办法.docx)"]),
        ('![图,一](图片/一.png "题,一")', ["![", '](图片/一.png "题,一")']),
        ("[![图](a.png)](b.html)", ["[![", "](a.png)](b.html)"]),
        ("[甲,乙][1]\n\n[1]: http://x.y/a,b", ["[", "][1]", "[1]: http://x.y/a,b"]),
        ("据<https://x.y/a,b>称,", ["<https://x.y/a,b>"]),
        ("运行`ls -l, -a`,即可", ["`ls -l, -a`"]),
        ("- 代码:\n\n  ```py\n  f(a, b)\n  ```\n", ["```py\n  f(a, b)\n  ```"]),
        ("---\ntitle: 某镇\n---\n正文", ["---\ntitle: 某镇\n---"]),
        ("|甲|乙|\n|:--|--:|\n|丙,|丁|", ["|", "|", "|\n|:--|--:|\n|", "|", "|"]),
        ("甲 | 乙\n--- | ---\n丙 | 丁\\|戊", ["|", "\n--- | ---\n", "|"]),
        ("|甲|乙|\n|--|--|\n|丙|丁|\n下面一段,\n再一段", ["|", "|", "|\n|--|--|\n|", "|", "|"]),
        ("增长[^1]\n\n[^1]: 注,一", ["[^1]", "[^1]:"]),
        ("```\n中文说明,没有代码\n```", []),
        ("``小事不出村``,", []),
        ("    缩进的段落,写了两行。", []),
        ("~~~~~~\n正文,内容\n~~~~~~", []),
        ("---\n正文,内容\n---", []),
        ("[1]: 某某,2020年\n\n见[1]", ["[", "]"]),
        ("**重点**,花$5,增$6", []),
    ],
)
def test_syntax_of_any_text(text: str, pieces: list[str]) -> None:
    """What looks alike in prose is none."""
    assert [piece.strip(" ") for piece in syntax(text)] == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("**重,点**", ["**", "**"]),
        ("甲,  \n乙", ["  \n"]),
        ("甲<br/>乙 <!-- 注,一 -->", ["<br/>", "<!-- 注,一 -->"]),
        ('<div class="a">\n正文,\n</div>', ['<div class="a">', "</div>"]),
        ("式$f(x, y)$,价$5,增$6", ["$f(x, y)$"]),
        ("```\n说明,没有代码", ["```\n说明,没有代码"]),
        ("文:\n\n    f(a, b)\n\n    段落,是中文\n", []),
        ("文:\n\n    f(a, b);\n", ["f(a, b);\n"]),
    ],
)
def test_syntax_of_markdown_by_name(text: str, pieces: list[str]) -> None:
    """A file that is named .md has more of it."""
    assert syntax(text, is_markdown=True) == pieces
    assert syntax(text) == []


@pytest.mark.parametrize("unit", ["[", "[a](", "`a", "![](", "~~~\n", "<!--", "| a ", "> ", "a_*"])
def test_hostile_markdown_is_read(unit: str) -> None:
    """Unclosed brackets, fences and comments are no error."""
    assert find_syntax(unit * 20_000 + "`", is_markdown=True).cells == []

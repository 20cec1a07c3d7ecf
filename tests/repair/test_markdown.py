"""The syntax of Markdown stays as it is; the text around it is repaired."""

from __future__ import annotations

import pytest

from casebook.model import plain_lines
from casebook.repair import repair, replay, undo
from casebook.repair.markdown_syntax import find_syntax


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


SOURCE = """---
tags: [党建, 治理]
---
**要点**清单,整合资源,见[办法,全文](附件/办法,一.docx "标题,一").

| 年份,说明 | 数,量 |
|:---|---:|
| 2022 | 初步, 未审 |

- 运行`f(a, b)`后,参见[更,多][1]\x20\x20
- 完成,

[1]: a/b,c.html "题,目"
"""

REPAIRED = """---
tags: [党建, 治理]
---
**要点**清单，整合资源，见[办法，全文](附件/办法,一.docx "标题,一")。

| 年份,说明 | 数,量 |
|:---|---:|
| 2022 | 初步, 未审 |

- 运行`f(a, b)`后，参见[更，多][1]\x20\x20
- 完成，

[1]: a/b,c.html "题,目"
"""


@pytest.mark.parametrize("is_markdown", [True, False])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_text_around_syntax_is_repaired(is_markdown: bool, end: str) -> None:
    """Text of links is, targets, cells and front matter are not; steps replay and undo."""
    source = SOURCE.replace("\n", end)
    repaired = repair(plain_lines(source), is_markdown=is_markdown)
    assert repaired.text == REPAIRED
    assert replay(source, repaired.steps) == REPAIRED
    assert undo(REPAIRED, repaired.steps) == source


def test_damaged_bytes_in_cells_are_repaired() -> None:
    """A cell keeps its marks, not its mojibake; the grid stays."""
    cell = "党建和业务工作的深度融合".encode().decode("gb18030")
    text = f"| 做法, 成效 |\n|---|\n| {cell} |"
    assert repair(plain_lines(text)).text == text.replace(cell, "党建和业务工作的深度融合")


@pytest.mark.parametrize("unit", ["[", "[a](", "`a", "![](", "~~~\n", "<!--", "| a ", "> ", "a_*"])
def test_hostile_markdown_is_read(unit: str) -> None:
    """Unclosed brackets, fences and comments are no error."""
    assert find_syntax(unit * 20_000 + "`", is_markdown=True).cells == []

"""The syntax of Markdown stays as it is; the text around it is repaired."""

from __future__ import annotations

import pytest

from casebook.model import plain_lines
from casebook.repair import repair, replay, undo

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

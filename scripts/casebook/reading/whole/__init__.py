"""Everything that a document file holds, also what nobody sees: it is published with the file.

Each reader returns lines whose `label` says in Chinese where the text is: 批注, 作者, …; lines
without one are text that the document shows. MARKS are labels of what is worth a warning whatever
it says, because people do not know that it is there.
"""

from __future__ import annotations

from casebook.model import Line, LineFacts

AUTHOR, EDITOR, COMPANY, MANAGER = "作者", "最后修改人", "单位", "主管"
COMMENT, DELETED, HIDDEN = "批注", "删去的文字", "隐藏的文字"
PICTURE, EMBEDDED, ATTACHMENT = "图片的拍摄信息", "嵌入的文件或宏", "附件"
PROPERTY, MARKUP, SCRIPT = "文件属性", "网页代码", "脚本"

MARKS = frozenset(
    (AUTHOR, EDITOR, COMPANY, MANAGER, COMMENT, DELETED, HIDDEN, PICTURE, EMBEDDED, ATTACHMENT)
)


def labeled(label: str, text: str) -> Line:
    """A line of a text that is in the place `label`."""
    return Line(" ".join(text.split()), True, LineFacts(label=label))

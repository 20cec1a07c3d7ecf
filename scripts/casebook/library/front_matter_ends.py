"""What to say where the `---` lines of a case file are missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

_KEY_LINE = re.compile(r"(\w+)[ 　]*[:：]")
_INSIDE = re.compile(r"[ \t]+\S|- |# |[\]}]")
"""Lines that go on with a value, or comment on it."""

_LIKE_DASHES = re.compile(r"[ 　]*[-—–－―─]{2,}[ 　]*")

_EMPTY_FILE = "文件是空的，请参照模板写上内容。"
_NOT_FIRST = "第一行应为 ---，它前面不能有空行和空格，请删掉。"
_WRONG_FIRST = "第一行“{line}”应为三个半角连字符 ---。"
_ADD_FIRST = "文件第一行应为 ---（front matter 的开头），请在最前面加一行 ---。"
_RAW_TEXT = (
    "没有 front matter（第一行应为 ---），看样子是原稿：请放进 cases/sources/，"
    "由导入生成案例；要手写案例，请参照模板。"
)
_WRONG_LAST = "第 {number} 行“{line}”应为三个半角连字符 ---。"
_ADD_LAST = "front matter 没有结束，请在第 {number} 行{key}之后另起一行写 ---。"
"""What is said of missing lines."""

_HEAD_LINES = 30
"""Lines in which the keys of front matter are looked for where its first `---` is missing."""


def describe_missing_start(lines: Sequence[str]) -> str:
    """Why the first line is not `---`, and how to mend it."""
    head = [line for line in lines[:_HEAD_LINES] if line.strip()]
    if not head:
        return _EMPTY_FILE
    if head[0].strip() == "---":
        return _NOT_FIRST
    if _LIKE_DASHES.fullmatch(head[0]):
        return _WRONG_FIRST.format(line=head[0].strip())
    if any(_is_key(line) for line in head):
        return _ADD_FIRST
    return _RAW_TEXT


def describe_missing_end(lines: Sequence[str]) -> tuple[int, str]:
    """The line (from 1) after which the front matter should end, and how to mend it."""
    last, key, after_blank = 1, "", False
    for number, line in enumerate(lines[1:], start=2):
        if _LIKE_DASHES.fullmatch(line):
            return number, _WRONG_LAST.format(number=number, line=line.strip())
        if _is_key(line):
            last, key = number, _KEY_LINE.match(line)[1]  # type: ignore[index]
        elif not line.strip():
            after_blank = True
        elif _INSIDE.match(line) and not after_blank:
            last = number
        else:
            break
    return last, _ADD_LAST.format(number=last, key=f" {key} " if key else "")


def describe_prose(front: Sequence[str]) -> str:
    """What to say of front matter in which a text begins: its `---` is missing. Else ''.

    `front` is without its first `---`.
    """
    last, message = describe_missing_end(["---", *front])
    following = next((line for line in front[last - 1 :] if line.strip()), "")
    return message if following and ":" not in following and "：" not in following else ""


def _is_key(line: str) -> bool:
    from casebook.library.case_schema import list_keys

    found = _KEY_LINE.match(line)
    return found is not None and found[1] in list_keys()

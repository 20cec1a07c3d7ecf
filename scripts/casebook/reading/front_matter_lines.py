"""The front matter of a Markdown file of another tool, as lines of facts about the write-up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from casebook.model import Line, LineFacts, UserError

_BLOCK = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
_LABELS = {
    **{"author": "作者", "authors": "作者", "作者": "作者"},
    **{"date": "日期", "published": "日期", "pubdate": "日期", "日期": "日期", "时间": "日期"},
    **{"source": "来源", "from": "来源", "来源": "来源", "organ": "单位", "单位": "单位"},
}
_TITLES = ("title", "标题")
_OF_CASES = frozenset(("kind", "organ", "sources", "variants", "lead_role", "aliases", "allow"))
"""Keys that, beside id and title, the front matter of a case has and other tools' has not."""

_IS_CASE = "这是经验库的案例文件（id：{id}），不用导入：请放到 cases 文件夹里，再用 check 检查。"
LONGEST_BLOCK = 20_000
"""Characters of front matter."""


def divide_front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """The keys of the front matter of a file, none if it has none, and the text after it."""
    found = _BLOCK.match(text[:LONGEST_BLOCK])
    if not found or not found[1]:
        return {}, text
    try:
        keys = yaml.load(found[1], Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return {}, text
    if not isinstance(keys, dict):
        return {}, text
    return {str(key): value for key, value in keys.items()}, text[found.end() :]


def is_case_front_matter(keys: Mapping[str, Any]) -> bool:
    """Whether front matter is that of a case of this project."""
    return {"id", "title"} <= set(keys) and bool(_OF_CASES & set(keys))


def read_front_matter(keys: Mapping[str, Any]) -> list[Line]:
    """The title as a heading, facts as `作者：…`, and other keys outside of the text.

    Raises UserError when the keys are those of a case of this project.
    """
    if is_case_front_matter(keys):
        raise UserError(_IS_CASE.format(id=keys["id"]))
    titles, facts, others = [], [], []
    for key, value in keys.items():
        text = " ".join(_text_of(value).split())
        name = key.lower()
        if not text:
            continue
        if name in _TITLES:
            titles.append(Line(text, True, LineFacts(level=1, origin="markdown")))
        elif name in _LABELS:
            facts.append(Line(f"{_LABELS[name]}：{text}", True, LineFacts(origin="markdown")))
        else:
            others.append(Line(f"{key}: {text}", True, LineFacts(origin="outside")))
    return [*titles, *facts, *others]


def _text_of(value: Any, depth: int = 2) -> str:
    """A value in one line; lists in lists of lists are left out, for aliases could fill them."""
    if isinstance(value, list):
        return "、".join(_text_of(item, depth - 1) for item in value) if depth else ""
    if isinstance(value, dict):
        return (
            "、".join(f"{key}: {_text_of(value[key], depth - 1)}" for key in value) if depth else ""
        )
    return str(value)

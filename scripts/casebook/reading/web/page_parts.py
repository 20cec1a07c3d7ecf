"""What the parts of a web page are called: the table `page_parts.yml`, as patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_AFTER = r"\s?[:：>》»›…+\-—]{0,3}\s?(?:[（(]\s?\d{1,6}\s?条?[）)])?"
_BEFORE = r"[【\[■◆●▪·#|*\s]{0,3}"


@dataclass(frozen=True, slots=True)
class PageParts:
    """Words of classes and ids, and patterns that match a whole line."""

    classes: frozenset[str]
    comments: frozenset[str]
    feet: frozenset[str]
    buttons: re.Pattern[str]
    related: re.Pattern[str]
    remarks: re.Pattern[str]
    remark: re.Pattern[str]
    more: re.Pattern[str]
    foot: re.Pattern[str]
    foot_alone: re.Pattern[str]


@cache
def page_parts() -> PageParts:
    """The table, read once."""
    path = Path(__file__).with_name("page_parts.yml")
    rows: Mapping[str, str] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    joined = {
        name: re.sub(r"\s*\n\s*| (?=[(|\u4e00-\u9fff])", "", text) for name, text in rows.items()
    }
    heading = f"(?:{joined['related']}|{joined['related-alone']})"
    return PageParts(
        frozenset(rows["classes"].split()),
        frozenset(rows["comments"].split()),
        frozenset(rows["feet"].split()),
        re.compile(joined["buttons"]),
        re.compile(rf"{_BEFORE}{heading}[】\]]?{_AFTER}"),
        re.compile(rf"{_BEFORE}{joined['remarks']}[】\]]?{_AFTER}"),
        re.compile(joined["remark"]),
        re.compile(joined["more"]),
        re.compile(f"{joined['foot']}|{joined['foot-alone']}", re.I),
        re.compile(joined["foot-alone"], re.I),
    )


def words_of_names(*names: str) -> frozenset[str]:
    """The words of class and id attributes: `newsList-item_2` has news, list and item."""
    return frozenset(word.lower() for name in names for word in _WORD.findall(name))

"""The words of private_words.yml as patterns."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from casebook.text.word_tables import read_table

WORDS = Path(__file__).with_name("private_words.yml")

LONGEST_LABEL_ZONE = 40
"""Characters before a value in which its label is looked for."""

_FILLER = (
    r"(?:号码|编号|号|码|No\.?|为|是|即|系|至|在|于"
    r"|[-:=|()\[\]【】<>\"“”'‘’#/\s]|\([^()]{1,8}\)){0,8}$"
)
"""What may stand between a label and its value: 电话（区办）：, `| 电话 | `."""

_WORD_START = "(?:(?<![A-Za-z])|(?![A-Za-z]))"


@cache
def alternatives(*keys: str) -> str:
    """The words of an entry as the inside of a group, longest first."""
    entry: Any = read_table(WORDS)
    for key in keys:
        entry = entry[key]
    words = sorted(entry.split(), key=len, reverse=True)
    return "|".join(
        " ?".join(map(re.escape, word)) if len(word) < 4 else re.escape(word) for word in words
    )


@cache
def label_pattern(kind: str) -> re.Pattern[str]:
    """What the text before a value of a kind ends in where a label proves the kind."""
    return re.compile(rf"{_WORD_START}(?:{alternatives('labels', kind)}){_FILLER}", re.I)


@cache
def thing_pattern() -> re.Pattern[str]:
    """What the text before the number of a thing ends in: 合同编号：, 资产标签."""
    words = alternatives("thing_labels")
    return re.compile(
        rf"(?:{_WORD_START}(?:{words})|[\u4e00-\u9fffA-Za-z](?:号码|编号|代码|编码|号|码)){_FILLER}"
        r"|[A-Za-z_][-:/#._]?$|\d[-=#._]$|[〔\[]\d{4}[〕\]]$"
    )


@cache
def amount_pattern() -> re.Pattern[str]:
    """What the text before an amount ends in: 投入, (元), ￥."""
    return re.compile(
        rf"(?:(?:{alternatives('amount_words')})了?(?:[:= |]|为){{0,3}}|[¥￥$€]"
        rf"|\((?:[万亿千百]*(?:{alternatives('units')}))\)[:| ]*)$"
    )


@cache
def unit_pattern() -> re.Pattern[str]:
    """What the text after an amount begins with: 元, 多万元, %."""
    return re.compile(rf" ?[多余]?[万亿千百]{{0,2}}(?:{alternatives('units')}|号(?!码))|\.\d")


@cache
def list_words(key: str) -> frozenset[str]:
    """The words of an entry."""
    return frozenset(read_table(WORDS)[key].split())

"""Concrete facts in a text that are numbers: dates, ordinals and figures.

The numbers of an outline (第三条, （二）, 一是), the day on which a rule comes into force, and
placeholders (X市, ××年), which leave a fact open, are no facts. The day of signing or publication
is page furniture (`furniture`), which is removed before facts are read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from casebook.text.dates import HAN_MONTH, YEAR
from casebook.text.numerals import DIGITS, OF_QUANTITIES, UNITS, read_numeral
from casebook.text.patterns import lazy_pattern
from casebook.text.script_conversion import load_converter

FactKind = Literal["date", "ordinal", "figure", "name", "term"]

_HAN = OF_QUANTITIES
_COUNT = rf"(?:\d{{1,12}}(?:\.\d{{1,9}})?[百千万亿]{{0,3}}|[{_HAN}]{{1,12}})"  # never unbounded
_OUTLINE = lazy_pattern(
    rf"第[{_HAN}\d]{{1,12}}[编章节条款项目篇](?:之[{_HAN}]{{1,3}})?"
    rf"|^[ \t]{{0,9}}[（(]?[{_HAN}\d]{{1,9}}[)）、.．](?!\d)"
    rf"|[（(][{_HAN}\d]{{1,3}}[)）]"
    rf"|(?<![{_HAN}第])[{_HAN}]{{1,3}}(?=[是要、,])",
    re.M,
)
_IN_FORCE = re.compile(r"[^。;\n]{0,40}起(?:施行|实施|执行|生效)")
PATTERNS: tuple[tuple[FactKind, str, str], ...] = (
    ("date", "年", rf"(?<!\d){YEAR}(?!\d)|(?<![{_HAN}])[一二][{_HAN}]{{3}}(?=年)"),
    ("date", "月", rf"(?<!\d)\d{{1,2}}(?=月)|(?<![{_HAN}]){HAN_MONTH}(?=月)"),
    ("date", "日", rf"(?<=月)(?:\d{{1,2}}|[{_HAN}]{{1,3}})(?=日)"),
    ("date", "季度", r"第?[一二三四1-4](?=季度)"),
    ("date", "半年", r"[上下](?=半年)"),
    ("date", "学期", r"[一二上下12](?=学期)"),
    ("date", "季", r"[春夏秋冬](?=[季])"),
    ("ordinal", "届", rf"{_COUNT}(?=届)"),
    ("ordinal", "次", rf"{_COUNT}(?=次(?:会议|全体|全会|代表大会|党代会)|中全会)"),
    ("ordinal", "号", rf"{_COUNT}(?=号(?!召|称|角|线))"),
    ("ordinal", "第", rf"第{_COUNT}(?=[期批轮回集讲场站季辑课次周])"),
    ("ordinal", "规划", r"十[一二三四五六七]五(?=[”\"’」』]|规划|时期|期间|开局|收官)"),
    (
        "figure",
        "",
        rf"\d{{1,12}}(?:\.\d{{1,9}})?[万亿]{{0,2}}"
        rf"|[{_HAN}]{{2,12}}(?=[元名人户家件次个项亩岁天倍吨米]|平方)",
    ),
)
"""Kind, unit and pattern of a fact, in the order in which they are tried at a place."""

_SPACED_NUMBER = lazy_pattern(
    r"(?<=[\u4e00-\u9fff])[ \t]{1,4}(?=\d)|(?<=\d)[ \t]{1,4}(?=[\u4e00-\u9fff])"
)
_FACT = lazy_pattern(
    rf"(?=[\d{_HAN}第上下春夏秋冬])(?:"
    + "|".join(f"(?P<f{i}>{p})" for i, (_, _, p) in enumerate(PATTERNS))
    + ")"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in comparable form: 二〇二三年 and 2023年 are the same."""

    kind: FactKind
    value: str
    unit: str = ""

    def __str__(self) -> str:
        return self.value + self.unit


def make_plain(text: str) -> str:
    """The text with half-width forms, in simplified script, without spaces around numbers."""
    normal = _SPACED_NUMBER.sub("", unicodedata.normalize("NFKC", text))
    return str(load_converter("t2s").convert(normal))


def find_numeric_facts(text: str) -> list[Fact]:
    """Dates, ordinals and figures of a plain text, in order, without the exceptions above."""
    if "起" in text:
        text = _IN_FORCE.sub("|", text)
    return list(_read_facts(_OUTLINE.sub("|", text)))


def _read_facts(text: str) -> Iterator[Fact]:
    for match in _FACT.finditer(text):
        kind, unit, _ = PATTERNS[int((match.lastgroup or "f0")[1:])]
        if unit == "规划":
            yield Fact(kind, match[0], unit)
        elif unit == "第":
            yield Fact(kind, unit + _value(match[0][1:]), text[match.end()])
        else:
            yield Fact(kind, _value(match[0].removeprefix("第")), unit)


def _value(text: str) -> str:
    """A number in digits where it is one: 十二 → 12, 二〇二三 → 2023, 1.5万 → 15000."""
    if text[0] in DIGITS or text[0] in UNITS:
        return str(read_numeral(text))
    return _scaled(text.rstrip("百千万亿"), text) if text[-1] in UNITS else _bare(text)


def _scaled(digits: str, text: str) -> str:
    """The value of digits that units follow."""
    value = Decimal(digits) if digits and digits[-1].isdecimal() else None
    if value is None:
        return text
    for unit in text[len(digits) :]:
        value *= UNITS[unit]
    return _bare(f"{value.normalize():f}")


def _bare(digits: str) -> str:
    """Digits without zeros before them; anything else as it stands."""
    return digits.lstrip("0") or "0"

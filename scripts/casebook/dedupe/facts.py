"""Concrete facts in a text: dates, ordinals and figures by patterns, names by word class.

No fact is what the outline of a document counts (第三条, （二）, 一是), nor when it came into
force, was signed or published, nor a placeholder (X市, ××年), which leaves a fact open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

FactKind = Literal["date", "ordinal", "figure", "name", "term"]

_HAN = "〇零○一二两三四五六七八九十百千万亿"
_COUNT = rf"(?:\d{{1,12}}(?:\.\d{{1,9}})?[百千万亿]{{0,3}}|[{_HAN}]{{1,12}})"  # never unbounded
PLACEHOLDERS = re.compile(r"[xX×╳✕✖○◯〇*某]")
_NO_FACT = re.compile(
    rf"第[{_HAN}\d]{{1,12}}[编章节条款项目篇](?:之[{_HAN}]{{1,3}})?"
    rf"|^[ \t]{{0,9}}[（(]?[{_HAN}\d]{{1,9}}[)）、.．](?!\d)"
    rf"|[（(][{_HAN}\d]{{1,3}}[)）]"
    rf"|(?<![{_HAN}第])[{_HAN}]{{1,3}}(?=[是要、,])"
    r"|[^。;\n]{0,40}起(?:施行|实施|执行|生效)"
    r"|^[^\w\n]{0,9}(?:发布|来源|作者|编辑|责任编辑|信息来源|浏览|点击|阅读|时间|日期|字号)[^。\n]{0,60}$"
    rf"|^[^\w\n]{{0,9}}[\d{_HAN}]{{4}}\s?[-年./]\s?[\d{_HAN}]{{1,3}}\s?[-月./]\s?[\d{_HAN}]{{1,3}}\s?日?[^\w\n]{{0,9}}$",
    re.M,
)

PATTERNS: tuple[tuple[FactKind, str, str], ...] = (
    ("date", "年", rf"(?<!\d)(?:19|20)\d\d(?!\d)|(?<![{_HAN}])[一二][{_HAN}]{{3}}(?=年)"),
    ("date", "月", rf"(?<!\d)\d{{1,2}}(?=月)|(?<![{_HAN}])[一二三四五六七八九十]{{1,2}}(?=月)"),
    ("date", "日", rf"(?<=月)(?:\d{{1,2}}|[{_HAN}]{{1,3}})(?=日)"),
    ("date", "季度", r"第?[一二三四1-4](?=季度)"),
    ("date", "半年", r"[上下](?=半年)"),
    ("date", "学期", r"[一二上下12](?=学期)"),
    ("date", "季", r"[春夏秋冬](?=[季])"),
    ("ordinal", "届", rf"{_COUNT}(?=届)"),
    ("ordinal", "次", rf"{_COUNT}(?=次(?:会议|全体|全会|代表大会|党代会)|中全会)"),
    ("ordinal", "号", rf"{_COUNT}(?=号(?!召|称|角|线))"),
    ("ordinal", "第", rf"第{_COUNT}(?=[期批轮回集讲场站季辑课次])"),
    ("ordinal", "规划", r"十[一二三四五六七]五(?=[”\"’」』]|规划|时期|期间|开局|收官)"),
    ("figure", "", rf"\d{{1,12}}(?:\.\d{{1,9}})?|[{_HAN}]{{2,12}}(?=[元名人户家件次个项亩岁天倍吨米]|平方)"),
)
"""Kind, unit and pattern of a fact, in the order in which they are tried at a place."""

_SPACED_NUMBER = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \t]{1,4}(?=\d)|(?<=\d)[ \t]{1,4}(?=[\u4e00-\u9fff])"
)
_FACT = re.compile("|".join(f"(?P<f{i}>{p})" for i, (_, _, p) in enumerate(PATTERNS)))
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_PLACE_TAGS = frozenset({"ns"})
_NAME_TAGS = _PLACE_TAGS | {"nt", "nr", "nrt", "nrfg"}
_NOUN_TAGS = ("n", "l", "s", "z", "j", "f", "i", "m")
_PLACES = "省 市 县 区 州 盟 旗 镇 乡 村 街道 社区 开发区 园区"
_BODIES = (
    "公司 集团 集团公司 学院 大学 中学 小学 学校 幼儿园 医院 银行 支行 分行 局 分局 支队 大队 中队"
    " 派出所 农场 林场 项目部 车间 厂 站 所"
)
_BODY_NAME = re.compile(r".{2,12}(?:[局厅院馆]|公司|集团|大学|委员会|[支大]队|协会|银行)")
_MAKE_NAMES = frozenset((_PLACES + " " + _BODIES).split())
"""Words that make a name of the noun before them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in comparable form: 二〇二三年 and 2023年 are the same."""

    kind: FactKind
    value: str
    unit: str = ""

    def __str__(self) -> str:
        return self.value + self.unit


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its class in the jieba dictionary (ns place, nt organ, nr person, v verb …)."""

    text: str
    tag: str


def plain(text: str) -> str:
    """Full-width forms, traditional script and spaces around numbers made plain."""
    normal = _SPACED_NUMBER.sub("", unicodedata.normalize("NFKC", text))
    return str(_converter().convert(normal))


def numeric_facts(text: str) -> list[Fact]:
    """Dates, ordinals and figures of a plain text, in order; see the module for what is none."""
    return list(_numeric(_NO_FACT.sub("|", text)))


def _numeric(text: str) -> Iterator[Fact]:
    for match in _FACT.finditer(text):
        kind, unit, _ = PATTERNS[int((match.lastgroup or "f0")[1:])]
        if unit == "规划":
            yield Fact(kind, match[0], unit)
        elif unit == "第":
            yield Fact(kind, unit + _value(match[0][1:]), text[match.end()])
        else:
            yield Fact(kind, _value(match[0].removeprefix("第")), unit)


def _value(text: str) -> str:
    """A number in digits where it is one: 十二 → 12, 二〇二三 → 2023; else as it stands."""
    if text[0] not in _DIGITS and text[0] not in _UNITS:
        return text.lstrip("0") or "0"
    if not any(character in _UNITS for character in text):
        return str(int("".join(str(_DIGITS[character]) for character in text)))
    total = section = digit = 0
    for character in text:
        unit = _UNITS.get(character, 0)
        if not unit:
            digit = _DIGITS[character]
        elif unit < 10**4:
            section, digit = section + (digit or 1) * unit, 0
        else:
            total, section, digit = total + (section + digit) * unit, 0, 0
    return str(total + section + digit)


def words(text: str) -> list[Word]:
    """The words of a plain text, punctuation left out."""
    return [Word(word, tag) for word, tag in _jieba().tag(text) if tag != "x"]


def names(run: Sequence[Word], following: Word | None = None) -> list[Word]:
    """Names of places, bodies and persons in a run of words; a placeholder is none.

    `following` is the word after the run, which may make a name of the last one (白石 镇).
    """
    after = [*run[1:], following]
    return [word for word, next_ in zip(run, after, strict=False) if _is_name(word, next_)]


def _is_name(word: Word, following: Word | None) -> bool:
    if len(word.text) < 2 or PLACEHOLDERS.search(word.text):
        return False
    if word.tag in _NAME_TAGS or (word.tag[0] == "n" and _BODY_NAME.fullmatch(word.text)):
        return True
    named = following is not None and following.text in _MAKE_NAMES
    return named and word.tag.startswith(_NOUN_TAGS)


def is_place(word: Word) -> bool:
    """Whether the dictionary knows the word as a place."""
    return word.tag in _PLACE_TAGS


def is_person(word: Word) -> bool:
    """Whether the word is taken for a person; the dictionary guesses many of these."""
    return word.tag.startswith("nr")


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _jieba() -> Any:
    import rjieba

    return rjieba

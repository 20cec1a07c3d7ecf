"""What a write-up states about itself: kind, region, date, facts. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from casebook.structure.lines import (
    FACT_LINES,
    SIDE_LINE_CHARACTERS,
    is_dated,
    read_label,
    read_value,
)
from casebook.structure.organs import PLACEHOLDER
from casebook.structure.places import find_place
from casebook.text.dates import HAN_DAY, HAN_MONTH, HAN_YEAR, YEAR
from casebook.text.numerals import ONE_TO_TEN, read_numeral
from casebook.text.patterns import lazy_pattern
from casebook.vocabulary import Kind, Region

_AREA_WORD = "省|自治区|市|自治州|州|盟|地区|县|自治县|旗|区|新区"
_PLACE_WORD = f"{_AREA_WORD}|镇|乡|街道|村|社区"
_PLACEHOLDER_REGION = re.compile(rf"(?<![A-Za-z])(?:{PLACEHOLDER}(?:{_PLACE_WORD}))+")
_PLACEHOLDER_AREA = re.compile(rf"(?<![A-Za-z])(?:{PLACEHOLDER}(?:{_AREA_WORD}))+")
_UNKNOWN_CITY = lazy_pattern(r"[\u4e00-\u9fff]{2}(?:市|县)(?=[\u4e00-\u9fff]{2})")
_CASE_OF_A_COURT = re.compile(".{4}[^方预草提议档教图答立法备破办翻个文专命定结积]案$")
_DAY = rf"(?P<year>{YEAR})[-年./](?P<month>\d{{1,2}})(?:[-月./](?P<day>\d{{1,2}})日?|月)?"
_HAN_DAY = rf"(?P<year>{HAN_YEAR})年(?P<month>{HAN_MONTH})月(?:(?P<day>{HAN_DAY})日)?"
_OPENING_DATE = re.compile(rf"[（(\[]?{_DAY}(?!\d)")
_HAN_DATE = re.compile(rf"[（(]?{_HAN_DAY}[）)]?$")
_LABELLED_DATE = re.compile(
    r"(?:^|[ 　（(|｜])(?:成文|发布|发文|公开|印发|撰写|完成|发表|[报申填编][送报])?(?:日期|时间)"
    rf"[：:][ 　]*{_DAY}(?!\d)"
)
_MEETING = r"[，,]?在[^。；]{2,60}(?:会|会议|会上|会议上|大会上)[）)]?$"
_MEETING_DATE = re.compile(rf"[（(—\s-]*{_DAY}{_MEETING}")
_HAN_MEETING_DATE = re.compile(rf"[（(—\s-]*{_HAN_DAY}{_MEETING}")
_YEARLY = re.compile(rf"[（(—-][^，。]{{0,20}}?(?P<year>{YEAR})年度[^，。]{{0,20}}$")
_SPACED = re.compile(r"(?<=\d)[ 　]+(?=[年月日])|(?<=[年月])[ 　]+(?=\d)")
_NUMBER = re.compile(
    rf"[（(]?[\u4e00-\u9fffxX×]{{1,12}}[〔\[［（(]{YEAR}[〕\]］）)](?:第)?\d{{1,5}}号[）)]?"
)
_ADDRESSEES = lazy_pattern(
    r"(?:[\u4e00-\u9fff（）]{1,20}(?:委|办|局|厅|部|院|会|府|组|处|室|司|校|镇|乡|区|县|市|所|站|公司|单位|部门|机构|支部)"
    r"(?:[、，,]|$)){1,12}$"
)
_FACTS = {
    **dict.fromkeys(("来源", "稿源", "信息来源", "原载", "转自"), "来源"),
    **dict.fromkeys(("作者", "文章作者", "撰稿", "执笔", "记者", "本报记者", "通讯员"), "作者"),
    **dict.fromkeys(("发文字号", "文号", "案号"), "文号"),
    **dict.fromkeys(("关键词", "关键字", "主题词"), "关键词"),
    **dict.fromkeys(("摘要", "内容摘要"), "摘要"),
    **{label: label for label in ("附件", "主送", "抄送")},
    **dict.fromkeys(("发文机关", "发布机构", "发布单位", "报送单位", "申报单位"), "单位"),
}
OPENING_CHARACTERS = 600
"""Characters at the start of a body in which a place that stands for a name is searched."""

COURT_KIND = "典型案例"
"""The kind of a court case whose title names only the parties and the dispute."""

_NEXT_LABEL = re.compile(r"[ 　]+(?=[\u4e00-\u9fff]{2,5}[：:])")
_TITLE_TAIL = re.compile(
    rf"(?:[（(][^（）()]*[）)]|[\d〇{ONE_TO_TEN}]+[篇则]|[”》\s]|[与和及](?:启示|体会|成效|经验|反思))+$"
)
_TITLE_BORDER = re.compile("[：:｜|]")
"""A sign after which a title names its subject, and before which it may name its kind."""


def find_kind(title: str, kinds: Mapping[str, Kind]) -> str:
    """The kind whose word is last in the title (the longest one), or ''.

    A word of two characters (建议, 总结) has other uses, too, and counts only at the very end.
    """
    whole = _TITLE_TAIL.sub("", title)
    if named := _find_kind_word(whole, kinds) or _find_opening_kind(title, kinds):
        return named
    court = _CASE_OF_A_COURT.search(whole) and COURT_KIND in kinds
    return COURT_KIND if court else ""


def _find_opening_kind(title: str, kinds: Mapping[str, Kind]) -> str:
    """The kind that a title names before its subject (优秀教学案例：一堂课), or ''."""
    opening, *rest = _TITLE_BORDER.split(title, maxsplit=1)
    return _find_kind_word(opening, kinds) if rest else ""


def _find_kind_word(whole: str, kinds: Mapping[str, Kind]) -> str:
    ends = [
        (whole.rfind(word) + len(word), len(word), kind.name)
        for kind in kinds.values()
        for word in (kind.name, *kind.aliases)
        if (whole.endswith(word) if len(word) <= 2 else word in whole)
    ]
    return max(ends)[2] if ends else ""


def find_region(title: str, organ: str, text: str, regions: Sequence[Region]) -> str:
    """The region that title or organ name, with its province, else a placeholder (X区), or ''.

    A city that no table knows counts at the start of an organ (延河市融媒体中心：…).
    """
    title = f"{title}\n{organ}"
    named = [region.name for region in regions if _has_any(title, (region.name, *region.aliases))]
    province = named[0] if named else ""
    if place := find_place(title, province) or province:
        return place
    if found := _PLACEHOLDER_REGION.search(title) or _UNKNOWN_CITY.match(organ):
        return found[0]
    found = _PLACEHOLDER_AREA.search(text[:OPENING_CHARACTERS])
    return found[0] if found else ""


def _has_any(title: str, words: Iterable[str]) -> bool:
    """Whether a title has one of the names of a province: 海南, but not that of 海南州."""
    return any(re.search(rf"{word}(?!州|[\u4e00-\u9fff]{{1,3}}族自治)", title) for word in words)


def find_date(lines: Sequence[str]) -> str:
    """The date of the write-up (2023, 2023-05 or 2023-05-04), or ''.

    It is on a line of its own or after 成文日期, or says when a meeting was (on one line or two).
    Else the year of a subtitle (——2023年度改革案例). 近年来 and dates in sentences do not count.
    """
    ends = [_SPACED.sub("", line) for line in (*lines[:FACT_LINES], *lines[-4:])]
    for line, following in pairwise([*ends, ""]):
        if found := _match_date(line) or _match_meeting(line) or _match_meeting(line + following):
            parts = [_figures(found["year"])]
            parts += [f"{int(_figures(found[p])):02}" for p in ("month", "day") if found[p]]
            return "-".join(parts) if _is_date(parts) else ""
    subtitle = next(filter(None, map(_YEARLY.match, lines[:2])), None)
    return subtitle["year"] if subtitle else ""


def _match_date(line: str) -> re.Match[str] | None:
    """A line that opens with a date and has only facts beside it, or a labelled date."""
    if len(line) > SIDE_LINE_CHARACTERS:
        return None
    opening = _OPENING_DATE.match(line) if is_dated(line) else None
    return opening or _HAN_DATE.match(line) or _LABELLED_DATE.search(line)


def _match_meeting(line: str) -> re.Match[str] | None:
    return _MEETING_DATE.match(line) or _HAN_MEETING_DATE.match(line)


def _figures(number: str) -> str:
    """A number of a date in Arabic figures: 二〇二三 is 2023, 十二 is 12."""
    return number if number.isdecimal() else str(read_numeral(number))


def _is_date(parts: Sequence[str]) -> bool:
    return all(int(part) <= most for part, most in zip(parts[1:], (12, 31), strict=False))


def find_facts(lines: Sequence[str]) -> dict[str, str]:
    """Facts from the lines at the start and at the end, by the Chinese name of the fact."""
    facts: dict[str, str] = {}
    for line in (*lines[:FACT_LINES], *lines[-FACT_LINES:]):
        for label, value in _read_labels(line):
            name = _FACTS.get(label)
            if name and value:
                facts.setdefault(name, value)
        if number := _NUMBER.fullmatch(line):
            facts.setdefault("文号", number[0].strip("（）()"))
    for line in lines[:FACT_LINES]:
        if line.endswith(("：", ":")) and _ADDRESSEES.match(line[:-1]):
            facts.setdefault("主送", line[:-1])
    return facts


def _read_labels(line: str) -> list[tuple[str, str]]:
    """Labels and values of a line such as 来源：某报 作者：李明."""
    pieces = _NEXT_LABEL.split(line) if len(line) <= SIDE_LINE_CHARACTERS else [line]
    return [(read_label(piece), read_value(piece)) for piece in pieces if read_label(piece)]

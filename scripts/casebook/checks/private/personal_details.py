"""Homes, and names of patients, minors and the like beside what identifies them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.checks.private.private_finding import FoldedFinding
from casebook.checks.private.private_words import alternatives
from casebook.checks.private.surroundings import Surroundings
from casebook.text.characters import HAN, SURNAMES
from casebook.text.numerals import OF_QUANTITIES
from casebook.text.word_frequencies import is_name, is_word

_NUMBER = rf"(?:\d{{1,4}}|[A-WYZa-wyz]|[{OF_QUANTITIES}]{{1,5}})"
_DOOR = re.compile(
    "(?:小区|新村|村|街|路|巷|里|苑|园|庄|湾|屯|寨|社区|楼|幢|栋|座|单元|弄|组|院)[^\\n,。;:!?]{0,12}?"
    rf"(?:(?:单元|\d门){_NUMBER}(?!\d)(?:室|房|号|户)?"
    rf"|{_NUMBER}(?:室|房(?!间)|户(?!籍)|号(?!楼|院|线|文|令|公告|大院))"
    r"|\d{1,3}-\d{1,3}-\d{1,4})(?:\d{1,4}[室房])?"
)
_HOME = re.compile(
    rf"(?:{alternatives('labels', 'home-address')}|住(?<![{HAN}]住))(?:为|是|于|在|:| )*"
    r"(?P<place>(?!的|处)[^\n,。;:!?]{4,60})"
)
_OFFICES = ("单位", "公司", "企业", "办公")
_PUBLIC = re.compile(alternatives("public_places"))

_TITLES = "女士|先生|大爷|大妈|大娘|奶奶|爷爷|阿姨|老师|师傅|同学|老汉|老人|姓"
_NO_NAME_ENDS = tuple("籍队组班级户村县市省人们者家型类期区系科病营")
_NAMED = re.compile(
    rf"(?P<label>(?:{alternatives('people', 'named')}|姓名)(?:姓名)?[: ]{{0,3}})"
    rf"(?P<name>(?:{alternatives('more_surnames')}|[{SURNAMES}])"
    rf"(?:(?P<masked>某{{1,2}}|某[{HAN}]|[{HAN}]某|[x×]{{1,2}}|{_TITLES})|[{HAN}]{{1,2}}))"
    rf"(?:[,(、。; \n]|(?={alternatives('people', 'verbs')})|$)(?P<context>[^\n]{{0,30}})"
)
_AGED = re.compile(r"\d岁的?$")
_SENSITIVE = re.compile(alternatives("people", "sensitive"))
_EVIDENCE = re.compile(
    r"\d+ ?(?:周?岁|个?月大)(?!以|至|到|起|-|入|左右)|[男女](?=[,)、;。 ]|性|童|孩|$)"
    r"|性别|年龄|出生|\d{4}年\d{1,2}月[\d日]{0,3}生|诊断|确诊|就读"
    "|病(?![房区人床历友情])|癌|瘤|综合[征症]|残疾|瘫痪|阳性"
)
_IDENTITY = re.compile(
    r"(?:(?:住院|病历|病案|门诊|就诊|床位?|学籍)号|身份证(?:号码?|件)?)[: ]{0,2}[A-Za-z]?\d{2}"
    r"|\d{15}"
)


def find_details(page: Surroundings) -> Iterator[FoldedFinding]:
    """Addresses of homes, and names beside an illness, an age or a number."""
    for found in _HOME.finditer(page.text):
        doors = list(_DOOR.finditer(found["place"]))
        office = page.text[max(0, found.start() - 2) : found.start()] in _OFFICES
        if doors and not office and not _PUBLIC.search(found["place"]):
            start = found.start("place")
            yield FoldedFinding("home-address", start, start + doors[-1].end(), certain=False)
    for found in _NAMED.finditer(page.text):
        if _is_personal(found):
            yield FoldedFinding("personal-name", *found.span("name"), certain=False)


def _is_personal(found: re.Match[str]) -> bool:
    """Whether what is around a name tells whose it is; a masked name needs a number as well."""
    if found["masked"]:
        return bool(_IDENTITY.search(found["context"]))
    if is_word(found["name"]) and not is_name(found["name"]):
        return False  # 高龄, 高血压
    if found["name"].endswith(_NO_NAME_ENDS):
        return False
    aged = _AGED.search(found.string, max(0, found.start() - 3), found.start())
    known = aged or _SENSITIVE.match(found["label"]) or "姓名" in found["label"]
    return bool(known or _EVIDENCE.search(found["context"]) or _IDENTITY.search(found["context"]))

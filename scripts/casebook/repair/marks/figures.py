"""Letters and digits in other forms: full-width, look-alikes, letters written as characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase, ascii_uppercase

from casebook.model import Certainty
from casebook.repair.draft_text import DraftText
from casebook.repair.edits import Edit
from casebook.repair.marks.lost_marks import MARKS_TABLE
from casebook.text.characters import HAN
from casebook.text.numerals import ONE_TO_NINE
from casebook.text.patterns import lazy_pattern
from casebook.text.word_frequencies import frequency
from casebook.text.word_tables import read_words

_W = "０-９Ａ-Ｚａ-ｚ"
_WIDE = re.compile(
    rf"[{_W}．，](?:(?<=[{_W}])[{_W}]*(?:(?:[／＋－＆＠＿＝](?=[{_W}])|．(?=[{_W}])(?!(?:１９|２０)[０-９]{{2}}年)"
    rf"|，(?=[０-９]{{3}}(?![０-９]))|：(?<=[０-９]：)(?=[０-９]))[{_W}]+)*[％＋]?"
    r"|(?<=．)(?<=[^\n\u3000 ][0-9]．)(?=[0-9]{1,2}(?:[%％万亿倍]|个百分点))"
    r"|(?<=[0-9]，)(?<!第[0-9]，)(?<!第[0-9][0-9]，)(?<![0-9]{4}，)(?=[0-9]{3}(?:，[0-9]{3})?[余多]?[万亿元人户件名次家条亩]))"
)
"""Full-width letters and digits, and the marks within a number, a name or a formula of them. Before
a year ． ends the number of an item."""

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_BROKEN = lazy_pattern("[\ufffd\ue000-\uf8ffァ-ヺ]")
_NEAR = 20
"""Characters around a letter in which signs of lost bytes say that it is one of these bytes."""

_ZERO = "0OoＯο○◯Οо"
_YEAR = re.compile(
    rf"[一二](?<![{ONE_TO_NINE}〇零0-9].)(?=[{ONE_TO_NINE}〇零]{{0,2}}[{_ZERO}])"
    rf"[{ONE_TO_NINE}〇零{_ZERO}]{{3}}(?=[年—–~～至到、])"
)
_COUNTED = "年月日时分秒项个户人件元万亿千百条次家名号％%米吨亩公里岁所处台套辆支场座起批宗余多类期"
_NUMBER = lazy_pattern(
    r"(?<![0-9A-Za-z./_-])(?!O2O)(?=[OolI]{0,3}[0-9])(?=[0-9.]{0,9}[OolI])[0-9OolI]{2,9}"
    rf"(?:\.[0-9OolI]{{1,4}})?(?:(?=[年月日])|(?<![lI])(?=[{_COUNTED}]))(?!项目|个人|人[才员]|家庭|多层|类型)"
    rf"|(?<![0-9A-Za-z./_-])[lI](?=\.[0-9]{{1,3}}[{_COUNTED}])"
    r"|(?<=年)[OlI]{1,2}(?=月)|(?<=月)[OlI]{1,2}(?=日)"
)
_MISTYPED = re.compile(rf"[OolI][0-9OolI.]{{0,9}}[{_COUNTED}]")
_ONE = re.compile(
    rf"[—－–―-](?:(?<![^。：；，:;\n\s].)(?=是[^\n]{{2,300}}[。；，;]\s?二是)"
    rf"|(?<![^\n\u3000 ].)(?=、[{HAN}])|(?<=[（(].)(?=[）)][{HAN}])|(?<=第—)(?=[{HAN}，、])"
    r"|(?<=[^系传总血体]统—)(?=[思领部规标协管战指调步行])|(?<=进—)(?=步))"
)
"""A dash where 一 must stand: before 是 if 二是 follows, in a marker, in 第一, 统一, 进一步."""

COMMON_WORD = 30
"""Least frequency of a word that forbids letters: 笔笔 (5) and 顿笔 (4) stand in PPP and GDP."""


def narrow_letters(document: DraftText) -> Iterator[Edit]:
    """Full-width letters and digits, and the marks between them, as half-width ones."""
    text = document.text
    for found in document.search(_WIDE):
        if not _BROKEN.search(text, max(0, found.start() - _NEAR), found.end() + _NEAR):
            certainty: Certainty = "likely" if found[0] in "．，" else "certain"
            yield Edit(*found.span(), found[0].translate(_NARROW), certainty)


def restore_numerals(document: DraftText) -> Iterator[Edit]:
    """〇 in years, digits for letters within numbers (2O23年), and 一 for a dash (—是…二是)."""
    text = document.text
    for found in document.search(_YEAR):
        yield Edit(*found.span(), re.sub(f"[{_ZERO}]", "〇", found[0]))
    near = (place.span() for place in document.search(_MISTYPED))
    numbers = (n for at, to in near for n in _NUMBER.finditer(text, max(0, at - 14), to + 4))
    for found in {number.start(): number for number in numbers}.values():
        yield Edit(*found.span(), found[0].translate(str.maketrans("OolI", "0011")), "likely")
    yield from document.replace_all(_ONE, "一", "likely")


@cache
def _letters() -> dict[int, int]:
    """The characters that a filter wrote for letters, each with its letter."""
    shown = "".join(read_words(MARKS_TABLE, "letters"))
    return str.maketrans(shown, ascii_uppercase + ascii_lowercase)


@cache
def _written_letters() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Two letters or more; units after a figure, three capitals or more, and other known words."""
    shown = {letter: character for character, letter in _letters().items()}
    units, names = ("|".join(read_words(MARKS_TABLE, key)) for key in ("units", "abbreviations"))
    pattern = f"(?:{units})(?<=[0-9]..)|[{ascii_uppercase}]{{3,8}}|{names}"
    row = f"[{ascii_uppercase}{ascii_lowercase}]"
    return re.compile(f"{row}{row}+".translate(shown)), re.compile(pattern.translate(shown))


def restore_written_letters(document: DraftText) -> Iterator[Edit]:
    """Letters that a site wrote as characters (骋顿笔 for GDP), where these make no word."""
    text = document.text
    row, known = _written_letters()
    rows = (found.span() for found in document.search(row))
    for found in (found for span in rows for found in known.finditer(text, *span)):
        pairs = (text[i : i + 2] for i in range(found.start() - 1, found.end()))
        if all(frequency(pair) < COMMON_WORD for pair in pairs):
            yield Edit(*found.span(), found[0].translate(_letters()), "likely")

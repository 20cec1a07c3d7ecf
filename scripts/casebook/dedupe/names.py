"""Names of places, bodies and persons, by the word classes of the jieba dictionary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Prefix

from casebook.text.numerals import ONE_TO_TEN
from casebook.text.patterns import lazy_pattern
from casebook.text.word_frequencies import load_segmenter

PLACEHOLDERS = re.compile(r"[xX×╳✕✖○◯〇*某]")
"""Characters with which a text masks a name or a number."""

_PLACE_TAGS = frozenset({"ns"})
_NAME_TAGS = _PLACE_TAGS | {"nt", "nr", "nrt", "nrfg"}
NOUN_TAGS = ("n", "l", "s", "z", "j", "f", "i", "m")
_PLACE_WORDS = "省 市 县 区 州 盟 旗 镇 乡 村 街道 社区 开发区 园区"
_BODY_WORDS = (
    "公司 集团 集团公司 学院 大学 中学 小学 学校 幼儿园 医院 银行 支行 分行 局 分局 支队 大队 中队"
    " 派出所 农场 林场 项目部 车间 厂 站 所"
)
_BODY_NAME = re.compile(r".{2,12}(?:[局厅院馆]|公司|集团|大学|委员会|[支大]队|协会|银行)")
_PERSON_CHARACTERS = 3
"""Characters; a longer word that the dictionary guesses to be a person is a phrase."""

MAKE_PLACES = tuple(_PLACE_WORDS.split())
"""Words that make the noun before them a place."""

_PLACE_NAME = lazy_pattern(r"([\u4e00-\u9fff]{1,4}?)(?:街道|社区|[省市县乡镇村州旗盟])")
_NO_STEM = lazy_pattern(
    rf"[全我本各该此某每邻外驻进回下入包新老旧城农山乡大小上中]|[{ONE_TO_TEN}两几]个?|示范|先进|文明|贫困"
    r"|重点|试点|行政|自然|中心|边远|偏远|所在|当地|相关|有关|其他|部分|多个"
)
"""Words before 县, 乡, 村 … that make no name with it."""

MAKE_NAMES = frozenset((_PLACE_WORDS + " " + _BODY_WORDS).split())
"""Words that make the noun before them a name."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its part of speech in the jieba dictionary (ns place, nt organ, nr person …)."""

    text: str
    tag: str
    closed: bool = False
    """Whether punctuation follows, so that the next word belongs to no name with it."""


def segment_words(text: str) -> list[Word]:
    """The words of a plain text without punctuation; placeholders (××) are words."""
    result: list[Word] = []
    for word, tag in load_segmenter().tag(text):
        if tag != "x" or PLACEHOLDERS.search(word):
            result.append(Word(word, tag))
        elif result:
            result[-1] = Word(result[-1].text, result[-1].tag, closed=True)
    return result


def find_names(run: Sequence[Word], following: Word | None = None) -> list[Word]:
    """The names of places, bodies and persons in a run of words; placeholders are none.

    `following` is the word after the run; it may make the last word a name (白石 镇).
    """
    after = [*run[1:], following]
    return [word for word, next_ in zip(run, after, strict=False) if _is_name(word, next_)]


def _is_name(word: Word, following: Word | None) -> bool:
    if len(word.text) < 2 or PLACEHOLDERS.search(word.text):
        return False
    if word.tag == "nr" and len(word.text) > _PERSON_CHARACTERS:
        return False  # 阳光明媚
    if word.tag in _NAME_TAGS or (word.tag[0] == "n" and _BODY_NAME.fullmatch(word.text)):
        return True
    named = following is not None and following.text in MAKE_NAMES
    return named and not word.closed and word.tag.startswith(NOUN_TAGS)


def is_place(word: Word) -> bool:
    """Whether the dictionary has the word as a place, or it is formed like one (柳溪乡)."""
    formed = len(word.text) > 2 and word.text.endswith(MAKE_PLACES)
    return word.tag in _PLACE_TAGS or (formed and word.tag in _NAME_TAGS)


def is_person(word: Word) -> bool:
    """Whether the dictionary guesses that the word is a person."""
    return word.tag.startswith("nr") and not is_place(word)


def makes_place(*following: Word | None) -> bool:
    """Whether the words after several names make all of them places: 石桥 乡, 松河 县政府."""
    return all(word is not None and word.text.startswith(MAKE_PLACES) for word in following)


def find_place_pair(a: str, b: str) -> tuple[str, str] | None:
    """The two places in a slot by their form (到桃花村, 到梨溪村), known to a dictionary or not."""
    start = Prefix.similarity(a, b)
    x, y = (_PLACE_NAME.match(text[start:]) for text in (a, b))
    if not x or not y or x[1] == y[1] or _NO_STEM.fullmatch(x[1]) or _NO_STEM.fullmatch(y[1]):
        return None
    context = a[max(0, start - 1) : start] if 1 in (len(x[1]), len(y[1])) else ""
    return context + x[0], context + y[0]

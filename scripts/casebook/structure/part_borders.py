"""Where the write-ups of a compilation begin if no line like 第一篇 or 案例二 says so.

Signs are a list of titles at the start, lines that divide write-ups, one title with （一）, （二）
…, and numbers that start again at 一、 under a line that could be a title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from casebook.structure.lines import is_annex, is_outside_text
from casebook.structure.markers import read_marker
from casebook.structure.paragraphs import HEADING_CHARACTERS, Paragraph
from casebook.structure.roles import LABEL_CHARACTERS
from casebook.text.numerals import ONE_TO_TEN

TITLE_CHARACTERS = HEADING_CHARACTERS
"""Characters; a longer line is no title."""

FEWEST_LISTED_TITLES = 2
"""Titles that a list at the start needs for a text to be split by it."""

CONTENTS_WITHIN_PARAGRAPHS = 30
"""Paragraphs within which a table of contents begins."""

_CONTENTS_TITLE = re.compile(r"目[ 　]*录[：:]?$")
_SPACES_AND_QUOTES = re.compile(r"[\s“”\"]+")
_DIVIDER = re.compile(
    r"[*＊—\-=＝~·•#※☆★ 　]{3,}$|"
    r"[（(](?:作者|作者单位|供稿|供稿单位|执笔)[：:].*[）)]$"
)
_SUBJECT = (
    r"(?![全我本各外他])[\u4e00-\u9fff]{1,14}?(?:镇|乡|县|市|州|旗|区|街道|村|局|委|院|校|公司|中学|小学|大学|集团|厂|台|"
    "报社|馆|站|所|队|中心|银行|支部|党委|医院|政府|办)"
)
_SUBJECT_TITLE = re.compile(
    rf"{_SUBJECT}(?:：.+|.*(?:做法|经验|实践|探索|案例|材料|纪实|调查|报告|启示|体会|办法|之路|纪事|侧记|总结|"
    r"思考|尝试|路径|模式|故事)(?:[（(].*[）)])?)$"
)
_GENRE_TITLE = re.compile("[^，。；：]{6,}(?:做法|经验|实践|探索|案例|纪实|启示|思考)$")
_COLLECTION = re.compile("汇编|选编|选登|摘编|案例集|材料集|合集|[篇例则]$")
_PERHAPS_COLLECTION = re.compile("(?:典型案例|经验材料|交流材料|经验交流|典型经验|典型做法)$")
_NUMBERED_TITLE = re.compile(rf"(?P<stem>.{{4,40}})[（(](?P<n>[{ONE_TO_TEN}]|\d{{1,2}})[）)]$")
_TITLE_FAMILIES = ("arabic", "arabic-bare", "chapter")


def find_borders(paragraphs: Sequence[Paragraph], names_role: Callable[[str], bool]) -> list[int]:
    """The indexes of the titles at which write-ups begin; [] if the text has only one.

    `names_role` tells whether a line is only the name of a section.
    """
    if listed := _find_listed_titles(paragraphs):
        return listed
    found = (
        _find_divided_titles(paragraphs)
        or _find_numbered_titles(paragraphs)
        or _find_restarts(paragraphs, names_role)
    )
    return found if found and _may_precede(paragraphs[: found[0]]) else []


def _may_precede(opening: Sequence[Paragraph]) -> bool:
    """Whether what is above the first title is nothing, or the title of a collection and so on."""
    inside = [paragraph for paragraph in opening if not is_outside_text(paragraph.text)]
    if not inside or _COLLECTION.search(inside[0].text):
        return True
    return bool(_PERHAPS_COLLECTION.search(inside[0].text)) and not any(map(has_sentence, inside))


def has_sentence(paragraph: Paragraph) -> bool:
    """Whether a paragraph has a sentence, which titles and tables of contents have not."""
    return "。" in paragraph.text or len(paragraph.text) > TITLE_CHARACTERS


def _names_subject(paragraph: Paragraph) -> bool:
    """Whether a line is a title that says whose experience it is: 清河镇破解停车难的实践."""
    text, marker = paragraph.text, paragraph.marker
    if marker and marker.family not in _TITLE_FAMILIES:
        return False
    title = text[marker.length if marker else 0 :].strip()
    return len(text) <= TITLE_CHARACTERS and bool(_SUBJECT_TITLE.match(title))


def _find_divided_titles(paragraphs: Sequence[Paragraph]) -> list[int]:
    """The titles after lines such as * * * or （作者单位：…）, if a title follows each of them."""
    after = [
        index + 1
        for index, paragraph in enumerate(paragraphs[:-1])
        if _DIVIDER.match(paragraph.text)
    ]
    title = _find_first_title(paragraphs)
    divided = after and title < after[0] and all(_names_subject(paragraphs[n]) for n in after)
    return [title, *after] if divided else []


def _find_first_title(paragraphs: Sequence[Paragraph]) -> int:
    """The index of the first title that names its subject, or the number of paragraphs."""
    for index, paragraph in enumerate(paragraphs[:CONTENTS_WITHIN_PARAGRAPHS]):
        if _names_subject(paragraph):
            return index
        if has_sentence(paragraph):
            break
    return len(paragraphs)


def _find_numbered_titles(paragraphs: Sequence[Paragraph]) -> list[int]:
    """The lines that are one title with （一）, （二）, （三） at its end."""
    found: dict[str, list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        title = None if paragraph.marker else _NUMBERED_TITLE.match(paragraph.text)
        if title:
            marker = read_marker(f"（{title['n']}）")
            places = found.setdefault(title["stem"], [])
            if marker and marker.number == len(places) + 1:
                places.append(index)
    longest = max(found.values(), key=len, default=[])
    apart = all(later - earlier > 1 for earlier, later in pairwise(longest))
    return longest if len(longest) > 1 and apart else []


def _find_restarts(paragraphs: Sequence[Paragraph], names_role: Callable[[str], bool]) -> list[int]:
    """The titles above each first section; [] if one does not name its subject.

    If all first sections have the same name, a title with the word for a genre is enough.
    """
    openers = _find_openers(paragraphs, names_role)
    same = len({paragraphs[index].text for index in openers}) == 1
    titles: list[int] = []
    above = 0
    for index in openers:
        places = range(above, index)
        named = [n for n in places if _names_subject(paragraphs[n])] or [
            n for n in places if same and _GENRE_TITLE.match(paragraphs[n].text)
        ]
        if not named:
            return []
        titles.append(named[0] if titles else named[-1])
        above = index
    return titles if len(titles) > 1 else []


def _find_openers(paragraphs: Sequence[Paragraph], names_role: Callable[[str], bool]) -> list[int]:
    """The places of each 一、, or if there is none, of each line like the first named section."""
    marked = [
        index
        for index, paragraph in enumerate(paragraphs)
        if _is_first(paragraph) and not any(is_annex(p.text) for p in paragraphs[index - 2 : index])
    ]
    if marked:
        return marked
    short = (p.text for p in paragraphs if len(p.text) <= LABEL_CHARACTERS)
    name = next((text for text in short if names_role(text)), None)
    return [index for index, paragraph in enumerate(paragraphs) if paragraph.text == name]


def _is_first(paragraph: Paragraph) -> bool:
    marker = paragraph.marker
    return bool(marker and (marker.family, marker.number) == ("han", 1))


def _find_listed_titles(paragraphs: Sequence[Paragraph]) -> list[int]:
    """The indexes at which the titles of a list at the start occur again; [] if one does not."""
    for listed in (_read_numbered_list(paragraphs), _read_plain_list(paragraphs)):
        wanted = {strip_title(paragraph.text) for paragraph in listed}
        if len(wanted) < FEWEST_LISTED_TITLES:
            continue
        found: dict[str, int] = {}
        for index, paragraph in enumerate(paragraphs):
            if paragraph.start > listed[-1].start and len(paragraph.text) <= TITLE_CHARACTERS:
                name = strip_title(paragraph.text)
                if name in wanted:
                    found.setdefault(name, index)  # later ones are running heads
        if len(found) == len(wanted):
            return sorted(found.values())
    return []


def _read_numbered_list(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The numbered titles under 目录, or before the first sentence of a text.

    一、 and 二、 number the sections of one write-up.
    """
    listed: list[Paragraph] = []
    for paragraph in _list_opening(paragraphs):
        expected = listed[-1].marker.number + 1 if listed and listed[-1].marker else 1
        if paragraph.marker and paragraph.marker.number == expected:
            listed.append(paragraph)
        elif listed:
            break
    one_write_up = listed and listed[0].marker and listed[0].marker.family == "han"
    return [] if one_write_up else listed


def _read_plain_list(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The titles without numbers at the start, after 目录 or each with the name of its subject."""
    listed: list[Paragraph] = []
    first_line = bool(paragraphs and _CONTENTS_TITLE.match(paragraphs[0].text))
    seen: set[str] = set()
    for paragraph in _list_opening(paragraphs):
        name = strip_title(paragraph.text)
        if paragraph.marker or name in seen:
            break
        if first_line or _names_subject(paragraph) or _SUBJECT_TITLE.match(name):
            seen.add(name)
            listed.append(paragraph)
    return listed


def _list_opening(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs after 目录, or else from the start, up to the first sentence."""
    opening = enumerate(paragraphs[:CONTENTS_WITHIN_PARAGRAPHS])
    contents = next((n for n, p in opening if _CONTENTS_TITLE.match(p.text)), -1)
    for paragraph in paragraphs[contents + 1 :]:
        if has_sentence(paragraph):
            return
        yield paragraph


def strip_title(text: str) -> str:
    """A title without its number and without leaders and page number (…… 12)."""
    marker = read_marker(text)
    title = text[marker.length :] if marker else text
    return _SPACES_AND_QUOTES.sub("", re.sub(r"[.…·．\s]*\d*$", "", title))

"""Where the write-ups of a compilation begin if no line like 第一篇 or 案例二 says so.

Signs are a list of titles at the start, lines that divide write-ups, one title with （一）, （二）
…, and numbers that start again at 一、 under a line that could be a title.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from casebook.structure.lines import is_annex, is_byline, is_outside_text, read_label
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
_PERHAPS_COLLECTION = re.compile(
    "(?:案例|(?:经验|交流|发言)材料|经验交流|交流发言|(?:典型|经验)做法|典型经验)$"
)
_NUMBERED_TITLE = re.compile(rf"(?P<stem>.{{4,40}})[（(](?P<n>[{ONE_TO_TEN}]|\d{{1,2}})[）)]$")
_PLAN = re.compile(
    r"^\d{4}年|部分$|"
    "(?:工作|[今明]年|下一?步|今后|主要|存在|意见).{0,6}(?:计划|打算|安排|回顾|总结|问题|建议|对策|不足|任务|目标)$"
)
"""The heading of a part about another year, or about what is left to do."""

_NO_TITLE = re.compile("[。；，、：:,;]$|。|^——")
_LEADERS = re.compile(r"[.…·．\s]*\d*$")
_TITLE_FAMILIES = ("arabic", "arabic-bare", "chapter")


FEWEST_TITLE_CHARACTERS = 6
"""Characters; a shorter line is hardly a title, but the heading of a section."""


def find_borders(
    paragraphs: Sequence[Paragraph],
    names_role: Callable[[str], bool],
    contents: Sequence[str] = (),
) -> list[int]:
    """The indexes of the titles at which write-ups begin; [] if the text has only one.

    `names_role` tells whether a line is only the name of a section. `contents` are the lines of a
    table of contents that repair removed.
    """
    listed = _find_listed_titles(paragraphs) or _find_contents(paragraphs, contents, names_role)
    if listed:
        return listed
    found = (
        _find_divided_titles(paragraphs)
        or _find_numbered_titles(paragraphs)
        or _find_restarts(paragraphs, names_role)
    )
    if found and _may_precede(paragraphs[: found[0]]):
        return found
    return _find_open_titles(paragraphs, names_role)


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
    family = _find_outer_family(paragraphs)
    if family:
        return [
            index
            for index, paragraph in enumerate(paragraphs)
            if paragraph.marker
            and (paragraph.marker.family, paragraph.marker.number) == (family, 1)
            and paragraph.text[-1] not in "；;"
            and not any(is_annex(p.text) for p in paragraphs[max(0, index - 2) : index])
        ]
    short = (p.text for p in paragraphs if len(p.text) <= LABEL_CHARACTERS)
    name = next((text for text in short if names_role(text)), None)
    return [index for index, paragraph in enumerate(paragraphs) if paragraph.text == name]


def _find_outer_family(paragraphs: Sequence[Paragraph]) -> str:
    """The family of 一、 or, if no paragraph has it, of （一）; '' if there is neither."""
    families = {p.marker.family for p in paragraphs if p.marker and p.marker.number == 1}
    return next((family for family in ("han", "han-paren") if family in families), "")


def _have_sections(
    borders: Sequence[int],
    paragraphs: Sequence[Paragraph],
    names_role: Callable[[str], bool],
) -> bool:
    """Whether each write-up would have two sections or more: numbers 一、 or names of roles."""
    family = _find_outer_family(paragraphs)
    sections = [
        bool(p.marker and p.marker.family == family)
        or (len(p.text) <= TITLE_CHARACTERS and names_role(p.text))
        for p in paragraphs
    ]
    ends = [*borders[1:], len(sections)]
    return all(sum(sections[a:b]) > 1 for a, b in zip(borders, ends, strict=True))


def _find_contents(
    paragraphs: Sequence[Paragraph], contents: Sequence[str], names_role: Callable[[str], bool]
) -> list[int]:
    """The indexes of the titles of a removed table of contents, or of a list without heading.

    Such a list opens the text, and its first line occurs again. Each write-up has sections.
    """
    names = [strip_title(line) for line in contents if not _opens_section(line)]
    names = [name for name in names if name and not _CONTENTS_TITLE.match(name)]
    if not contents:
        names = _list_repeated_lines(paragraphs)
    last = {strip_title(p.text): n for n, p in enumerate(paragraphs) if not has_sentence(p)}
    places = [last[name] for name in names if name in last]
    complete = len(places) == len(names) >= FEWEST_LISTED_TITLES and places == sorted(set(places))
    if not complete or not _have_sections(places, paragraphs, names_role):
        return []
    listed = set(names)
    above = [p for p in paragraphs[: places[0]] if strip_title(p.text) not in listed]
    return places if _may_precede(above) else []


def _list_repeated_lines(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The titles above the first one that occurs again, if they open the text."""
    names: dict[str, int] = {}
    for paragraph in paragraphs:
        name = strip_title(paragraph.text)
        if has_sentence(paragraph) or name in names:
            first = names.get(name, len(names))
            return list(names)[first:] if first < 2 else []
        names[name] = len(names)
    return []


def _opens_section(line: str) -> bool:
    marker = read_marker(line)
    return marker is not None and marker.family not in _TITLE_FAMILIES


def _find_open_titles(
    paragraphs: Sequence[Paragraph],
    names_role: Callable[[str], bool],
) -> list[int]:
    """Titles in any words: the first one opens the text, and 一、 starts again under each.

    A text with a title of its own has two lines above its first section, the title and the heading
    of the first part, unless the first line is the title of a collection.
    """
    openers = _find_openers(paragraphs, names_role)
    if len(openers) < 2:
        return []
    titles = [n for n, p in enumerate(paragraphs) if _may_be_title(p, names_role)]
    divided = [n for n in titles if n and _DIVIDER.match(paragraphs[n - 1].text)]
    first = [n for n in titles if n < openers[0]]
    numbered = [n for n in first if paragraphs[n].marker]
    if len(first) == 2 and (numbered == first[1:] or _COLLECTION.search(paragraphs[first[0]].text)):
        first = first[1:]
    if len(first) != 1:
        return []
    borders = first + (divided or list(_find_titles_above(paragraphs, titles, openers)))
    whole = len(borders) > 1 and (divided or len(borders) == len(openers))
    alike = len({p.marker and p.marker.family for p in map(paragraphs.__getitem__, borders)}) == 1
    return borders if whole and alike and _have_sections(borders, paragraphs, names_role) else []


def _find_titles_above(
    paragraphs: Sequence[Paragraph], titles: Sequence[int], openers: Sequence[int]
) -> Iterator[int]:
    """For each section that starts again the last title above it that follows a closed text."""
    for above, index in pairwise(openers):
        between = titles[bisect_right(titles, above) : bisect_left(titles, index)]
        if found := [n for n in between if has_sentence(paragraphs[n - 1])]:
            yield found[-1]


def _may_be_title(paragraph: Paragraph, names_role: Callable[[str], bool]) -> bool:
    """Whether a line may be the title of a write-up, in any words."""
    text, marker = paragraph.text, paragraph.marker
    title = text[marker.length if marker else 0 :]
    return (
        (marker is None or marker.family in _TITLE_FAMILIES)
        and FEWEST_TITLE_CHARACTERS <= len(title) <= TITLE_CHARACTERS
        and not _NO_TITLE.search(text)
        and not _CONTENTS_TITLE.match(text)
        and not _PLAN.search(title)
        and not names_role(title)
        and not (is_outside_text(text) or read_label(text) or is_byline(text) or is_annex(text))
    )


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
    return _SPACES_AND_QUOTES.sub("", _LEADERS.sub("", title))

"""Places that could be a heading: a short line, or the start of a paragraph that names it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casebook.structure.compilation import Part
from casebook.structure.lines import is_beside, label_of
from casebook.structure.markers import PART, SHI, Marker
from casebook.structure.paragraphs import HEADING_LENGTH, Paragraph, is_one_sentence, space_end
from casebook.text.sentence_ends import FULL_STOPS, STATEMENT_ENDS

PLAIN = "plain"
"""The family of unmarked headings that name a role: 主要做法."""

FREE = "free"
"""The family of unmarked headings in words of their own: 一车卖不出去的脐橙."""

BRACKET, LABEL = "bracket", "label"
"""The families of 【…】 and of labels before a colon or a space."""

FREE_LENGTH = 36
"""Characters of an unmarked heading at most."""

EXCLAIMED = 6
"""Characters at least of an unmarked heading that ends with an exclamation mark."""

LABEL_LENGTH = 20
"""Characters of a label before a colon or a space at most."""

LABELLED_BODY = 10
"""Characters of text at least behind a label that names no role."""

MARKDOWN = "markdown"
"""The families of # headings begin with this; their depth follows."""

_MARKDOWN = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_FIRST_SENTENCE = re.compile(rf"[^{FULL_STOPS}]{{1,{HEADING_LENGTH}}}[{FULL_STOPS}][”’]?")
_BRACKETED = re.compile(r"[【\[〔［][^】\]〕］\n]{1,30}[】\]〕］][：:]?")
_COLON = re.compile(rf"[^。！？；，、：:,;!?\s]{{2,{LABEL_LENGTH}}}[：:](?=.)")
_SPACE = re.compile(rf"[^。！？；，、：:,;!?\s]{{2,{LABEL_LENGTH}}}(?=[ 　]+\S)")
_DASH = re.compile("——|--|[－—·•◆■●★▲○◇□▪]")
_SPEAKS = re.compile(
    r"(?:说|道|问|答|指出|表示|强调|认为|介绍|如下|提出|要求|写道|记者|例如|比如|即|是)[：:]$"
)
_LEADS_ON = re.compile(
    rf"{_SPEAKS.pattern}|(?:以下|下列|如下|几个|几点|[两三四五六七八九十]个).{{0,8}}[：:]$|[，,].*[：:]$"
)
_EXPLAINS = re.compile("是?指|即")
_MOTIF = re.compile("[^：]{1,3}：.")  # 困局：… 破局：… is a pattern, no name of a section
_LAW = re.compile(r"《[^《》]+》第.{1,24}条")
_UNFINISHED = re.compile("[，、；,;—…]$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that could be a heading.

    `index` is its paragraph, `end` where it ends in the paragraph's text, `number` 0 where its
    family does not count. `run_in` says that the text goes on behind it on the same line.
    """

    index: int
    family: str
    number: int
    text: str
    end: int
    run_in: bool
    role: str


Names = Callable[[str], str]
"""The role that a heading names, or ''."""


def find_items(part: Part, role_of: Names) -> Iterator[Candidate]:
    """Paragraphs that open with 一是, 二是 and a first sentence that names them."""
    for index, paragraph in enumerate(part.body):
        text, marker = paragraph.text, paragraph.marker
        if marker and marker.family == SHI and (first := _FIRST_SENTENCE.match(text)):
            end = first.end()
            yield Candidate(index, SHI, marker.number, text[:end], end, True, role_of(text[:end]))


def find_candidates(part: Part, role_of: Names) -> Iterator[Candidate]:
    """Everything that could be a heading, at most one a paragraph, in order.

    Lines above the title and those that repeat it (running heads) are none.
    """
    for index, paragraph in enumerate(part.body):
        if marked := _MARKDOWN.fullmatch(paragraph.text):
            family, name = f"{MARKDOWN}-{len(marked[1])}", marked[2]
            yield Candidate(index, family, 0, name, len(paragraph.text), False, role_of(name))
            continue
        found = (
            None
            if index < part.above or paragraph.text == part.title
            else _place(paragraph, role_of)
        )
        if found is None:
            continue
        family, number, end = found
        text = paragraph.text[:end].rstrip()
        role = role_of(text)
        if family == FREE and role and not _MOTIF.match(text):
            family = PLAIN
        yield Candidate(index, family, number, text, end, end < len(paragraph.text), role)


def _place(paragraph: Paragraph, role_of: Names) -> tuple[str, int, int] | None:
    """Family, number and end of what could be a heading in a paragraph."""
    text, marker = paragraph.text, paragraph.marker
    if is_beside(text) or label_of(text) or _LAW.match(text):
        return None
    if marker and (marker.family != PART or is_one_sentence(text)):
        end = _marked_end(text, marker, role_of)
        return (marker.family, marker.number, end) if end > marker.length else None
    if found := _BRACKETED.match(text):
        return BRACKET, 0, found.end()
    if _DASH.match(text):
        return None
    return _plain_place(text, role_of)


def _marked_end(text: str, marker: Marker, role_of: Names) -> int:
    """Where the heading behind a marker ends; 0 where none could stand there."""
    whole = is_one_sentence(text)
    if marker.family == SHI:
        return len(text) if whole else 0
    if spaced := space_end(text):
        return spaced
    if whole and not (text[-1] in STATEMENT_ENDS and _COLON.match(text, marker.length)):
        return len(text)
    label = _label_end(text, marker.length, role_of)
    if label:
        return label
    if whole:
        return len(text)
    first = _FIRST_SENTENCE.match(text)
    return first.end() if first and first.end() > marker.length + 2 else 0


def _label_end(text: str, start: int, role_of: Names) -> int:
    """Where a label before a colon or a space ends, counted from the text's start, or 0."""
    if colon := _COLON.match(text, start):
        leads = _SPEAKS.search(colon[0]) or _EXPLAINS.match(text, colon.end())
        return 0 if leads else colon.end()
    space = _SPACE.match(text, start)
    named = space and (role_of(space[0]) or (start and space_end(text)))
    if space and named and len(text) > 2 * LABEL_LENGTH:
        return space.end()
    return 0


def _plain_place(text: str, role_of: Names) -> tuple[str, int, int] | None:
    """An unmarked heading: a whole short line, or a label before its text."""
    if len(text) <= FREE_LENGTH and is_one_sentence(text) and not _UNFINISHED.search(text):
        if _COLON.match(text) and text[-1] in STATEMENT_ENDS:
            return _label_place(text, role_of)
        exclaims = text[-1] in "！!" and len(text) >= EXCLAIMED
        whole = (text[-1] not in STATEMENT_ENDS or exclaims) and not _LEADS_ON.search(text)
        return (FREE, 0, len(text)) if whole else None
    return _label_place(text, role_of)


def _label_place(text: str, role_of: Names) -> tuple[str, int, int] | None:
    """A label before its text; 做加法：丰富课程供给 without a full stop is a heading as a whole."""
    end = _label_end(text, 0, role_of)
    if not end or not (role_of(text[:end]) or _tells(text[end:])):
        return None
    return LABEL, 0, end


def _tells(text: str) -> bool:
    """Whether a text follows a label, not a fact (项目名称：…) or an explanation (…：指…)."""
    return len(text) >= LABELLED_BODY and "。" in text and not _EXPLAINS.match(text)

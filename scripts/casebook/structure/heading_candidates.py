"""Candidates for headings: short lines, and the starts of paragraphs that name them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casebook.model import BULLET
from casebook.structure.compilation import CompilationPart
from casebook.structure.emphasis import find_emphasized, find_styled
from casebook.structure.lines import (
    is_annex,
    is_honor,
    is_latin,
    is_organ,
    is_outside_text,
    is_titled_annex,
    read_label,
)
from casebook.structure.markers import PART_FAMILY, SHI_FAMILY, Marker
from casebook.structure.paragraphs import (
    HEADING_CHARACTERS,
    Paragraph,
    find_space_end,
    is_one_sentence,
)
from casebook.text.sentence_ends import FULL_STOPS, STATEMENT_ENDS

PLAIN_FAMILY = "plain"
"""The family of unmarked headings that name a role: 主要做法."""

FREE_FAMILY = "free"
"""The family of unmarked headings in words of their own: 一车卖不出去的脐橙."""

BRACKET_FAMILY, LABEL_FAMILY = "bracket", "label"
"""The families of 【…】, and of labels before a colon or a space."""

FREE_CHARACTERS = 50
"""Characters; a longer line is no unmarked heading."""

BULLET_FAMILY = "bullet"
"""The families of lines that a sign opens, one for each sign: ◆ 建清单, ■ 引龙头."""

EXCLAMATION_CHARACTERS = 6
"""Characters; a shorter line with an exclamation mark is no unmarked heading."""

INLINE_LABEL_CHARACTERS = 20
"""Characters; a longer label before a colon or a space is no heading."""

LABELED_TEXT_CHARACTERS = 10
"""Characters of text that must follow a label that names no role."""

ANNEX_FAMILY = "annex"
"""The family of 附件1, which ends the write-up: a block of its own, with all that follows."""

_LISTED_ANNEX = re.compile(r"附件[：:][ 　]*1[.、．]")
"""A line that names the first of several annexes; the next lines name the others."""

MARKDOWN_FAMILY = "markdown"
"""The families of # headings are markdown-1, markdown-2 …, by depth."""

_MARKDOWN = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_FIRST_SENTENCE = re.compile(rf"[^{FULL_STOPS}]{{1,{HEADING_CHARACTERS}}}[{FULL_STOPS}][”’]?")
_BRACKETED = re.compile(r"[【\[〔［][^】\]〕］\n]{1,30}[】\]〕］][：:]?")
_COLON_LABEL = re.compile(rf"[^。！？；，、：:,;!?\s]{{2,{INLINE_LABEL_CHARACTERS}}}[：:](?=.)")
_SPACED_LABEL = re.compile(rf"[^。！？；，、：:,;!?\s]{{2,{INLINE_LABEL_CHARACTERS}}}(?=[ 　]+\S)")
_BULLET = re.compile("——|--|[－—·•◆■●★▲○◇□▪]")
_HEADING_BULLET = re.compile(r"[◆■●★▲○◇□▪◎][ 　]*[^ 　]")
_ASKS = re.compile("[^。；;：:“”]*[？！?!][^。；;”（(]*")
_SPEAKER = re.compile(
    "(?:主持人|记者|嘉宾|专家|网友|观众|读者|同期声?|旁白|解说|画外音)[\u4e00-\u9fff]{0,3}[：:]"
)
_FIGURE = re.compile(r"[^：:]{2,20}[：:][ 　]*[约超近]?[\d.,]+[ 　]*[\u4e00-\u9fff%％+]{0,5}$")
"""A figure with its name: 阅读量：12.3万."""

_SPEAKS = re.compile(
    r"(?:说|道|问|答|指出|表示|强调|认为|介绍|如下|提出|要求|写道|记者|例如|比如|即|是)[：:]$"
)
_LEADS_ON = re.compile(
    rf"{_SPEAKS.pattern}|(?:以下|下列|如下|几个|几点|[两三四五六七八九十]个).{{0,8}}[：:]$|[，,].*[：:]$"
)
_EXPLAINS = re.compile("是?指|即")
_PAIRS = ("《》", "“”", "（）", "()", "‘’")
_LATIN_SPACE = re.compile("[A-Za-z][ 　]+[A-Za-z]")
_MOTIF = re.compile("[^：]{1,3}：.")  # 困局：… 破局：… is a pattern, no name of a section
_REFERENCES = re.compile(
    "关键[词字]|相关法条|相关法律(?:规定|条文)|法[条律]链接|法律依据|参考资料|延伸阅读|相关链接"
)
"""Names of sections that have no role."""

_LAW = re.compile(r"《[^《》]+》第.{1,24}条")
_ENDS_UNFINISHED = re.compile("[，、；,;—…]$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate for a heading.

    `index` is its paragraph, and `end` the offset in the paragraph where it ends. `number` is 0 in
    families without numbers. `run_in` says that text follows on the same line, `set_apart` that the
    document's form sets the line apart: bold, larger, centered.
    """

    index: int
    family: str
    number: int
    text: str
    end: int
    run_in: bool
    role: str
    set_apart: bool = False


RoleOf = Callable[[str], str]
"""The role that a heading names, or ''."""


def find_items(part: CompilationPart, role_of: RoleOf) -> Iterator[Candidate]:
    """Paragraphs that open with 一是, 二是 and a first sentence that names them."""
    for index, paragraph in enumerate(part.body):
        text, marker = paragraph.text, paragraph.marker
        if marker and marker.family == SHI_FAMILY and (first := _FIRST_SENTENCE.match(text)):
            end = first.end()
            yield Candidate(
                index, SHI_FAMILY, marker.number, text[:end], end, True, role_of(text[:end])
            )


def find_candidates(part: CompilationPart, role_of: RoleOf) -> Iterator[Candidate]:
    """All candidates for headings, in order, at most one for a paragraph.

    Lines above the title and lines that repeat it (running heads) are no candidates. In an annex
    only lines with a number or the name of a role are. Where headings have styles, a short line
    that nothing sets apart is text.
    """
    annexes, listed = _find_annexes(part.body)
    annexed = min(annexes, default=len(part.body))
    emphasized, styled = find_emphasized(part.body), find_styled(part.body)
    honors, latin = _find_honors(part.body), _find_latin_headings(part.body)
    for index, paragraph in enumerate(part.body):
        if paragraph.is_row or paragraph.facts.origin == "note" or index in honors:
            continue
        if index in annexes:
            yield Candidate(index, ANNEX_FAMILY, 0, paragraph.text, len(paragraph.text), False, "")
        elif paragraph.text == part.title:
            continue
        elif index in latin:
            yield Candidate(index, FREE_FAMILY, 0, paragraph.text, len(paragraph.text), False, "")
        elif marked := _read_markup(paragraph, styled.get(index, 0)):
            family, name = marked
            yield Candidate(index, family, 0, name, len(paragraph.text), False, role_of(name))
        elif index >= part.above and index not in listed:
            found = _read_candidate(index, paragraph, role_of, index in emphasized)
            annexed_text = index > annexed and not (found and found.number)
            if found and not _is_text(found, annexed_text, bool(styled)):
                yield found


def _is_text(candidate: Candidate, annexed: bool, styled: bool) -> bool:
    """Whether a line without a number is text: in an annex, or because headings have styles."""
    if candidate.family == FREE_FAMILY and styled and not candidate.set_apart:
        return True
    return annexed and candidate.family != PLAIN_FAMILY


def _read_markup(paragraph: Paragraph, level: int) -> tuple[str, str] | None:
    """The family and the name of a heading of Markdown, or of one with a style of a level."""
    if marked := _MARKDOWN.fullmatch(paragraph.text):
        return f"{MARKDOWN_FAMILY}-{len(marked[1])}", marked[2]
    return (f"{MARKDOWN_FAMILY}-{level}", paragraph.text) if level else None


def _read_candidate(
    index: int, paragraph: Paragraph, role_of: RoleOf, set_apart: bool
) -> Candidate | None:
    found = _read_place(paragraph, role_of, set_apart)
    if found is None:
        return None
    family, number, end = found
    text = paragraph.text[:end].rstrip()
    role, run_in = role_of(text), end < len(paragraph.text)
    named = (role and not _MOTIF.match(text)) or _REFERENCES.fullmatch(text)
    if family == FREE_FAMILY and named:
        family = PLAIN_FAMILY
    return Candidate(index, family, number, text, end, run_in, role, set_apart and not run_in)


def _find_honors(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The indexes of lines of lists of honors: two or more in a row."""
    found = {index for index, paragraph in enumerate(paragraphs) if is_honor(paragraph.text)}
    return {index for index in found if index - 1 in found or index + 1 in found}


def _find_latin_headings(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The indexes of lines in Latin letters, two or more, each right above a sentence."""
    found = {
        index
        for index, (line, below) in enumerate(pairwise(paragraphs))
        if is_latin(line.text) and below.text[-1] in STATEMENT_ENDS
    }
    return found if len(found) > 1 else set()


def _find_annexes(paragraphs: Sequence[Paragraph]) -> tuple[set[int], set[int]]:
    """The indexes of lines that open annexes, and of lines of a list of annexes (附件：1.… 2.…)."""
    annexes: set[int] = set()
    listed: set[int] = set()
    expected = 0
    for index, paragraph in enumerate(paragraphs):
        text, marker = paragraph.text, paragraph.marker
        if _LISTED_ANNEX.match(text):
            expected = 2
        elif expected and marker and (marker.family, marker.number) == ("arabic", expected):
            listed.add(index)
            expected += 1
        else:
            expected = 0
            below = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
            titled = is_titled_annex(text) and index - 1 not in annexes
            if is_annex(text) or (titled and _opens_annex(below)):
                annexes.add(index)
    return annexes, listed


def _opens_annex(below: str) -> bool:
    """Whether the line below the title of an annex is of that annex, and no signature."""
    signs = is_outside_text(below) or is_organ(below) or is_annex(below) or is_titled_annex(below)
    return bool(below) and not signs


def _read_place(
    paragraph: Paragraph, role_of: RoleOf, set_apart: bool
) -> tuple[str, int, int] | None:
    """Family, number and end of the candidate in a paragraph, or None."""
    text, marker = paragraph.text, paragraph.marker
    if is_outside_text(text) or read_label(text) or _LAW.match(text):
        return None
    if marker and (marker.family != PART_FAMILY or is_one_sentence(text)):
        end = _find_marked_end(text, marker, role_of)
        return (marker.family, marker.number, end) if end > marker.length else None
    if found := _BRACKETED.match(text):
        return BRACKET_FAMILY, 0, found.end()
    if _BULLET.match(text):
        return _read_bulleted(text)
    ends = _ENDS_UNFINISHED.search(text) or text[-1] in "：:"
    if paragraph.facts.label == BULLET and not set_apart:
        return _read_label_place(text, role_of)
    if set_apart and is_one_sentence(text) and not ends:
        return FREE_FAMILY, 0, len(text)
    return _read_unmarked(text, role_of)


def _read_bulleted(text: str) -> tuple[str, int, int] | None:
    """Family, number and end of a line with a sign before it, if it is no sentence."""
    whole = _HEADING_BULLET.match(text) and is_one_sentence(text)
    ends = text[-1] in STATEMENT_ENDS or _ENDS_UNFINISHED.search(text) or text[-1] in "：:"
    return (f"{BULLET_FAMILY}-{text[0]}", 0, len(text)) if whole and not ends else None


def _find_marked_end(text: str, marker: Marker, role_of: RoleOf) -> int:
    """The offset at which the heading after a marker ends, or 0 if there is none."""
    whole = is_one_sentence(text)
    if marker.family == SHI_FAMILY:
        return len(text) if whole else 0
    if spaced := find_space_end(text):
        return spaced
    label = _COLON_LABEL.match(text, marker.length)
    if label and text[-1] == "。" and _EXPLAINS.match(text, label.end()):
        return 0  # 1.放管服：指简政放权。 is a definition
    if whole and not (text[-1] in STATEMENT_ENDS and label):
        return len(text)
    if end := _find_label_end(text, marker.length, role_of):
        return end
    if whole:
        return len(text)
    first = _FIRST_SENTENCE.match(text)
    return first.end() if first and first.end() > marker.length + 2 else 0


def _find_label_end(text: str, start: int, role_of: RoleOf) -> int:
    """The offset at which a label before a colon or a space ends, or 0 if there is none."""
    if colon := _COLON_LABEL.match(text, start):
        leads = _SPEAKS.search(colon[0]) or _EXPLAINS.match(text, colon.end())
        return 0 if leads or _is_inside_brackets(colon[0]) else colon.end()
    space = _SPACED_LABEL.match(text, start)
    if space and (_is_inside_brackets(space[0]) or _LATIN_SPACE.match(text, space.end() - 1)):
        return 0
    named = space and (role_of(space[0]) or (start and find_space_end(text)))
    if space and named and len(text) > 2 * INLINE_LABEL_CHARACTERS:
        return space.end()
    return 0


def _is_inside_brackets(text: str) -> bool:
    """Whether a text ends between brackets or quotes, as 《星河： of 《星河：归途》."""
    return any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS)


def _read_unmarked(text: str, role_of: RoleOf) -> tuple[str, int, int] | None:
    """Family, number and end of an unmarked heading: a short line, or a label before its text."""
    if _SPEAKER.match(text) or _FIGURE.match(text):
        return None
    one = is_one_sentence(text) or _ASKS.fullmatch(text)  # 钱从哪里来？谁来花？
    if len(text) <= FREE_CHARACTERS and one and not _ENDS_UNFINISHED.search(text):
        if _COLON_LABEL.match(text) and text[-1] in STATEMENT_ENDS:
            return _read_label_place(text, role_of)
        exclaims = text[-1] in "！!" and len(text) >= EXCLAMATION_CHARACTERS
        leads = _LEADS_ON.search(text) or (text[-1] in "：:" and not role_of(text))
        whole = (text[-1] not in STATEMENT_ENDS or exclaims) and not leads
        return (FREE_FAMILY, 0, len(text)) if whole else None
    return _read_label_place(text, role_of)


def _read_label_place(text: str, role_of: RoleOf) -> tuple[str, int, int] | None:
    """Family, number and end of a label before a text.

    做加法：丰富课程供给 has no full stop, so it is no label with a text but one heading.
    """
    end = _find_label_end(text, 0, role_of)
    if not end or not (role_of(text[:end]) or _is_text_after_label(text[end:])):
        return None
    return LABEL_FAMILY, 0, end


def _is_text_after_label(text: str) -> bool:
    """Whether what follows a label is a text, not a fact (项目名称：…) or a definition (…：指…)."""
    return len(text) >= LABELED_TEXT_CHARACTERS and "。" in text and not _EXPLAINS.match(text)

"""Spaces, line endings and characters that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casebook.repair.draft_text import DraftText
from casebook.repair.edits import Edit, removal
from casebook.repair.marks import CHINESE
from casebook.text.characters import FULL_WIDTH_MARKS, HAN, HAN_PATTERN
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.patterns import lazy_pattern
from casebook.text.placed_lines import Span, around, lines_having, lines_with
from casebook.text.word_frequencies import frequency, is_in_word

_LINE_END = re.compile(
    f"[\r\x0b\x0c\u2028\u2029\x85](?:(?<=\r)\n?|(?<![\r\x85])|(?<=[{CHINESE}]\x85)(?![\x80-\xff]))"
)
"""Ends of lines. U+0085 is one only after Chinese: after a Western letter it is a byte."""

_HIDDEN = (
    "[\u0000-\u0006\u0008\u000e-\u0012\u0016-\u001d\u001f\u007f\u00ad"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_INVISIBLE = re.compile(f"{_HIDDEN}{_HIDDEN}*")
_WORD_HYPHEN = re.compile(r"\x1e(?<=\w\x1e)(?=\w)")
"""The no-break hyphen of Word."""

_PICTURES = "\u2190-\u2bff\U0001f000-\U0001faff"
_JOINER = re.compile(f"(?<=[{_PICTURES}\ufe0f])\u200d(?=[{_PICTURES}])")
"""What joins several pictographs to one (a family, a profession)."""

_ODD_SPACE = re.compile("[\u00a0\u2002-\u200a\u202f\u205f]")
_TOKEN = (
    rf"(?:[{CHINESE}.,:;%+/-]|[0-9]{{1,8}}(?:\.[0-9]{{1,4}})?%?|[A-Za-z]{{1,20}}"
    rf"|[(（](?:[A-Za-z]{{1,20}}|[{HAN}]{{1,8}})[)）])"
)
_SPACED = lazy_pattern(
    rf"(?<![{HAN}0-9A-Za-z])(?:{_TOKEN}[ \u3000]){{7,}}+(?:{_TOKEN}(?![0-9A-Za-z]))?+"
)
_MANY_SPACES = re.compile(rf"[ \u3000](?:{_TOKEN}[ \u3000]){{6}}")
"""Least characters in a row with a space after each, more than in a title such as 通 知."""

SHORTEST_SPACED = 9
"""Chinese characters of a spaced sentence; shorter rows may be lists."""

_LISTED = f"{ONE_TO_TEN}甲乙丙丁东南西北"
COMMON_WORD, MOST_IN_WORDS = 50, 0.6
"""Least frequency of a word, and least share of characters in words, of a spaced sentence. A list
has fewer."""

_ROW = r" *\?(?:[ \u3000]{1,2}\?)+[ \u3000]*"
_OPEN, _CLOSE = r"[\[【〔〖]", r"[\]】〕〗]"
_LABEL = (
    "文[献獻][标標][识識志誌]|文章[编編]|中[图圖]分|[关關][键鍵][词詞]|摘 *要|DOI"
    "|目的|方法|[结結]果|[结結][论論]"
)
_LOST_SPACE = lazy_pattern(
    rf"(?:(?<=[0-9\])】〕）])|(?<=[^A-Za-z][A-Z])|(?<![^\n])){_ROW}(?=[^\n?])|{_ROW}(?={_OPEN})"
    rf"|(?:(?<={_OPEN}[{HAN}])|(?<={_OPEN}[{HAN}]{{2}}))(?:\?[ \u3000]*){{1,4}}"
    rf"(?=[{HAN}]{{1,2}}{_CLOSE})|(?<=摘)(?: *\?){{1,4}} *(?=要)"
    rf"|(?<=[0-9A-Z]) +\? *(?=(?:{_LABEL}))|(?:(?<=\]目的)|(?<=要 目的))\? +"
    rf"|(?<={_CLOSE})\?[ \u3000]+(?=[0-9A-Za-z])|(?<=[0-9A-Z])\?[ \u3000]+(?={_OPEN})"
)
"""Question marks where a label, a column or an indent has a space."""


def unify_line_endings(document: DraftText) -> Iterator[Edit]:
    """Carriage returns and other line separators, as line feeds."""
    return document.replace_all(_LINE_END, "\n")


def remove_invisible_characters(document: DraftText) -> Iterator[Edit]:
    """Zero-width characters, direction marks and soft hyphens, removed."""
    text = document.text
    joiners = {f.start() for f in _JOINER.finditer(text)} if "\u200d" in text else ()
    yield from (e for e in document.replace_all(_INVISIBLE, "") if e.start not in joiners)
    yield from document.replace_all(_WORD_HYPHEN, "-")


def unify_spaces(document: DraftText) -> Iterator[Edit]:
    """No-break and typographic spaces, as plain spaces; the full-width indent stays."""
    return document.replace_all(_ODD_SPACE, " ")


def restore_lost_spaces(document: DraftText) -> Iterator[Edit]:
    """Restore no-break spaces that became `?` in labels, columns and indents."""
    text = document.text
    places = [
        place for span in lines_with(text, "?") for place in _LOST_SPACE.finditer(text, *span)
    ]
    for place in places:
        at_border = any(side in ("", "\n") for side in around(text, *place.span()))
        yield Edit(*place.span(), "" if at_border else " ", "likely")


_GAP = re.compile(rf"[ \u3000](?<=[{CHINESE}].)[ \u3000]?(?=[{CHINESE}])")
_WIDE_GAP = lazy_pattern(
    rf" (?:(?<=[{CHINESE}] )(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%] )(?=[{CHINESE}]))"
)
_CELL = re.compile("[^\t|]+")
_SENTENCE_MARK = re.compile("[，。；]")
_TORN = lazy_pattern(rf"[{HAN}]{{3}}[ \u3000]{{1,2}}[{HAN}][{HAN}，。；]")
_BEFORE_MARK = re.compile("[，。；：、！？”》）]")
MOST_SEGMENTED, FEWEST_GAPS = 3.0, 4
"""Greatest mean of characters in a row, and least spaces, of a line that a segmenter divided."""

COMMON_PAIR = 500
"""Least frequency of a word of two characters that no author divides."""


def remove_stray_spaces(document: DraftText) -> Iterable[Edit]:
    """Spaces that a segmenter or a printed page put between words and before marks, removed."""
    return document.search_lines(_stray_spaces)


def _stray_spaces(text: str, lines: Span) -> Iterator[Edit]:
    for span in lines_having(text, _GAP, lines):
        for cell in _CELL.finditer(text, *span):
            for gap in _stray(cell[0]):
                yield removal((cell.start() + gap.start(), cell.start() + gap.end()))


def _stray(line: str) -> Iterator[re.Match[str]]:
    gaps = [*_GAP.finditer(line)]
    if len(gaps) < 2 or not _SENTENCE_MARK.search(line):
        return
    wrong = {gap.start() for gap in gaps if _is_wrong(line, gap)}
    rows = re.findall(f"[{HAN}]+", line) if wrong else []
    size = sum(map(len, rows))
    latin = 4 * len(re.findall("[A-Za-z]", line)) > size
    if len(gaps) >= FEWEST_GAPS and 0 < size <= MOST_SEGMENTED * len(rows) and not latin:
        yield from (*gaps, *_WIDE_GAP.finditer(line))
    elif len(wrong) > 1:
        yield from (g for g in gaps if g.start() in wrong or line[g.start() - 1] in "，；。、：")


def _is_wrong(line: str, gap: re.Match[str]) -> bool:
    """Whether a space stands before a mark, or tears a word of two characters."""
    before, after = line[gap.start() - 1], line[gap.end()]
    if _BEFORE_MARK.match(after):
        return HAN_PATTERN.match(before) is not None
    inside = _TORN.match(line, max(0, gap.start() - 3)) is not None  # unlike 李 强、 and 出 版 社
    return inside and frequency(before + after) >= COMMON_PAIR


def close_up_characters(document: DraftText) -> Iterator[Edit]:
    """Spaces between all characters of a sentence, removed where the characters make words."""
    lines = document.lines_of(_MANY_SPACES)
    for found in (row for line in lines for row in _SPACED.finditer(document.text, *line)):
        row, at = found[0], found.start()
        if not _makes_words("".join(re.findall(f"[{HAN}]", row))):
            continue
        for mark in re.finditer("[()]", row):
            yield Edit(at + mark.start(), at + mark.end(), FULL_WIDTH_MARKS[mark[0]])
        for space in re.finditer(r"(\S+)([ \u3000]+)(?=(\S+))?", row):
            start, end = (at + place for place in space.span(2))
            both = space[1] + (space[3] or document.text[end : end + 1])
            apart = both.isascii() and both.isalnum() and len(both) > 2  # words or numbers
            if not apart:
                yield removal((start, end))


def _makes_words(joined: str) -> bool:
    """Whether most characters of a text belong to words of two or more."""
    inside = sum(
        c not in _LISTED and is_in_word(joined, i, least=COMMON_WORD) for i, c in enumerate(joined)
    )
    return inside >= MOST_IN_WORDS * len(joined) and len(joined) >= SHORTEST_SPACED

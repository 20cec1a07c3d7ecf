"""Spaces, line endings and characters that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.repair.draft_text import DraftText, RuleResult
from casebook.repair.edits import Edit
from casebook.text.characters import FULL_WIDTH_MARKS, HAN, HAN_PATTERN
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.word_frequencies import frequency, makes_word

_CHINESE = f"{HAN}\u3000-\u303f\uff00-\uffef“”‘’…—"
_LINE_END = re.compile(f"\r\n?|[\x0b\x0c\u2028\u2029]|(?<=[{_CHINESE}])\x85(?![\x80-\xff])")
"""Ends of lines. U+0085 is one only after Chinese: after a Western letter it is a byte."""

_PICTURES = "\u2190-\u2bff\U0001f000-\U0001faff"
_INVISIBLE = re.compile(
    "(?:[\u007f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
    f"|(?<![{_PICTURES}\ufe0f])\u200d|\u200d(?![{_PICTURES}]))+"
)
"""Characters that nobody sees, without the joiner inside a pictograph (a family, a profession)."""

_ODD_SPACE = re.compile("[\u00a0\u2002-\u200a\u202f\u205f]")
_TOKEN = rf"(?:[{_CHINESE}.,:;%+/-]|[0-9]{{1,8}}(?:\.[0-9]{{1,4}})?%?|[(（]?[A-Za-z]{{1,20}}[)）]?)"
_SPACED = re.compile(
    rf"(?<![{HAN}0-9A-Za-z])(?:{_TOKEN}[ \u3000]){{7,}}+(?:{_TOKEN}(?![0-9A-Za-z]))?+"
)
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
_LOST_SPACE = re.compile(
    rf"(?:(?<=[0-9\])】〕）])|(?<=[^A-Za-z][A-Z])|(?<![^\n])){_ROW}(?=[^\n?])|{_ROW}(?={_OPEN})"
    rf"|(?:(?<={_OPEN}[{HAN}])|(?<={_OPEN}[{HAN}]{{2}}))(?:\?[ \u3000]*){{1,4}}"
    rf"(?=[{HAN}]{{1,2}}{_CLOSE})|(?<=摘)(?: *\?){{1,4}} *(?=要)"
    rf"|(?<=[0-9A-Z]) +\? *(?=(?:{_LABEL}))|(?:(?<=\]目的)|(?<=要 目的))\? +"
    rf"|(?<={_CLOSE})\?[ \u3000]+(?=[0-9A-Za-z])|(?<=[0-9A-Z])\?[ \u3000]+(?={_OPEN})"
)
"""Question marks where a label, a column or an indent has a space."""

_LONE = re.compile(r"^[ \u3000]*\?[ \u3000]*(?:\n|\Z)", re.M)
"""A question mark on a line of its own: the space of a blank line."""


def unify_line_endings(document: DraftText) -> RuleResult:
    """Carriage returns and other line separators, as line feeds."""
    return _replace_all(_LINE_END, "\n", document)


def remove_invisible_characters(document: DraftText) -> RuleResult:
    """Zero-width characters, direction marks and soft hyphens, removed."""
    return _replace_all(_INVISIBLE, "", document)


def unify_spaces(document: DraftText) -> RuleResult:
    """No-break and typographic spaces, as plain spaces; the full-width indent stays."""
    return _replace_all(_ODD_SPACE, " ", document)


def _replace_all(pattern: re.Pattern[str], after: str, document: DraftText) -> RuleResult:
    found = pattern.finditer(document.text)
    return RuleResult(tuple(Edit(place.start(), place.end(), after) for place in found))


def restore_lost_spaces(document: DraftText) -> RuleResult:
    """Restore no-break spaces that became `?` in labels, columns and indents."""
    edits = list[Edit]()
    lines = _lines_with(document.text, "?")
    places = (place for span in lines for place in _LOST_SPACE.finditer(document.text, *span))
    alone = [line.span() for line in _LONE.finditer(document.text)]
    if len(alone) > 1 and HAN_PATTERN.search(document.text):
        edits += (Edit(*span, "", "likely") for span in alone)
    for place in places:
        ends = place.start() == 0 or document.text[place.start() - 1] == "\n"
        ends = ends or document.text[place.end() : place.end() + 1] in ("", "\n")
        edits.append(Edit(place.start(), place.end(), "" if ends else " ", "likely"))
    return RuleResult(tuple(sorted(edits)))


_GAP = re.compile(rf"(?<=[{_CHINESE}])(?<!\u3000)[ \u3000]{{1,2}}(?=[{_CHINESE}])(?!\u3000)")
_WIDE_GAP = re.compile(rf"(?<=[{_CHINESE}]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) (?=[{_CHINESE}])")
_BEFORE_MARK = re.compile("[，。；：、！？”》）]")
MOST_SEGMENTED, FEWEST_GAPS = 3.0, 4
"""Greatest mean of characters in a row, and least spaces, of a line that a segmenter divided."""

COMMON_PAIR = 500
"""Least frequency of a word of two characters that no author divides."""


def remove_stray_spaces(document: DraftText) -> RuleResult:
    """Spaces that a segmenter or a printed page put between words and before marks, removed."""
    edits = list[Edit]()
    if not _GAP.search(document.text):
        return RuleResult()
    for line in re.finditer("[^\n]*[，。；][^\n]*", document.text):
        if "\t" not in line[0] and "|" not in line[0]:
            spans = (place.span() for place in _stray(line[0]))
            edits += (Edit(line.start() + a, line.start() + b, "", "likely") for a, b in spans)
    return RuleResult(tuple(e for e in sorted(edits) if not document.is_protected(e.start)))


def _stray(line: str) -> Iterator[re.Match[str]]:
    gaps = list(_GAP.finditer(line))
    wrong = [gap for gap in gaps if _is_wrong(line, gap)]
    rows = re.findall(f"[{HAN}]+", line)
    size = sum(map(len, rows))
    latin = 4 * len(re.findall("[A-Za-z]", line)) > size
    segmented = len(gaps) >= FEWEST_GAPS and size <= MOST_SEGMENTED * len(rows) and not latin
    if segmented and wrong:
        yield from gaps
        yield from _WIDE_GAP.finditer(line)
    elif len(wrong) > 1:
        yield from (gap for gap in gaps if gap in wrong or line[gap.start() - 1] in "，；。、")


def _is_wrong(line: str, gap: re.Match[str]) -> bool:
    """Whether a space stands before a mark, or tears a word of two characters."""
    before, after = line[gap.start() - 1], line[gap.end()]
    if _BEFORE_MARK.match(after):
        return HAN_PATTERN.match(before) is not None
    outer = line[gap.start() - 2 : gap.start() - 1], line[gap.end() + 1 : gap.end() + 2]
    joined = all(map(HAN_PATTERN.match, outer))  # unlike 李 强、 and 出 版 社
    return joined and frequency(before + after) >= COMMON_PAIR


def _lines_with(text: str, character: str) -> Iterator[tuple[int, int]]:
    """The lines that contain a character, each with the line break after it."""
    at = text.find(character)
    while at >= 0:
        end = text.find("\n", at) + 1 or len(text)
        yield text.rfind("\n", 0, at) + 1, end
        at = text.find(character, end)


def close_up_characters(document: DraftText) -> RuleResult:
    """Spaces between all characters of a sentence, removed where the characters make words."""
    edits: list[Edit] = []
    for found in _SPACED.finditer(document.text):
        if _makes_words("".join(re.findall(f"[{HAN}]", found[0]))):
            edits += (
                Edit(found.start() + m.start(), found.start() + m.end(), FULL_WIDTH_MARKS[m[0]])
                for m in re.finditer("[()]", found[0])
            )
            for space in re.finditer(r"(\S+)([ \u3000]+)(?=(\S+))?", found[0]):
                start, end = (found.start() + place for place in space.span(2))
                if not _are_apart(space[1], space[3] or document.text[end : end + 1]):
                    edits.append(Edit(start, end, "", "likely"))
    return RuleResult(tuple(sorted(edits)))


def _are_apart(left: str, right: str) -> bool:
    """Whether two parts are words or numbers of their own, not letters or digits of one."""
    kinds = [(part.isascii() and part.isalpha(), part.isdigit()) for part in (left, right)]
    return kinds[0] == kinds[1] != (False, False) and len(left) + len(right) > 2


def _makes_words(joined: str) -> bool:
    """Whether most characters of a text belong to words of two or more."""
    inside = sum(
        c not in _LISTED
        and makes_word(joined[max(0, i - 3) : i], c, joined[i + 1 : i + 4], least=COMMON_WORD)
        for i, c in enumerate(joined)
    )
    return inside >= MOST_IN_WORDS * len(joined) and len(joined) >= SHORTEST_SPACED

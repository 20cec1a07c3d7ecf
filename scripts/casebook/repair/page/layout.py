"""Lines and characters that nobody sees: line endings, invisible characters, repeated titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from casebook.repair.bytes.mojibake import is_misread
from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import HAN
from casebook.text.numerals import ONE_TO_TEN
from casebook.text.placed_lines import placed_lines
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS
from casebook.text.word_frequencies import makes_word

_LINE_END = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_ODD_SPACE = re.compile("[\u00a0\u2002-\u200a\u202f\u205f]")
_SPACED = re.compile(rf"(?<![{HAN}])(?:[{HAN}，、。：；][ \u3000]){{7,}}[{HAN}。；，]?(?![{HAN}])")
"""Least characters in a row with a space after each, more than in a title such as 通 知."""

SHORTEST_SPACED = 10
"""Characters of a spaced sentence; shorter rows may be lists."""

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

_PRIVATE = "\ue000-\uf8ff"
_BULLET = re.compile(
    rf"(?<=^)[ \t\u3000]*[{_PRIVATE}][ \t]*(?=[^\n{_PRIVATE}]*[{_PRIVATE}]?$)"
    rf"|(?<=[^\n{_PRIVATE}]{{4}})[{_PRIVATE}][ \t]*$",
    re.M,
)
_LOST = re.compile(
    "(?=[\ufffd锟斤烫屯\ue000-\uf8ff])(?:\ufffd+|(?:锟斤拷|锟斤|斤拷)+|烫{3,}|屯{3,}|[\ue000-\uf8ff]+)"
)
_TITLE_END = f"{ANY_SENTENCE_ENDS}，、：,:"
_PART = re.compile(
    rf"(?:^|(?<=[。！？”\s]))[【（(]?(?:第[{ONE_TO_TEN}百\d]{{1,4}}[篇章则]"
    rf"|(?:篇|范文|材料|案例)[{ONE_TO_TEN}百\d]{{1,4}})[】）)：:、.．\s]*$"
)
"""What opens a write-up of a compilation, before its title."""

_PROSE = re.compile(
    rf"\s*(?:[^\n]{{25}}|[^\n]{{1,60}}[。；]|[（(]?[{ONE_TO_TEN}\d]{{1,3}}[、.．）)])"
)
"""What follows under a title; lines of a song are short and have no full stop."""

TITLE_LENGTH = range(5, 81)
"""Characters of a line that may be a title."""


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


_AMPERSAND = re.compile(rf"(?<=[{HAN}])&(?:amp;)+(?=[{HAN}A-Z])|(?<=[A-Z])&(?:amp;)+(?=[{HAN}])")
_ENTITY = re.compile(
    r"&(?:amp;)*(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|nbsp|lt|gt|quot|apos|[lr][ds]quo|[lr]aquo|mdash"
    r"|ndash|hellip|middot|times|emsp|ensp|thinsp|zwnj|bull|deg|permil|copy|yen);"
)
"""Character references that web pages leave in copied text, escaped once or more."""


_NAMED = re.compile(r"&(?:[A-Za-z]{2,6}|frac(?:12|14|34)|sup[123]|#1[2-9]\d|#2\d\d);")
_NAMED_LETTERS = re.compile(rf"(?:{_NAMED.pattern}|[!-%'-~\u0080-\u00ff]){{4,2000}}")
"""Letters from 80 on by their names in HTML, in a row, others between them."""


def restore_lost_spaces(document: DraftText) -> RuleResult:
    """Restore no-break spaces that became `?` in labels, columns and indents."""
    edits = []
    lines = _lines_with(document.text, "?")
    places = (place for span in lines for place in _LOST_SPACE.finditer(document.text, *span))
    for place in places:
        ends = place.start() == 0 or document.text[place.start() - 1] == "\n"
        ends = ends or document.text[place.end() : place.end() + 1] in ("", "\n")
        edits.append(Edit(place.start(), place.end(), "" if ends else " ", "likely"))
    return RuleResult(tuple(edits))


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
        joined = re.sub("[ \u3000]", "", found[0])
        if _makes_words(joined):
            spaces = re.finditer("[ \u3000]+", found[0])
            edits += (
                Edit(found.start() + s.start(), found.start() + s.end(), "", "likely")
                for s in spaces
            )
    return RuleResult(tuple(edits))


def _makes_words(joined: str) -> bool:
    """Whether most characters of a text belong to words of two or more."""
    inside = sum(
        c not in _LISTED
        and makes_word(joined[max(0, i - 3) : i], c, joined[i + 1 : i + 4], least=COMMON_WORD)
        for i, c in enumerate(joined)
    )
    return inside >= MOST_IN_WORDS * len(joined) and len(joined) >= SHORTEST_SPACED


def decode_html_entities(document: DraftText) -> RuleResult:
    """Character references (`&ldquo;`, `&#20013;`), as the characters that they name."""
    known = {edit.start: edit for edit in _western(document.text)}
    found = (*_entities(document.text), *_ampersands(document.text))
    edits = sorted((*known.values(), *(e for e in found if e.start not in known)))
    return RuleResult(tuple(edit for edit in edits if not document.is_protected(edit.start)))


def _western(text: str) -> Iterator[Edit]:
    """Names of Western letters (&Oacute;) that together are Chinese bytes, for the next pass."""
    for passage in _NAMED_LETTERS.finditer(text):
        if is_misread(unescape(passage[0])):
            for found in _NAMED.finditer(passage[0]):
                place = passage.start() + found.start()
                yield Edit(place, passage.start() + found.end(), unescape(found[0]))


def _ampersands(text: str) -> Iterator[Edit]:
    """An escaped `&` glued to Chinese; elsewhere it may be code that shows how to escape."""
    for found in _AMPERSAND.finditer(text):
        yield Edit(found.start(), found.end(), "&")


def _entities(text: str) -> Iterator[Edit]:
    for found in _ENTITY.finditer(text):
        character = unescape(found[0].replace("amp;", ""))
        if character == "\u00a0" or (len(character) == 1 and character.isprintable()):
            yield Edit(found.start(), found.end(), " " if character.isspace() else character)


_GBK_SPACE = "\ue5e5"
"""What GB 18030 makes of A3A0, which programs wrote for a full-width space."""


def remove_private_characters(document: DraftText) -> RuleResult:
    """Characters of symbol fonts at the ends of lines, which only decorate, removed."""
    spaces = (Edit(p.start(), p.end(), "\u3000") for p in re.finditer(_GBK_SPACE, document.text))
    bullets = (
        Edit(place.start(), place.end(), "", "likely")
        for place in _BULLET.finditer(document.text)
        if _GBK_SPACE not in place[0]
    )
    return RuleResult(tuple(sorted((*spaces, *bullets), key=lambda edit: edit.start)))


def flag_lost_characters(document: DraftText) -> RuleResult:
    """Characters that no longer say what they were: flagged, never invented."""
    doubts = (
        TextDoubt(place.start(), place.end(), "这里的文字在转码时已经丢失，请对照原文补上。")
        for place in _LOST.finditer(document.text)
        if document.is_of_source(*place.span())
    )
    return RuleResult(doubts=tuple(doubts))


def remove_repeated_titles(document: DraftText) -> RuleResult:
    """A title that is repeated directly under itself, removed.

    Titles are the first line of a text, and of a write-up in a compilation. Elsewhere a repeated
    line is text: a refrain, a listing.
    """
    return RuleResult(tuple(_repeated(document.text)))


def _repeated(text: str) -> Iterator[Edit]:
    title, title_end, is_first, is_part = "", 0, False, False
    for (_, end), line in placed_lines(text):
        if title.endswith(line) and _may_be_title(line):
            border = title[: -len(line)]
            # Under a first line prose must follow: it may be a song's.
            below = is_part or (is_first and _PROSE.match(text, end) is not None)
            if _PART.search(border) or (not border and below):
                yield Edit(title_end, end, "")
                title_end = end
                continue
        is_first, is_part = not title, len(title) < TITLE_LENGTH.stop and bool(_PART.match(title))
        title, title_end = line, end


def _may_be_title(line: str) -> bool:
    return len(line) in TITLE_LENGTH and line[-1] not in _TITLE_END

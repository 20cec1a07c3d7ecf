"""Marks of classified and of internal documents: they stand alone, not in a sentence.

内部资料，注意保存 on a line of its own is a mark; 加强内部资料管理 is a topic. So a line, or a part
that wide spaces or brackets set off, must consist of the phrases of marks and of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from casebook.checks.private.private_finding import FoldedFinding, Span
from casebook.checks.private.private_words import WORDS, alternatives, list_words
from casebook.text.characters import HAN
from casebook.text.word_tables import read_table

_LONGEST_LINE = 200
"""Characters of a line that can be a mark."""

_OPEN, _CLOSE = r"[\[(【〔《〈{]", r"[\])】〕》〉}]"
_LEVEL = r"(?:绝 {0,3}密|机 {0,3}密|秘 {0,3}密|核 ?心 ?商 ?密|普 ?通 ?商 ?密)(?: ?级)?"
_TERM = (
    r"(?:(?:\d{1,3}|[一二三四五六七八九十两半]{1,3}) ?(?:个? ?月|年)|长 ?期|(?:解密|启用|公布)前)"
)

_STARRED = re.compile(rf"{_LEVEL} {{0,3}}(?:★|\* ?(?={_TERM}))(?: {{0,3}}{_TERM})?")
_ALONE = re.compile(
    rf"{_OPEN}? ?{_LEVEL} ?{_CLOSE}?(?: *[-·]{{0,2}} *{_TERM})?|保密期限 ?: ?{_TERM}"
    r"|(?P<english>(?:TOP )?SECRET|CONFIDENTIAL)"
)
_LABEL = "(?:密 {0,4}级|保密等级)"
_FIELD = re.compile(
    rf"[文材密保](?:(?:(?<=文)件|(?<=材)料){_LABEL}|(?<=密) {{0,4}}级|(?<=保)密等级)"
    r"(?:[和及、]保密期限)?(?P<sign> ?[:|] ?| {1,4})"
    rf"(?:{_LEVEL}|内部)(?: {{0,3}}★? {{0,3}}{_TERM})?(?! ?[、,]|[管文档])"
)
_BARE_INTERNAL = re.compile(rf"{_OPEN} ?内 ?部 ?{_CLOSE}|内 {{0,4}}部")

_PREFIX = re.compile(r"[ \t>]*(?P<heading>#{1,6} )?[ \t]*(?P<key>[a-z_]+: )?[\"'|]?[ \t]*")
_LISTED = re.compile(
    r"[ \t]*(?:[-*+](?= )|\d{1,2}[.、)]|\(?[一二三四五六七八九十]{1,3}[、)])[ \t]*"
)
_WIDE_SPACE = re.compile(r" {2,}|\t+")
_BRACKETED = re.compile(rf"{_OPEN}([^\n\[\](){{}}【】〔〕]{{4,40}}){_CLOSE}")
_BRACKETED_WORD = re.compile(rf"{_OPEN}(?<=[{HAN}].) ?(?:内部|秘密|机密|绝密) ?{_CLOSE}(?=\n|\Z)")
_BETWEEN_PHRASES = re.compile(r"[ ,;、。!:·★-]*")
_SPREAD = re.compile(rf"(?:[{HAN}] )+[{HAN}]")


def find_marks(text: str) -> Iterator[FoldedFinding]:
    """Marks that stand on their own in a line, in brackets, or with a star."""
    if "密" in text:
        yield from _find_levels(text)
    for line in line_pattern().finditer(f"\n{text}"):
        start, end = line.start(), line.end() - 1
        prefix = _PREFIX.match(text, start, end)
        if prefix and not _LISTED.match(text, start, end):
            for piece in _list_pieces(text, prefix.end(), end):
                yield from _judge_piece(text, *piece, bool(prefix["heading"] or prefix["key"]))
    for found in _BRACKETED.finditer(text):
        if kinds := _read_phrases(found[1]):
            yield FoldedFinding("internal-mark", *found.span(), "strong" in kinds or len(kinds) > 1)
    for found in _BRACKETED_WORD.finditer(text):
        yield FoldedFinding("internal-mark", *found.span(), certain=False)


def _find_levels(text: str) -> Iterator[FoldedFinding]:
    """Levels of secrecy with a star or after their label."""
    for found in _STARRED.finditer(text):
        before = text[max(0, found.start() - 1) : found.start()]
        certain = not before.strip(" \n\t#>:*|([【")
        yield FoldedFinding("classification-mark", *found.span(), certain)
    for found in _FIELD.finditer(text):
        certain = not text[max(0, found.start() - 1) : found.start()].strip(" \n\t#>:*|([【,;")
        if found["sign"].strip() or certain:
            yield FoldedFinding("classification-mark", *found.span(), certain)


def _list_pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The rest of a line without spaces at its end, and the parts that wide spaces divide."""
    line = text[start:end].rstrip(" \t|")
    yield start, start + len(line)
    gaps = [found.span() for found in _WIDE_SPACE.finditer(line)]
    if gaps:
        places = (0, *(place for gap in gaps for place in gap), len(line))
        pairs = zip(places[::2], places[1::2], strict=True)
        yield from ((start + first, start + last) for first, last in pairs)


def _judge_piece(text: str, start: int, end: int, heading: bool) -> Iterator[FoldedFinding]:
    """The mark that a piece is, if it is one; a heading or a title can be about such marks."""
    if alone := _ALONE.fullmatch(text, start, end):
        yield FoldedFinding("classification-mark", start, end, not alone["english"])
    elif _BARE_INTERNAL.fullmatch(text, start, end):
        yield FoldedFinding("internal-mark", start, end, not heading)
    elif kinds := _read_phrases(text[start:end]):
        certain = "strong" in kinds or len(kinds) > 1 or (kinds == ["thing"] and not heading)
        yield FoldedFinding("internal-mark", start, end, certain)


def _read_phrases(piece: str) -> list[str]:
    """The kinds of the phrases that a piece is made of; none if anything else is in it."""
    piece = piece.strip("[]()【】〔〕《》〈〉{} ★*=~·-")
    if _SPREAD.fullmatch(piece):
        piece = piece.replace(" ", "")
    kinds: list[str] = []
    place = 0
    while place < len(piece):
        phrase = phrase_pattern().match(piece, place)
        between = phrase and _BETWEEN_PHRASES.match(piece, phrase.end())
        if not phrase or not phrase.lastgroup or not between:
            return []
        kinds.append(phrase.lastgroup)
        place = between.end()
    return kinds if set(kinds) != {"paper"} else []


@cache
def line_pattern() -> re.Pattern[str]:
    """Lines that can be marks, with the line feed before them, by which they are found fast.

    After signs and a key they begin as a mark, or they have a wide space.
    """
    keys = ("forbid", "keep", "inside", "only", "this", "publicity", "weak", "scope", "paper")
    firsts = {word[0] for key in keys for word in list_words("marks", key)}
    first = re.escape("".join(sorted(firsts | set("绝机秘核普密文材保TSC"))))
    return re.compile(
        rf"\n(?=[^\n{HAN}]{{0,30}}[{first}]|[^\n]*(?:  |\t))[^\n]{{2,{_LONGEST_LINE}}}(?=\n|\Z)"
    )


@cache
def phrase_pattern() -> re.Pattern[str]:
    """One phrase of a mark, with its kind as the name of the group that took part."""
    word = {key: f"(?:{alternatives('marks', key)})" for key in read_table(WORDS)["marks"]}
    forbidden = (
        f"{word['forbid']}{word['manner']}?{word['act']}"
        f"(?:[、,和及或/ ]?(?:{word['forbid']}{word['manner']}?)?{word['act']}){{0,5}}"
    )
    only = f"{word['only']}{word['readers']}(?:{word['use']})?{word['reading']}?"
    strong = (
        f"{word['this']}[, ]?(?:{forbidden}|{word['on_request']}|{word['keep']}|{only})|{only}"
        f"|{word['publicity']} ?: ?{word['closed']}"
    )
    return re.compile(
        f"(?P<strong>{strong})|(?P<thing>{word['inside']}{word['use']}?{word['thing']})"
        f"|(?P<forbidden>{forbidden})|(?P<keep>{word['keep']})"
        f"|(?P<weak>{word['weak']}|{word['scope']} ?: ?[^。\\n]{{2,40}})|(?P<paper>{word['paper']})"
    )

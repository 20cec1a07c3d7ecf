"""Text that was removed or lost: flagged at its place. Nothing is ever inserted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from casebook.repair.characters.masked import fixed_terms
from casebook.repair.draft_text import DraftText, TextDoubt
from casebook.text.characters import HAN, HAN_PATTERN, fold_script, is_frequent
from casebook.text.patterns import character_class
from casebook.text.similar_characters import alternatives
from casebook.text.word_frequencies import is_word

# Each alternative begins with a mark, and looks back from there: `re` then skips to such marks.
_CUT_OUT = re.compile(
    r"“[ \u3000]*”|‘[ \u3000]*’|《[ \u3000]*》|「[ \u3000]*」"
    rf"|\"(?<=[{HAN}].)\"(?=[{HAN}])|（(?<=[{HAN}].)）(?=[{HAN}])"
)
_TORN = re.compile(rf"[ \u3000](?<=[{HAN}].)[ \u3000]*(?=[、，。；])")
_QUESTIONS = re.compile(
    rf"[?？](?:(?<=\?)(?:(?<![^\n].)\?{{3,}}|\?{{3,}}(?=[{HAN}，。、；”]))|(?<=[{HAN}].)[,，][?？](?=[{HAN}])"
    rf"|(?<=[{HAN})）].)(?:[!！][?？](?=[〕］】])|[;；][?？](?=[{HAN}、，。；])))"
)
_BOXES = re.compile("□□+")
_SPEAKS_OF_MARKS = re.compile("引号|书名号|标点|括号")

LEAST_RARE = 10
"""Rare characters in a row that no text has."""

_CUT_NAMES = re.compile(
    "[以学贯领践宣社全落](?:(?<=以)同志为(?:核心|总书记)"
    "|(?:(?<=学)习|(?<=贯)彻|(?<=领)会|(?<=践)行|(?<=宣)传)(?:落实)?新时代中国特色社会主义(?=[，。；、])"
    "|(?<=社)会主(?=思想|制度|道路|现代化|核心|[，。；、])|(?<=全)国两(?=精神|期间|召开)"
    "|(?:(?<=学)习|(?<=贯)彻|(?<=落)实)党的精神(?=[，。；、]))"
)
"""Set phrases from which a name or a word was removed."""

SHORTEST_TERM = 4
"""Least characters of a fixed term that is recognized with one of them missing."""


def flag_missing_text(document: DraftText) -> Iterator[TextDoubt]:
    """Empty quotation marks, runs of question marks and boxes, fixed terms with a gap: flagged."""
    yield from () if _SPEAKS_OF_MARKS.search(document.text) else _empty(document)
    gibberish = (_gibberish(),) if _may_be_gibberish(document.text) else ()
    for pattern in (_QUESTIONS, _BOXES, *gibberish):
        yield from document.flag_all(pattern, "这里的文字在转码时已经丢失，请对照原文补上。")
    yield from document.flag_all(_CUT_NAMES, "固定用语里像是少了人名或字，请对照原文补上。")
    yield from _gaps(document)


def _empty(document: DraftText) -> Iterator[TextDoubt]:
    yield from document.flag_all(_CUT_OUT, "引号或书名号里的文字不见了，请对照原文补上。")
    for doubt in document.flag_all(_TORN, "这里像是缺了字，请对照原文补上。"):
        if not is_word(document.text[max(0, doubt.start - 2) : doubt.start]):
            yield doubt


def _may_be_gibberish(text: str) -> bool:
    """Whether a text has rare characters enough, which is asked faster than where they stand."""
    rare = (c for c in set(text) if HAN_PATTERN.match(c) and not is_frequent(c))
    return sum(map(text.count, rare)) >= LEAST_RARE


@cache
def _gibberish() -> re.Pattern[str]:
    """Chinese with every second character or more rare: decoded wrongly several times."""
    rare = character_class(c for c in map(chr, range(0x4E00, 0xA000)) if not is_frequent(c))
    return re.compile(f"[{rare}](?:[{HAN}€]?[{rare}]){{{LEAST_RARE - 1},}}[{HAN}€]?")


def _gaps(document: DraftText) -> Iterator[TextDoubt]:
    """Fixed terms with one character missing, where the rest is no phrase of its own."""
    text = document.text
    pattern, gaps = _torn_terms()
    for at in (found.start() for found in document.search(pattern)):
        for shown, term, gap in gaps.get(text[at : at + 2], ()):
            if not text.startswith(shown, at) or not _tears_a_word(term, gap):
                continue
            end = at + len(shown)
            following = fold_script(text[end]) if end < len(text) else ""
            swapped = term[gap] in following + alternatives().get(following, "")
            if gap < len(shown) or not (swapped or is_word(shown[-1] + following)):
                yield TextDoubt(at, end, f"“{shown}”像是“{term}”缺了“{term[gap]}”，请对照原文。")


@cache
def _torn_terms() -> tuple[re.Pattern[str], dict[str, list[tuple[str, str, int]]]]:
    """Terms without one character, by their first two; a pattern of what may be one.

    With each stand its term and the place of the gap.
    """
    gaps = {
        term[:gap] + term[gap + 1 :]: (term, gap)
        for term in fixed_terms()
        if len(term) >= SHORTEST_TERM
        for gap in range(1, len(term))
    }
    found: dict[str, list[tuple[str, str, int]]] = {}
    for shown in sorted(gaps.keys() - set(fixed_terms())):
        found.setdefault(shown[:2], []).append((shown, *gaps[shown]))
    first, second, third = (character_class(shown[at] for shown in gaps) for at in range(3))
    return re.compile(f"[{first}](?=[{second}][{third}])"), found


@cache
def _tears_a_word(term: str, gap: int) -> bool:
    """Whether the character belongs to a word that keeps only one other character."""
    before, after = term[gap - 1 : gap + 1], term[gap : gap + 2]
    rest = term[:gap] + term[gap + 1 :]
    pairs = [rest[i : i + 2] for i in (gap - 2, gap - 1, gap) if 0 <= i < len(rest) - 1]
    torn = is_word(before) or (len(after) == 2 and is_word(after))
    return torn and not any(is_word(pair) for pair in pairs)

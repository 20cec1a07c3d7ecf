"""Traditional script to simplified, by paragraph or else by sentence, characters only.

OpenCC's `tw2s` is right where `t2s` is not (著 → 着), but it also damages text that is already
simplified (显著 → 显着); so only paragraphs that are plainly traditional are converted, and the
words in which 著 stays are given back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from sys import intern

from casebook.model import Certainty
from casebook.repair.characters.standard_forms import judge_standard_form
from casebook.repair.draft_text import DraftText, Finding, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import (
    HAN_PATTERN,
    STANDARD_FORMS,
    count_simplified,
    count_traditional,
    fold_script,
    fold_text,
    foreign_characters,
    japanese_forms,
    traditional_characters,
)
from casebook.text.patterns import lazy_pattern
from casebook.text.script_conversion import load_converter
from casebook.text.sentence_ends import SENTENCE_ENDS
from casebook.text.word_frequencies import is_in_word

_STANDARD = lazy_pattern(f"[{STANDARD_FORMS}]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_CITED_CHARACTER = lazy_pattern(r"[“‘「『\"'（(](.)[”’」』\"'）)]")
_ABOUT_SCRIPT = re.compile("[繁正异異][体體]|写作|写成|寫作|寫成|字形|古文|碑")
"""Words of a paragraph about characters, which shows them on purpose."""

_CLAUSE_TEXT = re.compile("[^，。；：！？、“”‘’《》（）「」]+")
_SENTENCE_TEXT = re.compile(rf"[^{SENTENCE_ENDS}]+[{SENTENCE_ENDS}]?")

_BOOK_TITLE = re.compile("《[^《》\n]{1,80}》")
FEWEST_OUTSIDE = 8
"""Characters outside titles that show the script of a paragraph."""

FEWEST_IN_SENTENCE = 3
"""Least traditional characters of a sentence that was put into simplified text. Fewer are taken
for a quotation."""

_KEEPS_ZHU = lazy_pattern(
    "[编編]著|卓著|土著|[显顯]著|原著|[专專]著|[论論]著|[巨名遗遺译譯合拙昭较較]著"
    "|著(?:名|作|[录錄]|[称稱]|[书書]|者|[译譯])"
)
"""Words in which 著 is a word of its own, not the particle 着."""


def convert_to_simplified(document: DraftText) -> Iterator[Finding]:
    """Convert traditional paragraphs, with one edit for each character that changes."""
    japanese = {} if _KANA.search(document.text) else str.maketrans(japanese_forms())
    for first, end in document.lines_of(foreign_characters()):
        line = document.text[first:end]
        parts = list(_traditional_parts(line, first))
        for text, start in parts:
            yield from _changes(text, start)
        if not parts:
            yield from _stray(line, first, japanese)


def _traditional_parts(paragraph: str, offset: int) -> Iterator[tuple[str, int]]:
    """The paragraph when it is traditional as a whole, else its traditional sentences."""
    if is_traditional_paragraph(paragraph):
        yield paragraph, offset
        return
    if count_traditional(paragraph) < FEWEST_IN_SENTENCE:
        return
    for sentence in _SENTENCE_TEXT.finditer(paragraph):
        enough = count_traditional(sentence[0]) >= FEWEST_IN_SENTENCE
        if enough and is_traditional_paragraph(sentence[0]):
            yield sentence[0], offset + sentence.start()


def _stray(paragraph: str, offset: int, japanese: dict[int, str]) -> Iterator[Edit]:
    """Traditional and Japanese characters of a simplified paragraph, in words (幹部, 落実)."""
    places = [found.start() for found in foreign_characters().finditer(paragraph)]
    if not places or _KANA.search(paragraph) or _ABOUT_SCRIPT.search(paragraph):
        return
    chinese = paragraph.translate(japanese)
    folded = fold_text(chinese)
    for clause in _CLAUSE_TEXT.finditer(paragraph):
        within = [place for place in places if clause.start() <= place < clause.end()]
        if not within or _is_quoted_title(paragraph, clause, within):
            continue
        if all(is_in_word(folded, place) for place in within):  # a quotation stays whole
            for i in within:
                yield from _simplify(offset + i, folded[i], paragraph[i] != chinese[i])


def _is_quoted_title(paragraph: str, clause: re.Match[str], within: Sequence[int]) -> bool:
    """Whether a clause is a title in traditional script throughout, as an author quotes one."""
    quoted = paragraph[clause.start() - 1 : clause.start()] == "《"
    return quoted and len(within) > 1 and not count_simplified(clause[0])


def is_traditional_paragraph(text: str) -> bool:
    """Whether a paragraph has characters of traditional script, and more than of simplified."""
    traditional = count_traditional(text)
    if not traditional or _KANA.search(text):
        return False  # Japanese has traditional forms of its own
    outside = _BOOK_TITLE.sub("", text)
    if len(HAN_PATTERN.findall(outside)) >= FEWEST_OUTSIDE and not count_traditional(outside):
        return False  # only a quoted title is traditional
    return traditional > count_simplified(text)


def _simplify(place: int, after: str, is_japanese: bool = False) -> Iterator[Edit]:
    """The edit to a simplified form; likely beyond GB 2312, none to what fonts do not show."""
    certainty: Certainty = (
        "likely" if is_japanese or not after.encode("gb2312", "ignore") else "certain"
    )
    if after <= "\uffff":
        yield Edit(place, place + 1, intern(after), certainty)  # one string a character


def _changes(paragraph: str, offset: int) -> Iterator[Finding]:
    converted: str = load_converter("tw2s").convert(paragraph)
    if len(converted) != len(paragraph):  # by a phrase that changes its length
        converted = fold_text(paragraph)
    own = {i for word in _KEEPS_ZHU.finditer(paragraph) for i in range(word.start(), word.end())}
    shown = set[int]()
    if _ABOUT_SCRIPT.search(paragraph):
        shown = {found.start(1) for found in _CITED_CHARACTER.finditer(paragraph)}
    places = {i for i, (a, b) in enumerate(zip(paragraph, converted, strict=True)) if a != b}
    places.update(found.start() for found in traditional_characters(paragraph))
    places.update(found.start() for found in _STANDARD.finditer(paragraph))
    for i in sorted(places - shown):
        before = paragraph[i]
        after = fold_script(before) if converted[i] == before else converted[i]
        stays = before == "么" or (before == "著" and i in own)  # 么 is 麼, not 幺
        if before == after or stays:
            continue
        verdict = before in STANDARD_FORMS and judge_standard_form(paragraph, i, after)
        if verdict == "doubt":
            message = f"“{before}”在这里可能是“{after}”，也可能是原字（如人名、地名），请核对。"
            yield TextDoubt(offset + i, offset + i + 1, message)
        elif verdict != "keep":
            yield from _simplify(offset + i, after)

"""Characters of both scripts in a traditional passage: 乾 is 干 in 乾淨, and itself in 乾隆.

The longest word decides. A name keeps its character, and what no word decides is for a person.
"""

from __future__ import annotations

from functools import lru_cache
from math import inf
from typing import Literal

from casebook.text.characters import HAN, SURNAMES, fold_text
from casebook.text.patterns import lazy_pattern
from casebook.text.word_frequencies import LONGEST_WORD, frequency, is_word, texts_with

Verdict = Literal["convert", "keep", "doubt"]

_OWN_WORDS = (
    " 乾州 乾元 乾清宫 乾卦 乾道 乾宁 乾德 乾嘉 乾潭 毕昇 洪昇 昇腾 昇思 魏徵 文徵明 角徵羽 徵羽 "
    " 於菟 於潜 於陵 於梨华 於崇文 氾水 束脩 甚夥 蒜薹 菜薹 袷袢 "
)
"""Words and names with such a character as it is, otherwise simplified: most are in no dictionary.
"""

_BEARER = lazy_pattern(
    rf"(?<![{HAN}])於(?:([{HAN}]{{2}})[、，]|[{HAN}]{{1,2}}(?:同志|先生|女士|主任|[書书]記|院士|教授))"
)
"""於 as a surname: it begins a clause, and a given name follows, which is no word alone."""

LEAST_FREQUENCY, CLEAR_RATIO = 3, 8
"""Least frequency of a word, for the dictionary's rarest ones are often wrong (布署 has 2), and
how much more frequent than another of its length it is to win."""


def judge_standard_form(paragraph: str, place: int, meant: str) -> Verdict:
    """Whether a character of both scripts, at `place` of a traditional paragraph, is `meant`."""
    shown = paragraph[place]
    before = fold_text(paragraph[max(0, place - LONGEST_WORD) : place])
    after = fold_text(paragraph[place + 1 : place + LONGEST_WORD])
    own, other = _best_word(before, shown, after), _best_word(before, meant, after)
    if own > other:
        return "keep" if own[0] > other[0] or own[1] >= CLEAR_RATIO * other[1] else "doubt"
    follows_surname = before[-1:] in tuple(SURNAMES) and not (before[1:] and is_word(before[-2:]))
    if other[0]:
        placed = after[1:2] in tuple("镇县乡村湖")  # 昇平鎮
        named = (follows_surname or placed) and not _best_word(before, meant, "")[0]
        clear = other[0] > own[0] or other[1] >= CLEAR_RATIO * own[1]
        return "convert" if clear and not named else "doubt"
    if shown == "於":
        bearer = _BEARER.match(paragraph, place)
        return "doubt" if bearer and not is_word(fold_text(bearer[1] or "")) else "convert"
    return "keep" if follows_surname or before[-2:-1] in tuple(SURNAMES) else "doubt"


@lru_cache(maxsize=1 << 12)
def _best_word(before: str, middle: str, after: str) -> tuple[int, float]:
    """The longest word that a character makes with its neighbors: length and frequency, or 0, 0."""
    words = texts_with(before, middle, after)
    counted = ((len(word), inf if f" {word} " in _OWN_WORDS else frequency(word)) for word in words)
    return max((one for one in counted if one[1] >= LEAST_FREQUENCY), default=(0, 0))

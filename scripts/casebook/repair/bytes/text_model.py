"""How likely a reading of damaged bytes is as Chinese text: the one model of all channels.

It is the dictionary's segmentation (`text.segmentation`), with what words do not know: quotation
marks come in pairs, some marks follow each other, a document repeats its pairs of characters, and
a document of one script has no characters of the other.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from operator import add
from typing import NamedTuple

from casebook.repair.bytes.byte_pairs import is_gb2312
from casebook.repair.search_effort import SearchEffort
from casebook.text.characters import HAN_PATTERN, fold_script, fold_text, is_simplified, script_of
from casebook.text.language import figure_odds, opening_odds, start_odds, stop_odds
from casebook.text.mark_weights import MARK_WEIGHTS, PAIR_PROBABILITIES
from casebook.text.placed_lines import Span
from casebook.text.segmentation import START, Segmentation, extend, segment, single_weight
from casebook.text.word_frequencies import frequency

QUOTE_COST = -4.0
"""Nats for a quotation mark that opens within a quotation or closes none, for two stops, and for a
particle after a quoted sentence."""

CLOSING_BONUS = 3.0
"""Nats for the mark that closes the last one that is open: some word must be the last."""

KNOWN_BONUS = 1.5
"""Nats for two neighbors that the document has elsewhere; up to twice that for frequent ones."""

SINGLE_COST = -1.0
"""Nats of a character as a word by itself: the dictionary counts 说 wherever it stands, but words
of one character seldom follow one another in written Chinese."""

FOREIGN_COST = -30.0
"""Nats for a character outside GB 2312 in simplified text, which has none."""

SCRIPT_COST = -4.0
"""Nats for a simplified character in a traditional document; converters leave some."""

FULL_WIDTH_COST = -6.0
"""Nats for the first of full-width letters or digits: pages show half-width ones."""

SPACE_COST, BEFORE_INDENTS = -6.0, "\u3000\n。！？：；"
"""Nats for a full-width space where no line or sentence begins, and what may precede one."""

INDENT_BONUS = 12.0
"""Nats for the full-width space of an indent at the beginning of a line."""

LABEL_BONUS = 8.0
"""Nats for the bracket that opens a label after an indent (　［摘要］), and for a rare mark that
closes what is open."""

DOUBLED_BONUS = 5.0
"""Nats for the second half of —— or ……: half of either is a mistake."""

LOST_CHARACTER, UNKNOWN_COST = "\ufffd", -14.0
"""Stands for a character of which too little is left, and its nats: those of two rare words."""

END_ODDS = {"。": 2.0, "；": 1.0, "，": -4.0, "、": -4.0}
"""Nats for a mark at the end of a line."""

PAIRS = dict(zip("“‘「『《〈（【［", "”’」』》〉）】］", strict=True))
"""Marks that open something, and those that close it."""

QUOTATION = 300
"""Characters within which a quotation that was opened is closed."""

AROUND = 20_000
"""Characters before and after a damaged place whose pairs of neighbors count as the document's."""

MOST_OPEN = 4
"""Marks that are open at once."""

_OPENING = {closing: opening for opening, closing in PAIRS.items()}
_PARTICLES = frozenset("的地得了着过")
_STOPS = frozenset("，。、；：？！")


class TextState(NamedTuple):
    """A text so far: its segmentation, other nats, its last two characters, the marks left open."""

    words: Segmentation
    extra: float
    recent: str
    marks: str

    @property
    def score(self) -> float:
        """Logarithm of the probability of the text, in nats."""
        return self.words[1][-1] + self.extra


class TextModel:
    """The model for one document.

    `script` is "traditional", "simplified" or ""; `pairs` counts neighbors (in simplified form).
    """

    def __init__(
        self, effort: SearchEffort, script: str = "", pairs: Mapping[str, int] | None = None
    ) -> None:
        self.effort = effort
        self.script = script
        self._pairs = pairs or {}
        self._odds: dict[str, float] = {}

    def start(self, before: str, marks: str) -> TextState:
        """The state after the undamaged text `before`, in which `marks` are open."""
        return TextState(segment(before[-3:], START), 0.0, before[-2:], marks)

    def read(self, state: TextState, text: str) -> TextState:
        """The state after more text."""
        words, extra, recent, marks = state
        for character in text:
            if character == LOST_CHARACTER:
                words, recent = ("", words[1][-1:]), ""
                extra += UNKNOWN_COST
                continue
            words = extend(words, character, _single)
            extra += self._pair_odds(recent[-1:], character)
            if character in PAIRS or character in _OPENING:
                extra += self._pairing(marks, recent, character)
                marks = after_mark(marks, character)
            elif recent == "。”" and character in _PARTICLES:
                extra += QUOTE_COST
            elif recent[-2:-1] == "。":
                extra += opening_odds(recent[-1] + character)
            recent = recent[-1:] + character
        return TextState(words, extra, recent, marks)

    def _pairing(self, marks: str, recent: str, character: str) -> float:
        """Nats of a mark that opens or closes something."""
        if character in "［【" and recent[-1:] == "\u3000":
            return LABEL_BONUS
        if character in PAIRS:
            odd = character in marks or (character in "［【" and recent[-1:] not in BEFORE_INDENTS)
            return QUOTE_COST if odd else 0.0
        if marks[-1:] == _OPENING[character]:
            return LABEL_BONUS if character in "］】」』" else CLOSING_BONUS
        return 0.0 if _OPENING[character] in marks else QUOTE_COST

    def end(self, state: TextState, following: str) -> float:
        """The score of a text before what follows it."""
        closes = next((mark for mark in following if mark in "“”\n"), "")
        odd = closes in tuple("“”") and (closes == "”") != ("“" in state.marks)
        cost = QUOTE_COST if odd else 0.0
        if following[:1] in ("", "\n", "<"):
            return state.score + END_ODDS.get(state.recent[-1:], 0.0)
        return self.read(state, following[:3]).score + cost

    def knows(self, pair: str) -> bool:
        """Whether the document has two neighbors (in simplified form) elsewhere."""
        return len(pair) == 2 and pair in self._pairs

    def _pair_odds(self, before: str, character: str) -> float:
        """Nats of a character after another, apart from the words that they make."""
        pair = before + character
        odds = self._odds.get(pair)
        if odds is None:
            odds = self._odds[pair] = self._work_out(before, character)
        return odds

    def _work_out(self, before: str, character: str) -> float:
        if before in _STOPS and character in _STOPS:
            return QUOTE_COST
        if character == "\u3000":
            if before in ("", "\n"):
                return INDENT_BONUS
            return 0.0 if before in BEFORE_INDENTS else SPACE_COST
        if character in "—…" and before == character:
            return DOUBLED_BONUS
        odds = stop_odds(before) if character == "。" else _mark_odds(before, character)
        odds += start_odds(character) if before == "。" else figure_odds(before, character)
        if known := self._pairs.get(fold_script(before) + fold_script(character), 0):
            odds += min(2 * KNOWN_BONUS, KNOWN_BONUS + math.log(known) / 2)
        if _is_full_width(character) and not _is_full_width(before):
            odds += FULL_WIDTH_COST
        return odds + self._script_odds(character)

    def _script_odds(self, character: str) -> float:
        if self.script == "traditional" and is_simplified(character):
            return SCRIPT_COST
        foreign = self.script == "simplified" and not is_gb2312(character)
        return FOREIGN_COST if foreign and not character.isascii() else 0.0


def _is_full_width(character: str) -> bool:
    """Whether a character is a full-width letter or digit."""
    return "０" <= character <= "ｚ" and character.isalnum()


@cache
def _single(character: str) -> float:
    """Log probability of a character as a word by itself, in written Chinese."""
    costs = HAN_PATTERN.match(character) is not None and frequency(character) > 0
    return single_weight(character) + (SINGLE_COST if costs else 0.0)


def after_mark(marks: str, character: str) -> str:
    """The marks that are open after one that opens or closes."""
    if character in PAIRS:
        return (marks + character)[-MOST_OPEN:]
    place = marks.rfind(_OPENING[character])
    return marks[:place] if place >= 0 else marks


def model_of(known: str, effort: SearchEffort) -> TextModel:
    """The model of a document, by what of it can be read without doubt."""
    folded = fold_text(known)
    return TextModel(effort, script_of(known), Counter(map(add, folded, folded[1:])))


def clean_parts(text: str, damaged: Sequence[Span]) -> Iterator[Span]:
    """What stands between damaged places in order, as far as it is near one of them."""
    position = 0
    for (start, end), (following, _) in pairwise((*damaged, (len(text), 0))):
        yield max(position, start - AROUND), start
        position = min(following, end + AROUND)
        yield end, position


def line_before(text: str, place: int) -> str:
    """The line before a place, as far as a quotation may reach."""
    return text[max(text.rfind("\n", 0, place) + 1, place - QUOTATION) : place]


def open_marks(text: str) -> str:
    """The marks that are open at the end of a text."""
    marks = ""
    for character in text:
        if character in PAIRS or character in _OPENING:
            marks = after_mark(marks, character)
    return marks


def _mark_odds(before: str, character: str) -> float:
    """Nats of a mark after another, where that was counted: instead of its weight as a word."""
    known = PAIR_PROBABILITIES.get(before + character)
    weights = MARK_WEIGHTS.get(character)
    if known is None or weights is None or weights.per_word is None:
        return 0.0
    return max(0.0, math.log(known) - weights.per_word)

"""GBK text that lost one byte: everything behind it was paired wrongly up to the next ASCII byte.

A byte-wise operation tore off a lead byte. The orphan became `?` or nothing, the bytes behind it
were paired one off, and a trail byte below 0x81, or the end of the line, put the decoder back in
step: `常”的關` came out as `?!钡年P`. All bytes but the lost ones are still there: the search only
has to find one lead byte, and wrong pairs that had no character and vanished. The words of the
dictionary choose, and the pairs of characters that the document uses elsewhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter
from typing import NamedTuple

from casebook.repair.bytes.byte_pairs import (
    GBK_LEADS,
    GBK_TRAILS,
    decode,
    is_gb2312,
    lost_before,
    lost_pairs,
    lost_words,
)
from casebook.repair.bytes.byte_runs import ORPHANS, QUOTATION, Run, around, encode, is_quoted
from casebook.repair.bytes.shift_guards import READING_GAIN, Shift, guarded, is_told
from casebook.text.characters import fold_script, is_simplified, list_toned_readings
from casebook.text.language import opening_odds, start_odds, stop_odds
from casebook.text.segmentation import Segmentation, extend, score, segment

_BEAM = 20
_GAP_STATES, _LOST_STATES, _GAP_FIRSTS, _GAP_SECONDS, _GAP_KEPT = 3, 8, 5, 14, 5
"""Widths of the search through vanished pairs: states, first characters, second characters."""
_GAP_COST = 2.2
"""What a vanished pair costs, in nats: one wrong pair in eight has no character in GBK."""
_CHARACTER = 2.0
"""What a character of right text costs on average, in nats, when readings of unequal length
compete."""
_LOST_COST = 1.0
"""What it costs that the last trail byte was lost, in nats."""
_STOP_BONUS = 0.3
"""What speaks for a full stop at the torn place, in nats: the tearing split text into sentences."""
_INDENT_BONUS = 12.0
"""What speaks for the full-width space of an indent at the beginning of a line, in nats."""
_SPACE_COST, _BEFORE_INDENTS = 6.0, "\u3000\n。！？：；"
"""What it costs that a full-width space stands where no line begins, in nats."""
_LABEL_BONUS = 8.0
"""What speaks for the bracket that opens a label behind an indent, or closes an open one."""
_PAIRS_PER_GAP = 2
"""Shown pairs for every vanished one that is considered, beyond the first."""
_FOREIGN_COST = 30.0
"""What a character outside GB 2312 costs in simplified text, which has none."""
_SCRIPT_COST = 4.0
"""What a character of the other script costs in a document that is plainly of one script."""
_QUOTE_COST = 4.0
"""What it costs to open a quotation within one, or to close none, in nats."""
_KNOWN_BONUS = 1.5
"""What speaks for two neighbors that the document has elsewhere, in nats, and more for often."""

LEAST_MARGIN, LEAST_MARGIN_SIMPLIFIED = 1.0, 3.0
"""How much better than the next reading, in nats, the best one must be. Bytes of simplified text
are in step again at the end of the line only: more vanish, and more readings fit."""

CLEAR_MARGIN = 2.5
"""Margin, in nats, from which on more of a reading may be inferred."""

TORN_MARKS, TORN_BONUS = "！；？。，!;?,", 0.7
"""What two bytes of other characters were taken for where a byte was torn off, and what it speaks
for a reading that explains it, in nats a character."""

_FULL_WIDTH_COST = 6.0
"""What a full-width letter or digit costs: pages show half-width ones."""

FEW_LEADS = 4
"""Lead bytes that a reading leaves, up to which a pair may have vanished behind them, too."""

_QUOTE = re.compile("[“”\n]")
_STOPS = tuple("，。、；：？！")


class _Reading(NamedTuple):
    """A partial reading: characters so far, the lead byte carried over, the score in nats.

    `quoted` says whether a quotation is open.
    """

    characters: str
    complete: tuple[bool, ...]
    shown: tuple[int, ...]
    carried: int
    gaps: int
    cut: Segmentation
    extra: float
    quoted: bool

    @property
    def score(self) -> float:
        """Logarithm of the probability of the words, and what else speaks for the reading."""
        return score(self.cut) + self.extra


@dataclass(frozen=True, slots=True)
class _Step:
    """A shown pair of a run: the byte that completes a character, the byte that is carried on.

    `lost` says that a pair before it was shown as `?`; `following` is the next character, if known.
    """

    index: int
    trail: int
    carried: int
    lost: bool
    following: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a search knows of the document: its script, and how often pairs of characters occur.

    `script` is "traditional", "simplified" or "".
    """

    script: str
    pairs: Mapping[str, int]

    @property
    def is_simplified(self) -> bool:
        """Whether the document has characters of GB 2312 only, as far as that can be told."""
        return self.script == "simplified"

    def extra(self, before: str, character: str) -> float:
        """What speaks for a character behind another, in nats, beside the words of Chinese."""
        foreign = (self.script == "traditional" and is_simplified(character)) or (
            self.is_simplified and not is_gb2312(character)
        )
        if character in _STOPS and before in _STOPS:
            return -_QUOTE_COST
        if character == "\u3000" and before and before not in _BEFORE_INDENTS:
            return -_SPACE_COST
        stop = stop_odds(before) if character == "。" else 0.0
        stop += start_odds(character) if before == "。" else 0.0
        known = self.pairs.get(fold_script(before) + fold_script(character), 0)
        bonus = min(2 * _KNOWN_BONUS, _KNOWN_BONUS + math.log(known) / 2) if known else 0.0
        wide = "０" <= character <= "ｚ" and character.isalnum()
        cost = _FOREIGN_COST if self.is_simplified else _SCRIPT_COST
        return bonus + stop - (cost if foreign else 0.0) - (_FULL_WIDTH_COST if wide else 0.0)


def solve(
    text: str,
    runs: Sequence[Run],
    context: Context,
    reading: str = "",
    leads: Collection[int] = GBK_LEADS,
) -> Shift | None:
    """The best reading of a place, or None when none is plainly better than the damage.

    `reading` is the pinyin that was injected behind the last character, if any; `leads` are the
    bytes that may have been lost before the first pair.
    """
    solved = ((run, _solved(text, run, context, reading, leads)) for run in runs)
    found = [
        (shift.likely + TORN_BONUS * _explains_tearing(text, run, shift), shift)
        for run, shift in solved
        if shift
    ]
    return max(found, key=itemgetter(0))[1] if found else None


def _explains_tearing(text: str, run: Run, shift: Shift) -> bool:
    """Whether a reading has the two bytes side by side that were taken for a mark."""
    return text[run.first] in TORN_MARKS and shift.complete[1:2] != (False,)


def _solved(
    text: str, run: Run, context: Context, reading: str, leads: Collection[int]
) -> Shift | None:
    """The best reading of a run when it is clearly better than the next one and than the damage."""
    said = reading or run.reading
    fitting = [
        found
        for found in _search(text, run, context, leads)
        if not said or said in list_toned_readings(found.characters[-1])
    ]
    ranked = nlargest(2, ((_total(text, run, found), i) for i, found in enumerate(fitting)))
    least = LEAST_MARGIN_SIMPLIFIED if context.is_simplified else LEAST_MARGIN
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < least):
        return None
    clear = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= CLEAR_MARGIN
    best = fitting[ranked[0][1]]
    if not is_told(run, best, clear):
        return None
    return guarded(text, run, best, READING_GAIN if said else 0.0)


def _total(text: str, run: Run, found: _Reading) -> float:
    """The score of a reading together with the text behind it."""
    following = score(segment(around(text, run)[1], found.cut))
    unpaired = found.quoted != _closes_later(text, run.end)
    return following + found.extra + _CHARACTER * found.gaps - _QUOTE_COST * unpaired


def _closes_later(text: str, place: int) -> bool:
    """Whether the next quotation mark of the line closes a quotation."""
    mark = _QUOTE.search(text, place, place + QUOTATION)
    return mark is not None and mark[0] == "”"


def _search(
    text: str, run: Run, context: Context, leads: Collection[int] = GBK_LEADS
) -> Sequence[_Reading]:
    """All surviving readings of the shown characters of a run."""
    before = around(text, run)[0]
    pairs = [pair for shown in text[run.first : run.final] if (pair := encode(shown))]
    first_trail, carried = pairs[0]
    quoted = is_quoted(text, run.start)
    nothing = _Reading(before[-1:], (), (), carried, 0, segment(before), 0.0, quoted)
    beam = [
        _with(nothing, c, (len(leads) == 1,), 0, carried, context)
        for lead in leads
        if (c := decode(lead, first_trail))
    ]
    if len(leads) <= FEW_LEADS:
        step = _Step(0, first_trail, carried, False, _following(pairs, 0, run, text))
        for lead in leads:
            beam += _through_gap(nothing._replace(carried=lead), step, context)
    beam = sorted((_without_first(state, len(before[-1:])) for state in beam), key=_rank)[::-1]
    lost = False  # whether a `?` before this pair stands for a pair without a character
    for index, (lead, trail) in enumerate(pairs[1:], start=1):
        if text[run.first + index] in ORPHANS:
            lost = True
            continue
        step = _Step(index, lead, trail, lost, _following(pairs, index, run, text))
        beam = _advance(beam, step, context)
        lost = False
    if run.ascii:
        return [_with(state, run.ascii, (True,), len(pairs) - 1, 0, context) for state in beam]
    if run.trail is None:
        ended = [grown for state in beam for grown in _ended(state, len(pairs), context)]
        return ended + _ended_behind_gap(beam, len(pairs), run.reading, context)
    return _advance(beam, _Step(len(pairs), run.trail, 0, lost, around(text, run)[1][:1]), context)


def _following(pairs: Sequence[tuple[int, int]], index: int, run: Run, text: str) -> str:
    """The character that the next pair completes, if nothing vanished before it."""
    if index + 1 < len(pairs):
        return decode(pairs[index][1], pairs[index + 1][0])
    return decode(pairs[index][1], run.trail) if run.trail else around(text, run)[1][:1]


def _without_first(state: _Reading, count: int) -> _Reading:
    """A reading without the character before the run; a full stop there is likely."""
    characters = state.characters[count:]
    extra = state.extra + (_STOP_BONUS if characters == "。" else 0.0)
    if characters == "\u3000" and not state.characters[:count].strip():
        extra += _INDENT_BONUS
    return state._replace(characters=characters, extra=extra)


def _ended(state: _Reading, index: int, context: Context) -> Iterator[_Reading]:
    """The readings of a run whose last trail byte is lost: every character it may be."""
    for trail in GBK_TRAILS:
        if character := decode(state.carried, trail):
            yield _with(state, character, (False,), index, 0, context, -_LOST_COST)


def _ended_behind_gap(
    beam: Sequence[_Reading], index: int, reading: str, context: Context
) -> list[_Reading]:
    """The readings of a run whose last character is known by its reading, a pair before it lost."""
    found = []
    for state in beam[:_GAP_STATES]:
        for first, second in lost_before(state.carried, reading):
            cost = -_GAP_COST - _LOST_COST
            opened = _with(state, first, (False,), index, 0, context, cost, gaps=1)
            found.append(_with(opened, second, (False,), index, 0, context))
    return found


def _advance(beam: Sequence[_Reading], step: _Step, context: Context) -> list[_Reading]:
    """Read on by one shown pair: its first byte completes a character, its second is carried."""
    found: list[_Reading] = []
    for rank, state in enumerate(beam):
        if not step.lost and (character := decode(state.carried, step.trail)):
            found.append(_with(state, character, (True,), step.index, step.carried, context))
        gap = rank < _GAP_STATES and state.gaps <= step.index // _PAIRS_PER_GAP
        if gap or (step.lost and rank < _LOST_STATES):
            found.extend(_through_gap(state, step, context))
    return nlargest(_BEAM, found, key=_rank)


def _rank(reading: _Reading) -> float:
    """The score, with what characters of a vanished pair cost on average given back."""
    return reading.score + _CHARACTER * reading.gaps


def _through_gap(state: _Reading, step: _Step, context: Context) -> Iterator[_Reading]:
    """Readings in which a pair is missing here: two characters, each with one byte known."""
    cost = 0.0 if step.lost else -_GAP_COST
    for first, second in _fillings(state, step, context):
        opened = _with(state, first, (False,), step.index, step.carried, context, cost, gaps=1)
        yield _with(opened, second, (False,), step.index, step.carried, context)


def _fillings(state: _Reading, step: _Step, context: Context) -> set[tuple[str, str]]:
    """Characters around a missing pair: words, and what fits the neighbors on both sides."""
    kind = (step.trail, step.lost, context.is_simplified)
    found = {(word[0], word[1]) for word in lost_words(state.carried, *kind)}
    firsts = [
        (score(cut := extend(state.cut, first)), first, cut, seconds)
        for u, seconds in lost_pairs(*kind)
        if (first := decode(state.carried, u))
    ]
    for _, first, cut, seconds in nlargest(_GAP_FIRSTS, firsts, key=itemgetter(0)):
        cuts = ((extend(cut, second), second) for second in seconds)
        likely = nlargest(_GAP_SECONDS, cuts, key=lambda one: score(one[0]))
        ranked = ((score(segment(step.following, behind)), second) for behind, second in likely)
        found.update((first, second) for _, second in nlargest(_GAP_KEPT, ranked))
    return found


def _with(
    state: _Reading,
    character: str,
    complete: tuple[bool],
    index: int,
    carried: int,
    context: Context,
    cost: float = 0.0,
    gaps: int = 0,
) -> _Reading:
    odd = -_QUOTE_COST if character == ("“" if state.quoted else "”") else 0.0
    odd += _LABEL_BONUS if _is_of_label(state.characters, character) else 0.0
    if state.characters[-2:-1] == "。":
        odd += opening_odds(state.characters[-1] + character)
    return _Reading(
        state.characters + character,
        state.complete + complete,
        (*state.shown, index),
        carried,
        state.gaps + gaps,
        extend(state.cut, character),
        state.extra + cost + context.extra(state.characters[-1:], character) + odd,
        (state.quoted or character == "“") and character != "”",
    )


def _is_of_label(before: str, character: str) -> bool:
    """Whether a bracket opens a label (　［收稿日期］) or closes it."""
    if character in "［【":
        return before[-1:] == "\u3000"
    opened = {"］": "［", "】": "【"}.get(character, "")
    return opened != "" and before.rfind(opened) > before.rfind(character)

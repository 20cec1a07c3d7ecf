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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from heapq import nlargest

from casebook.repair.byte_runs import ORPHANS, QUOTATION, Run, encode, is_quoted
from casebook.repair.characters import (
    fold,
    is_simplified,
    readings,
)
from casebook.repair.words import START, Cut, grown, read, score

_BEAM = 20
_GAP_STATES, _GAP_FIRSTS, _GAP_SECONDS = 5, 5, 12
_GAP_KEPT = 5
"""Widths of the search through vanished pairs: states, first characters, second characters, and
how many of the second are kept."""
_GAP_COST = 2.2
"""What a vanished pair costs, in nats: one wrong pair in eight has no character in GBK."""
_CHARACTER = 3.0
"""What a character of right text costs on average, in nats, when readings of unequal length
compete."""
_LOST_COST = 1.0
"""What it costs that the last trail byte was lost, in nats."""
_STOP_BONUS = 0.3
"""What speaks for a full stop at the torn place, in nats: the tearing split text into sentences."""
_PAIRS_PER_GAP = 2
"""Shown pairs for every vanished one that is considered, beyond the first."""
_SCRIPT_COST = 4.0
"""What a character of the other script costs in a document that is plainly of one script."""
_QUOTE_COST = 4.0
"""What it costs to open a quotation within one, or to close none, in nats."""
_KNOWN_BONUS = 1.5
"""What speaks for two neighbors that the document has elsewhere, in nats, and more for often."""

GUARDS = ((2.2, -6.6), (3.5, -8.0))
BARE_GUARDS = ((2.9, -6.4), (3.9, -7.6))
"""What a repair must reach, in nats a character: gain over the damaged text, and likelihood. The
second line is for runs of which no `?` is left. Set on six million clean characters."""

LEAST_MARGIN = 1.0
"""How much better than the next reading, in nats, the best one must be."""

MOST_INFERRED = 0.4
FEW_INFERRED = 4
"""Share of characters with a lost byte that a repair may have, and number that is always fine."""

_LEADS = range(0x81, 0xFF)
_TRAILS = range(0x40, 0xFF)
_QUOTE = re.compile("[“”\n]")
_STOPS = tuple("，。、；：？！")


@dataclass(frozen=True, slots=True)
class Shift:
    """A solved run: [start, end) becomes `characters`; `complete` says whose bytes were all there.

    `places` gives for each character the range of the text it stands for.
    """

    start: int
    end: int
    characters: str
    complete: tuple[bool, ...]
    places: tuple[tuple[int, int], ...]
    gain: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """A partial reading: characters so far, the lead byte carried over, the score in nats.

    `quoted` says whether a quotation is open.
    """

    characters: str
    complete: tuple[bool, ...]
    shown: tuple[int, ...]
    carried: int
    gaps: int
    cut: Cut
    extra: float
    quoted: bool

    @property
    def score(self) -> float:
        """Logarithm of the probability of the words, and what else speaks for the reading."""
        return score(self.cut) + self.extra


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
            self.is_simplified and not _is_gb2312(character)
        )
        if character in _STOPS and before in _STOPS:
            return -_QUOTE_COST
        known = self.pairs.get(fold(before) + fold(character), 0)
        bonus = min(2 * _KNOWN_BONUS, _KNOWN_BONUS + math.log(known) / 2) if known else 0.0
        return bonus - (_SCRIPT_COST if foreign else 0.0)


@cache
def _decode(lead: int, trail: int) -> str:
    if lead < 0x81:
        return ""
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""


@cache
def _frequent_first(characters: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(characters, key=lambda c: -score(grown(START, c))))


def _is_user_defined(lead: int, trail: int) -> bool:
    """Whether two bytes lie in a user-defined area of GBK, whose characters are dropped."""
    if lead in range(0xA1, 0xA8):
        return trail <= 0xA0
    return trail >= 0xA1 and (lead in range(0xAA, 0xB0) or lead >= 0xF8)


def _is_no_character(lead: int, trail: int) -> bool:
    """Whether decoders show `?` for two bytes."""
    return not _is_user_defined(lead, trail) and not _decode(lead, trail)


_Gaps = tuple[tuple[int, tuple[str, ...]], ...]
"""Every first byte u of a lost pair (u, v), with the characters of v and a known trail byte."""


@cache
def _lost_pairs(trail: int, shown: bool, simplified: bool) -> _Gaps:
    """Pairs before a trail byte that vanished, or that were shown as `?`; frequent ones first."""
    is_lost = _is_no_character if shown else _is_user_defined
    result = []
    for u in _LEADS:
        seconds = tuple(c for v in _LEADS if is_lost(u, v) and (c := _decode(v, trail)))
        if simplified:
            seconds = tuple(filter(_is_gb2312, seconds))
        if seconds:
            result.append((u, _frequent_first(seconds)[:_GAP_SECONDS]))
    return tuple(result)


@cache
def _is_gb2312(character: str) -> bool:
    return bool(character.encode("gb2312", "ignore"))


def solve(text: str, runs: Sequence[Run], context: Context, reading: str = "") -> Shift | None:
    """The best reading of a place, or None when none is plainly better than the damage.

    `reading` is the pinyin that was injected behind the last character, if any.
    """
    solved = (_solved(text, run, context, reading) for run in runs)
    return max(filter(None, solved), key=lambda shift: shift.gain, default=None)


def _solved(text: str, run: Run, context: Context, reading: str) -> Shift | None:
    """The best reading of a run when it is clearly better than the next one and than the damage."""
    said = reading or run.reading
    fitting = [
        found
        for found in _search(text, run, context)
        if not said or said in readings(found.characters[-1])
    ]
    ranked = nlargest(2, ((_total(text, run, found), i) for i, found in enumerate(fitting)))
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < LEAST_MARGIN):
        return None
    return _guarded(text, run, fitting[ranked[0][1]])


def _total(text: str, run: Run, found: _Reading) -> float:
    """The score of a reading together with the text behind it."""
    following = score(read(text[run.end : run.end + 3], found.cut))
    unpaired = found.quoted != _closes_later(text, run.end)
    return following + found.extra + _CHARACTER * found.gaps - _QUOTE_COST * unpaired


def _closes_later(text: str, place: int) -> bool:
    """Whether the next quotation mark of the line closes a quotation."""
    mark = _QUOTE.search(text, place, place + QUOTATION)
    return mark is not None and mark[0] == "”"


def _search(text: str, run: Run, context: Context) -> Sequence[_Reading]:
    """All surviving readings of the shown characters of a run."""
    before = text[max(0, run.start - 3) : run.start]
    pairs = [pair for shown in text[run.first : run.final] if (pair := encode(shown))]
    first_trail, carried = pairs[0]
    quoted = is_quoted(text, run.start)
    nothing = _Reading(before[-1:], (), (), carried, 0, read(before), 0.0, quoted)
    beam = [
        _with(nothing, c, (False,), 0, carried, context)
        for lead in _LEADS
        if (c := _decode(lead, first_trail))
    ]
    beam = [_without_first(state, len(before[-1:])) for state in beam]
    lost = False  # whether a `?` before this pair stands for a pair without a character
    for index, (lead, trail) in enumerate(pairs[1:], start=1):
        if text[run.first + index] in ORPHANS:
            lost = True
            continue
        beam = _advance(beam, index, lead, trail, context, lost)
        lost = False
    if run.trail is None:
        return [grown for state in beam for grown in _ended(state, len(pairs), context)]
    return _advance(beam, len(pairs), run.trail, 0, context, lost)


def _without_first(state: _Reading, count: int) -> _Reading:
    """A reading without the character before the run; a full stop there is likely."""
    characters = state.characters[count:]
    extra = state.extra + (_STOP_BONUS if characters == "。" else 0.0)
    return replace(state, characters=characters, extra=extra)


def _ended(state: _Reading, index: int, context: Context) -> Iterator[_Reading]:
    """The readings of a run whose last trail byte is lost: every character it may be."""
    for trail in _TRAILS:
        if character := _decode(state.carried, trail):
            yield _with(state, character, (False,), index, 0, context, -_LOST_COST)


def _advance(
    beam: Sequence[_Reading], index: int, trail: int, carried: int, context: Context, lost: bool
) -> list[_Reading]:
    """Read on by one shown pair: its first byte completes a character, its second is carried.

    `lost` says that a pair before it was shown as `?`.
    """
    found: list[_Reading] = []
    for rank, state in enumerate(beam):
        if not lost and (character := _decode(state.carried, trail)):
            found.append(_with(state, character, (True,), index, carried, context))
        if lost or (rank < _GAP_STATES and state.gaps <= index // _PAIRS_PER_GAP):
            found.extend(_through_gap(state, index, trail, carried, context, lost))
    return nlargest(_BEAM, found, key=_rank)


def _rank(reading: _Reading) -> float:
    """The score, with what characters of a vanished pair cost on average given back."""
    return reading.score + _CHARACTER * reading.gaps


def _through_gap(
    state: _Reading, index: int, trail: int, carried: int, context: Context, lost: bool
) -> Iterator[_Reading]:
    """Readings in which a pair is missing here: two characters, each with one byte known."""
    firsts = [
        (score(grown(state.cut, first)), first, seconds)
        for u, seconds in _lost_pairs(trail, lost, context.is_simplified)
        if (first := _decode(state.carried, u))
    ]
    cost = 0.0 if lost else -_GAP_COST
    for _, first, seconds in nlargest(_GAP_FIRSTS, firsts):
        opened = _with(state, first, (False,), index, carried, context, cost, gaps=1)
        ranked = nlargest(_GAP_KEPT, ((score(grown(opened.cut, c)), c) for c in seconds))
        for _, second in ranked:
            yield _with(opened, second, (False,), index, carried, context)


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
    return _Reading(
        state.characters + character,
        state.complete + complete,
        (*state.shown, index),
        carried,
        state.gaps + gaps,
        grown(state.cut, character),
        state.extra + cost + context.extra(state.characters[-1:], character) + odd,
        (state.quoted or character == "“") and character != "”",
    )


def _guarded(text: str, run: Run, best: _Reading) -> Shift | None:
    """The reading as a Shift if it passes every guard."""
    left, right = text[max(0, run.start - 3) : run.start], text[run.end : run.end + 3]
    damaged = _mean(left, text[run.start : run.end], right)
    repaired = _mean(left, best.characters, right)
    gain = repaired - damaged
    guards = GUARDS if run.first > run.start else BARE_GUARDS
    if not any(gain >= least and repaired >= likely for least, likely in guards):
        return None
    inferred = best.complete.count(False)
    if inferred > max(FEW_INFERRED, MOST_INFERRED * len(best.characters)):
        return None
    return Shift(run.start, run.end, best.characters, best.complete, _places(run, best), gain)


def _mean(left: str, middle: str, right: str) -> float:
    """Mean logarithm a character of a text between two others that are there in any case."""
    whole = score(read(left + middle + right)) - score(read(left))
    return whole / (len(middle) + len(right))


def _places(run: Run, best: _Reading) -> tuple[tuple[int, int], ...]:
    """Share the damaged range out among the characters: by the shown character of the lead byte."""
    starts = [run.start + shown for shown in best.shown]
    for i in range(1, len(starts)):
        starts[i] = max(starts[i], starts[i - 1] + 1)
    starts = [min(position, run.end) for position in starts]
    return tuple(zip(starts, [*starts[1:], run.end], strict=True))

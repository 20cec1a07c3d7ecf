"""GBK text that lost one byte: everything behind it was paired wrongly up to the next ASCII byte.

A byte-wise split at sentence ends tore off a lead byte. The orphan became `?`, the bytes behind it
were paired one off, and a trail byte below 0x80 put the decoder back in step: `常”的關` came out as
`?!钡年P`. All bytes but the lost ones are still there: the search only has to find one lead byte,
and wrong pairs that had no character and vanished. The document's own bigrams choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest

from casebook.repair.characters import HAN_PATTERN, is_simplified, is_traditional, readings
from casebook.repair.language import Bigrams

ANCHOR = re.compile("[?？\ufffd][!！。；;?？]")
"""An orphan byte followed by a sentence-ending mark: where a shifted run may begin."""

RUN_LIMIT = 400
"""Characters of a run that are searched; real runs end at the next trail byte below 0x80."""

_BEAM = 48
_GAP_STATES, _GAP_FIRSTS, _GAP_PAIRS = 16, 16, 8
"""Widths of the search through vanished pairs: states, first characters, whole pairs."""
_GAP_COST = 2.5
"""What a vanished pair costs, in nats: one wrong pair in eight has no character in GBK."""
_STOP_BONUS = 2.0
"""What speaks for a full stop at the torn place, in nats: the tearing split text into sentences."""
_PAIRS_PER_GAP = 3
"""Shown pairs for every vanished one that is considered, beyond the first."""
_SCRIPT_COST = 4.0
"""What a character of the other script costs in a document that is plainly of one script."""

LEAST_GAIN = 2.0
LEAST_GAIN_SHORT = 3.0  # of a run with a single Chinese character, which tells less
LEAST_LIKELY = -8.0
MOST_LIKELY_DAMAGE = -7.0
"""Guards per character, in nats (notes: 4.4 million clean characters without a false repair)."""

_LEADS = range(0x81, 0xFF)
_TRAILS = range(0x80, 0xFF)
_SWALLOWED = re.compile("[?？\ufffd]([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7})[)）]")
_HALF_TO_MARK = {"!": "！", "?": "？", ";": "；", ",": "，", ":": "：", "(": "（", ")": "）"}


@dataclass(frozen=True, slots=True)
class Run:
    """A place [start, end) that looks shifted; what resynchronized the decoder begins at `final`.

    `trail` is the ASCII byte that did, or None where it was swallowed and `reading` is left.
    """

    start: int
    final: int
    end: int
    trail: int | None
    reading: str = ""


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
    """A partial reading: characters so far, the lead byte carried over, the score in nats."""

    characters: str
    complete: tuple[bool, ...]
    shown: tuple[int, ...]
    carried: int
    gaps: int
    score: float


@cache
def _decode(lead: int, trail: int) -> str:
    if lead < 0x81:
        return ""
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""


@cache
def _encode(character: str) -> tuple[int, int] | None:
    try:
        code = _HALF_TO_MARK.get(character, character).encode("gbk")
    except UnicodeEncodeError:
        return None
    return (code[0], code[1]) if len(code) == 2 else None


@cache
def _vanished(trail: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Every u with the characters (v, trail) such that the pair (u, v) has no character."""
    result = []
    for u in _LEADS:
        seconds = tuple(c for v in _LEADS if not _decode(u, v) and (c := _decode(v, trail)))
        if seconds:
            result.append((u, seconds))
    return tuple(result)


def find_runs(text: str) -> Iterator[Run]:
    """Places that look shifted: an anchor, pairs, and what put the decoder back in step.

    That is a trail byte below 0x81 glued to the pairs (ASCII, or € for 0x80); or, where pinyin was
    injected behind the last character, `?reading)`: the opening parenthesis was swallowed.
    """
    position = 0
    while found := ANCHOR.search(text, position):
        position = found.end()
        end = found.end()
        limit = min(len(text), found.start() + RUN_LIMIT)
        while end < limit and _encode(text[end]) and not _SWALLOWED.match(text, end):
            end += 1
        if not HAN_PATTERN.search(text, found.end(), end):
            continue
        if swallowed := _SWALLOWED.match(text, end):
            yield Run(found.start(), end, swallowed.end(), None, swallowed[1])
            position = swallowed.end()
        elif trail := _lone_trail(text[end : end + 1]):
            yield Run(found.start(), end, end + 1, trail)
            position = end + 1


def _lone_trail(character: str) -> int:
    """The trail byte that a character shows when it ends a run: ASCII, or € for 0x80; else 0."""
    if character == "€":
        return 0x80
    return ord(character) if character and 0x40 <= ord(character) <= 0x7E else 0


def solve(text: str, run: Run, model: Bigrams, script: str, reading: str = "") -> Shift | None:
    """The best reading of the run, or None when no reading is plainly better than the damage.

    `script` is "traditional", "simplified" or "" and says which characters to expect; `reading`
    is the pinyin that was injected behind the last character of the run, if any.
    """
    before = text[run.start - 1] if run.start else "。"
    after = text[run.end : run.end + 2]
    said = reading or run.reading
    best = None
    for found in _search(text[run.start + 1 : run.final], run.trail, before, model, script):
        if said and said not in readings(found.characters[-1]):
            continue
        total = found.score + _follow(found.characters[-1], after, model)
        if best is None or total > best[0]:
            best = (total, found)
    return None if best is None else _guarded(text, run.start, run.end, best[1], model)


def _follow(last: str, after: str, model: Bigrams) -> float:
    return sum(map(model.step, last + after, after))


def _search(
    shown: str, final: int | None, before: str, model: Bigrams, script: str
) -> Sequence[_Reading]:
    """All surviving readings of the shown characters behind the orphan byte.

    `final` is the trail byte that ends the run, None where it was swallowed.
    """
    pairs = [pair for character in shown if (pair := _encode(character))]
    first_trail, carried = pairs[0]
    beam = [
        _Reading(c, (False,), (0,), carried, 0, _first_score(model, script, before, c))
        for lead in _LEADS
        if (c := _decode(lead, first_trail))
    ]
    for index, (lead, trail) in enumerate(pairs[1:], start=1):
        beam = _advance(beam, index, lead, trail, model, script)
    if final is None:
        return [grown for state in beam for grown in _ended(state, len(pairs), model, script)]
    return _advance(beam, len(pairs), final, None, model, script)


def _ended(state: _Reading, index: int, model: Bigrams, script: str) -> Iterator[_Reading]:
    """The readings of a run whose last trail byte was swallowed: every character it may be."""
    for trail in _TRAILS:
        if character := _decode(state.carried, trail):
            score = state.score + _score(model, script, state.characters[-1], character)
            yield _grow(state, character, (False,), index, 0, 0, score)


def _first_score(model: Bigrams, script: str, before: str, character: str) -> float:
    """As _score, for the character that lost its lead byte: most often it was the full stop."""
    return _score(model, script, before, character) + (_STOP_BONUS if character == "。" else 0.0)


def _score(model: Bigrams, script: str, before: str, character: str) -> float:
    foreign = (script == "traditional" and is_simplified(character)) or (
        script == "simplified" and is_traditional(character)
    )
    return model.step(before, character) - (_SCRIPT_COST if foreign else 0.0)


def _advance(
    beam: Sequence[_Reading], index: int, trail: int, carry: int | None, model: Bigrams, script: str
) -> list[_Reading]:
    """Read on by one shown pair: its first byte completes a character, its second is carried."""
    grown = []
    carried = carry or 0
    for rank, state in enumerate(beam):
        previous = state.characters[-1]
        if character := _decode(state.carried, trail):
            score = state.score + _score(model, script, previous, character)
            grown.append(_grow(state, character, (True,), index, carried, 0, score))
        if rank < _GAP_STATES and state.gaps <= index // _PAIRS_PER_GAP:
            grown.extend(_through_gap(state, index, trail, carried, model, script))
    grown.sort(key=lambda reading: reading.score / len(reading.characters), reverse=True)
    return grown[:_BEAM]


def _through_gap(
    state: _Reading, index: int, trail: int, carried: int, model: Bigrams, script: str
) -> list[_Reading]:
    """Readings in which a pair vanished here: two characters, each with one byte known."""
    previous = state.characters[-1]
    firsts = [
        (_score(model, script, previous, first), first, seconds)
        for u, seconds in _vanished(trail)
        if (first := _decode(state.carried, u))
    ]
    pairs = (
        (score + _score(model, script, first, second), first + second)
        for score, first, seconds in nlargest(_GAP_FIRSTS, firsts)
        for second in seconds
    )
    return [
        _grow(state, both, (False, False), index, carried, 1, state.score + score - _GAP_COST)
        for score, both in nlargest(_GAP_PAIRS, pairs)
    ]


def _grow(
    state: _Reading,
    characters: str,
    complete: tuple[bool, ...],
    index: int,
    carried: int,
    gaps: int,
    score: float,
) -> _Reading:
    return _Reading(
        state.characters + characters,
        state.complete + complete,
        state.shown + (index,) * len(characters),
        carried,
        state.gaps + gaps,
        score,
    )


def _guarded(text: str, start: int, end: int, best: _Reading, model: Bigrams) -> Shift | None:
    """The reading as a Shift if it passes every guard."""
    left, right = text[max(0, start - 1) : start], text[end : end + 2]
    damaged = model.mean(left + text[start:end] + right)
    repaired = model.mean(left + best.characters + right)
    gain = repaired - damaged
    short = len(HAN_PATTERN.findall(text, start, end)) < 2
    if gain < (LEAST_GAIN_SHORT if short else LEAST_GAIN):
        return None
    if repaired < LEAST_LIKELY or damaged > MOST_LIKELY_DAMAGE:
        return None
    return Shift(start, end, best.characters, best.complete, _places(start, end, best), gain)


def _places(start: int, end: int, best: _Reading) -> tuple[tuple[int, int], ...]:
    """Share the damaged range out among the characters: by the shown character of the lead byte."""
    starts = [start + shown for shown in best.shown]
    for i in range(1, len(starts)):
        starts[i] = max(starts[i], starts[i - 1] + 1)
    starts = [min(position, end) for position in starts]
    return tuple(zip(starts, [*starts[1:], end], strict=True))

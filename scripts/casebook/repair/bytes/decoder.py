"""The decoder: what damaged text says, when bytes were read in a wrong way and some were lost.

A *channel* knows how the damage was made. For every shown character it lists the readings that its
bytes allow after the bytes that are still pending, and for every border what may have vanished
there. The decoder follows the likeliest readings from left to right (a beam search): a *path* is
a reading so far, scored by the text model and the costs of the channel.

Two paths that agree on the last characters, and so on all that may follow, are *recombined*: only
the better goes on. That is where the margin of a character is decided: a rival that loses notes
exp(-difference), its odds, in the characters in which it differed (as a soft-output Viterbi
decoder does). At the end `margin` is the log-odds of a character against all of its rivals
together. With 訪 E8 AE BF of which the last byte was lost:

    pending E8 AE  ->  64 readings: 讀 訪 許 論 …, each followed by 談 (whole): 訪談 is a word
    after 談, 64 paths are left; they agree three characters later and the best one wins
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import islice
from operator import attrgetter
from typing import NamedTuple, Protocol

from casebook.repair.bytes.text_model import (
    PAIRS,
    TextModel,
    TextState,
    line_before,
    open_marks,
)
from casebook.text.characters import fold_text
from casebook.text.placed_lines import around
from casebook.text.segmentation import makes_any_word

WIDTH, WIDTH_AFTER_GAP = 10, 32
"""Paths that are followed at once, and right after a character was inferred: only the character
after it tells 课 (课堂) from 说, which is a hundred times as frequent."""

DROP, DROP_ALIKE, DROP_AFTER_GAP = 20.0, 7.0, 9.0
"""Nats by which a path may be worse than the best one, and than the best with as many bytes
pending: those have not paid for a character yet. Right after a gap a rare character may still
make a word."""

FEW, FREQUENT = 20, 12
"""Readings of a place that are all tried; of more, the most frequent ones that need make no word
with their neighbors."""

FEW_READINGS = 8
"""Readings of a place that are tried for a path that is not one of the best."""

NEAR = 3
"""Characters before and after a passage that make words with it."""

NEGLIGIBLE = 12.0
"""Nats by which a rival is so much worse that it changes no margin."""


class Reading(NamedTuple):
    """What a channel reads: `text`, the bytes `pending` after it, and the cost in nats.

    `whole` says that no byte of the text was lost, `sure` that no pending one was; `again` that it
    was read from bytes, and does not stand for itself; None where the two are the same.
    """

    text: str
    pending: bytes
    cost: float = 0.0
    whole: bool = True
    sure: bool = True
    again: bool | None = True


class Channel(Protocol):
    """A way in which text was damaged. Where it offers many readings, frequent ones come first."""

    switch_cost: float
    """Nats of passing from text that stands for itself to text read again, or back."""

    gap_paths: int
    """Best paths for which it is tried what vanished."""

    gaps_followed: int
    """Readings of a gap that are followed, the likeliest ones."""

    def readings(self, place: int, pending: bytes) -> Sequence[Reading]:
        """What the shown character at a place may say, after these pending bytes."""

    def gaps(self, place: int, pending: bytes, before: str) -> Sequence[Reading]:
        """What may have vanished before a place, after the characters `before`.

        Nothing where the readings leave no doubt; of several characters in a row, likely ones.
        """

    def following(self, place: int) -> str:
        """The character that bytes shown from a place on make, if none is lost, or ''."""


@dataclass(slots=True, eq=False)
class Character:
    """A character read from shown characters [start, end); `rivals` has the odds of others."""

    start: int
    end: int
    text: str
    whole: bool
    again: bool
    before: Character | None = field(default=None, repr=False)
    rivals: dict[str, float] = field(default_factory=dict)

    @property
    def margin(self) -> float:
        """Log-odds, in nats, of this character against all others that were followed."""
        return -math.log(sum(self.rivals.values())) if self.rivals else math.inf


class _Path:
    """A reading up to a place; its pending bytes began at `since`, and none was lost if `sure`."""

    __slots__ = ("again", "cost", "last", "pending", "score", "since", "state", "sure")

    def __init__(
        self, state: TextState, cost: float, pending: bytes, since: int,
        last: Character | None, again: bool, sure: bool,
    ) -> None:  # fmt: skip
        self.state, self.cost, self.pending, self.since = state, cost, pending, since
        self.last, self.again, self.sure = last, again, sure
        self.score = state.words[1][-1] + state.extra + cost


_SCORE = attrgetter("score")


def decode_within(
    channel: Channel, text: str, start: int, end: int, model: TextModel
) -> list[Character]:
    """The likeliest reading of [start, end) of a text, by what stands before and after it."""
    before, after = around(text, start, end, NEAR)
    state = model.start(before, open_marks(line_before(text, start)))
    return decode(channel, start, end, model, state, after)


def decode(
    channel: Channel, start: int, end: int, model: TextModel, state: TextState, following: str
) -> list[Character]:
    """The likeliest reading of the shown characters [start, end); [] where there is none.

    `state` is that of the text before, `following` the text after. Nothing is read any more when
    the effort of the model's document is spent.
    """
    paths = [_Path(state, 0.0, b"", start, None, False, True)]
    for place in range(start, end):
        grown = [
            new
            for rank, path in enumerate(paths)
            for new in _grown(path, place, channel, model, rank < channel.gap_paths)
        ]
        if not model.effort.spend(len(grown)):
            return []
        paths = _pruned(grown)
    after = following[:1]
    closed = [new for path in paths[:WIDTH] for new in _closed(path, end, after, channel, model)]
    best = max(closed, key=_SCORE).score if closed else 0.0
    closed = [path for path in closed if path.score >= best - DROP]
    for path in closed:
        path.score = model.end(path.state, following) + path.cost
    closed.sort(key=_SCORE, reverse=True)
    for rival in closed[1:]:
        _contest(closed[0], rival)
    return _characters(closed[0].last) if closed else []


def _grown(
    path: _Path, place: int, channel: Channel, model: TextModel, through_gaps: bool
) -> Iterable[_Path]:
    """The path with the shown character at a place, and with what vanished before it."""
    readings = channel.readings(place, path.pending)
    if len(readings) > FEW:
        readings = _plausible(readings, path.state.recent, channel.following(place + 1))
    if not through_gaps:
        readings = readings[:FEW_READINGS]
    states: dict[str, TextState] = {}
    found = [_with(path, one, place, place + 1, channel, model, states) for one in readings]
    if through_gaps:
        found += _through_gaps(path, place, channel, model, states)
    return found


def _plausible(
    readings: Sequence[Reading], before: str, after: str, due: str = ""
) -> Sequence[Reading]:
    """Of many readings the most frequent ones, and those that make a word with their neighbors.

    `due` is a mark that closes what is open, if one may stand here.
    """
    before, after = fold_text(before), fold_text(after)
    frequent = {due, *islice(dict.fromkeys(one.text for one in readings), FREQUENT)}
    return [
        one
        for one in readings
        if len(one.text) > 1
        or one.text in frequent
        or makes_any_word(before, fold_text(one.text), after)
    ]


def _through_gaps(
    path: _Path, place: int, channel: Channel, model: TextModel, states: dict[str, TextState]
) -> Iterator[_Path]:
    """The path with what vanished before a place and the shown character there."""
    gaps = channel.gaps(place, path.pending, path.state.recent)
    if len(gaps) > FEW:
        gaps = _plausible(gaps, path.state.recent, channel.following(place))
    opened = [_with(path, gap, place, place, channel, model, states) for gap in gaps]
    for gap in nlargest(channel.gaps_followed, opened, key=_SCORE):
        known = dict[str, TextState]()
        for one in channel.readings(place, gap.pending):
            yield _with(gap, one, place, place + 1, channel, model, known)


def _closed(
    path: _Path, end: int, after: str, channel: Channel, model: TextModel
) -> Iterable[_Path]:
    """The path at the end, where bytes of its last character may be missing."""
    if not path.pending:
        return [path]
    gaps: Sequence[Reading] = [
        gap for gap in channel.gaps(end, path.pending, path.state.recent) if not gap.pending
    ]
    if len(gaps) > FEW:
        closing = PAIRS.get(path.state.marks[-1:], "")
        gaps = _plausible(gaps, path.state.recent, after, closing)
    return [_with(path, gap, end, end, channel, model, {}) for gap in gaps]


def _with(
    path: _Path, reading: Reading, place: int, end: int, channel: Channel, model: TextModel,
    states: dict[str, TextState],
) -> _Path:  # fmt: skip
    """The path with a reading of [place, end); `states` has the states after it that are known."""
    text, pending, cost, whole, sure, again = reading
    again = path.again if again is None else again
    cost += path.cost + (channel.switch_cost if again != path.again else 0.0)
    since = path.since if path.pending else place
    if not text:
        return _Path(path.state, cost, pending, since, path.last, again, sure and path.sure)
    last = Character(since, max(end, since + 1), text, whole and path.sure, again, path.last)
    state = states.get(text)
    if state is None:
        state = states[text] = model.read(path.state, text)
    return _Path(state, cost, pending, place, last, again, sure)


def _pruned(paths: list[_Path]) -> list[_Path]:
    """The best paths, one for each state on which anything that follows depends."""
    if len(paths) < 2:
        return paths
    paths.sort(key=_SCORE, reverse=True)
    least = paths[0].score - DROP
    kept: dict[tuple[bytes, bool, str, str], _Path] = {}
    open_ended = any(path.last and not path.last.whole for path in paths)
    width, drop = (WIDTH_AFTER_GAP, DROP_AFTER_GAP) if open_ended else (WIDTH, DROP_ALIKE)
    best: dict[tuple[int, bool], float] = {}
    for path in paths:
        state = path.state
        key = (path.pending, path.again, state.words[0], state.marks)
        alike = best.setdefault((len(path.pending), path.again), path.score)
        if key in kept:
            _contest(kept[key], path)
        elif len(kept) < width and path.score >= least and path.score >= alike - drop:
            kept[key] = path
        else:
            _contest(paths[0], path)
    return list(kept.values())


def _contest(winner: _Path, loser: _Path) -> None:
    """Note in the winner's characters that another reading of their place was nearly as good."""
    difference = winner.score - loser.score
    if difference > NEGLIGIBLE:
        return
    theirs: dict[int, str] = {}
    mine: list[Character] = []
    ours, other = winner.last, loser.last
    while ours is not other:
        if other is None or (ours is not None and ours.start >= other.start):
            assert ours is not None
            mine.append(ours)
            ours = ours.before
        else:
            theirs[other.start] = other.text
            other = other.before
    odds = math.exp(-difference)
    for character in mine:
        rival = theirs.get(character.start, "")
        if rival != character.text and odds > character.rivals.get(rival, 0.0):
            character.rivals[rival] = odds


def _characters(last: Character | None) -> list[Character]:
    found: list[Character] = []
    while last is not None:
        found.append(last)
        last = last.before
    return found[::-1]

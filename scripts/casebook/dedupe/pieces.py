"""A text as paragraphs and sentences in comparable form, and how two texts' parts find each other.

Paragraphs align better than sentences (edits move sentence ends), but a re-post often glues
paragraphs or breaks them elsewhere. So a paragraph is cut, at sentence ends only, exactly where
its sentences answer to different paragraphs of the other text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
import numpy.typing as npt

from casebook.dedupe.comparison_folding import fold_lines
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS, CLOSING_MARKS

GRAM = 4
"""Characters of the grams by which parts of two texts find each other."""

_COMMON = 32
"""A gram that stands in more places says nothing and is passed over; this also bounds the work."""

_MOST_VOTES = 4_000_000
"""Votes that are counted, half a gigabyte; reached by texts of a million characters and more."""

_MIXER = np.uint64(0x9E3779B97F4A7C15)

_LEAVES = 0.34
"""Share of a sentence's characters that another paragraph must hold to take it from its own."""

_LONGEST_SENTENCE, _RUN = 400, 80
"""Characters; no sentence is longer, and what is may be cut after so many."""

_NOWHERE = -1
_LABEL = re.compile(r"([^，。；：:]{2,12})[：:]")
_SENTENCE = re.compile(
    rf"[^{ANY_SENTENCE_ENDS}]+[{ANY_SENTENCE_ENDS}{CLOSING_MARKS}]*|[{ANY_SENTENCE_ENDS}]+"
)

Votes = Mapping[int, Mapping[int, int]]
"""For a part of one text, the parts of the other that hold grams of it, and how many."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of sentences of one paragraph, mostly all: each as written, and folded."""

    sentences: tuple[tuple[str, str], ...]
    folded: str

    @classmethod
    def of(cls, sentences: Iterable[tuple[str, str]]) -> Piece:
        """Join sentences, given as (text, folded text)."""
        held = tuple(sentences)
        return cls(held, "".join(folded for _, folded in held))

    @property
    def text(self) -> str:
        """The piece as written."""
        return "".join(text for text, _ in self.sentences).strip()

    @property
    def label(self) -> str:
        """What the piece opens with, up to a colon (一等奖：…); empty when it does not so."""
        found = _LABEL.match(self.text)
        return found[1] if found else ""


@dataclass(frozen=True)
class PreparedText:
    """A text made ready for comparing once; paragraphs without letters or digits are left out."""

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, text: str) -> PreparedText:
        """Prepare a plain text whose paragraphs are divided by line feeds."""
        paragraphs = [list(_sentences(line)) for line in text.split("\n")]
        folded = iter(fold_lines("\n".join(s for sentences in paragraphs for s in sentences)))
        pieces = (Piece.of([(s, next(folded)) for s in sentences]) for sentences in paragraphs)
        return cls(tuple(piece for piece in pieces if piece.folded))

    @cached_property
    def folded(self) -> str:
        """The whole text folded."""
        return "".join(piece.folded for piece in self.pieces)


def _sentences(line: str) -> Iterator[str]:
    """The sentences of a paragraph; one that lost its full stops is taken in short runs."""
    for sentence in _SENTENCE.findall(line):
        if len(sentence) <= _LONGEST_SENTENCE:
            yield sentence
        else:
            yield from (sentence[i : i + _RUN] for i in range(0, len(sentence), _RUN))


def votes(parts: Sequence[str], other: Sequence[str]) -> Votes:
    """Which folded parts of another text hold grams of each of these, and how many."""
    codes, owners = _grams(parts)
    other_codes, other_owners = _grams(other)
    order = np.argsort(other_codes, kind="stable")
    other_codes, other_owners = other_codes[order], other_owners[order]
    known, begin, times = np.unique(other_codes, return_index=True, return_counts=True)
    if not len(known):
        return {}
    place = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    first, count = begin[place], np.where(known[place] == codes, times[place], 0)
    count[count > _COMMON] = 0
    count = _bounded(count, codes)
    starts = np.repeat(first - (np.cumsum(count) - count), count)
    holders = other_owners[starts + np.arange(len(starts))]
    pairs, numbers = np.unique(
        np.repeat(owners, count) * max(1, len(other)) + holders, return_counts=True
    )
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for pair, number in zip(pairs.tolist(), numbers.tolist(), strict=True):
        found[pair // len(other)][pair % len(other)] = number
    return found


def _bounded(count: npt.NDArray[np.intp], codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.intp]:
    """How many places each gram votes for; where these are too many, a sample of the grams."""
    share = int(count.sum()) // _MOST_VOTES + 1
    sampled = (codes * _MIXER >> np.uint64(32)) % np.uint64(share) == 0
    return np.where(sampled, count, 0)


def _grams(parts: Sequence[str]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The grams of all parts as numbers, and the part each stands in; none crosses two parts."""
    codes = np.frombuffer("\n".join(parts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    ends = codes == ord("\n")
    owners = np.cumsum(ends)
    count = max(0, len(codes) - GRAM + 1)
    grams = np.zeros(count, dtype=np.uint64)
    for offset in range(GRAM):
        grams = (grams << np.uint64(16)) | (codes[offset : offset + count] & np.uint64(0xFFFF))
    whole = (owners[:count] == owners[GRAM - 1 :][:count]) & ~ends[:count]
    return grams[whole], owners[:count][whole]


def cut(pieces: Sequence[Piece], other: Sequence[Piece]) -> list[list[Piece]]:
    """Each piece, cut where its sentences answer to different pieces of the other text."""
    sentences = [folded for piece in pieces for _, folded in piece.sentences]
    found = votes(sentences, [piece.folded for piece in other])
    result, place = [], 0
    for piece in pieces:
        held = [found.get(place + i, {}) for i in range(len(piece.sentences))]
        result.append(_cut_one(piece, held))
        place += len(piece.sentences)
    return result


def _cut_one(piece: Piece, found: Sequence[Mapping[int, int]]) -> list[Piece]:
    if len(found) < 2 or not any(found):
        return [piece]
    lengths = [len(folded) for _, folded in piece.sentences]
    main = _main(found)
    targets = [_target(held, n, main) for held, n in zip(found, lengths, strict=True)]
    targets = _short_gaps_filled(targets, lengths)
    if len(set(targets)) == 1:
        return [piece]
    runs = groupby(zip(targets, piece.sentences, strict=True), key=lambda pair: pair[0])
    parts = (Piece.of(sentence for _, sentence in run) for _, run in runs)
    return [part for part in parts if part.folded]


def _main(found: Sequence[Mapping[int, int]]) -> int:
    """The piece of the other text that holds most of all the sentences together."""
    total: defaultdict[int, int] = defaultdict(int)
    for held in found:
        for number, count in held.items():
            total[number] += count
    return max(total, key=lambda number: total[number])


def _target(held: Mapping[int, int], length: int, main: int) -> int:
    """The piece a sentence answers to: `main`, unless another one holds clearly more of it."""
    if not held:
        return _NOWHERE
    best = max(held, key=lambda number: held[number])
    leaves = held[best] >= _LEAVES * length and held[best] >= 2 * held.get(main, 0)
    return best if leaves else main if main in held else _NOWHERE


def _short_gaps_filled(targets: Sequence[int], lengths: Sequence[int]) -> list[int]:
    """Targets where new sentences stay with their neighbor.

    If they are less than half of the paragraph, and no more than the neighbor.
    """
    filled = list(targets)
    runs = [list(run) for _, run in groupby(range(len(targets)), key=targets.__getitem__)]
    sizes = [sum(lengths[place] for place in run) for run in runs]
    for n, run in enumerate(runs):
        if targets[run[0]] != _NOWHERE or 2 * sizes[n] >= sum(sizes):
            continue
        neighbor = n - 1 if n else 1
        if sizes[n] <= sizes[neighbor]:
            filled[run[0] : run[-1] + 1] = [targets[runs[neighbor][0]]] * len(run)
    return filled


def best_holders(
    parts: Sequence[Piece], other: Sequence[Piece], most: int
) -> Iterator[tuple[int, int]]:
    """Pairs of places worth comparing: for each part the `most` that hold most of its grams."""
    found = votes([part.folded for part in parts], [part.folded for part in other])
    for place, held in found.items():
        for number in sorted(held, key=lambda n: (-held[n], n))[:most]:
            yield place, number

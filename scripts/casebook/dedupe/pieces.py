"""A text as folded paragraphs, and their parts that correspond to paragraphs of another text.

Paragraphs align better than sentences, since edits move sentence ends. But a re-post often joins
paragraphs or breaks them elsewhere. So a paragraph is split where its sentences correspond to
different paragraphs of the other text, and only at sentence ends:

    text a          成立工作专班。每周会商一次。道路通到村口。
    text b          成立工作专班。每周会商一次。 | 道路通到村口。
    a, split        成立工作专班。每周会商一次。 | 道路通到村口。
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

GRAM_CHARACTERS = 4
"""Characters in a gram, by which corresponding parts of two texts are found."""

_COMMON_GRAM_PLACES = 32
"""Places up to which a gram is counted; a more common one is no evidence. Bounds the work."""

_MOST_VOTES = 4_000_000
"""Votes that are counted, half a gigabyte; only texts of a million characters have more."""

_MIXER = np.uint64(0x9E3779B97F4A7C15)

_LEAVING_SHARE = 0.34
"""Votes for another paragraph, as a share of its characters, that split a sentence off."""

_LONGEST_SENTENCE_CHARACTERS, _RUN_CHARACTERS = 400, 80
"""Characters; what is longer lost its full stops and may be split after each run."""

_NOWHERE = -1
_FIELD_LABEL = re.compile(r"([^，。；：:]{2,12})[：:]")
_SENTENCE = re.compile(
    rf"[^{ANY_SENTENCE_ENDS}]+[{ANY_SENTENCE_ENDS}{CLOSING_MARKS}]*|[{ANY_SENTENCE_ENDS}]+"
)

Votes = Mapping[int, Mapping[int, int]]
"""For a part of one text: the parts of the other that have grams of it, and how many."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a part of one: its sentences, each as written and folded."""

    sentences: tuple[tuple[str, str], ...]
    folded: str

    @classmethod
    def of(cls, sentences: Iterable[tuple[str, str]]) -> Piece:
        """The piece of these sentences, given as (text, folded text)."""
        held = tuple(sentences)
        return cls(held, "".join(folded for _, folded in held))

    @property
    def text(self) -> str:
        """The piece as written."""
        return "".join(text for text, _ in self.sentences).strip()

    @property
    def label(self) -> str:
        """The words before a colon with which the piece opens (一等奖：…), or ''."""
        found = _FIELD_LABEL.match(self.text)
        return found[1] if found else ""


@dataclass(frozen=True)
class PreparedText:
    """A text as pieces; paragraphs without letters or digits are left out."""

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, text: str) -> PreparedText:
        """Prepare a plain text whose paragraphs are divided by line feeds."""
        paragraphs = [list(_split_sentences(line)) for line in text.split("\n")]
        folded = iter(fold_lines("\n".join(s for sentences in paragraphs for s in sentences)))
        pieces = (Piece.of([(s, next(folded)) for s in sentences]) for sentences in paragraphs)
        return cls(tuple(piece for piece in pieces if piece.folded))

    @cached_property
    def folded(self) -> str:
        """The whole text folded."""
        return "".join(piece.folded for piece in self.pieces)


def _split_sentences(line: str) -> Iterator[str]:
    """The sentences of a paragraph; a too long one is split into runs."""
    for sentence in _SENTENCE.findall(line):
        if len(sentence) <= _LONGEST_SENTENCE_CHARACTERS:
            yield sentence
        else:
            yield from (
                sentence[i : i + _RUN_CHARACTERS] for i in range(0, len(sentence), _RUN_CHARACTERS)
            )


def count_votes(parts: Sequence[str], other: Sequence[str]) -> Votes:
    """For each folded part, the parts of another text that have grams of it, and how many."""
    codes, owners = _list_grams(parts)
    other_codes, other_owners = _list_grams(other)
    order = np.argsort(other_codes, kind="stable")
    other_codes, other_owners = other_codes[order], other_owners[order]
    known, begin, times = np.unique(other_codes, return_index=True, return_counts=True)
    if not len(known):
        return {}
    place = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    first, count = begin[place], np.where(known[place] == codes, times[place], 0)
    count[count > _COMMON_GRAM_PLACES] = 0
    count = _limit_votes(count, codes)
    starts = np.repeat(first - (np.cumsum(count) - count), count)
    holders = other_owners[starts + np.arange(len(starts))]
    pairs, numbers = np.unique(
        np.repeat(owners, count) * max(1, len(other)) + holders, return_counts=True
    )
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for pair, number in zip(pairs.tolist(), numbers.tolist(), strict=True):
        found[pair // len(other)][pair % len(other)] = number
    return found


def _limit_votes(
    count: npt.NDArray[np.intp], codes: npt.NDArray[np.uint64]
) -> npt.NDArray[np.intp]:
    """The votes of each gram; if there are too many in all, only a sample of the grams votes."""
    share = int(count.sum()) // _MOST_VOTES + 1
    sampled = (codes * _MIXER >> np.uint64(32)) % np.uint64(share) == 0
    return np.where(sampled, count, 0)


def _list_grams(parts: Sequence[str]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The grams of all parts as numbers, and the part of each; no gram spans two parts."""
    codes = np.frombuffer("\n".join(parts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    ends = codes == ord("\n")
    owners = np.cumsum(ends)
    count = max(0, len(codes) - GRAM_CHARACTERS + 1)
    grams = np.zeros(count, dtype=np.uint64)
    for offset in range(GRAM_CHARACTERS):
        grams = (grams << np.uint64(16)) | (codes[offset : offset + count] & np.uint64(0xFFFF))
    whole = (owners[:count] == owners[GRAM_CHARACTERS - 1 :][:count]) & ~ends[:count]
    return grams[whole], owners[:count][whole]


def split_pieces(pieces: Sequence[Piece], other: Sequence[Piece]) -> list[list[Piece]]:
    """Each piece, split where its sentences correspond to different pieces of the other text."""
    sentences = [folded for piece in pieces for _, folded in piece.sentences]
    found = count_votes(sentences, [piece.folded for piece in other])
    result, place = [], 0
    for piece in pieces:
        held = [found.get(place + i, {}) for i in range(len(piece.sentences))]
        result.append(_split_piece(piece, held))
        place += len(piece.sentences)
    return result


def _split_piece(piece: Piece, found: Sequence[Mapping[int, int]]) -> list[Piece]:
    if len(found) < 2 or not any(found):
        return [piece]
    lengths = [len(folded) for _, folded in piece.sentences]
    main = _find_main(found)
    targets = [_find_target(held, n, main) for held, n in zip(found, lengths, strict=True)]
    targets = _fill_short_gaps(targets, lengths)
    if len(set(targets)) == 1:
        return [piece]
    runs = groupby(zip(targets, piece.sentences, strict=True), key=lambda pair: pair[0])
    parts = (Piece.of(sentence for _, sentence in run) for _, run in runs)
    return [part for part in parts if part.folded]


def _find_main(found: Sequence[Mapping[int, int]]) -> int:
    """The piece of the other text with most votes of all the sentences."""
    total: defaultdict[int, int] = defaultdict(int)
    for held in found:
        for number, count in held.items():
            total[number] += count
    return max(total, key=lambda number: total[number])


def _find_target(held: Mapping[int, int], length: int, main: int) -> int:
    """The piece that a sentence corresponds to: `main`, unless another has clearly more votes."""
    if not held:
        return _NOWHERE
    best = max(held, key=lambda number: held[number])
    leaves = held[best] >= _LEAVING_SHARE * length and held[best] >= 2 * held.get(main, 0)
    return best if leaves else main if main in held else _NOWHERE


def _fill_short_gaps(targets: Sequence[int], lengths: Sequence[int]) -> list[int]:
    """Targets in which new sentences (_NOWHERE) stay with the run of sentences next to them.

    Only where they are less than half of the paragraph, and not longer than that run.
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


def find_best_holders(
    parts: Sequence[Piece], other: Sequence[Piece], most: int
) -> Iterator[tuple[int, int]]:
    """Pairs of indexes to compare: each part with the `most` parts that have most of its grams."""
    found = count_votes([part.folded for part in parts], [part.folded for part in other])
    for place, held in found.items():
        for number in sorted(held, key=lambda n: (-held[n], n))[:most]:
            yield place, number

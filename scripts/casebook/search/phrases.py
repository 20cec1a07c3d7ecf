"""Texts as codes of frequent phrases: short for a piece alone, and quick to read.

A piece of a case is read by itself, so that a general compressor finds little to repeat in it; a
table of the library's phrases, in a Huffman code, says most of it beforehand.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from casebook.search.folding import Units, units
from casebook.search.huffman import code_lengths, codes_of
from casebook.search.packing import Codes, Ints, Words, golomb, pack

SINGLES, LONGER = 2500, 2000
"""Phrases of one code unit at most; longer ones at most."""

LONGEST = 8
"""Code units of a phrase at most."""

SAMPLE = 400_000
"""Code units of the library that phrases are chosen by."""

SELDOM = 12
"""Times in the sample that a phrase must stand to be worth a place."""

OTHER = "\uffff"
"""The phrase behind which a code unit of no phrase stands, in 16 bits."""

COUNT_ORDER = 7
CHUNK = 1 << 21
"""Code units cut at once, which bounds the memory."""

Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class Phrases:
    """Phrases in the order of their codes, and the lengths of these, which ascend."""

    phrases: tuple[str, ...]
    lengths: tuple[int, ...]

    @cached_property
    def _tree(self) -> _Tree:
        return _Tree.of(self.phrases)

    @cached_property
    def _codes(self) -> Codes:
        return codes_of(np.array(self.lengths))

    def encoded(self, texts: Sequence[str]) -> Iterator[Words]:
        """Each text as words: the number of its phrases (of COUNT_ORDER), then their codes."""
        for some in _chunks(texts):
            codes = units("".join(some))
            ends = np.cumsum([len(units(text)) for text in some])
            places, numbers = self._tree.cut(codes, ends)
            other = self.phrases.index(OTHER)
            numbers = np.where(numbers < 0, other, numbers)
            raw = np.where(numbers == other, codes[places], 0).astype(np.int64)
            widths = np.where(numbers == other, 16, 0)
            phrase = tuple(part[numbers] for part in self._codes)
            yield from _packed((phrase[0], phrase[1]), (raw, widths), np.searchsorted(places, ends))

    def table(self) -> list[list[str]]:
        """For each length of code from 1 on: the phrases of one code unit, of two, …, joined."""
        rows: list[list[str]] = []
        for length in range(1, max(self.lengths, default=0) + 1):
            pairs = zip(self.phrases, self.lengths, strict=True)
            same = [phrase for phrase, own in pairs if own == length]
            sizes = {size: "".join(p) for size, p in groupby(same, key=_size)}
            rows.append([sizes.get(size, "") for size in range(1, max(sizes, default=0) + 1)])
        return rows


def choose_phrases(texts: Sequence[str]) -> Phrases:
    """The phrases of texts by a sample of them; what a first cut uses little goes."""
    codes = _sample(texts)
    singles = np.bincount(codes, minlength=0x10000)
    singles[0xD800:0xE000] = singles[ord(OTHER)] = 0
    order = np.argsort(-singles, kind="stable")[:SINGLES]
    characters = [chr(code) for code in order if singles[code]]
    candidates = _frequent(codes, 3 * LONGER)
    used = _used(codes, (*characters, *candidates))
    saved = sorted(((len(p) - 1) * -used.get(p, 0), p) for p in candidates)[:LONGER]
    chosen = (OTHER, *characters, *(phrase for value, phrase in saved if -value >= SELDOM))
    used = _used(codes, chosen)
    lengths = dict(zip(chosen, code_lengths([used[p] for p in chosen]), strict=True))
    ordered = sorted(chosen, key=lambda phrase: (lengths[phrase], _size(phrase), phrase))
    return Phrases(tuple(ordered), tuple(lengths[phrase] for phrase in ordered))


def _size(phrase: str) -> int:
    return len(units(phrase))


def _sample(texts: Sequence[str]) -> Units:
    """Texts chosen by their hashes, so that a change elsewhere chooses no other ones."""
    hashes = {text: zlib.crc32(text.encode("utf-8", "surrogatepass")) for text in texts}
    taken, size = [], 0
    for text in sorted(hashes, key=lambda text: (hashes[text], text)):
        if size >= SAMPLE:
            break
        taken.append(text)
        size += len(text)
    codes: Units = units("".join(taken))[: 2 * SAMPLE]
    return codes


def _used(codes: Units, phrases: Sequence[str]) -> dict[str, int]:
    """How often a cut of the sample uses each phrase."""
    _, numbers = _Tree.of(phrases).cut(codes, np.array([len(codes)]))
    counts = np.bincount(numbers[numbers >= 0], minlength=len(phrases)).tolist()
    return dict(zip(phrases, counts, strict=True))


def _frequent(codes: Units, most: int) -> list[str]:
    """Runs of code units that stand often, those first that would save the most."""
    ends_pair = (codes >= 0xD800) & (codes < 0xE000)
    names = np.where(ends_pair, -1, codes.astype(np.int64))
    found: list[tuple[int, str]] = []
    for length in range(2, LONGEST + 1):
        here = np.flatnonzero(names[: len(codes) - length + 1] >= 0)
        here = here[~ends_pair[here + length - 1]]
        keys = (names[here] << 16) | codes[here + length - 1]
        _, first, inverse, counts = np.unique(
            keys, return_index=True, return_inverse=True, return_counts=True
        )
        often = counts >= SELDOM
        names = np.full(len(codes), -1, np.int64)
        names[here] = np.where(often[inverse], inverse, -1)
        for place, count in zip(here[first[often]].tolist(), counts[often].tolist(), strict=True):
            found.append((count * (length - 1), _text(codes[place : place + length])))
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    return [phrase for _, phrase in found[:most]]


def _text(codes: Units) -> str:
    return codes.tobytes().decode("utf-16-le", "surrogatepass")


@dataclass(frozen=True)
class _Tree:
    """A prefix tree: `next[node, rank of a code unit]` is the node behind, 0 is none."""

    ranks: Ints
    next: NDArray[np.int16]
    number: Numbers
    """By node: the phrase that ends there; -1 none."""

    @classmethod
    def of(cls, phrases: Sequence[str]) -> _Tree:
        """Nodes are numbered from 1 in the order of their creation; 0 is the root and none."""
        ranks = np.zeros(0x10000, np.int64)
        codes = np.unique(units("".join(phrases)))
        ranks[codes] = np.arange(1, len(codes) + 1)
        return cls(ranks, *_nodes(phrases, ranks.tolist()))

    def cut(self, codes: Units, ends: Ints) -> tuple[Ints, Numbers]:
        """Greedily the longest phrases: their places and numbers; -1 is none of them."""
        ranks = self.ranks[codes]
        number = np.full(len(codes), -1, np.int32)
        length = np.ones(len(codes), np.int64)
        left = np.repeat(ends, np.diff(ends, prepend=0)) - np.arange(len(codes))
        here, node = np.arange(len(codes)), np.zeros(len(codes), np.int64)
        for size in range(1, LONGEST + 1):
            node = self.next[node, ranks[here + size - 1]].astype(np.int64)
            alive = node > 0
            here, node = here[alive], node[alive]
            ends_here = self.number[node] >= 0
            number[here[ends_here]] = self.number[node[ends_here]]
            length[here[ends_here]] = size
            alive = left[here] > size
            here, node = here[alive], node[alive]
        places = _steps(length.tolist())
        return places, number[places]


def _nodes(phrases: Sequence[str], ranks: list[int]) -> tuple[NDArray[np.int16], Numbers]:
    children: list[dict[int, int]] = [{}]
    numbers = [-1]
    for count, phrase in enumerate(phrases):
        node = 0
        for code in units(phrase).tolist():
            if ranks[code] not in children[node]:
                children[node][ranks[code]] = len(children)
                children.append({})
                numbers.append(-1)
            node = children[node][ranks[code]]
        numbers[node] = count
    following = np.zeros((len(children), max(ranks) + 1), np.int16)
    for node, table in enumerate(children):
        following[node, list(table)] = list(table.values())
    return following, np.array(numbers, np.int32)


def _steps(lengths: list[int]) -> Ints:
    """The places reached from 0 by steps of the lengths that stand there."""
    places: list[int] = []
    place, end = 0, len(lengths)
    add = places.append
    while place < end:
        add(place)
        place += lengths[place]
    return np.array(places, np.int64)


def _chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    some: list[str] = []
    size = 0
    for text in texts:
        some.append(text)
        size += len(text)
        if size > CHUNK:
            yield some
            some, size = [], 0
    if some:
        yield some


def _packed(phrases: Codes, raw: Codes, bounds: Ints) -> Iterator[Words]:
    """The codes of each text (its last phrase's number plus one in `bounds`) behind their count."""
    starts = np.concatenate([[0], bounds[:-1]])
    counts = golomb(np.diff(bounds, prepend=0), COUNT_ORDER)
    columns = []
    for count, phrase, other in zip(counts, phrases, raw, strict=True):
        both = np.stack([phrase, other], axis=1).ravel()
        columns.append(np.insert(both, 2 * starts, count))
    words, sizes = pack((columns[0], columns[1]), 2 * starts + np.arange(len(starts)))
    last = np.cumsum(sizes)
    for first, size in zip((last - sizes).tolist(), sizes.tolist(), strict=True):
        yield words[first : first + size]

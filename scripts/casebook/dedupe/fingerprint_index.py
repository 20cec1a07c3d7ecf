"""Kept fingerprints: which of very many known texts one new text has to be compared with.

Two sorted columns, hash and document, that the system maps into memory: opening them costs nothing
and a question reads a few pages. They are a cache, made from the texts and never the truth. The
rules are those of the SQL join in `candidates`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from casebook.dedupe.candidate_pairs import LEAST_SHARE, LEAST_SHARED, MOST_HOLDERS
from casebook.dedupe.shingles import Hashes, fingerprint

Numbers = npt.NDArray[np.int32]
Print = tuple[Hashes, int]
"""The kept hashes of a text and its sampling, as `shingles.fingerprint` gives them."""

MOST_CANDIDATES = 64
"""Known texts brought for one new text, those first that share most."""

_COLUMNS = ("hashes", "holders", "kept", "rare", "sampling")


@dataclass(frozen=True, slots=True, eq=False)
class FingerprintIndex:
    """`hashes` sorted, with the number of the document that holds each in `holders`.

    For each document: how many hashes it kept, how many of them few others hold, its sampling.
    """

    hashes: Hashes
    holders: Numbers
    kept: Numbers
    rare: Numbers
    sampling: Numbers

    @classmethod
    def of(cls, prints: Sequence[Print]) -> FingerprintIndex:
        """The index of these fingerprints; documents are numbered in their order."""
        numbers = np.arange(len(prints), dtype=np.int32)
        sizes = [len(hashes) for hashes, _ in prints]
        hashes = np.concatenate([np.empty(0, np.int64), *(hashes for hashes, _ in prints)])
        sampling = np.array([sampling for _, sampling in prints], dtype=np.int32)
        return _sorted(hashes, np.repeat(numbers, sizes), sampling)

    @classmethod
    def open(cls, folder: Path) -> FingerprintIndex:
        """A saved index, mapped into memory. Raises OSError or ValueError when it is damaged."""
        index = cls(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in _COLUMNS))
        if len(index.hashes) != len(index.holders) or len(index.kept) != len(index.sampling):
            raise ValueError("columns of different lengths")
        return index

    def save(self, folder: Path) -> None:
        """Write the columns into an existing folder."""
        for name in _COLUMNS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    def changed(self, kept: Numbers, added: Sequence[Print]) -> FingerprintIndex:
        """The index of the documents `kept` (their numbers here, in the new order) and new ones."""
        number = np.full(len(self.sampling), -1, dtype=np.int32)
        number[kept] = np.arange(len(kept), dtype=np.int32)
        holders = number[self.holders]
        stays = holders >= 0
        new = FingerprintIndex.of(added)
        return _sorted(
            np.concatenate([self.hashes[stays], new.hashes]),
            np.concatenate([holders[stays], new.holders + np.int32(len(kept))]),
            np.concatenate([self.sampling[kept], new.sampling]),
        )

    def candidates(self, folded: str) -> list[int]:
        """Numbers of the documents to compare a folded text with, the most alike first."""
        hashes, sampling = fingerprint(folded)
        first = np.searchsorted(self.hashes, hashes, "left")
        count = np.searchsorted(self.hashes, hashes, "right") - first
        rare = count <= MOST_HOLDERS
        shares = np.maximum(
            self._shares(first[rare], count[rare], int(rare.sum()), sampling, self.rare),
            self._shares(first, np.minimum(count, MOST_HOLDERS), len(hashes), sampling, self.kept),
        )
        found = np.flatnonzero(shares >= LEAST_SHARE)
        return [int(n) for n in found[np.argsort(-shares[found], kind="stable")][:MOST_CANDIDATES]]

    def _shares(
        self,
        first: npt.NDArray[np.intp],
        count: npt.NDArray[np.intp],
        own: int,
        sampling: int,
        sizes: Numbers,
    ) -> npt.NDArray[np.float64]:
        """For each document its common hashes as a share of the smaller fingerprint."""
        starts = np.repeat(first - (np.cumsum(count) - count), count)
        holders = self.holders[starts + np.arange(len(starts))]
        common = np.bincount(holders, minlength=len(self.sampling))
        smaller = np.minimum(own * sampling, sizes * self.sampling)
        shares = common * np.maximum(sampling, self.sampling) / np.maximum(smaller, 1)
        return np.where(common >= np.minimum(LEAST_SHARED, own), shares, 0.0)


def _sorted(hashes: Hashes, holders: Numbers, sampling: Numbers) -> FingerprintIndex:
    order = np.argsort(hashes, kind="stable")
    hashes, holders = hashes[order], holders[order]
    _, place, times = np.unique(hashes, return_inverse=True, return_counts=True)
    kept = np.bincount(holders, minlength=len(sampling)).astype(np.int32)
    few = holders[times[place] <= MOST_HOLDERS]
    rare = np.bincount(few, minlength=len(sampling)).astype(np.int32)
    return FingerprintIndex(hashes, holders, kept, rare, sampling)

"""An index of fingerprints: which of many known texts a new text has to be compared with.

The index is two columns, hash and document, sorted by hash. They are mapped into memory, so that
opening costs nothing and a query reads a few pages. It is a cache of what the texts say. Its
answers are those of the SQL join in `candidate_pairs`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from casebook.dedupe.candidate_pairs import FEWEST_SHARED_HASHES, LEAST_SHARED_PORTION, MOST_HOLDERS
from casebook.dedupe.shingles import Hashes, fingerprint

Numbers = npt.NDArray[np.int32]
Fingerprint = tuple[Hashes, int]
"""The sampled hashes of a text and its sampling (`shingles.fingerprint`)."""

MOST_CANDIDATES = 64
"""Known texts found for one new text; those that share most come first."""

_COLUMNS = ("hashes", "holders", "sizes", "rare", "sampling")


@dataclass(frozen=True, slots=True, eq=False)
class FingerprintIndex:
    """Columns: `hashes`, sorted, and the number of the document that holds each in `holders`.

    For each document: `sizes`, its number of sampled hashes; `rare`, how many of these have at most
    MOST_HOLDERS holders; and `sampling`.
    """

    hashes: Hashes
    holders: Numbers
    sizes: Numbers
    rare: Numbers
    sampling: Numbers

    @classmethod
    def of(cls, prints: Sequence[Fingerprint]) -> FingerprintIndex:
        """The index of these fingerprints; documents are numbered in this order."""
        numbers = np.arange(len(prints), dtype=np.int32)
        sizes = [len(hashes) for hashes, _ in prints]
        hashes = np.concatenate([np.empty(0, np.int64), *(hashes for hashes, _ in prints)])
        sampling = np.array([sampling for _, sampling in prints], dtype=np.int32)
        return _sort_columns(hashes, np.repeat(numbers, sizes), sampling)

    @classmethod
    def open(cls, folder: Path) -> FingerprintIndex:
        """Open a saved index, mapped into memory. Raises OSError or ValueError if it is damaged."""
        index = cls(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in _COLUMNS))
        if len(index.hashes) != len(index.holders) or len(index.sizes) != len(index.sampling):
            raise ValueError("columns of different lengths")
        return index

    def save(self, folder: Path) -> None:
        """Write the columns into an existing folder."""
        for name in _COLUMNS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    def update(self, remaining: Numbers, added: Sequence[Fingerprint]) -> FingerprintIndex:
        """The index of the remaining documents and of new ones after them.

        `remaining` are their numbers in this index, in the new order.
        """
        number = np.full(len(self.sampling), -1, dtype=np.int32)
        number[remaining] = np.arange(len(remaining), dtype=np.int32)
        holders = number[self.holders]
        stays = holders >= 0
        new = FingerprintIndex.of(added)
        return _sort_columns(
            np.concatenate([self.hashes[stays], new.hashes]),
            np.concatenate([holders[stays], new.holders + np.int32(len(remaining))]),
            np.concatenate([self.sampling[remaining], new.sampling]),
        )

    def find_candidates(self, folded: str) -> list[int]:
        """Numbers of the documents to compare a folded text with, most shared hashes first."""
        hashes, sampling = fingerprint(folded)
        first = np.searchsorted(self.hashes, hashes, "left")
        count = np.searchsorted(self.hashes, hashes, "right") - first
        rare = count <= MOST_HOLDERS
        shares = np.maximum(
            self._compute_shares(first[rare], count[rare], int(rare.sum()), sampling, self.rare),
            self._compute_shares(
                first, np.minimum(count, MOST_HOLDERS), len(hashes), sampling, self.sizes
            ),
        )
        found = np.flatnonzero(shares >= LEAST_SHARED_PORTION)
        return [int(n) for n in found[np.argsort(-shares[found], kind="stable")][:MOST_CANDIDATES]]

    def _compute_shares(
        self,
        first: npt.NDArray[np.intp],
        count: npt.NDArray[np.intp],
        own: int,
        sampling: int,
        sizes: Numbers,
    ) -> npt.NDArray[np.float64]:
        """For each document, the hashes in common as a share of the smaller fingerprint."""
        starts = np.repeat(first - (np.cumsum(count) - count), count)
        holders = self.holders[starts + np.arange(len(starts))]
        common = np.bincount(holders, minlength=len(self.sampling))
        smaller = np.minimum(own * sampling, sizes * self.sampling)
        shares = common * np.maximum(sampling, self.sampling) / np.maximum(smaller, 1)
        return np.where(common >= np.minimum(FEWEST_SHARED_HASHES, own), shares, 0.0)


def _sort_columns(hashes: Hashes, holders: Numbers, sampling: Numbers) -> FingerprintIndex:
    order = np.argsort(hashes, kind="stable")
    hashes, holders = hashes[order], holders[order]
    _, place, times = np.unique(hashes, return_inverse=True, return_counts=True)
    sizes = np.bincount(holders, minlength=len(sampling)).astype(np.int32)
    few = holders[times[place] <= MOST_HOLDERS]
    rare = np.bincount(few, minlength=len(sampling)).astype(np.int32)
    return FingerprintIndex(hashes, holders, sizes, rare, sampling)

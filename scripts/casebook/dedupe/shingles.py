"""Sampled fingerprints of a text: hashes of its shingles, a fixed share of all possible ones kept.

FracMinHash: a hash is kept when it lies below a threshold, so two texts keep the same shingles
whatever else they hold, and what share of a short text stands in a long one can be read off.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

from casebook.dedupe.comparison_folding import Codes, sketch_codes

LENGTH = 6
"""Characters of a shingle (measured best for edited Chinese: 4 is too common, 8 too brittle)."""

SAMPLING = 16
"""One in so many shingles is kept, about 160 of a text of 2,600 characters."""

ENOUGH = 64
"""A text of fewer kept hashes is sampled more densely, by factors of two, down to all of them."""

HASH_BITS = 62
"""Hashes are non-negative and below 2**62, so that any SQL engine holds them as a BIGINT."""

Hashes = npt.NDArray[np.int64]

_BASE = np.uint64(0x9E3779B97F4A7C15)


def fingerprint(folded: str) -> tuple[Hashes, int]:
    """The kept hashes of a folded text, sorted and unique, and its sampling (1, 2, 4, 8 or 16).

    A text shorter than a shingle has one hash, that of the whole text; an empty one has none.
    """
    codes = sketch_codes(folded)
    hashes = _shingle_hashes(codes) if len(codes) >= LENGTH else _whole(codes)
    sampling = SAMPLING
    while True:
        kept = hashes[hashes < limit(sampling)]
        if sampling == 1 or len(kept) >= ENOUGH:
            kept = np.unique(kept)
            if sampling == 1 or len(kept) >= ENOUGH:
                return kept, sampling
        sampling //= 2


def limit(sampling: int) -> int:
    """The bound below which a hash is kept at this sampling."""
    return (1 << HASH_BITS) // sampling


def _shingle_hashes(codes: Codes) -> Hashes:
    """A 62-bit hash of each run of LENGTH characters."""
    wide = codes.astype(np.uint64)
    count = len(wide) - LENGTH + 1
    total = np.zeros(count, dtype=np.uint64)
    for offset in range(LENGTH):
        total = total * _BASE + wide[offset : offset + count]
    return _mixed(total)


def _mixed(values: npt.NDArray[np.uint64]) -> Hashes:
    """The finalizer of splitmix64: makes all bits depend on all bits."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    values = values ^ (values >> np.uint64(31))
    return (values >> np.uint64(64 - HASH_BITS)).astype(np.int64)


def _whole(codes: Codes) -> Hashes:
    if not len(codes):
        return np.empty(0, dtype=np.int64)
    digest = hashlib.blake2b(codes.tobytes(), digest_size=8).digest()
    return _mixed(np.frombuffer(digest, dtype="<u8"))

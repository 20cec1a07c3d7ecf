"""Fingerprints of texts: a sample of the hashes of all their shingles (FracMinHash).

A hash is in the sample if it is below a fixed bound. So two texts sample the same shingles,
whatever else they contain, and the share of a short text that is in a long one can be estimated.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

from casebook.dedupe.comparison_folding import Codes, sketch_codes

SHINGLE_CHARACTERS = 6
"""Characters in a shingle.

Measured on 10,000 generated texts: 5 finds 99.7 % of the true pairs, 6 finds 99.5 % in two
thirds of the time, 8 finds 98.0 %, and with 20 % of the characters edited only 90 %.
"""

SAMPLING = 16
"""One in this many shingles is sampled, about 160 of a text of 2,600 characters."""

FEWEST_HASHES = 64
"""A text with fewer sampled hashes is sampled more densely, by factors of two, up to all hashes."""

HASH_BITS = 62
"""Hashes are non-negative and below 2**62, so that any SQL engine holds them as a BIGINT."""

Hashes = npt.NDArray[np.int64]

_HASH_BASE = np.uint64(0x9E3779B97F4A7C15)


def fingerprint(folded: str) -> tuple[Hashes, int]:
    """The sampled hashes of a folded text, sorted and unique, and its sampling (1, 2, 4, 8 or 16).

    A text shorter than a shingle has one hash, of the whole text; an empty text has none.
    """
    codes = sketch_codes(folded)
    hashes = _hash_shingles(codes) if len(codes) >= SHINGLE_CHARACTERS else _hash_whole(codes)
    sampling = SAMPLING
    while True:
        sample = hashes[hashes < find_hash_limit(sampling)]
        if sampling == 1 or len(sample) >= FEWEST_HASHES:
            sample = np.unique(sample)
            if sampling == 1 or len(sample) >= FEWEST_HASHES:
                return sample, sampling
        sampling //= 2


def find_hash_limit(sampling: int) -> int:
    """The bound below which a hash is in the sample."""
    return (1 << HASH_BITS) // sampling


def _hash_shingles(codes: Codes) -> Hashes:
    """A 62-bit hash of each shingle."""
    wide = codes.astype(np.uint64)
    count = len(wide) - SHINGLE_CHARACTERS + 1
    total = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE_CHARACTERS):
        total = total * _HASH_BASE + wide[offset : offset + count]
    return _mix_bits(total)


def _mix_bits(values: npt.NDArray[np.uint64]) -> Hashes:
    """The finalizer of splitmix64: every bit of the result depends on every bit of the value."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    values = values ^ (values >> np.uint64(31))
    return (values >> np.uint64(64 - HASH_BITS)).astype(np.int64)


def _hash_whole(codes: Codes) -> Hashes:
    if not len(codes):
        return np.empty(0, dtype=np.int64)
    digest = hashlib.blake2b(codes.tobytes(), digest_size=8).digest()
    return _mix_bits(np.frombuffer(digest, dtype="<u8"))

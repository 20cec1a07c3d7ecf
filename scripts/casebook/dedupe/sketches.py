"""Sketches of texts for a browser: the smallest hashes of their shingles, all in little space.

A browser knows all hashes of the text that somebody brings, and of each case the smallest ones.
Below the largest of these both are complete, so that the share of either text that the other holds
can be estimated, whatever their lengths. `docs/scripts/desk/sketch.js` computes the same hashes;
the golden file tests/data/dedupe/sketches.json holds for both.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from casebook.dedupe.comparison_folding import sketch_codes
from casebook.dedupe.shingles import SHINGLE_CHARACTERS

SKETCH_HASHES = 110
"""Hashes of a sketch. So many of 20 bits takes less than 225 bytes, however long the text."""

SKETCH_BITS = 20
"""Bits of a hash. A text of 2,600 characters has a given hash by chance in 1 of 400 cases."""

SketchHashes = npt.NDArray[np.uint32]

_BASE, _FIRST_FACTOR, _SECOND_FACTOR = (
    np.uint32(number) for number in (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35)
)


def make_sketch(folded: str) -> SketchHashes:
    """The smallest hashes of the shingles of a folded text, ascending and each once.

    A text with fewer shingles has all of their hashes, one without a shingle none.
    """
    codes = sketch_codes(folded).astype(np.uint32)
    count = max(0, len(codes) - SHINGLE_CHARACTERS + 1)
    total = np.zeros(count, dtype=np.uint32)
    for offset in range(SHINGLE_CHARACTERS):
        total = total * _BASE + codes[offset : offset + count]
    return np.unique(_mix_bits(total) >> np.uint32(32 - SKETCH_BITS))[:SKETCH_HASHES]


def _mix_bits(values: SketchHashes) -> SketchHashes:
    """The finalizer of MurmurHash3, which JavaScript computes quickly too."""
    values = (values ^ (values >> np.uint32(16))) * _FIRST_FACTOR
    values = (values ^ (values >> np.uint32(13))) * _SECOND_FACTOR
    return values ^ (values >> np.uint32(16))

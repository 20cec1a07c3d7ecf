"""Paragraphs that many texts have: they say little of whether two texts are one.

A paragraph counts once for all equal texts, so that copies of one text are no boilerplate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from casebook.dedupe.comparison_folding import fold_lines

MANY = 5
"""Different texts from which on a paragraph that they all have is boilerplate."""

SHORTEST = 8
"""Folded characters; what is shorter is a heading and weighs nothing either way."""

_NUMBER = re.compile(r"\d[\d.]*")

Keys = frozenset[int]
"""What paragraphs are known by."""


def paragraph_key(folded: str) -> int:
    """A 62-bit number for a folded paragraph, the same whatever figures it holds."""
    digest = blake2b(_NUMBER.sub("0", folded).encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest(), "big") >> 2


def common_paragraphs(texts: Sequence[str]) -> list[Keys]:
    """For each text, the keys of its paragraphs that at least MANY different texts have."""
    keys = [_keys(text) for text in texts]
    different = {held.tobytes(): held for held in keys}
    if len(different) < MANY:
        return [frozenset()] * len(texts)
    found, counts = np.unique(
        np.concatenate([np.unique(held) for held in different.values()]), return_counts=True
    )
    common = set(found[counts >= MANY].tolist())
    return [frozenset(common.intersection(held.tolist())) for held in keys]


def _keys(text: str) -> npt.NDArray[np.int64]:
    lines = (line for line in fold_lines(text) if len(line) >= SHORTEST)
    return np.fromiter(map(paragraph_key, lines), dtype=np.int64)

"""Boilerplate: paragraphs that many texts have, so that sharing them is weak evidence.

Equal texts count as one, so that the paragraphs of a text with many copies are no boilerplate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from casebook.dedupe.comparison_folding import fold_lines

BOILERPLATE_TEXTS = 5
"""Different texts from which a paragraph that they all have is boilerplate."""

SHORTEST_PARAGRAPH_CHARACTERS = 8
"""Folded characters; a shorter paragraph is a heading and counts neither way."""

_FIGURE = re.compile(r"\d[\d.]*")

ParagraphKeys = frozenset[int]
"""Hashes of paragraphs (`hash_paragraph`)."""


def hash_paragraph(folded: str) -> int:
    """A 62-bit hash of a folded paragraph; figures in it make no difference."""
    digest = blake2b(_FIGURE.sub("0", folded).encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest(), "big") >> 2


def find_common_paragraphs(texts: Sequence[str]) -> list[ParagraphKeys]:
    """For each text, the hashes of its paragraphs that are boilerplate."""
    keys = [_hash_paragraphs(text) for text in texts]
    different = {held.tobytes(): held for held in keys}
    if len(different) < BOILERPLATE_TEXTS:
        return [frozenset()] * len(texts)
    found, counts = np.unique(
        np.concatenate([np.unique(held) for held in different.values()]), return_counts=True
    )
    common = set(found[counts >= BOILERPLATE_TEXTS].tolist())
    return [frozenset(common.intersection(held.tolist())) for held in keys]


def _hash_paragraphs(text: str) -> npt.NDArray[np.int64]:
    lines = (line for line in fold_lines(text) if len(line) >= SHORTEST_PARAGRAPH_CHARACTERS)
    return np.fromiter(map(hash_paragraph, lines), dtype=np.int64)

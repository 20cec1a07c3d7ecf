"""Prints of texts that were removed: enough to know a text again, not to read it.

The folded text is cut where its own characters say so, into chunks of sixteen characters and more,
and of each chunk a print keeps three bytes of a keyed hash, in their order. So a copy, a cut copy
and a text around it have the same chunks, whatever their form; and each hash fits far more phrases
than there are hashes, so that none can be read from it: who has the text can only confirm it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from casebook.dedupe.comparison_folding import fold_for_comparison

LEAST_CHUNK, LONGEST_CHUNK = 16, 64
"""Characters of a chunk; between these, one place in CUT_SHARE ends it."""

CUT_SHARE = 12

LEAST_OF_SMALLER = 0.8
"""Share of the chunks of the smaller text that the other one must have, but for two at its ends."""

LEAST_OF_REMOVED = 0.25
"""Share of the chunks of the removed text that a cut copy must have."""

FEWEST_SHARED = 4
"""Chunks in common from which two texts are compared."""

CHUNKS_PER_CHANGE = 50
"""Chunks for each of which one may be changed, as repair may read a place of a copy otherwise."""

MOST_OTHER_FIGURES = 0.1
"""Share of the chunks with figures that may be changed: texts of a series have other figures."""

_HASH_BYTES = 3
_WINDOW = 4
_MARKER = re.compile(
    r"第?[一二三四五六七八九十百]{1,4}[、.．章节条]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|(?<![\d.])\d{1,2}[.．、)）](?!\d)|[①-⑳●•■◆·-]"
)
"""Numbers and signs of lists, wherever they stand: other forms of a document have them or not."""

_FIGURES = 0.1
"""Share of the chunks with figures that may be changed: texts of a series have other figures."""

_HASH_BYTES = 3
_WINDOW = 4
_MARKER = re.compile(
    r"(?<![^\n。；！？：])[^\S\n]*(?:第?[一二三四五六七八九十百]{1,4}[、.．章节条]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、)）](?!\d)|[①-⑳●•■◆·-])"
)
"""What opens an item of a list: other forms of a document may have it as a number of their own."""

_FIGURE = re.compile(r"\d|[二三四五六七八九十百千万亿]")


@dataclass(frozen=True, slots=True)
class RemovedPrint:
    """The hashes of the chunks of a text, made with the key `salt`."""

    salt: bytes
    hashes: tuple[bytes, ...]

    def write(self) -> str:
        """The hashes as text."""
        return base64.b64encode(b"".join(self.hashes)).decode()

    @classmethod
    def read(cls, salt: bytes, text: str) -> RemovedPrint:
        """The print that `write` wrote. Raises ValueError."""
        data = base64.b64decode(text, validate=True)
        if not data or len(data) % _HASH_BYTES:
            raise ValueError("not a number of hashes")
        places = range(0, len(data), _HASH_BYTES)
        return cls(salt, tuple(data[i : i + _HASH_BYTES] for i in places))


class PrintedText:
    """A text of which prints are made, or that is compared with some."""

    def __init__(self, text: str) -> None:
        self._chunks = list(_cut(fold_for_comparison(_MARKER.sub("", text))))
        self._known: dict[bytes, tuple[bytes, ...]] = {}

    def make_print(self, salt: bytes) -> RemovedPrint:
        """The print of the text."""
        return RemovedPrint(salt, self._hash_chunks(salt))

    def is_copy_of(self, removed: RemovedPrint) -> bool:
        """Whether the text is a removed one, or a large piece of it, or holds it."""
        own = self._hash_chunks(removed.salt)
        smaller = min(len(own), len(removed.hashes))
        least = max(FEWEST_SHARED, LEAST_OF_SMALLER * (smaller - 2))
        least = max(least, LEAST_OF_REMOVED * len(removed.hashes))
        if len({*own} & {*removed.hashes}) < least:
            return False
        found = SequenceMatcher(None, removed.hashes, own, autojunk=False).get_matching_blocks()
        changed = [chunk for i, j in _find_changes(found) for chunk in self._chunks[i:j]]
        return (
            sum(block.size for block in found) >= least
            and len(changed) <= smaller // CHUNKS_PER_CHANGE
            and _count_figures(changed) <= MOST_OTHER_FIGURES * _count_figures(self._chunks)
        )

    def _hash_chunks(self, salt: bytes) -> tuple[bytes, ...]:
        if salt not in self._known:
            hashes = (
                hashlib.blake2b(chunk.encode("utf-8", "replace"), key=salt, digest_size=_HASH_BYTES)
                for chunk in self._chunks
            )
            self._known[salt] = tuple(each.digest() for each in hashes)
        return self._known[salt]


def _count_figures(chunks: Sequence[str]) -> int:
    """How many chunks have a figure."""
    return sum(bool(_FIGURE.search(chunk)) for chunk in chunks)


def _cut(folded: str) -> Iterator[str]:
    """The chunks of a folded text: the last characters of a chunk decide where it ends."""
    codes = np.frombuffer(folded.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    count = max(0, len(codes) - _WINDOW + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(_WINDOW if count else 0):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + codes[offset : offset + count]
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    ends = np.flatnonzero((mixed >> np.uint64(32)) % np.uint64(CUT_SHARE) == 0) + _WINDOW
    start = 0
    for end in (*ends.tolist(), len(folded)):
        while end - start > LONGEST_CHUNK:
            yield folded[start : start + LONGEST_CHUNK]
            start += LONGEST_CHUNK
        if end - start >= LEAST_CHUNK or (end == len(folded) and end > start):
            yield folded[start:end]
            start = end


def _find_changes(found: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """The ranges of a text's chunks that stand for other ones of the removed text.

    What was only added, or cut out, is no change: there one of the two has many chunks more.
    """
    before, own = 0, 0
    for place, start, size in found:
        gone, put = place - before, start - own
        if gone and put and gone <= put + 1 and put <= gone + 1:
            yield own, start
        before, own = place + size, start + size

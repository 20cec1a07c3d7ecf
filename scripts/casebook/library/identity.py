"""Permanent addresses: the id of a case from its title, the anchors of its blocks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from casebook.model import Block
from casebook.runtime.file_names import is_device_name
from casebook.text.word_frequencies import load_segmenter

SLUG_LIMIT = 60
"""Characters of an id, before a suffix that distinguishes two equal slugs."""


def with_anchors(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks below the lead with an anchor each; those that have one keep it.

    An anchor is a letter and three characters of the SHA-256 of heading and text (base 36), so
    that it is the same wherever the same text is imported; equal ones are lengthened.
    """
    taken = {block.anchor for block in blocks if block.anchor}
    result = []
    for position, block in enumerate(blocks):
        if block.level > 1 and not block.anchor:
            anchor = _free_anchor(f"{block.heading}\n{block.text}", position, taken)
            taken.add(anchor)
            block = replace(block, anchor=anchor)
        result.append(block)
    return tuple(result)


def _free_anchor(text: str, position: int, taken: set[str]) -> str:
    for salt in ("", f"\n{position}"):
        digits = _base36(hashlib.sha256((text + salt).encode()).digest())
        for length in range(3, 9):
            if (anchor := "k" + digits[:length]) not in taken:
                return anchor
    raise AssertionError("two anchors agree in 16 base-36 digits")


def _base36(digest: bytes) -> str:
    number, digits = int.from_bytes(digest[:8], "big"), ""
    for _ in range(12):
        number, rest = divmod(number, 36)
        digits += "0123456789abcdefghijklmnopqrstuvwxyz"[rest]
    return digits


def slug(title: str) -> str:
    """The pinyin of a title, words joined by `-`, at most SLUG_LIMIT characters, never empty."""
    from pypinyin import lazy_pinyin

    words: list[list[str]] = []
    for word in load_segmenter().cut(title):
        readings = " ".join(lazy_pinyin(word))
        syllables = re.findall("[a-z0-9]+", readings.lower())
        if syllables:
            words.append(syllables)
    return _cut_at_syllable(words) or "case"


def _cut_at_syllable(words: Iterable[Sequence[str]]) -> str:
    result = ""
    for word in words:
        for position, syllable in enumerate(word):
            glue = "-" if result and position == 0 else ""
            if len(result) + len(glue) + len(syllable) > SLUG_LIMIT:
                return result or syllable[:SLUG_LIMIT]
            result += glue + syllable
    return result


def free_id(title: str, text_sha256: str, is_taken: Callable[[str], bool]) -> str:
    """An id for a new case: the slug, with hex digits of the text's hash where it is taken.

    An id is the name of a file, so it is none that Windows takes for a device.
    """
    base = slug(title)
    candidates = [base] + [f"{base}-{text_sha256[:length]}" for length in (4, 8, 16, 64)]
    free = (candidate for candidate in candidates if not is_taken(candidate))
    return next(candidate for candidate in free if not is_device_name(candidate))

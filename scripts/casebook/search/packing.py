"""Numbers as bits, bits as characters, characters as a script file.

A file of the index is UTF-16 with a byte order mark, which decides over whatever a server says of
its encoding. Fifteen bits make one character from U+4E00 on: one string of valid characters, an
eighth larger than half the size of base64.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.signedinteger[Any]]
Words = NDArray[np.uint16]
Codes = tuple[Ints, Ints]
"""Bit patterns, lowest bit first, and the width in bits of each."""

BITS = 15
MOST_BITS = 46
MASK = (1 << BITS) - 1
FIRST = 0x4E00
CALLBACK = "cbs"
"""The function of docs/scripts/search.js that every file calls with its name and content."""


def bit_length(numbers: Ints) -> Ints:
    """The bits of each positive number (below 2**53)."""
    return np.frexp(numbers.astype(np.float64))[1].astype(np.int64)


def golomb(numbers: Ints, orders: Ints | int) -> Codes:
    """Exponential Golomb codes: n + 2**order without its highest bit, behind as many zeros and a
    one as it has bits more than `order`."""
    raised = numbers.astype(np.int64) + (1 << np.asarray(orders, np.int64))
    low = bit_length(raised) - 1
    zeros = low - orders
    return (1 << zeros) | ((raised - (1 << low)) << (zeros + 1)), low + zeros + 1


def joined(*parts: Codes) -> Codes:
    """Codes that follow each other as one; their widths must not exceed MOST_BITS in sum."""
    codes, widths = np.zeros_like(parts[0][0]), np.zeros_like(parts[0][1])
    for code, width in parts:
        codes |= code << widths
        widths += width
    return codes, widths


def pack(codes: Codes, starts: Ints) -> tuple[Words, Ints]:
    """Codes as words; each group, which begins at one of `starts`, begins with a fresh word.

    Returns the words of 15 bits and the number of words of each group.
    """
    patterns, widths = codes
    sizes = -(-np.add.reduceat(widths, starts) // BITS)
    before = np.cumsum(widths) - widths
    firsts = np.cumsum(sizes) - sizes
    counts = np.diff(starts, append=len(widths))
    places = before + np.repeat(firsts * BITS - before[starts], counts)
    return _words(patterns, places, int(sizes.sum())), sizes


def _words(codes: Ints, places: Ints, size: int) -> Words:
    """Codes (of MOST_BITS at most) written at bit positions that ascend."""
    words = np.zeros(size + 4, np.int64)
    at = places // BITS
    moved = codes << (places - at * BITS)
    if len(at):
        first = np.flatnonzero(np.diff(at, prepend=-1))
        words[at[first]] = np.bitwise_or.reduceat(moved & MASK, first)
    for part in range(1, 4):
        # of the codes that begin in one word only the last reaches into the next
        reaching = np.flatnonzero(moved >> (part * BITS))
        at, moved = at[reaching], moved[reaching]
        words[at + part] |= (moved >> (part * BITS)) & MASK
    return words[:size].astype(np.uint16)


def pack_bytes(data: bytes) -> Words:
    """Bytes as words of 15 bits, lowest bit first."""
    bits = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")
    padded = np.zeros(-(-len(bits) // BITS) * BITS, np.int64)
    padded[: len(bits)] = bits
    words: Words = (padded.reshape(-1, BITS) << np.arange(BITS)).sum(axis=1).astype(np.uint16)
    return words


def deflated(data: bytes, behind: bytes = b"") -> Words:
    """Bytes compressed (raw deflate) as words; `behind` follows as it is."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return pack_bytes(packer.compress(data) + packer.flush() + behind)


def deflated_json(value: Any, behind: bytes = b"") -> Words:
    """A value as JSON in UTF-8, compressed; `behind` follows as it is."""
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return deflated(dumped.encode(errors="replace"), behind)  # a lone surrogate


def as_characters(numbers: Iterable[int]) -> str:
    """Numbers below a million as one character each, which deflate packs better than digits."""
    codes = (number + 48 for number in numbers)
    return "".join(chr(code if code < 0xD800 else code + 0x800) for code in codes)


def script(name: str, words: Words) -> bytes:
    """The script file that hands words over under a name."""
    opening, closing = (part.encode("utf-16-le") for part in (f'{CALLBACK}("{name}","', '")'))
    return b"\xff\xfe" + opening + as_text(words).encode("utf-16-le") + closing


def script_words(content: bytes) -> Words:
    """The words that a script file hands over."""
    text = content.decode("utf-16")
    return as_words(text[text.index(',"') + 2 : -2])


def as_text(words: Words) -> str:
    """Words as characters."""
    return (words + FIRST).astype("<u2").tobytes().decode("utf-16-le")


def as_words(text: str) -> Words:
    """The words that `as_text` made a text of."""
    return np.frombuffer(text.encode("utf-16-le"), "<u2") - np.uint16(FIRST)

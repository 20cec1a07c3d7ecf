"""Numbers as bits, bits as characters, characters as a script file.

A file of the index is UTF-16 with a byte order mark, which overrides whatever a server says of its
encoding. Fifteen bits make one character from U+4E00 on: one string of valid characters, an eighth
larger than the bits, where base64 is a third larger.
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
"""Bit patterns, lowest bit first, and the width in bits of each (at most 62)."""

BITS = 15
FIRST = 0x4E00
CALLBACK = "cbs"
"""The function of docs/scripts/search/files.js that every file calls with its name and content."""


def bit_length(numbers: Ints) -> Ints:
    """The bits of each positive number (below 2**53)."""
    return np.frexp(numbers.astype(np.float64))[1].astype(np.int64)


def golomb(numbers: Ints, orders: Ints | int) -> Codes:
    """Exponential Golomb codes.

    The code of n is n + 2**order without its highest bit, after as many zeros and a one as it has
    bits more than `order`. Example: 5 of order 1 is 7, binary 111: one zero, a one, then 11.
    """
    raised = numbers.astype(np.int64) + (1 << np.asarray(orders, np.int64))
    low = bit_length(raised) - 1
    zeros = low - orders
    return (1 << zeros) | ((raised - (1 << low)) << (zeros + 1)), low + zeros + 1


def interleave(*columns: Codes) -> Codes:
    """The first codes of all columns, then the second ones, and so on."""
    codes, widths = (np.stack(part, axis=1).ravel() for part in zip(*columns, strict=True))
    return codes, widths


def pack(*parts: Codes) -> Words:
    """Codes one after the other as words of 15 bits, the last one filled up with zeros."""
    codes, widths = (np.concatenate(part) for part in zip(*parts, strict=True))
    starts = np.cumsum(widths) - widths
    places = np.arange(int(widths.sum())) - np.repeat(starts, widths)
    return _words((np.repeat(codes, widths) >> places & 1).astype(np.uint8))


def pack_bytes(data: bytes) -> Words:
    """Bytes as words of 15 bits, lowest bit first."""
    return _words(np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little"))


def _words(bits: NDArray[np.uint8]) -> Words:
    padded = np.zeros(-(-len(bits) // BITS) * BITS, np.uint8)
    padded[: len(bits)] = bits
    # Two bytes hold a word once a zero bit follows every fifteen.
    rows = np.zeros((len(padded) // BITS, BITS + 1), np.uint8)
    rows[:, :BITS] = padded.reshape(-1, BITS)
    words: Words = np.packbits(rows, bitorder="little").view("<u2").astype(np.uint16)
    return words


def deflate(data: bytes) -> Words:
    """Bytes compressed (raw deflate, RFC 1951) as words."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return pack_bytes(packer.compress(data) + packer.flush())


def deflate_json(value: Any) -> Words:
    """A value as JSON in UTF-8, compressed; a lone surrogate becomes a question mark."""
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return deflate(dumped.encode(errors="replace"))


def as_characters(numbers: Iterable[int]) -> str:
    """Numbers below a million as one character each, which deflate packs better than digits."""
    codes = (number + 48 for number in numbers)
    return "".join(chr(code if code < 0xD800 else code + 0x800) for code in codes)


def script(name: str, words: Words) -> bytes:
    """The script file that hands words over under a name."""
    opening, closing = (part.encode("utf-16-le") for part in (f'{CALLBACK}("{name}","', '")'))
    return b"\xff\xfe" + opening + (words + FIRST).astype("<u2").tobytes() + closing

"""The case that import wrote of a write-up, kept in the record of its source for `refresh`.

Nearly all its words are in the source, which lies beside the record, so that serves as the
compressor's dictionary: some hundred bytes for each case are left.
"""

from __future__ import annotations

import binascii
import zlib
from base64 import b64decode, b64encode

from casebook.library import casefile
from casebook.library.casefile import CaseFileError
from casebook.model import Case

_LARGEST_CASE_BYTES = 1024 * 1024
"""Bytes of a case that is unpacked: as many as the gate lets a case file have."""

_WINDOW_BYTES = 32 * 1024
"""As far back as zlib looks."""


def pack_base(case: Case, source: str) -> str:
    """A case, packed; `source` is the write-up as it is in its decoded source."""
    packer = zlib.compressobj(9, zdict=_list_words(source))
    return b64encode(packer.compress(casefile.dump(case).encode()) + packer.flush()).decode()


def unpack_base(packed: str, source: str) -> Case | None:
    """The case that was packed with the same `source`; None where that cannot be read."""
    unpacker = zlib.decompressobj(zdict=_list_words(source))
    try:
        data = unpacker.decompress(b64decode(packed, validate=True), _LARGEST_CASE_BYTES)
        return casefile.parse(data.decode()) if unpacker.eof else None
    except (zlib.error, binascii.Error, UnicodeDecodeError, CaseFileError):
        return None


def _list_words(source: str) -> bytes:
    """The end of a text as the dictionary of the compressor: its first bytes count least."""
    return source.encode("utf-8", "replace")[-_WINDOW_BYTES:]

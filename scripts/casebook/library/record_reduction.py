"""The record of a source that is no longer stored, cut down to the parts that stay."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection

from casebook.library.source_records import SourceRecord

LONGEST_FOREIGN_TEXT = 14
"""Characters of a text that a step may keep though no case has it."""

_SPACE = re.compile(r"\s")


def reduce_record(record: SourceRecord, parts: Collection[int], texts: str) -> SourceRecord:
    """What of a record concerns these parts; nothing that could be a sentence of another text.

    `texts` are those of the cases that stay: a longer piece of a step has to stand in them.
    """
    kept = tuple(part for part in record.parts if part.part in parts)
    held = _SPACE.sub("", texts)

    def stays(start: int, end: int, *pieces: str) -> bool:
        flat = (_SPACE.sub("", piece) for piece in pieces)
        return any(part.start <= start and end <= part.end for part in kept) and all(
            len(piece) <= LONGEST_FOREIGN_TEXT or piece in held for piece in flat
        )

    return dataclasses.replace(
        record,
        parts=kept,
        steps=tuple(s for s in record.steps if stays(s.start, s.end, s.before, s.after)),
        flags=tuple(f for f in record.flags if stays(f.start, f.end, f.text, f.message)),
        text_sha256="",
        is_reduced=True,
    )

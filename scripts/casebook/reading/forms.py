"""What a reader returns, whatever form a document has."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.model import Line


@dataclass(frozen=True, slots=True)
class ReadForm:
    """The lines of a document; `replaced` counts bytes that could not be decoded."""

    lines: tuple[Line, ...]
    encoding: str
    replaced: int = 0

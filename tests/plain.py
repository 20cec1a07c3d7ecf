"""Repair and structure of plain texts, whose lines have no facts."""

from __future__ import annotations

from collections.abc import Collection

from casebook import repair as repairing
from casebook import structure as structuring
from casebook.model import WriteUp, plain_lines
from casebook.repair import Repaired


def repair(text: str, only: Collection[str] | None = None, skip: Collection[str] = ()) -> Repaired:
    """Repair a text by the rules that `only` and `skip` leave."""
    return repairing.repair(plain_lines(text), only, skip)


def structure(text: str) -> list[WriteUp]:
    """The write-ups of a repaired text, by the default vocabulary."""
    return structuring.structure(plain_lines(text))

"""What a rule may ask about the text it repairs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from casebook.repair.characters import is_simplified, is_traditional
from casebook.repair.edits import Draft, Edit


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place [start, end) of the current text that a person should look at."""

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Result:
    """What one rule found: edits, sorted and apart, and doubts."""

    edits: tuple[Edit, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Document:
    """The current text of a draft with facts that are worked out only when a rule asks."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.text = draft.text

    @cached_property
    def script(self) -> str:
        """ "traditional" or "simplified" where nine in ten telling characters agree, else ""."""
        traditional = sum(map(is_traditional, self.text))
        simplified = sum(map(is_simplified, self.text))
        if traditional > 9 * simplified:
            return "traditional"
        return "simplified" if simplified > 9 * traditional else ""

    def is_doubtful(self, position: int) -> bool:
        """Whether an earlier rule flagged this place: its marks may be bytes of something else."""
        place = self.draft.source_position(position) if self.draft.doubtful else 0
        return any(start <= place < end for start, end in self.draft.doubtful)

    def removed_before(self, position: int) -> str:
        """What earlier rules deleted directly before `position` of the text."""
        return self.draft.removed_before(position)

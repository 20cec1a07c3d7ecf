"""How much may be searched in one document, so that no text exhausts the machine."""

from __future__ import annotations

MOST_STEPS = 500_000
"""Readings of one shown character that are weighed in a document; they take about 10 s."""


class SearchEffort:
    """What is left of the effort for a document. What is not searched any more is flagged."""

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self._left = steps

    def spend(self, steps: int) -> bool:
        """Whether so many steps more may be taken."""
        self._left -= steps
        return self._left >= 0

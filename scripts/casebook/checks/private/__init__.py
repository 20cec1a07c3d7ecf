"""Private text: numbers, accounts, addresses, names and marks that must not be published."""

from __future__ import annotations

from casebook.checks.private.private_finding import PrivateFinding, describe_private
from casebook.checks.private.private_numbers import find_numbers

__all__ = ["PrivateFinding", "describe_private", "find_private"]


def find_private(text: str) -> list[PrivateFinding]:
    """All private text, sorted by `start`; offsets are code points of `text` as it was given."""
    return sorted(find_numbers(text), key=lambda found: found.start)

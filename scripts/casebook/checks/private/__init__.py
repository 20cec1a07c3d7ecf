"""Private text: numbers, accounts, addresses, names and marks that must not be published."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.checks.private.card_numbers import find_card_numbers
from casebook.checks.private.folded_copy import FoldedCopy
from casebook.checks.private.personal_accounts import find_accounts
from casebook.checks.private.personal_details import find_details
from casebook.checks.private.phone_numbers import find_phone_numbers
from casebook.checks.private.private_finding import (
    FoldedFinding,
    PrivateFinding,
    describe_private,
    mask_figures,
    mask_value,
)
from casebook.checks.private.secrecy_marks import find_marks
from casebook.checks.private.surroundings import Surroundings
from casebook.model import Severity

__all__ = ["PrivateFinding", "describe_private", "find_private"]

_LONGEST_MASK = 40
_MARKS = ("classification-mark", "internal-mark")
_RANKS = ("id-card", "email", "phone-number", "bank-card", "passport", "landline", "account")
"""Which rule takes text that several claim."""


def find_private(text: str) -> list[PrivateFinding]:
    """All private text, sorted by `start`; offsets are code points of `text` as it was given."""
    copy = FoldedCopy(text)
    page = Surroundings(copy.text)
    found = [
        *find_card_numbers(page),
        *find_accounts(page),
        *find_phone_numbers(page),
        *find_details(page),
        *find_marks(copy.text),
    ]
    return [_place(copy, one) for one in _drop_overlaps(found)]


def _drop_overlaps(found: list[FoldedFinding]) -> Iterator[FoldedFinding]:
    end = {True: 0, False: 0}
    for one in sorted(found, key=lambda one: (one.start, _rank(one.rule), -one.end)):
        mark = one.rule in _MARKS
        if one.start >= end[mark]:
            end[mark] = one.end
            yield one


def _rank(rule: str) -> int:
    return _RANKS.index(rule) if rule in _RANKS else len(_RANKS)


def _place(copy: FoldedCopy, found: FoldedFinding) -> PrivateFinding:
    value = copy.text[found.start : found.end]
    masked = mask_value(value) if found.rule not in _MARKS else mask_figures(value[:_LONGEST_MASK])
    severity: Severity = "error" if found.certain else "warning"
    return PrivateFinding(found.rule, *copy.locate(found.start, found.end), masked, severity)

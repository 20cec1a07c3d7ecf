"""Punctuation, spaces, codes and figures."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.repair.draft_text import DraftText, RuleResult, TextDoubt
from casebook.repair.edits import Edit
from casebook.text.characters import HAN

CHINESE = f"{HAN}\u3001-\u303f\uff00-\uffef“”‘’…—"
"""Chinese characters and marks, as the inside of a character class."""


def outside_code(
    document: DraftText, edits: Iterable[Edit], doubts: Iterable[TextDoubt] = ()
) -> RuleResult:
    """The edits, in order, at places that are neither code nor flagged by an earlier rule."""
    places = (edit for edit in sorted(edits) if not document.is_protected(edit.start))
    return RuleResult(tuple(e for e in places if not document.is_doubtful(e.start)), tuple(doubts))

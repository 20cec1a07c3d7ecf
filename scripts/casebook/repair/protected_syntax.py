"""Keeps the edits of all rules away from the syntax of Markdown: no rule needs to know it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from casebook.repair.draft_text import RuleResult
from casebook.repair.edits import Draft
from casebook.text.markdown_syntax import Span, find_syntax


class ProtectedSyntax:
    """The syntax of a draft's text, placed in its source, where no later edit moves it."""

    def __init__(self, draft: Draft, is_markdown: bool) -> None:
        syntax = find_syntax(draft.text, is_markdown)
        self._marks, self._cells = (
            [_source_span(draft, *span) for span in spans] for spans in syntax
        )

    def __bool__(self) -> bool:
        return bool(self._marks)

    def spare(self, result: RuleResult, draft: Draft, mends_cells: bool) -> RuleResult:
        """The edits and doubts that are outside; `mends_cells` is whether cells are open to it."""
        kinds = (self._marks,) if mends_cells else (self._marks, self._cells)
        edits = (e for e in result.edits if not _touches(_source_span(draft, *e[:2]), kinds))
        doubts = (
            doubt
            for doubt in result.doubts
            if not _touches(_source_span(draft, doubt.start, doubt.end), (self._marks,))
        )
        return RuleResult(tuple(edits), tuple(doubts))


def _source_span(draft: Draft, start: int, end: int) -> Span:
    first = draft.source_position(start)
    return first, draft.source_position(end - 1) + 1 if start < end else first


def _touches(span: Span, kinds: Iterable[Sequence[Span]]) -> bool:
    """Whether a place overlaps one of these, or lies within one if it is an insertion."""
    start, end = span
    for places in kinds:
        index = bisect_left(places, (max(end, start + 1),)) - 1
        if index >= 0 and places[index][0] < max(end, start) and start < places[index][1]:
            return True
    return False

"""What a rule may ask about a draft: a search in a later pass sees the lines that matter."""

from __future__ import annotations

import re

from casebook.model import plain_lines
from casebook.repair.draft_text import DraftText
from casebook.repair.edits import Draft, Edit
from casebook.repair.source_lines import SourceLines

_DIGIT = re.compile("[0-9]")


def _searched(draft: Draft) -> list[str]:
    document = DraftText(draft, SourceLines(plain_lines(draft.source), False))
    return [found[0] for found in document.search(_DIGIT)]


def test_a_search_finds_the_same_again() -> None:
    draft = Draft("甲1\n乙\n丙2")
    assert _searched(draft) == ["1", "2"]
    assert _searched(draft) == ["1", "2"]


def test_a_search_finds_what_an_edit_put_into_a_line() -> None:
    draft = Draft("甲1\n乙\n丙")
    assert _searched(draft) == ["1"]
    draft.apply("some-rule", [Edit(3, 4, "3乙4")])
    assert _searched(draft) == ["1", "3", "4"]


def test_a_later_search_looks_at_changed_lines_and_those_with_a_finding_only() -> None:
    draft = Draft("甲1\n乙\n丙\n丁")
    _searched(draft)
    draft.apply("some-rule", [Edit(7, 8, "戊")])
    document = DraftText(draft, SourceLines(plain_lines(draft.source), False))
    assert [draft.text[start:end] for start, end in document.unsearched(_DIGIT)] == ["甲1\n", "戊"]

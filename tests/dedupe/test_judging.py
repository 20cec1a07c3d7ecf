"""Judging on several processes gives what one gives, in order."""

from __future__ import annotations

from itertools import combinations

import pytest
from labeled_pairs import load

from casebook.dedupe.boilerplate import Keys
from casebook.dedupe.judging import judge_pairs
from casebook.dedupe.relations import Document


def test_processes_change_nothing() -> None:
    """The same judgments in the same order from one process and from two."""
    documents = [Document(str(n), pair.b.title, pair.b.text) for n, pair in enumerate(load())]
    pairs = list(combinations(range(len(documents)), 2))
    alone = list(judge_pairs(documents, pairs, _nothing(documents), processes=1))
    assert [places for places, _ in alone] == pairs
    assert any(pair for _, pair in alone)
    assert list(judge_pairs(documents, pairs, _nothing(documents), processes=2)) == alone


def test_a_failure_in_another_process_is_raised() -> None:
    """What goes wrong there is not swallowed."""
    broken = [Document("a", "甲", "正文一"), Document("b", "乙", None)]  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        list(judge_pairs(broken, [(0, 1)], _nothing(broken), processes=2))


def _nothing(documents: list[Document]) -> list[Keys]:
    """No paragraph that many have."""
    return [frozenset()] * len(documents)

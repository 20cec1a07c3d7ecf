"""Several processes give the same judgments as one, in the same order."""

from __future__ import annotations

from itertools import combinations
from multiprocessing import get_all_start_methods

import pytest
from labeled_pairs import load

from casebook.dedupe.boilerplate import ParagraphKeys
from casebook.dedupe.judging import judge_pairs
from casebook.dedupe.relations import ComparedText
from casebook.model import UserError
from casebook.runtime.processes import start_method


@pytest.mark.parametrize("method", get_all_start_methods())
def test_processes_change_nothing(monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    """The same judgments in the same order from one process and from two, however started."""
    monkeypatch.setenv("CASEBOOK_START_METHOD", method)
    documents = [ComparedText(str(n), pair.b.title, pair.b.text) for n, pair in enumerate(load())]
    pairs = list(combinations(range(len(documents)), 2))
    alone = list(judge_pairs(documents, pairs, _nothing(documents), processes=1))
    assert [places for places, _ in alone] == pairs
    assert any(pair for _, pair in alone)
    assert list(judge_pairs(documents, pairs, _nothing(documents), processes=2)) == alone


def test_a_start_method_that_the_system_lacks_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The variable is named, and what it may be."""
    monkeypatch.setenv("CASEBOOK_START_METHOD", "teleport")
    with pytest.raises(UserError, match=r"CASEBOOK_START_METHOD 不能是 teleport；本机可用 .*spawn"):
        start_method()


def test_a_failure_in_another_process_is_raised() -> None:
    """What goes wrong there is not swallowed."""
    broken = [ComparedText("a", "甲", "正文一"), ComparedText("b", "乙", None)]  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        list(judge_pairs(broken, [(0, 1)], _nothing(broken), processes=2))


def _nothing(documents: list[ComparedText]) -> list[ParagraphKeys]:
    """No boilerplate in any document."""
    return [frozenset()] * len(documents)

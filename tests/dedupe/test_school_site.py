"""What is offered for merging among the texts of one school's web site."""

from __future__ import annotations

import pytest
from school_site import make_site

from casebook.dedupe import MERGING
from casebook.dedupe.cluster import DuplicateReport, find_duplicates


@pytest.fixture(scope="module")
def report() -> DuplicateReport:
    """The relations of all texts of the site."""
    return find_duplicates(make_site()[0])


def test_only_one_document_posted_twice_is_offered_for_merging(report: DuplicateReport) -> None:
    """Not the checks, scores, winners, rosters and timetables that share a form."""
    offered = {frozenset((p.a, p.b)) for p in report.pairs if p.relation in MERGING}
    assert offered == make_site()[1]


def test_only_copies_are_in_one_cluster(report: DuplicateReport) -> None:
    """Nothing is chained by the form that a series shares."""
    found = {frozenset((c.canonical, member)) for c in report.clusters for member in c.members}
    assert found == make_site()[1]


def test_texts_of_a_series_are_never_called_equal(report: DuplicateReport) -> None:
    """Where figures differ the evidence does not say 正文相同."""
    same = make_site()[1]
    called = [p for p in report.pairs if any("正文相同" in phrase for phrase in p.evidence)]
    assert called and all(frozenset((p.a, p.b)) in same for p in called)

"""Texts of one web site: re-posts, revisions, series and what only shares its page's furniture."""

from __future__ import annotations

import pytest
from labeled_pairs import Labeled, load

from casebook.dedupe.relations import relate

FILES = ("site_pairs.yml", "campus_pairs.yml", "office_pairs.yml", "desk_pairs.yml")
PAIRS = [pair for name in FILES for pair in load(name)]


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.name for pair in PAIRS])
def test_pairs_of_a_site(pair: Labeled) -> None:
    """Each pair has a relation that a person sees, whichever comes first."""
    for a, b in ((pair.a, pair.b), (pair.b, pair.a)):
        found = relate(a, b)
        assert (found.relation if found else "none") in pair.relation.split("|")

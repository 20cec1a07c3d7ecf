"""Texts of one web site: re-posts, revisions, series and what only shares its page's furniture."""

from __future__ import annotations

from typing import Any

import pytest
from labeled_pairs import Labeled, load

from casebook.dedupe.relations import relate

FILES = ("site_pairs.yml", "campus_pairs.yml", "office_pairs.yml", "desk_pairs.yml")
PAIRS = [pair for name in FILES for pair in load(name)]


def _marked(pair: Labeled) -> Any:
    limit = [pytest.mark.xfail(strict=True, reason=pair.known_limit)] if pair.known_limit else []
    return pytest.param(pair, id=pair.name, marks=limit)


@pytest.mark.parametrize("pair", [_marked(pair) for pair in PAIRS])
def test_pairs_of_a_site(pair: Labeled) -> None:
    """Each pair has the relation that a person sees, whichever comes first."""
    for a, b in ((pair.a, pair.b), (pair.b, pair.a)):
        found = relate(a, b)
        assert (found.relation if found else "none") == pair.relation

"""The whole search index of some cases, and texts as it sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebook.model import Case
from casebook.search import make_list_files, make_text_files
from casebook.search.collection import index_case
from casebook.search.folding import fold_units, units

Themes = Mapping[str, Mapping[str, Sequence[str]]]
"""Case id, then block anchor, to the names of themes."""


def index_files(
    cases: Sequence[Case],
    roles: Mapping[str, str],
    themes: Themes | None = None,
    synonyms: Sequence[Sequence[str]] = (),
) -> dict[str, bytes]:
    """All files of the index by address; `roles` maps role ids to names."""
    named = themes or {}
    entries = [index_case(case, named.get(case.id)) for case in cases]
    return make_list_files(entries, roles, synonyms) | make_text_files(entries)


def fold_for_search(text: str) -> str:
    """A text folded, every code unit by itself."""
    return fold_units(units(text)).tobytes().decode("utf-16-le", "surrogatepass")

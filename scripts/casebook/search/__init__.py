"""The search index of a library, as script files that any browser loads, from a folder too.

`FORMAT.md` beside this file specifies the files with an example; `docs/scripts/search-index.js`
reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from casebook.model import Case
from casebook.runtime.cache import NOTHING, Store
from casebook.search.before import ReadBefore, cases_of, keep
from casebook.search.collection import CaseEntry, collect, index_case
from casebook.search.mending import index_of
from casebook.search.pinyin import pinyin_files
from casebook.search.tables import (
    facet_files,
    fold_file,
    meta_file,
    shard_files,
    text_files,
)

FOLDER = "search/data/"
"""Where the files of the index stand within the site."""

Themes = Mapping[str, Mapping[str, Sequence[str]]]
"""Themes of items: case id, then block anchor, to the themes' names."""


def search_files(
    cases: Sequence[Case], roles: Mapping[str, str], themes: Themes | None = None
) -> dict[str, bytes]:
    """The index of cases whose blocks have anchors, by address; `roles` maps role ids to names."""
    named = themes or {}
    return merge_entries((index_case(case, named.get(case.id)) for case in cases), roles)


def merge_entries(
    entries: Iterable[CaseEntry], roles: Mapping[str, str], store: Store = NOTHING
) -> dict[str, bytes]:
    """The index of the entries that `index_case` made, by address.

    Time and size grow in proportion to the text. Texts that did not change are taken from the
    store; the bytes are the same without one.
    """
    given = list(entries)
    return list_files(given, roles) | shown_files(given, store)


def list_files(
    entries: Iterable[CaseEntry],
    roles: Mapping[str, str],
    store: Store = NOTHING,
    before: ReadBefore = lambda _: None,
) -> dict[str, bytes]:
    """What a query reads until its hits are known: lists, readings, facets.

    `before` gives what a file had in the site before, by address: where the store knows that index
    and little changed, it is mended.
    """
    collection = collect(entries)
    cases = cases_of(collection)
    index = index_of(collection, cases, store, lambda name: before(_address(name)))
    sharded = shard_files(index.shards)
    keep(store, index, collection, cases, sharded)
    files = {
        "meta": meta_file(collection, roles, index.shards),
        "folds": fold_file(),
        **sharded,
        **pinyin_files(index.lists),
        **facet_files(collection),
    }
    return _addressed(files)


def shown_files(entries: Iterable[CaseEntry], store: Store = NOTHING) -> dict[str, bytes]:
    """What is read of the hits that are shown: their texts."""
    return _addressed(text_files(collect(entries), store))


def _addressed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {_address(name): content for name, content in files.items()}


def _address(name: str) -> str:
    return f"{FOLDER}{name}.js"

"""The search index of a library, as script files that any browser loads, from a folder too.

`FORMAT.md` beside this file specifies the files with an example; `docs/scripts/search-index.js`
reads them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebook.model import Case
from casebook.search.alphabet import alphabet_of
from casebook.search.collection import collect
from casebook.search.packing import script
from casebook.search.pinyin import pinyin_files
from casebook.search.postings import make_lists
from casebook.search.shards import cut_into_shards
from casebook.search.tables import column_files, fold_file, meta_file, text_files

FOLDER = "search/data/"
"""Where the files of the index stand within the site."""

Themes = Mapping[str, Mapping[str, Sequence[str]]]
"""Themes of items: case id, then block anchor, to the themes' names."""


def search_files(
    cases: Sequence[Case], roles: Mapping[str, str], themes: Themes | None = None
) -> dict[str, bytes]:
    """The index of cases whose blocks have anchors, by address.

    `roles` maps role ids to names. Time and size grow in proportion to the text.
    """
    collection = collect(cases)
    lists = make_lists(collection)
    shards = cut_into_shards(lists)
    alphabet = alphabet_of(collection)
    files = {
        "meta": meta_file(collection, roles, shards, lists, alphabet),
        "folds": fold_file(),
        **{f"p{number}": script(f"p{number}", shard.words) for number, shard in enumerate(shards)},
        **pinyin_files(lists),
        **column_files(collection, tuple(roles), themes or {}),
        **text_files(collection, alphabet),
    }
    return {f"{FOLDER}{name}.js": content for name, content in files.items()}

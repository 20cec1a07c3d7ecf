"""The search index of a library, as script files that any browser loads, from a folder too.

`FORMAT.md` beside this file specifies the files with an example; `docs/scripts/search-index.js`
reads them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebook.model import Case
from casebook.search.collection import collect
from casebook.search.pinyin import pinyin_files
from casebook.search.postings import make_postings
from casebook.search.shards import cut_into_shards
from casebook.search.tables import (
    Themes,
    facet_files,
    fold_file,
    meta_file,
    shard_files,
    text_files,
)

FOLDER = "search/data/"
"""Where the files of the index stand within the site."""


def search_files(
    cases: Sequence[Case], roles: Mapping[str, str], themes: Themes | None = None
) -> dict[str, bytes]:
    """The index of cases whose blocks have anchors, by address.

    `roles` maps role ids to names. Time and size grow in proportion to the text.
    """
    collection = collect(cases)
    postings = make_postings(collection)
    lists = postings.lists()
    shards = cut_into_shards(postings, lists)
    del postings
    files = {
        "meta": meta_file(collection, roles, shards),
        "folds": fold_file(),
        **shard_files(shards),
        **pinyin_files(lists),
        **facet_files(collection, themes or {}),
        **text_files(collection),
    }
    return {f"{FOLDER}{name}.js": content for name, content in files.items()}

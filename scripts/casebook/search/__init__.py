"""The search index of a library, as script files that any browser loads, from a folder too.

`FORMAT.md` in this folder specifies the files; `docs/scripts/search/` reads them. Every build makes
the index from scratch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from casebook.search.collection import CaseEntry, collect
from casebook.search.initials import initials_file
from casebook.search.pinyin import pinyin_files
from casebook.search.postings import make_postings
from casebook.search.shards import make_shards
from casebook.search.sketch_files import sketch_files
from casebook.search.synonym_table import synonym_file
from casebook.search.tables import facet_files, fold_file, meta_file, shard_files, text_files

FOLDER = "search/data/"
"""Where the files of the index stand within the site."""


def make_list_files(
    entries: Iterable[CaseEntry],
    roles: Mapping[str, str],
    synonyms: Sequence[Sequence[str]] = (),
) -> dict[str, bytes]:
    """What a query reads until its hits are known, by address: lists, readings, facets.

    `entries` are what `index_case` made; `roles` maps role ids to names; `synonyms` are groups of
    words. Time and size grow in proportion to the text.
    """
    collection = collect(entries)
    postings = make_postings(collection)
    shards = make_shards(postings)
    files = {
        "meta": meta_file(collection, roles, shards),
        "folds": fold_file(),
        **shard_files(shards),
        **pinyin_files(postings),
        "initials": initials_file(collection),
        "synonyms": synonym_file(synonyms, postings),
        **facet_files(collection),
    }
    return _addressed(files)


def make_text_files(entries: Iterable[CaseEntry]) -> dict[str, bytes]:
    """What is read of the hits that are shown, by address: their texts."""
    return _addressed(text_files(collect(entries)))


def make_sketch_files(entries: Iterable[CaseEntry]) -> dict[str, bytes]:
    """What is read to find the cases that a text repeats, by address.

    `entries` hold the plain texts of the cases, without what variants say otherwise.
    """
    return _addressed(sketch_files(collect(entries).cases))


def _addressed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{FOLDER}{name}.js": content for name, content in files.items()}

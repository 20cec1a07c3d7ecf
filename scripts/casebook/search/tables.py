"""What the index says besides the lists: the start-up table, columns of facets, texts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import chain, groupby
from typing import Any

import numpy as np

from casebook.model import Case
from casebook.search.alphabet import encoded
from casebook.search.collection import Collection, Item
from casebook.search.folding import BREAKS, script_folds
from casebook.search.packing import as_characters, deflated, deflated_json, script
from casebook.search.pinyin import syllables
from casebook.search.postings import Lists
from casebook.search.shards import Shard, key_columns

LARGE = 12_000
"""Words from which on a list is named in the start-up table: long questions do without it."""

CASE_COLUMNS = ("kind", "region", "organ", "year", "date")


def meta_file(
    collection: Collection,
    roles: Mapping[str, str],
    shards: Sequence[Shard],
    lists: Lists,
    alphabet: str,
) -> bytes:
    """What every query needs: items of each case, first keys of the shards, names."""
    left, right = key_columns(np.array([shard.first for shard in shards], np.int64))
    meta = {
        "cases": as_characters(map(len, collection.items)),
        "left": as_characters(left.tolist()),
        "right": as_characters(right.tolist()),
        "large": lists.keys[lists.sizes > LARGE].tolist(),
        "roles": dict(roles),
        "breaks": BREAKS,
        "syllables": " ".join(syllables()),
        "alphabet": alphabet,
    }
    return script("meta", deflated_json(meta))


def fold_file() -> bytes:
    """Traditional characters and their simplified forms, loaded when a character is unknown."""
    return script("folds", deflated_json("".join(chain(*script_folds().items()))))


def column_files(
    collection: Collection, roles: Sequence[str], themes: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, bytes]:
    """A file for each facet: [values, numbers, times]; each run of a value's number by its length.

    Columns of cases have a value for each case, those of items a value for each item; an item's
    themes are one value, joined by line feeds.
    """
    facts = {name: [_fact(case, name) for case in collection.cases] for name in CASE_COLUMNS}
    pairs = zip(collection.cases, collection.items, strict=True)
    every = [(case, item) for case, items in pairs for item in items]
    facts["role"] = [item.role for _, item in every]
    facts["theme"] = ["\n".join(themes.get(c.id, {}).get(i.anchor, ())) for c, i in every]
    return {name: script(name, deflated_json(_column(column))) for name, column in facts.items()}


def _fact(case: Case, name: str) -> str:
    value: str = case.date[:4] if name == "year" else getattr(case, name)
    return value


def _column(values: Sequence[str]) -> list[Any]:
    """The distinct values in order, the number of each run's value, how long the runs are."""
    names = sorted(set(values))
    numbers = {name: number for number, name in enumerate(names)}
    runs = [(numbers[value], len(list(same))) for value, same in groupby(values)]
    columns = zip(*runs, strict=True) if runs else ((), ())
    return [names, *map(as_characters, columns)]


def text_files(collection: Collection, alphabet: str) -> dict[str, bytes]:
    """A file for each case, read for the hits that are shown."""
    pairs = zip(collection.cases, collection.items, strict=True)
    texts = (_text(case, items) for case, items in pairs)
    return {
        f"t{number}": script(f"t{number}", deflated(encoded(text, alphabet)))
        for number, text in enumerate(texts)
    }


def _text(case: Case, items: Sequence[Item]) -> str:
    """[id, facts, folds, items]; an item is [anchor, role, heading, text], the first has the title.

    `folds` are the text's own characters that only OpenCC's table folds, and their forms.
    """
    rows = [[item.anchor, item.role, item.heading, item.text] for item in items]
    characters = set().union(*(item.heading + item.text for item in items))
    special = "".join(c + form for c in sorted(characters) if (form := script_folds().get(c)))
    facts = [case.kind, case.region, case.organ, case.date]
    return json.dumps([case.id, facts, special, rows], ensure_ascii=False, separators=(",", ":"))

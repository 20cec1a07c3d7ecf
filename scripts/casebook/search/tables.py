"""What the index says besides the lists: the start-up table, facets, texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain, pairwise

from casebook.search.collection import CaseEntry, Collection, SearchItem
from casebook.search.folding import BREAKS, script_folds
from casebook.search.packing import Words, as_characters, deflate, deflate_json, script
from casebook.search.shards import LONG, Shards

PIECE = 16
"""Items of a case that are read together."""

BLOCK = 2048
"""Cases whose facets are read together."""

CASE_COLUMNS = ("kind", "region", "organ", "year", "has")
SEPARATOR = "\0"


def meta_file(collection: Collection, roles: Mapping[str, str], shards: Shards) -> bytes:
    """What every query needs: items of each case, groups of the shards, long lists."""
    lasts = [last for last, _ in shards.groups]
    items = (item for case in collection.cases for item in case.items)
    meta = {
        "cases": as_characters(len(case.items) for case in collection.cases),
        "lasts": as_characters(b - a for a, b in pairwise((0, *lasts))),
        "shards": as_characters(count for _, count in shards.groups),
        "first": as_characters(each.key >> 16 for each in shards.long),
        "second": as_characters(each.key & 0xFFFF for each in shards.long),
        "sizes": as_characters(len(each.units) // LONG for each in shards.long),
        "after": as_characters(len(each.after) for each in shards.long),
        "before": as_characters(len(each.before) for each in shards.long),
        "roles": dict(roles),
        "themes": sorted(set(chain.from_iterable(item.themes for item in items))),
        "breaks": BREAKS,
        "piece": PIECE,
        "block": BLOCK,
    }
    return script("meta", deflate_json(meta))


def shard_files(shards: Shards) -> dict[str, bytes]:
    """A file for each shard, and of each long list one for its units and those of its shards."""
    after = (words for each in shards.long for words in each.after)
    before = (words for each in shards.long for words in each.before)
    kinds = {"p": shards.shards, "a": (each.units for each in shards.long), "n": after, "b": before}
    named = (
        (f"{kind}{number}", words)
        for kind, files in kinds.items()
        for number, words in enumerate(files)
    )
    return {name: script(name, words) for name, words in named}


def fold_file() -> bytes:
    """Traditional characters and their simplified forms, loaded when a character is unknown."""
    return script("folds", deflate_json("".join(chain(*script_folds().items()))))


def facet_files(collection: Collection) -> dict[str, bytes]:
    """The facts of all cases; for each block of cases a file with the roles of its items, and one
    with their themes, which can wait; and all dates, to sort by.

    Columns of cases have a value for each case, those of items a value for each item; an item's
    themes are one value, joined by line feeds.
    """
    files = {}
    for number, first in enumerate(range(0, len(collection.cases), BLOCK)):
        cases = collection.cases[first : first + BLOCK]
        roles = [item.role for case in cases for item in case.items]
        themes = ["\n".join(item.themes) for case in cases for item in case.items]
        files[f"r{number}"] = script(f"r{number}", _columns({"role": roles}))
        files[f"h{number}"] = script(f"h{number}", _columns({"theme": themes}))
    facts = {name: [_fact(case, name) for case in collection.cases] for name in CASE_COLUMNS}
    dates = _columns({"date": [case.date for case in collection.cases]})
    return {**files, "f0": script("f0", _columns(facts)), "date": script("date", dates)}


def _fact(case: CaseEntry, name: str) -> str:
    if name == "has":
        return "data" if case.has_data else ""
    value: str = case.date[:4] if name == "year" else getattr(case, name)
    return value


def _columns(facts: Mapping[str, Sequence[str]]) -> Words:
    """Of each column the distinct values in order, and for each value its number among these."""
    columns = {}
    for name, values in facts.items():
        distinct = sorted(set(values))
        numbers = {value: number for number, value in enumerate(distinct)}
        columns[name] = [distinct, as_characters(numbers[value] for value in values)]
    return deflate_json(columns)


def text_files(collection: Collection) -> dict[str, bytes]:
    """A file for each piece of a case, read for the hits that are shown."""
    files = {}
    for number, case in enumerate(collection.cases):
        for part, first in enumerate(range(0, len(case.items), PIECE)):
            name = f"t{number}-{part}"
            text = _piece(case, case.items[first : first + PIECE])
            files[name] = script(name, deflate(text.encode("utf-16-le", "surrogatepass")))
    return files


@cache
def _foldable() -> re.Pattern[str]:
    """The characters of `script_folds`: ten times as fast as sets."""
    return re.compile(f"[{re.escape(''.join(script_folds()))}]")


def _piece(case: CaseEntry, items: Sequence[SearchItem]) -> str:
    """Facts of the case, its title and characters that only OpenCC's table folds with their
    forms; then anchor, role, heading and text of each item; all ended by SEPARATOR."""
    words = "".join((case.title, *(item.heading + item.text for item in items)))
    special = "".join(c + script_folds()[c] for c in sorted(set(_foldable().findall(words))))
    facts = (case.id, case.kind, case.region, case.organ, case.date, case.title, special)
    rows = ((item.anchor, item.role, item.heading, item.text) for item in items)
    fields = (*facts, *chain(*rows))
    return "".join(field.replace(SEPARATOR, " ") + SEPARATOR for field in fields)

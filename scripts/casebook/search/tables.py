"""What the index says besides the lists: the start-up table, columns of facets, texts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain

import numpy as np

from casebook.runtime.cache import CODE, NOTHING, Store
from casebook.search.collection import CaseEntry, Collection, Item
from casebook.search.columns import BitCoder, code_column
from casebook.search.folding import BREAKS, script_folds
from casebook.search.packing import (
    Ints,
    Words,
    as_characters,
    as_text,
    as_words,
    deflated_json,
    script,
)
from casebook.search.phrases import Phrases, choose_phrases
from casebook.search.shards import LONG, Shards

PIECE = 16
"""Items of a case that are read together."""

BLOCK = 512
"""Cases whose facets are read together."""

CASE_COLUMNS = ("kind", "region", "organ", "year")
SEPARATOR = "\0"
_KIND = "piece"


def meta_file(collection: Collection, roles: Mapping[str, str], shards: Shards) -> bytes:
    """What every query needs: items of each case, groups of the shards, lists that stand alone."""
    lasts = np.array([last for last, _ in shards.groups], np.int64)
    left, right = key_columns(np.array([key for key, _ in shards.alone], np.int64))
    meta = {
        "cases": as_characters(len(case.items) for case in collection.cases),
        "lasts": as_characters(np.diff(lasts, prepend=0).tolist()),
        "shards": as_characters(count for _, count in shards.groups),
        "left": as_characters(left.tolist()),
        "right": as_characters(right.tolist()),
        "sizes": as_characters(len(words) // LONG for _, words in shards.alone),
        "roles": dict(roles),
        "breaks": BREAKS,
        "piece": PIECE,
        "block": BLOCK,
    }
    return script("meta", deflated_json(meta))


def key_columns(keys: Ints) -> tuple[Ints, Ints]:
    """Ascending keys as two columns: the gap of the first code unit to the one before, and the
    second code unit, of a key with the same first only the gap."""
    left, right = keys >> 16, keys & 0xFFFF
    gaps = np.diff(left, prepend=0)
    return gaps, np.where(gaps == 0, np.diff(right, prepend=0), right)


def shard_files(shards: Shards) -> dict[str, bytes]:
    """A file for each shard, and one for each list that stands alone."""
    named = {f"p{number}": words for number, words in enumerate(shards.shards)}
    named |= {f"a{number}": words for number, (_, words) in enumerate(shards.alone)}
    return {name: script(name, words) for name, words in named.items()}


def fold_file() -> bytes:
    """Traditional characters and their simplified forms, loaded when a character is unknown."""
    return script("folds", deflated_json("".join(chain(*script_folds().items()))))


def facet_files(collection: Collection) -> dict[str, bytes]:
    """For each block of cases a file with columns of facets, and one with the themes, which are
    the most and can wait; and all dates, to sort by.

    Columns of cases have a value for each case, those of items a value for each item; an item's
    themes are one value, joined by line feeds.
    """
    files = {}
    for number, first in enumerate(range(0, len(collection.cases), BLOCK)):
        cases = collection.cases[first : first + BLOCK]
        facts = {name: [_fact(case, name) for case in cases] for name in CASE_COLUMNS}
        facts["role"] = [item.role for case in cases for item in case.items]
        named = ["\n".join(item.themes) for case in cases for item in case.items]
        files[f"f{number}"] = script(f"f{number}", _columns(facts))
        files[f"h{number}"] = script(f"h{number}", _columns({"theme": named}))
    dates = _columns({"date": [case.date for case in collection.cases]})
    return {**files, "date": script("date", dates)}


def _fact(case: CaseEntry, name: str) -> str:
    value: str = case.date[:4] if name == "year" else getattr(case, name)
    return value


def _columns(facts: Mapping[str, Sequence[str]]) -> Words:
    """Of each column the distinct values in order; and the bytes that code their numbers."""
    names = {column: sorted(set(values)) for column, values in facts.items()}
    coder = BitCoder()
    for column, values in facts.items():
        numbers = {value: number for number, value in enumerate(names[column])}
        code_column(coder, [numbers[value] for value in values], len(numbers))
    return deflated_json(names, coder.finish())


def text_files(collection: Collection, store: Store = NOTHING) -> dict[str, bytes]:
    """The table of phrases, and a file for each piece of a case, read for the hits shown."""
    pieces = {}
    for number, case in enumerate(collection.cases):
        for part, first in enumerate(range(0, len(case.items), PIECE)):
            pieces[f"t{number}-{part}"] = _piece(case, case.items[first : first + PIECE])
    phrases = choose_phrases(list(pieces.values()))
    table = deflated_json(phrases.table())
    encoded = _encoded(phrases, list(pieces.values()), store, table.tobytes())
    files = {name: script(name, words) for name, words in zip(pieces, encoded, strict=True)}
    return {"phrases": script("phrases", table), **files}


def _encoded(phrases: Phrases, texts: Sequence[str], store: Store, table: bytes) -> list[Words]:
    """The words of each text; those that the same table gave before are taken from the store."""
    start = hashlib.sha256(CODE.encode() + table).digest()
    keys = [_key(start, text) for text in texts]
    known = {key: as_words(value) for key, value in store.values(_KIND, keys)}
    missing = [place for place, key in enumerate(keys) if key not in known]
    fresh = zip(missing, phrases.encoded([texts[place] for place in missing]), strict=True)
    added = {keys[place]: words for place, words in fresh}
    store.drop(_KIND, keys)
    store.keep(_KIND, {key: as_text(words) for key, words in added.items()})
    known |= added
    return [known[key] for key in keys]


def _key(start: bytes, text: str) -> str:
    return hashlib.sha256(start + text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _folded() -> re.Pattern[str]:
    """The characters of `script_folds`: ten times as fast as sets."""
    return re.compile(f"[{re.escape(''.join(script_folds()))}]")


def _piece(case: CaseEntry, items: Sequence[Item]) -> str:
    """Facts of the case, its title and characters that only OpenCC's table folds with their
    forms; then anchor, role, heading and text of each item; all ended by SEPARATOR."""
    words = "".join((case.title, *(item.heading + item.text for item in items)))
    special = "".join(c + script_folds()[c] for c in sorted(set(_folded().findall(words))))
    facts = (case.id, case.kind, case.region, case.organ, case.date, case.title, special)
    rows = ((item.anchor, item.role, item.heading, item.text) for item in items)
    fields = (*facts, *chain(*rows))
    return "".join(field.replace(SEPARATOR, " ") + SEPARATOR for field in fields)

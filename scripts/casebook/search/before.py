"""What is kept of an index for the next build: facts of its lists, and the texts it was made of."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from casebook.runtime.cache import CODE, NOTHING, Store
from casebook.search.collection import CaseEntry, Collection
from casebook.search.folding import Units
from casebook.search.packing import Ints, Words, script_words
from casebook.search.postings import Lists
from casebook.search.shards import Shards

_INDEX, _TEXTS = "index", "texts"

ReadBefore = Callable[[str], bytes | None]
"""The content that a file of the index had in the site before, by its name; None for no file."""

Texts = tuple[tuple[str, str], ...]
"""Heading and text of each item of a case."""


Cases = tuple[tuple[str, str, int], ...]
"""Of each case the id, a digest of its texts and the number of its items."""


@dataclass(frozen=True, slots=True)
class Index:
    """The shards of a library, their lists, and how often each code unit occurs."""

    shards: Shards
    lists: Lists
    occurrences: Ints


@dataclass(frozen=True, slots=True)
class Before:
    """An index made before, and the cases it was made of."""

    cases: Cases
    index: Index


def cases_of(collection: Collection) -> Cases:
    """What tells whether the cases of a collection changed."""
    return tuple((case.id, _digest(texts_of(case)), len(case.items)) for case in collection.cases)


def texts_of(case: CaseEntry) -> Texts:
    """What the lists are made of."""
    return tuple((item.heading, item.text) for item in case.items)


def keep(
    store: Store, index: Index, collection: Collection, cases: Cases, files: Mapping[str, bytes]
) -> None:
    """Note an index, the files of its shards, and the collection and cases it was made of."""
    if store is NOTHING:
        return
    digests = [digest for _, digest, _ in cases]
    known = store.drop(_TEXTS, digests)
    given = {d: case for d, case in zip(digests, collection.cases, strict=True) if d not in known}
    store.keep(_TEXTS, {d: json.dumps(texts_of(c)) for d, c in given.items()})
    row = {
        "cases": cases,
        "groups": index.shards.groups,
        "alone": [key for key, _ in index.shards.alone],
        "sums": {name: zlib.crc32(content) for name, content in files.items()},
        "first": _dumped(index.lists.first, "<u2"),
        "second": _dumped(index.lists.second, "<u2"),
        "counts": _dumped(index.lists.counts, "<i4"),
        "bits": _dumped(index.shards.bits, "<i4"),
        "occurrences": _dumped(index.occurrences, "<i4"),
    }
    store.drop(_INDEX, [CODE])
    store.keep(_INDEX, {CODE: json.dumps(row)})


def kept_texts(store: Store, digests: Iterable[str]) -> Mapping[str, Texts]:
    """The texts that have the digests, those that are kept."""
    rows = store.values(_TEXTS, list(digests))
    return {digest: tuple((h, t) for h, t in json.loads(value)) for digest, value in rows}


def recalled(store: Store, read: ReadBefore) -> Before | None:
    """The index before; None where it is not kept, or its files are not those of the site."""
    for _, value in store.values(_INDEX, [CODE]):
        row = json.loads(value)
        if (words := _words(row["sums"], read)) is not None:
            return Before(tuple((i, d, n) for i, d, n in row["cases"]), _index(row, words))
    return None


def _index(row: Mapping[str, Any], words: Sequence[Words]) -> Index:
    counts = _loaded(row["counts"], "<i4")
    lists = Lists(
        _loaded(row["first"], "<u2"), _loaded(row["second"], "<u2"),
        np.cumsum(counts) - counts, counts,
    )  # fmt: skip
    alone = row["alone"]
    shards = Shards(
        [(last, count) for last, count in row["groups"]],
        list(words[: len(words) - len(alone)]),
        list(zip(alone, words[len(words) - len(alone) :], strict=True)),
        _loaded(row["bits"], "<i4"),
    )
    return Index(shards, lists, _loaded(row["occurrences"], "<i4"))


def _words(sums: Mapping[str, int], read: ReadBefore) -> list[Words] | None:
    """The words of all files; None unless each is as it was written."""
    words = []
    for name, expected in sums.items():
        content = read(name)
        if content is None or zlib.crc32(content) != expected:
            return None
        words.append(script_words(content))
    return words


def _digest(texts: Texts) -> str:
    digest = hashlib.sha256()
    for part in (part for both in texts for part in both):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _dumped(column: Ints | Units, kind: str) -> str:
    return base64.b64encode(zlib.compress(column.astype(kind).tobytes(), 1)).decode("ascii")


def _loaded(text: str, kind: str) -> Any:
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), kind)

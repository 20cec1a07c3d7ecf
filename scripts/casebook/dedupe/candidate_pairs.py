"""The few pairs of texts worth judging, out of all: one SQL join over (document, hash).

Two texts are a candidate pair when they share enough sampled shingles, measured against the one
that kept fewer, so that a short text inside a long one is found as surely as two equal ones.
A hash that many texts hold (boilerplate) would join all of them with all; from MOST_HOLDERS on it
only links each holder to the next, which keeps a large family of copies together at linear cost.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from casebook.dedupe.shingles import Hashes, fingerprint

MOST_HOLDERS = 64
"""A hash held by more texts than this makes no pairs, only a chain (measured in notes: 3,000
copies are still found whole, where a plain cap loses four fifths of them)."""

LEAST_SHARED = 2
LEAST_SHARE = 0.15
"""Shared hashes needed, and their share of the smaller fingerprint: 20 % of random edits leave
about 0.25, unrelated texts less than 0.08."""

MEMORY_LIMIT = "2GB"
"""What the join may hold in memory; DuckDB writes the rest to a temporary folder."""

_BATCH = 4096

Pairs = npt.NDArray[np.int64]

QUERY = f"""
WITH sampled AS (
    SELECT document, hash, count(*) OVER (PARTITION BY hash) AS holders FROM shingle
), common AS (
    SELECT document, hash, holders FROM sampled WHERE holders > 1
), linked AS (
    SELECT x.document AS a, y.document AS b, 0 AS chained
    FROM common x JOIN common y ON x.hash = y.hash AND x.document < y.document
    WHERE x.holders <= {MOST_HOLDERS} AND y.holders <= {MOST_HOLDERS}
    UNION ALL
    SELECT document, next, 1 FROM (
        SELECT document, lead(document) OVER (PARTITION BY hash ORDER BY document) AS next
        FROM common WHERE holders > {MOST_HOLDERS}
    ) chain WHERE next IS NOT NULL
), shared AS (
    SELECT a, b, chained, count(*) AS hashes FROM linked GROUP BY a, b, chained
    HAVING count(*) >= {LEAST_SHARED}
), kept AS (
    SELECT text.document, sampling,
           sampling * count(*) AS all_shingles,
           sampling * count(CASE WHEN holders <= {MOST_HOLDERS} THEN 1 END) AS rare_shingles
    FROM sampled JOIN text ON text.document = sampled.document
    GROUP BY text.document, sampling
)
SELECT DISTINCT shared.a, shared.b
FROM shared
JOIN kept x ON x.document = shared.a
JOIN kept y ON y.document = shared.b
WHERE shared.hashes * greatest(x.sampling, y.sampling) >= {LEAST_SHARE} * CASE
    WHEN chained = 1 THEN least(x.all_shingles, y.all_shingles)
    ELSE least(x.rare_shingles, y.rare_shingles) END
ORDER BY 1, 2
"""


def candidate_pairs(folded: Sequence[str]) -> list[tuple[int, int]]:
    """Positions (a, b), a < b, of texts worth comparing, sorted; `folded` as `folding.fold` gives.

    Equal texts are linked each to the next one, whatever their length.
    """
    pairs = set(equal_pairs(folded))
    pairs.update((a, b) for a, b in joined_pairs(folded).tolist())
    return sorted(pairs)


def joined_pairs(folded: Sequence[str]) -> Pairs:
    """The candidate pairs of texts that are all different, sorted, one a row."""
    with tempfile.TemporaryDirectory(prefix="casebook-") as spill:
        return _joined(folded, Path(spill))


def equal_pairs(folded: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Equal texts, linked each to the next one, whatever their length."""
    places: dict[str, list[int]] = {}
    for position, text in enumerate(folded):
        if text:
            places.setdefault(text, []).append(position)
    for equal in places.values():
        yield from pairwise(equal)


def _joined(folded: Sequence[str], spill: Path) -> Pairs:
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(spill),
    }
    with duckdb.connect(config=settings) as connection:
        connection.execute("CREATE TABLE shingle (document INTEGER, hash BIGINT)")
        connection.execute("CREATE TABLE text (document INTEGER, sampling INTEGER)")
        for start in range(0, len(folded), _BATCH):
            _insert(connection, start, [fingerprint(t) for t in folded[start : start + _BATCH]])
        found = connection.execute(QUERY).fetchnumpy()
    return np.column_stack([found["a"], found["b"]]).astype(np.int64)


def _insert(connection: Any, start: int, prints: Sequence[tuple[Hashes, int]]) -> None:
    numbers = np.arange(start, start + len(prints), dtype=np.int32)
    texts = {
        "document": numbers,
        "sampling": np.array([sampling for _, sampling in prints], dtype=np.int32),
    }
    shingles = {
        "document": np.repeat(numbers, [len(hashes) for hashes, _ in prints]),
        "hash": np.concatenate([hashes for hashes, _ in prints]),
    }
    for table, columns in (("text", texts), ("shingle", shingles)):
        connection.register("batch", columns)
        connection.execute(f"INSERT INTO {table} SELECT * FROM batch")
        connection.unregister("batch")

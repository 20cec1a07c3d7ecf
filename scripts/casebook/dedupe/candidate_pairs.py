"""The few pairs of texts that are worth judging, from one SQL join over (document, hash).

Two texts are a candidate pair when they share enough sampled hashes, as a share of the smaller
fingerprint. So a short text inside a long one is found as surely as two equal texts.

A hash that many texts hold (boilerplate, or a large family of copies) would join each with each.
Above MOST_HOLDERS holders it links each holder only to the next one. This keeps a family connected
at linear cost:

    hash 1 in texts 3, 5, 8            pairs 3-5, 3-8, 5-8
    hash 2 in texts 1, 2, … 100        links 1-2, 2-3, … 99-100

A link becomes a pair, too, where the two texts have enough of such links in common.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from casebook.dedupe.shingles import Hashes, fingerprint

MOST_HOLDERS = 64
"""Texts that may hold a hash before it only makes a chain.

Measured on 3,000 copies with 3 % of edits among 10,000 texts: the chain finds all of them, while
ignoring such hashes finds 636.
"""

FEWEST_SHARED_HASHES = 2
LEAST_SHARED_PORTION = 0.15
"""Hashes that a pair must share, as a number and as a share of the smaller fingerprint.

Measured on 10,000 generated texts (median; 5–95 %): 20 % of the characters edited leave 0.25
(0.19–0.32), unrelated texts have 0.07 (0.05–0.13).
"""

MEMORY_LIMIT = "2GB"
"""Memory of the join; DuckDB writes the rest to a temporary folder."""

_BATCH_TEXTS = 4096

PairRows = npt.NDArray[np.int64]

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
    HAVING count(*) >= {FEWEST_SHARED_HASHES}
), fingerprint AS (
    SELECT text.document, sampling,
           sampling * count(*) AS all_shingles,
           sampling * count(CASE WHEN holders <= {MOST_HOLDERS} THEN 1 END) AS rare_shingles
    FROM sampled JOIN text ON text.document = sampled.document
    GROUP BY text.document, sampling
)
SELECT DISTINCT shared.a, shared.b
FROM shared
JOIN fingerprint x ON x.document = shared.a
JOIN fingerprint y ON y.document = shared.b
WHERE shared.hashes * greatest(x.sampling, y.sampling) >= {LEAST_SHARED_PORTION} * CASE
    WHEN chained = 1 THEN least(x.all_shingles, y.all_shingles)
    ELSE least(x.rare_shingles, y.rare_shingles) END
ORDER BY 1, 2
"""


def find_candidate_pairs(folded: Sequence[str]) -> list[tuple[int, int]]:
    """Positions (a, b), a < b, of texts worth comparing, sorted.

    `folded` are texts folded by `fold_for_comparison`. Equal texts are each linked to the next one,
    whatever their length.
    """
    pairs = set(link_equal_texts(folded))
    if len(folded) <= MOST_HOLDERS:  # a new text with its neighbors: loading DuckDB takes longer
        pairs.update(_join_few(folded))
    else:
        pairs.update((a, b) for a, b in join_pairs(folded).tolist())
    return sorted(pairs)


def _join_few(folded: Sequence[str]) -> Iterator[tuple[int, int]]:
    """What QUERY finds where no hash can have more than MOST_HOLDERS holders."""
    prints = [
        (frozenset(hashes.tolist()), sampling) for hashes, sampling in map(fingerprint, folded)
    ]
    for (a, (own, sampling)), (b, (others, sparser)) in combinations(enumerate(prints), 2):
        shared = len(own & others)
        least = LEAST_SHARED_PORTION * min(sampling * len(own), sparser * len(others))
        if shared >= FEWEST_SHARED_HASHES and shared * max(sampling, sparser) >= least:
            yield a, b


def join_pairs(folded: Sequence[str]) -> PairRows:
    """The candidate pairs of texts that are all different, sorted, one in each row."""
    with tempfile.TemporaryDirectory(prefix="casebook-") as spill:
        return _join_in_duckdb(folded, Path(spill))


def link_equal_texts(folded: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Equal texts, each linked to the next one; empty texts are left out."""
    places: dict[str, list[int]] = {}
    for position, text in enumerate(folded):
        if text:
            places.setdefault(text, []).append(position)
    for equal in places.values():
        yield from pairwise(equal)


def _join_in_duckdb(folded: Sequence[str], spill: Path) -> PairRows:
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(spill),
    }
    with duckdb.connect(config=settings) as connection:
        connection.execute("CREATE TABLE shingle (document INTEGER, hash BIGINT)")
        connection.execute("CREATE TABLE text (document INTEGER, sampling INTEGER)")
        for start in range(0, len(folded), _BATCH_TEXTS):
            _insert_batch(
                connection, start, [fingerprint(t) for t in folded[start : start + _BATCH_TEXTS]]
            )
        found = connection.execute(QUERY).fetchnumpy()
    return np.column_stack([found["a"], found["b"]]).astype(np.int64)


def _insert_batch(connection: Any, start: int, prints: Sequence[tuple[Hashes, int]]) -> None:
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

"""Near-identical texts: candidate pairs, their relations, clusters, and practices in several cases.

The package takes ids and strings. It knows no case and reads and writes no file of a library;
merging is in `library`.
"""

from __future__ import annotations

from typing import Literal, get_args

from casebook.model import Relation

MERGING: tuple[Relation, ...] = ("identical", "near", "contains", "revision")
"""Relations of texts that may become one case; texts of `series` and `shares` never do."""

Engine = Literal["auto", "duckdb", "spark"]
ENGINES: tuple[Engine, ...] = get_args(Engine)

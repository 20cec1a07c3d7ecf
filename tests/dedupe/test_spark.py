"""Spark and DuckDB agree. Needs Java and requirements-spark.txt: `make test SPARK=1`."""

from __future__ import annotations

import importlib.util
import os
import random
import shutil

import pytest
from labeled_pairs import load

from casebook.dedupe.cluster import find_duplicates
from casebook.dedupe.relations import ComparedText
from casebook.model import UserError

NEEDED = all(importlib.util.find_spec(name) for name in ("pyspark", "pandas", "pyarrow"))
RUNS = pytest.mark.skipif(
    not os.environ.get("SPARK") and (not NEEDED or shutil.which("java") is None),
    reason="needs Java and requirements-spark.txt: make test SPARK=1",
)


@RUNS
@pytest.mark.filterwarnings("ignore")
def test_the_engines_agree() -> None:
    """The same pairs, evidence and clusters: labeled texts, equal ones, short ones, strangers."""
    rng = random.Random(1)
    texts = [(p.b.title, p.b.text) for p in load()[:12]] + [
        (p.a.title, p.a.text) for p in load()[:4]
    ]
    texts += [("", "同意"), ("", "同意"), ("", ""), ("", "".join(rng.choices("天地玄黄", k=300)))]
    documents = [ComparedText(str(n), *text) for n, text in enumerate(texts)]
    assert find_duplicates(documents, "spark") == find_duplicates(documents, "duckdb")


def test_without_spark_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback from an import."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UserError, match=r"requirements-spark\.txt"):
        find_duplicates([ComparedText("a", "", "正文")], "spark")

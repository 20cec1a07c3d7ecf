"""The same join and the same judge on Spark, for a library that outgrows one machine.

Fingerprints and judgments are made by the workers, on batches of texts as pandas frames; between
them runs the SQL statement of `candidates`. pyspark is optional (requirements-spark.txt).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from casebook.content import PACKAGE
from casebook.dedupe.boilerplate import Keys
from casebook.dedupe.candidate_pairs import QUERY, equal_pairs
from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.dedupe.judging import Judged, Places
from casebook.dedupe.relations import ComparedText, Pair, Subject, judge
from casebook.dedupe.shingles import fingerprint
from casebook.model import UserError

_TEXTS = "document int, id string, title string, text string, common array<bigint>"
_PRINTS = "document int, sampling int, hash array<bigint>"
_JUDGED = (
    "x int, y int, relation string, similarity double, containment double, evidence array<string>"
)
_NONE = ""


def judged_by_spark(documents: Sequence[ComparedText], common: Sequence[Keys]) -> list[Judged]:
    """All candidate pairs of the documents, judged, sorted. Raises UserError without Spark.

    `common` are, for each document, its paragraphs that many have (`boilerplate`).
    """
    session = _session()
    try:
        rows = [
            (n, d.id, d.title, d.text, sorted(keys))
            for n, (d, keys) in enumerate(zip(documents, common, strict=True))
        ]
        texts = session.createDataFrame(rows, _TEXTS).repartition("document").cache()
        prints = texts.mapInPandas(_fingerprints, _PRINTS).cache()
        prints.select("document", "sampling").createOrReplaceTempView("text")
        exploded = prints.selectExpr("document", "explode(hash) AS hash")
        exploded.createOrReplaceTempView("shingle")
        equal = session.createDataFrame(_equal(documents), "a int, b int")
        pairs = session.sql(QUERY).union(equal).distinct()
        found = _joined(pairs, texts).mapInPandas(_judgments, _JUDGED).collect()
        return sorted((_judged(documents, row) for row in found), key=lambda judged: judged[0])
    finally:
        session.stop()


def _session() -> Any:
    """A Spark session: that of spark-submit, else one of all cores of this machine."""
    if importlib.util.find_spec("pyspark") is None:
        raise UserError("没有安装 pyspark（见 requirements-spark.txt）：请运行 make spark。")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise UserError("spark 引擎需要 Java 17 或更新的版本，没有找到 java。")
    from pyspark.sql import SparkSession

    package = str(PACKAGE.parent)
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    os.environ["PYTHONPATH"] = paths
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("casebook").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", str(4 * (os.cpu_count() or 1)))
    return builder.config("spark.executorEnv.PYTHONPATH", paths).getOrCreate()


def _equal(documents: Sequence[ComparedText]) -> list[Places]:
    """Equal texts, linked each to the next one."""
    return list(equal_pairs([fold_for_comparison(document.text) for document in documents]))


def _joined(pairs: Any, texts: Any) -> Any:
    """Each pair with both documents, sent to the workers by its first one."""
    for side in ("a", "b"):
        columns = [f"{name} AS {side}_{name}" for name in ("id", "title", "text", "common")]
        pairs = pairs.join(texts.selectExpr(f"document AS {side}", *columns), side)
    return pairs


def _fingerprints(frames: Iterator[Any]) -> Iterator[Any]:
    """On a worker: the fingerprint of each text of a frame."""
    for frame in frames:
        prints = [fingerprint(fold_for_comparison(text)) for text in frame.text]
        frame = frame[["document"]].assign(sampling=[sampling for _, sampling in prints])
        yield frame.assign(hash=[hashes.tolist() for hashes, _ in prints])


def _judgments(frames: Iterator[Any]) -> Iterator[Any]:
    """On a worker: how the two texts of each row relate."""
    import pandas

    names = [column.split()[0] for column in _JUDGED.split(", ")]
    for frame in frames:
        yield pandas.DataFrame([_judgment(row) for row in frame.itertuples()], columns=names)


def _judgment(row: Any) -> tuple[Any, ...]:
    a = Subject(ComparedText(row.a_id, row.a_title, row.a_text), frozenset(row.a_common))
    b = Subject(ComparedText(row.b_id, row.b_title, row.b_text), frozenset(row.b_common))
    pair = judge(a, b)
    if pair is None:
        return row.a, row.b, _NONE, 0.0, 0.0, []
    return row.a, row.b, pair.relation, pair.similarity, pair.containment, list(pair.evidence)


def _judged(documents: Sequence[ComparedText], row: Any) -> Judged:
    if row.relation == _NONE:
        return (row.x, row.y), None
    ids = documents[row.x].id, documents[row.y].id
    scores = row.similarity, row.containment
    return (row.x, row.y), Pair(*ids, row.relation, *scores, tuple(row.evidence))

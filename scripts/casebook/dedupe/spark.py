"""The same candidate pairs and judgments by Spark, for a library too large for one machine.

Workers compute fingerprints and judgments on pandas frames; the SQL statement of `candidate_pairs`
joins them. pyspark is optional (requirements-spark.txt).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from casebook.content import PACKAGE
from casebook.dedupe.boilerplate import ParagraphKeys
from casebook.dedupe.candidate_pairs import QUERY, link_equal_texts
from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.dedupe.judging import Judged, Places
from casebook.dedupe.relations import ComparedText, Pair, Subject, judge
from casebook.dedupe.shingles import fingerprint
from casebook.model import UserError

_TEXT_COLUMNS = "document int, id string, title string, text string, common array<bigint>"
_FINGERPRINT_COLUMNS = "document int, sampling int, hash array<bigint>"
_JUDGMENT_COLUMNS = (
    "x int, y int, relation string, similarity double, containment double, evidence array<string>"
)
_NO_RELATION = ""


def judge_on_spark(
    documents: Sequence[ComparedText], common: Sequence[ParagraphKeys]
) -> list[Judged]:
    """Judge all candidate pairs of the documents; sorted. Raises UserError without Spark or Java.

    `common` are, for each document, its paragraphs that many texts have (`boilerplate`).
    """
    session = _open_session()
    try:
        rows = [
            (n, d.id, d.title, d.text, sorted(keys))
            for n, (d, keys) in enumerate(zip(documents, common, strict=True))
        ]
        texts = session.createDataFrame(rows, _TEXT_COLUMNS).repartition("document").cache()
        prints = texts.mapInPandas(_fingerprint_frames, _FINGERPRINT_COLUMNS).cache()
        prints.select("document", "sampling").createOrReplaceTempView("text")
        exploded = prints.selectExpr("document", "explode(hash) AS hash")
        exploded.createOrReplaceTempView("shingle")
        equal = session.createDataFrame(_link_equal(documents), "a int, b int")
        pairs = session.sql(QUERY).union(equal).distinct()
        found = (
            _join_documents(pairs, texts).mapInPandas(_judge_frames, _JUDGMENT_COLUMNS).collect()
        )
        return sorted((_read_row(documents, row) for row in found), key=lambda judged: judged[0])
    finally:
        session.stop()


def _open_session() -> Any:
    """A Spark session: the one of spark-submit, or a new one on all cores of this machine."""
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


def _link_equal(documents: Sequence[ComparedText]) -> list[Places]:
    """Equal texts, each linked to the next one."""
    return list(link_equal_texts([fold_for_comparison(document.text) for document in documents]))


def _join_documents(pairs: Any, texts: Any) -> Any:
    """Each pair with both of its documents, as a row for a worker."""
    for side in ("a", "b"):
        columns = [f"{name} AS {side}_{name}" for name in ("id", "title", "text", "common")]
        pairs = pairs.join(texts.selectExpr(f"document AS {side}", *columns), side)
    return pairs


def _fingerprint_frames(frames: Iterator[Any]) -> Iterator[Any]:
    """On a worker: fingerprint each text of a frame."""
    for frame in frames:
        prints = [fingerprint(fold_for_comparison(text)) for text in frame.text]
        frame = frame[["document"]].assign(sampling=[sampling for _, sampling in prints])
        yield frame.assign(hash=[hashes.tolist() for hashes, _ in prints])


def _judge_frames(frames: Iterator[Any]) -> Iterator[Any]:
    """On a worker: judge the two texts of each row."""
    import pandas

    names = [column.split()[0] for column in _JUDGMENT_COLUMNS.split(", ")]
    for frame in frames:
        yield pandas.DataFrame([_judge_row(row) for row in frame.itertuples()], columns=names)


def _judge_row(row: Any) -> tuple[Any, ...]:
    a = Subject(ComparedText(row.a_id, row.a_title, row.a_text), frozenset(row.a_common))
    b = Subject(ComparedText(row.b_id, row.b_title, row.b_text), frozenset(row.b_common))
    pair = judge(a, b)
    if pair is None:
        return row.a, row.b, _NO_RELATION, 0.0, 0.0, []
    return row.a, row.b, pair.relation, pair.similarity, pair.containment, list(pair.evidence)


def _read_row(documents: Sequence[ComparedText], row: Any) -> Judged:
    if row.relation == _NO_RELATION:
        return (row.x, row.y), None
    ids = documents[row.x].id, documents[row.y].id
    scores = row.similarity, row.containment
    return (row.x, row.y), Pair(*ids, row.relation, *scores, tuple(row.evidence))

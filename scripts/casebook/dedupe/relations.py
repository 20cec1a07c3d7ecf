"""How two texts relate: the same one, a part, a later wording, another of a series, or less."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.dedupe.alignment import align_prepared
from casebook.dedupe.compare import measure
from casebook.dedupe.pair_evidence import explain
from casebook.dedupe.subjects import ComparedText, Subject
from casebook.dedupe.verdict import View, decide, worth_a_link
from casebook.model import Relation

__all__ = ["MERGING", "ComparedText", "Pair", "Subject", "judge", "relate"]

MERGING: tuple[Relation, ...] = ("identical", "near", "contains", "revision")
"""Relations of texts that may become one case; `series` and `shares` never do."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents (by id) and how they relate; scores 0–100, `evidence` in short Chinese.

    In the evidence 甲 is the document `a`, 乙 the document `b`.
    """

    a: str
    b: str
    relation: Relation
    similarity: float
    containment: float
    evidence: tuple[str, ...]


def relate(a: ComparedText, b: ComparedText) -> Pair | None:
    """How two documents relate, or None when they have too little in common to say so."""
    return judge(Subject(a), Subject(b))


def judge(a: Subject, b: Subject) -> Pair | None:
    """`relate` for documents that are compared with several others."""
    if not a.prepared.folded or not b.prepared.folded:
        return None
    passages = align_prepared(a.prepared, b.prepared)
    likeness = measure(a.prepared, b.prepared, passages)
    if not worth_a_link(likeness, passages):
        return None
    view = View(a, b, passages, likeness)
    relation = decide(view)
    return Pair(
        a=a.document.id,
        b=b.document.id,
        relation=relation,
        similarity=round(likeness.similarity, 2),
        containment=round(likeness.containment, 2),
        evidence=tuple(explain(view, relation)),
    )

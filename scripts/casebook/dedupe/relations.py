"""The relation of two texts: from identical to sharing no more than passages."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.dedupe.alignment import align_texts
from casebook.dedupe.likeness import measure_likeness
from casebook.dedupe.pair_evidence import explain_relation
from casebook.dedupe.subjects import ComparedText, Subject
from casebook.dedupe.verdict import PairView, decide_relation, is_worth_a_link
from casebook.model import Relation

__all__ = ["ComparedText", "Pair", "Subject", "judge", "relate"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents (by id) and their relation.

    `similarity` and `containment` are 0–100. `evidence` are Chinese phrases, in which 甲 is the
    document `a` and 乙 the document `b`.
    """

    a: str
    b: str
    relation: Relation
    similarity: float
    containment: float
    evidence: tuple[str, ...]


def relate(a: ComparedText, b: ComparedText) -> Pair | None:
    """The relation of two documents, or None when they have too little in common."""
    return judge(Subject(a), Subject(b))


def judge(a: Subject, b: Subject) -> Pair | None:
    """The same as `relate`, for documents that are compared with several others."""
    if not a.prepared.folded or not b.prepared.folded:
        return None
    passages = align_texts(a.prepared, b.prepared)
    likeness = measure_likeness(a.prepared, b.prepared, passages)
    if not is_worth_a_link(likeness, passages):
        return None
    view = PairView(a, b, passages, likeness)
    relation = decide_relation(view)
    return Pair(
        a=a.document.id,
        b=b.document.id,
        relation=relation,
        similarity=round(likeness.similarity, 2),
        containment=round(likeness.containment, 2),
        evidence=tuple(explain_relation(view, relation)),
    )

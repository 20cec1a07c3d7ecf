"""The reasons for a relation, as short Chinese phrases for the person who decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from casebook.dedupe.alignment import Passage
from casebook.dedupe.facts import FactKind
from casebook.dedupe.slots import Conflict
from casebook.dedupe.verdict import PairView
from casebook.model import Relation
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS

KIND_NAMES: dict[FactKind, str] = {
    "date": "日期",
    "ordinal": "届次期号",
    "figure": "数字",
    "name": "地名、单位或人名",
    "term": "事项",
}

_SHOWN_EXAMPLES = 3
"""Examples that a phrase names."""

_HEADING_CHARACTERS = 40
"""Characters up to which a paragraph without an end mark is taken for a heading."""

_TEXT_END_MARKS = f"{ANY_SENTENCE_ENDS}：:"

_REORDERED_POINTS = 10.0
"""Containment minus similarity, from which paragraphs are taken to have changed places."""


def explain_relation(view: PairView, relation: Relation) -> Iterator[str]:
    """The phrases for a relation, the most important first."""
    if view.equal:
        around = "" if view.wholly_equal else "，也不计网页的页头页脚"
        yield f"正文相同（不计标点、空白和繁简{around}）"
    if relation == "shares":
        yield _explain_shared(view)
        if view.mostly_boilerplate:
            yield "共同段落多是许多文章都有的套话，其余各不相同"
        return
    yield from _explain_titles(view)
    if view.equal:
        return
    if relation == "contains":
        yield _explain_part(view)
    yield f"公共部分相似度 {compute_common_ratio(view.passages):.1f}"
    known = set(view.body.conflicts)
    yield from _explain_conflicts("开头", (c for c in view.opening_conflicts if c not in known))
    yield from _explain_conflicts("正文", view.body.conflicts)
    if view.replaced_records:
        yield f"名单、表格内容不同约 {max(1, round(view.replaced_records))} 处"
    if view.body.reworded:
        yield f"共同段落中措辞不同 {view.body.reworded} 处"
    yield from _explain_additions(view)
    if view.body.filled:
        yield "占位与实写：" + _join_examples(f"{a}↔{b}" for a, b in view.body.filled)
    if (
        min(view.likeness.a_in_b, view.likeness.b_in_a) - view.likeness.similarity
        > _REORDERED_POINTS
    ):
        yield "段落顺序不同"


def _explain_part(view: PairView) -> str:
    """Which text is a part of the other, and to what share."""
    likeness = view.likeness
    if likeness.a_in_b >= likeness.b_in_a:
        return f"甲有 {likeness.a_in_b:.1f}% 见于乙，乙有 {likeness.b_in_a:.1f}% 见于甲"
    return f"乙有 {likeness.b_in_a:.1f}% 见于甲，甲有 {likeness.a_in_b:.1f}% 见于乙"


def _explain_titles(view: PairView) -> Iterator[str]:
    if view.title_conflicts:
        only = "仅" if view.equal or not (view.body.conflicts or view.body.wording) else ""
        yield from _explain_conflicts(f"{only}标题", view.title_conflicts)
    elif view.versions:
        yield f"标题的版本标记不同：{view.a.title}→{view.b.title}"
    elif view.titles_known and view.a.folded_core != view.b.folded_core:
        yield f"标题不同：{view.a.title}→{view.b.title}"


def _explain_conflicts(where: str, conflicts: Iterable[Conflict]) -> Iterator[str]:
    by_kind: dict[FactKind, list[str]] = {}
    for conflict in conflicts:
        phrase = f"{conflict.a or '（无）'}→{conflict.b or '（无）'}"
        by_kind.setdefault(conflict.kind, []).append(phrase)
    for kind, phrases in by_kind.items():
        yield f"{where}{KIND_NAMES[kind]}不同：{_join_examples(phrases)}"


def _join_examples(phrases: Iterable[str]) -> str:
    counted = Counter(phrases)
    shown = [p if n == 1 else f"{p}（{n} 处）" for p, n in counted.most_common(_SHOWN_EXAMPLES)]
    return "、".join(shown) + (f" 等 {len(counted)} 种" if len(counted) > _SHOWN_EXAMPLES else "")


def _explain_additions(view: PairView) -> Iterator[str]:
    for name, other, kind in (("甲", "乙", "only-a"), ("乙", "甲", "only-b")):
        extra = [passage for passage in view.passages if passage.kind == kind]
        if extra:
            yield f"{name}比{other}多：{_summarize(extra)}"


def _summarize(extra: list[Passage]) -> str:
    """The headings among paragraphs that only one text has; without any, how much text it is."""
    pieces = [piece for passage in extra if (piece := passage.a or passage.b)]
    headings = [
        p.text
        for p in pieces
        if len(p.text) <= _HEADING_CHARACTERS and p.text[-1] not in _TEXT_END_MARKS
    ]
    if headings:
        more = f" 等 {len(headings)} 处" if len(headings) > _SHOWN_EXAMPLES else ""
        return "、".join(headings[:_SHOWN_EXAMPLES]) + more
    return f"{len(pieces)} 段约 {sum(len(piece.folded) for piece in pieces)} 字"


def _explain_shared(view: PairView) -> str:
    common = [p.a.folded for p in view.passages if p.a and p.b]
    return f"共同段落 {len(common)} 段，约 {sum(map(len, common))} 字"


def compute_common_ratio(passages: Iterable[Passage]) -> float:
    """The mean ratio, 0–100, of the paragraphs that both texts have, weighted by length."""
    total = weighted = 0.0
    for passage in passages:
        if passage.a and passage.b:
            length = len(passage.a.folded) + len(passage.b.folded)
            total, weighted = total + length, weighted + length * passage.score
    return weighted / total if total else 0.0

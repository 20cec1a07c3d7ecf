"""Why two texts relate as they do, in short Chinese phrases for a person who decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from casebook.dedupe.alignment import Passage
from casebook.dedupe.facts import FactKind
from casebook.dedupe.slots import Conflict
from casebook.dedupe.verdict import View
from casebook.model import Relation
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS

KIND_NAMES: dict[FactKind, str] = {
    "date": "日期",
    "ordinal": "届次期号",
    "figure": "数字",
    "name": "地名、单位或人名",
    "term": "事项",
}

_MOST = 3
"""Examples of one kind that are named."""

_HEADING = 40
"""Characters up to which a paragraph without a full stop is taken for a heading."""

_NO_HEADING = f"{ANY_SENTENCE_ENDS}：:"

_REORDERED = 10.0
"""Points by which similarity stays below containment when paragraphs changed places."""


def explain(view: View, relation: Relation) -> Iterator[str]:
    """The phrases, the weightiest first."""
    if view.equal:
        around = "" if view.wholly_equal else "，也不计网页的页头页脚"
        yield f"正文相同（不计标点、空白和繁简{around}）"
    if relation == "shares":
        yield _shared_phrase(view)
        if view.mostly_boilerplate:
            yield "共同段落多是许多文章都有的套话，其余各不相同"
        return
    yield from _title_phrases(view)
    if view.equal:
        return
    if relation == "contains":
        yield _inside(view)
    yield f"公共部分相似度 {common_ratio(view.passages):.1f}"
    known = set(view.body.conflicts)
    yield from _conflict_phrases("开头", (c for c in view.opening_conflicts if c not in known))
    yield from _conflict_phrases("正文", view.body.conflicts)
    if view.body.reworded:
        yield f"共同段落中措辞不同 {view.body.reworded} 处"
    yield from _only_phrases(view)
    if view.body.filled:
        yield "占位与实写：" + _examples(f"{a}↔{b}" for a, b in view.body.filled)
    if min(view.likeness.a_in_b, view.likeness.b_in_a) - view.likeness.similarity > _REORDERED:
        yield "段落顺序不同"


def _inside(view: View) -> str:
    """Which of the texts stands in the other, and how much of it."""
    likeness = view.likeness
    if likeness.a_in_b >= likeness.b_in_a:
        return f"甲有 {likeness.a_in_b:.1f}% 见于乙，乙有 {likeness.b_in_a:.1f}% 见于甲"
    return f"乙有 {likeness.b_in_a:.1f}% 见于甲，甲有 {likeness.a_in_b:.1f}% 见于乙"


def _title_phrases(view: View) -> Iterator[str]:
    if view.title_conflicts:
        only = "仅" if view.equal or not (view.body.conflicts or view.body.wording) else ""
        yield from _conflict_phrases(f"{only}标题", view.title_conflicts)
    elif view.versions:
        yield f"标题的版本标记不同：{view.a.title}→{view.b.title}"
    elif view.titles_known and view.a.folded_core != view.b.folded_core:
        yield f"标题不同：{view.a.title}→{view.b.title}"


def _conflict_phrases(where: str, conflicts: Iterable[Conflict]) -> Iterator[str]:
    by_kind: dict[FactKind, list[str]] = {}
    for conflict in conflicts:
        phrase = f"{conflict.a or '（无）'}→{conflict.b or '（无）'}"
        by_kind.setdefault(conflict.kind, []).append(phrase)
    for kind, phrases in by_kind.items():
        yield f"{where}{KIND_NAMES[kind]}不同：{_examples(phrases)}"


def _examples(phrases: Iterable[str]) -> str:
    counted = Counter(phrases)
    shown = [p if n == 1 else f"{p}（{n} 处）" for p, n in counted.most_common(_MOST)]
    return "、".join(shown) + (f" 等 {len(counted)} 种" if len(counted) > _MOST else "")


def _only_phrases(view: View) -> Iterator[str]:
    for name, other, kind in (("甲", "乙", "only-a"), ("乙", "甲", "only-b")):
        extra = [passage for passage in view.passages if passage.kind == kind]
        if extra:
            yield f"{name}比{other}多：{_summary(extra)}"


def _summary(extra: list[Passage]) -> str:
    """The headings among the paragraphs that only one text has, else how much it is."""
    pieces = [piece for passage in extra if (piece := passage.a or passage.b)]
    headings = [p.text for p in pieces if len(p.text) <= _HEADING and p.text[-1] not in _NO_HEADING]
    if headings:
        more = f" 等 {len(headings)} 处" if len(headings) > _MOST else ""
        return "、".join(headings[:_MOST]) + more
    return f"{len(pieces)} 段约 {sum(len(piece.folded) for piece in pieces)} 字"


def _shared_phrase(view: View) -> str:
    common = [p.a.folded for p in view.passages if p.a and p.b]
    return f"共同段落 {len(common)} 段，约 {sum(map(len, common))} 字"


def common_ratio(passages: Iterable[Passage]) -> float:
    """Ratio, 0–100, over the paragraphs that both texts have."""
    total = weighted = 0.0
    for passage in passages:
        if passage.a and passage.b:
            length = len(passage.a.folded) + len(passage.b.folded)
            total, weighted = total + length, weighted + length * passage.score
    return weighted / total if total else 0.0

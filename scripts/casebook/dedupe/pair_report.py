"""The report on duplicates: for people as text or Markdown, for machines as DESIGN.md §4 has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casebook.dedupe.cluster import Report
from casebook.dedupe.compare import Difference, Span, differences
from casebook.dedupe.relations import ComparedText, Pair
from casebook.model import Relation, as_dict

NAMES: dict[Relation, str] = {
    "identical": "相同",
    "near": "近似",
    "contains": "包含",
    "revision": "修订",
    "series": "同一模板的系列文章，不合并",
    "shares": "有共同段落，不合并",
}
"""Chinese names of the relations."""

_SHOWN = 5
"""Differences of a pair that the report shows."""

_WIDTH = 40
"""Characters of each side of a difference that the report shows."""

_LEAD = 8
"""Characters before the first change that are shown with it."""

_ABSENT = "（无）"


def as_json(report: Report) -> dict[str, Any]:
    """The report for machines: `{"pairs": […], "clusters": […]}`."""
    return {
        "pairs": [as_dict(pair) for pair in report.pairs],
        "clusters": [as_dict(cluster) for cluster in report.clusters],
    }


def as_text(report: Report, documents: Mapping[str, ComparedText]) -> str:
    """The report as plain lines; `documents` go by id."""
    lines = [_heading(report, len(documents))]
    for pair in report.pairs:
        lines += ["", f"【{NAMES[pair.relation]}】{_scores(pair)}"]
        lines += [f"  甲 {_name(documents[pair.a])}", f"  乙 {_name(documents[pair.b])}"]
        lines += [f"  · {reason}" for reason in pair.evidence]
        lines += [f"    甲 {left}\n    乙 {right}" for left, right in _sides(pair, documents)]
        lines += [f"    {rest}" for rest in _rest(pair, documents)]
    for cluster in report.clusters:
        lines += ["", f"可合并为一篇：{cluster.canonical} ← {'、'.join(cluster.members)}"]
    return "\n".join(lines) + "\n"


def as_markdown(report: Report, documents: Mapping[str, ComparedText]) -> str:
    """The report as Markdown, for a pull request; `documents` go by id."""
    lines = [_heading(report, len(documents))]
    for pair in report.pairs:
        lines += ["", f"### {NAMES[pair.relation]}", "", _scores(pair), ""]
        lines += [f"- {mark}：{_safe(_name(documents[i]))}" for mark, i in _both(pair)]
        lines += [f"- {_safe(reason)}" for reason in pair.evidence]
        rows = [f"| {_safe(left)} | {_safe(right)} |" for left, right in _sides(pair, documents)]
        lines += ["", "| 甲 | 乙 |", "|---|---|", *rows] if rows else []
        lines += [f"\n{rest}" for rest in _rest(pair, documents)]
    for cluster in report.clusters:
        members = "、".join(_safe(member) for member in cluster.members)
        lines += ["", f"可合并为一篇：{_safe(cluster.canonical)} ← {members}"]
    return "\n".join(lines) + "\n"


def _heading(report: Report, count: int) -> str:
    found = f"{len(report.pairs)} 对相关" if report.pairs else "没有发现重复或近似"
    return f"比对了 {count} 篇文章，{found}。"


def _scores(pair: Pair) -> str:
    return f"相似度 {pair.similarity:.1f}，包含度 {pair.containment:.1f}"


def _name(document: ComparedText) -> str:
    return f"{document.id}《{document.title}》" if document.title else document.id


def _both(pair: Pair) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("甲", pair.a), ("乙", pair.b)


def _safe(text: str) -> str:
    """Text that can become neither HTML, link nor emphasis, nor leave its table cell."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    for character in "\\`*_[]|":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())


def _sides(pair: Pair, documents: Mapping[str, ComparedText]) -> Iterator[tuple[str, str]]:
    if pair.relation == "shares":
        return
    for difference in _differences(pair, documents)[:_SHOWN]:
        yield (
            _around(difference.a_text, difference.a_spans),
            _around(difference.b_text, difference.b_spans),
        )


def _rest(pair: Pair, documents: Mapping[str, ComparedText]) -> Iterator[str]:
    more = 0 if pair.relation == "shares" else len(_differences(pair, documents)) - _SHOWN
    if more > 0:
        yield f"另有 {more} 处不同。"


def _differences(pair: Pair, documents: Mapping[str, ComparedText]) -> list[Difference]:
    return differences(documents[pair.a].text, documents[pair.b].text)


def _around(text: str, spans: tuple[Span, ...]) -> str:
    """A side of a difference, cut to where the change begins."""
    if not text:
        return _ABSENT
    start = max(0, spans[0][0] - _LEAD) if spans else 0
    shown = text[start : start + _WIDTH].replace("\n", " ")
    return ("…" if start else "") + shown + ("…" if len(text) > start + _WIDTH else "")

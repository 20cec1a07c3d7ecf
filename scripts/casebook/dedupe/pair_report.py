"""The report on duplicates: as text or Markdown for people, as JSON for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casebook.dedupe.cluster import DuplicateReport
from casebook.dedupe.differences import Difference, Span, find_differences
from casebook.dedupe.relations import ComparedText, Pair
from casebook.model import Relation, as_dict
from casebook.runtime.visible_text import reveal_invisible

RELATION_NAMES: dict[Relation, str] = {
    "identical": "相同",
    "near": "近似",
    "contains": "包含",
    "revision": "修订",
    "series": "同一模板的系列文章，不合并",
    "shares": "有共同段落，不合并",
}
"""Chinese names of the relations."""

_SHOWN_DIFFERENCES = 5
"""Differences of a pair that the report shows."""

_SHOWN_CHARACTERS = 40
"""Characters that the report shows of each side of a difference."""

_CONTEXT_CHARACTERS = 8
"""Characters that the report shows before the first change."""

_ABSENT = "（无）"


def as_json(report: DuplicateReport) -> dict[str, Any]:
    """The report as JSON: `{"pairs": […], "clusters": […]}`, fields as in `Pair` and `Cluster`."""
    return {
        "pairs": [as_dict(pair) for pair in report.pairs],
        "clusters": [as_dict(cluster) for cluster in report.clusters],
    }


def as_text(report: DuplicateReport, documents: Mapping[str, ComparedText]) -> str:
    """The report as plain lines; `documents` are all that were compared, by id."""
    lines = [_format_heading(report, len(documents))]
    for pair in report.pairs:
        lines += ["", f"【{RELATION_NAMES[pair.relation]}】{_format_scores(pair)}"]
        lines += [
            f"  甲 {_format_name(documents[pair.a])}",
            f"  乙 {_format_name(documents[pair.b])}",
        ]
        lines += [f"  · {reason}" for reason in pair.evidence]
        lines += [
            f"    甲 {left}\n    乙 {right}" for left, right in _format_differences(pair, documents)
        ]
        lines += [f"    {rest}" for rest in _format_rest(pair, documents)]
    for cluster in report.clusters:
        members = "、".join(map(reveal_invisible, cluster.members))
        lines += ["", f"可合并为一篇：{reveal_invisible(cluster.canonical)} ← {members}"]
    return "\n".join(lines) + "\n"


def as_markdown(report: DuplicateReport, documents: Mapping[str, ComparedText]) -> str:
    """The report as Markdown, for a pull request; `documents` are all that were compared, by id."""
    lines = [_format_heading(report, len(documents))]
    for pair in report.pairs:
        lines += ["", f"### {RELATION_NAMES[pair.relation]}", "", _format_scores(pair), ""]
        lines += [
            f"- {mark}：{_escape(_format_name(documents[i]))}" for mark, i in _list_sides(pair)
        ]
        lines += [f"- {_escape(reason)}" for reason in pair.evidence]
        rows = [
            f"| {_escape(left)} | {_escape(right)} |"
            for left, right in _format_differences(pair, documents)
        ]
        lines += ["", "| 甲 | 乙 |", "|---|---|", *rows] if rows else []
        lines += [f"\n{rest}" for rest in _format_rest(pair, documents)]
    for cluster in report.clusters:
        members = "、".join(_escape(member) for member in cluster.members)
        lines += ["", f"可合并为一篇：{_escape(cluster.canonical)} ← {members}"]
    return "\n".join(lines) + "\n"


def _format_heading(report: DuplicateReport, count: int) -> str:
    found = f"{len(report.pairs)} 对相关" if report.pairs else "没有发现重复或近似"
    return f"比对了 {count} 篇文章，{found}。"


def _format_scores(pair: Pair) -> str:
    return f"相似度 {pair.similarity:.1f}，包含度 {pair.containment:.1f}"


def _format_name(document: ComparedText) -> str:
    name = reveal_invisible(document.id)
    return f"{name}《{document.title}》" if document.title else name


def _list_sides(pair: Pair) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("甲", pair.a), ("乙", pair.b)


def _escape(text: str) -> str:
    """The text on one line, escaped, so that Markdown and HTML in it have no effect."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    for character in "\\`*_[]|":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())


def _format_differences(
    pair: Pair, documents: Mapping[str, ComparedText]
) -> Iterator[tuple[str, str]]:
    if pair.relation == "shares":
        return
    for difference in _find_pair_differences(pair, documents)[:_SHOWN_DIFFERENCES]:
        yield (
            _shorten(difference.a_text, difference.a_spans),
            _shorten(difference.b_text, difference.b_spans),
        )


def _format_rest(pair: Pair, documents: Mapping[str, ComparedText]) -> Iterator[str]:
    more = (
        0
        if pair.relation == "shares"
        else len(_find_pair_differences(pair, documents)) - _SHOWN_DIFFERENCES
    )
    if more > 0:
        yield f"另有 {more} 处不同。"


def _find_pair_differences(pair: Pair, documents: Mapping[str, ComparedText]) -> list[Difference]:
    return find_differences(documents[pair.a].text, documents[pair.b].text)


def _shorten(text: str, spans: tuple[Span, ...]) -> str:
    """A side of a difference, shortened to where the change begins."""
    if not text:
        return _ABSENT
    start = max(0, spans[0][0] - _CONTEXT_CHARACTERS) if spans else 0
    shown = text[start : start + _SHOWN_CHARACTERS].replace("\n", " ")
    return ("…" if start else "") + shown + ("…" if len(text) > start + _SHOWN_CHARACTERS else "")

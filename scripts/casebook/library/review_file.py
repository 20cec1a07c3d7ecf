"""The file in which a person decides about alike pairs: written for them, read back, checked.

It is a YAML list with one entry a pair. `decision` is one of DECISIONS; empty means later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from casebook.dedupe import MERGING
from casebook.library.decisions import (
    LONGEST_REASON,
    quote_yaml,
    read_entries,
    read_fields,
)
from casebook.model import Finding, Relation

MERGE, DISTINCT, LATER = DECISIONS = ("merge", "distinct", "later")
"""What a person can decide about a pair."""

_KEYS, _OPTIONAL = ("a", "b", "decision"), ("relation", "reason")
_EXPECTED = f"每项应有 {'、'.join(_KEYS)}，可有 {'、'.join(_OPTIONAL)}，各写一次，没有别的键"
HEADING = """\
# 查重判定。decision 填 merge（合并为一篇）、distinct（不是同一篇，reason 写明理由）、
# later（以后再说，与空着相同）；填好以后用 --decide 运行。
"""
"""The comment at the top of the file."""


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """A pair of cases (by id), the relation that was proposed, and what a person decided.

    `relation` is '' where the file names none. `decision` is one of DECISIONS or '', `line` (from
    1) its place in the file, 0 before that.
    """

    a: str
    b: str
    relation: Relation | Literal[""] = ""
    decision: str = ""
    reason: str = ""
    line: int = 0

    @property
    def pair(self) -> frozenset[str]:
        """The two ids, in no order."""
        return frozenset((self.a, self.b))


def dump_review(entries: Sequence[ReviewEntry]) -> str:
    """The text of the file."""
    return HEADING + "".join(
        f"- a: {quote_yaml(entry.a)}\n"
        f"  b: {quote_yaml(entry.b)}\n"
        f"  relation: {quote_yaml(entry.relation)}\n"
        f"  decision: {quote_yaml(entry.decision)}\n"
        f"  reason: {quote_yaml(entry.reason)}\n"
        for entry in entries
    )


def read_review(path: Path) -> tuple[list[ReviewEntry], list[Finding]]:
    """The entries of the file, and what is wrong with them. Raises OSError."""
    nodes, complaints = read_entries(path, _EXPECTED)
    findings = [
        _find(path, complaint.line, "review-format", complaint.message) for complaint in complaints
    ]
    entries = []
    for node in nodes:
        line = node.start_mark.line + 1
        values = read_fields(node, _KEYS, _OPTIONAL)
        problems = list(_check_fields(values))
        findings += [_find(path, line, rule, message) for rule, message in problems]
        if values and not problems:
            entries.append(ReviewEntry(**values, line=line))  # type: ignore[arg-type]
    return entries, findings


def _find(path: Path, line: int, rule: str, message: str) -> Finding:
    return Finding(rule, "error", path.as_posix(), line, 1, message)


def _check_fields(values: dict[str, str] | None) -> Iterator[tuple[str, str]]:
    """Rules that the fields of an entry break, each with a message."""
    if values is None:
        yield "review-format", f"{_EXPECTED}，请照生成的样子改。"
        return
    relation, reason = values.get("relation", ""), values.get("reason", "")
    if not values["a"] or values["a"] == values["b"]:
        yield "review-format", "a 和 b 应是两个不同案例的 id。"
    if relation not in ("", *get_args(Relation)):
        yield "review-format", f"relation “{relation}”不是一种关系，请照生成的样子写。"
    elif values["decision"] == MERGE and relation not in ("", *MERGING):
        yield "review-format", f"要合并，relation 应为 {'、'.join(MERGING)} 之一。"
    if values["decision"] not in ("", *DECISIONS):
        expected = f"应为 {'、'.join(DECISIONS)} 之一，或者空着"
        yield "review-decision", f"decision “{values['decision']}”写得不对，{expected}。"
    if values["decision"] == DISTINCT and not reason:
        yield "review-reason", "判为 distinct（不是同一篇）要写明 reason（理由）。"
    if len(reason) > LONGEST_REASON:
        yield "review-reason", f"理由超过 {LONGEST_REASON} 个字，请写短些。"

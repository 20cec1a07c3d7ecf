"""The table of all rules of the gate: id, severity, and what a finding of it means.

The documentation's table is printed from here, so that the two cannot drift apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml
from rapidfuzz import process

from casebook.model import Severity
from casebook.runtime.visible_text import reveal_invisible

LEAST_SUGGESTION_SCORE = 50
"""Similarity (0-100, rapidfuzz's weighted ratio) from which a known word is suggested."""

_MOST_DISPLAYED_CHARACTERS = 40

MOST_FINDINGS_PER_RULE = 20
"""Findings of one rule in one file that are listed; the last one says how many more there are."""

MORE_FINDINGS = "（本文件至少还有 {count} 处，未列出。）"
SUGGESTION = "，是不是想写 {word}？"
SEVERITY_NAMES = {"error": "错误", "warning": "警告"}


class Problem(NamedTuple):
    """What a check yields: a finding without its file; the rule has the severity if it has none."""

    rule: str
    line: int
    column: int
    message: str
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A rule. `fix`: what `--fix` does about it; `excusable`: the case's `allow` may excuse it.

    `excused_with`: a rule whose excuse covers this one too. `by_evidence`: a finding is an error
    where a check digit or a label proves it, and a warning where only its shape suggests it.
    """

    id: str
    severity: Severity
    meaning: str
    fix: str = ""
    excusable: bool = False
    excused_with: str = ""
    by_evidence: bool = False


def _load_rules() -> tuple[CheckRule, ...]:
    text = Path(__file__).with_name("rules.yml").read_text(encoding="utf-8")
    return tuple(CheckRule(**row) for row in yaml.load(text, Loader=yaml.CSafeLoader))


CHECK_RULES = _load_rules()
"""All rules, in the order of the table for people."""

CHECK_RULES_BY_ID = {rule.id: rule for rule in CHECK_RULES}


def limit_problems(problems: Sequence[Problem]) -> Iterator[Problem]:
    """At most MOST_FINDINGS_PER_RULE problems of each rule; the last one counts the others."""
    counts = Counter(problem.rule for problem in problems)
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.rule] += 1
        more = counts[problem.rule] - MOST_FINDINGS_PER_RULE
        if seen[problem.rule] < MOST_FINDINGS_PER_RULE or more <= 0:
            yield problem
        elif seen[problem.rule] == MOST_FINDINGS_PER_RULE:
            yield problem._replace(message=problem.message + MORE_FINDINGS.format(count=more))


def render_rule_table() -> str:
    """All rules as a Markdown table, for the documentation."""
    rows = ["| 规则 | 级别 | 意思 | 怎么处理 |", "|---|---|---|---|"]
    rows += [
        f"| `{r.id}` | {_describe_severity(r)} | {r.meaning} | {_describe_remedy(r)} |"
        for r in CHECK_RULES
    ]
    return "\n".join(rows)


def _describe_severity(rule: CheckRule) -> str:
    return "错误或警告" if rule.by_evidence else SEVERITY_NAMES[rule.severity]


def _describe_remedy(rule: CheckRule) -> str:
    if rule.fix:
        return f"`--fix` 可以{rule.fix}"
    return "删掉，或用 allow 说明" if rule.excusable else "照提示修改"


def find_nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most similar to `word`, or an empty string."""
    found = process.extractOne(word[:100], list(known), score_cutoff=LEAST_SUGGESTION_SCORE)
    return found[0] if found else ""


def suggest_word(word: str) -> str:
    """The end of a sentence, with a suggestion where there is one."""
    return SUGGESTION.format(word=word) if word else "。"


def display_value(value: object) -> str:
    """A contributed value for a message: short, on one line, with nothing invisible."""
    text = value if isinstance(value, str) else str(value)
    return reveal_invisible(text[:_MOST_DISPLAYED_CHARACTERS]) + (
        "…" if len(text) > _MOST_DISPLAYED_CHARACTERS else ""
    )

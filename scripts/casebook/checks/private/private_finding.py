"""What a search for private text returns, and how it is put into words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from casebook.checks.rules import CHECK_RULES_BY_ID
from casebook.model import Severity

Span = tuple[int, int]
"""Start and end in code points."""


class FoldedFinding(NamedTuple):
    """A finding with its places in the folded copy; a label or a check digit makes it certain."""

    rule: str
    start: int
    end: int
    certain: bool = True


@dataclass(frozen=True, slots=True)
class PrivateFinding:
    """Private text at `start` to `end` (code points of the text as given).

    `masked` may be printed: it shows too little to give the value away.
    """

    rule: str
    start: int
    end: int
    masked: str
    severity: Severity


_SAID = "疑似{name}（{masked}），{advice}在 allow 里写明 rule 和 reason。"
_OTHER_ADVICE = "公开前请删去或用 X 代替；确可公开的，"
_ADVICE = {
    "classification-mark": "涉密材料不能放进经验库；已经解密或误标的，删去标志，或",
    "internal-mark": "公开前要征得单位同意；可以公开的，删去标志，或",
}


def describe_private(finding: PrivateFinding) -> str:
    """The message to a contributor, without its place: what it is, masked, and what to do."""
    name = CHECK_RULES_BY_ID[finding.rule].meaning.removeprefix("有")
    advice = _ADVICE.get(finding.rule, _OTHER_ADVICE)
    return _SAID.format(name=name, masked=finding.masked, advice=advice)


def mask_figures(mark: str) -> str:
    """A mark as it stands, since it is no secret itself, without long numbers that are in it."""
    return re.sub(r"\d{4,}", lambda number: "*" * len(number[0]), mark)


def mask_value(value: str) -> str:
    """The first two characters and the last one, with `*` for each of the others."""
    if len(value) < 4:
        return value[:1] + "*" * (len(value) - 1)
    return f"{value[:2]}{'*' * (len(value) - 3)}{value[-1]}"

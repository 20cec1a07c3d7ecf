"""What a repair did, for people: counts by rule, places to look at, changes in their lines."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from casebook.model import Flag, Step
from casebook.repair import RULES, Repaired

_RED, _GREEN, _DIM, _RESET = "\x1b[31;9m", "\x1b[32;1m", "\x1b[2m", "\x1b[0m"
_PLAIN = ("[-", "-]", "{+", "+}")
_COLORED = (_RED, _RESET, _GREEN, _RESET)
CONTEXT_CHARACTERS = 30
"""Characters of a line that a diff shows around a change."""

MOST_LIKELY = 100
"""Likely places that the summary lists."""


class Places:
    """Lines and columns (from 1) of positions in a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(i + 1 for i, character in enumerate(text) if character == "\n")]

    def line(self, position: int) -> int:
        """The line of a position."""
        return bisect_right(self._starts, position)

    def name(self, position: int) -> str:
        """A position as `line:column`."""
        line = self.line(position)
        return f"{line}:{position - self._starts[line - 1] + 1}"


def summary(repaired: Repaired, source: str) -> Iterator[str]:
    """Lines for stderr: a table of rules with counts, then every likely and every flagged place."""
    counts = Counter(step.rule for step in repaired.steps)
    places = Places(source)
    for rule in RULES:
        if counts[rule.id]:
            yield f"{counts[rule.id]:>7}  {rule.id}  {rule.reason}"
    likely = [step for step in repaired.steps if step.certainty == "likely"]
    yield from (_likely_line(step, places) for step in likely[:MOST_LIKELY])
    if len(likely) > MOST_LIKELY:
        yield f"另有 {len(likely) - MOST_LIKELY} 处“可能”的修复未列出，用 --format json 查看全部。"
    for flag in repaired.flags:
        yield _flag_line(flag, places)


def _likely_line(step: Step, places: Places) -> str:
    return f"{places.name(step.start)} 可能：{step.before!r} → {step.after!r}（{step.rule}）"


def _flag_line(flag: Flag, places: Places) -> str:
    return f"{places.name(flag.start)} 请核对：{flag.text!r} {flag.message}（{flag.rule}）"


def difference(repaired: Repaired, source: str, color: bool) -> Iterator[str]:
    """Every line that changed, with what was taken out and what was put in marked in place.

    In color: red and struck out, green and bold; else `[-党-]{+黨+}` as of word diffs.
    """
    places = Places(source)
    for line, steps in groupby(repaired.steps, key=lambda step: places.line(step.start)):
        yield f"{line}: {_mark_steps(list(steps), source, _COLORED if color else _PLAIN)}"


def _mark_steps(steps: Sequence[Step], source: str, marks: tuple[str, str, str, str]) -> str:
    start = source.rfind("\n", 0, steps[0].start) + 1
    end = source.find("\n", steps[-1].end)
    pieces, position = list[str](), start
    for step in steps:
        pieces.append(_shorten_line(source[position : step.start], bool(pieces), True))
        removed = f"{marks[0]}{_shown(step.before)}{marks[1]}" if step.before else ""
        added = f"{marks[2]}{_shown(step.after)}{marks[3]}" if step.after else ""
        pieces.append(removed + added)
        position = step.end
    rest = source[position : end if end >= 0 else len(source)]
    return "".join(pieces) + _shorten_line(rest, True, False)


def _shorten_line(text: str, begins: bool, ends: bool) -> str:
    """What stands between two changes, or before the first: its ends, when it is long."""
    head, tail = CONTEXT_CHARACTERS * begins, CONTEXT_CHARACTERS * ends
    if len(text) <= head + tail + 1:
        return _shown(text)
    return f"{_shown(text[:head])}…{_shown(text[len(text) - tail :])}"


def _shown(text: str) -> str:
    """A text with its invisible characters as escapes, a line feed as ⏎."""
    return "".join(
        "⏎" if c == "\n" else c if c.isprintable() or c == "\u3000" else f"\\u{ord(c):04x}"
        for c in text
    )


def rule_list() -> Iterator[str]:
    """Every rule with its reason and one example, escapes for what is invisible."""
    for rule in RULES:
        before, after = map(_shown, rule.example)
        yield f"{rule.id}\n    {rule.reason}\n    {before}  →  {after}"

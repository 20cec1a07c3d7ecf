"""Private text in a case file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook.checks.case_source import CaseSource
from casebook.checks.private import PrivateFinding, describe_private, find_private
from casebook.checks.rules import CHECK_RULES_BY_ID, Problem

_MARKS = ("classification-mark", "internal-mark")
"""Rules whose findings are no secret themselves."""

_Found = tuple[PrivateFinding, tuple[int, int], str]
"""A finding, its line and column, and the private text."""


def check_private(document: CaseSource) -> Iterator[Problem]:
    """Private text anywhere in the file, front matter included."""
    for found, place, _ in _find_all(document):
        yield Problem(found.rule, *place, describe_private(found), found.severity)


def mask_messages(document: CaseSource, problems: Sequence[Problem]) -> list[Problem]:
    """The problems, without the private text of the file that their messages quote."""
    if not any(CHECK_RULES_BY_ID[problem.rule].excusable for problem in problems):
        return list(problems)
    hidden = {text: f.masked for f, _, text in _find_all(document) if f.rule not in _MARKS}
    return [problem._replace(message=_mask(problem.message, hidden)) for problem in problems]


def _mask(message: str, hidden: dict[str, str]) -> str:
    for text in sorted(hidden, key=len, reverse=True):
        message = message.replace(text, hidden[text])
    return message


def _find_all(document: CaseSource) -> Iterator[_Found]:
    """What the file holds as it is written, then what only its values hold."""
    seen = set()
    for found in find_private(document.text):
        seen.add((found.rule, found.masked))
        yield found, document.locate(found.start), document.text[found.start : found.end]
    for place, value in document.list_rewritten_values():
        for found in find_private(value):
            if (found.rule, found.masked) not in seen:
                yield found, place, value[found.start : found.end]

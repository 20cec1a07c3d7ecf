"""Private text in a case file."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.checks.case_source import CaseSource
from casebook.checks.private import describe_private, find_private
from casebook.checks.rules import Problem


def check_private(document: CaseSource) -> Iterator[Problem]:
    """Private text anywhere in the file, front matter included."""
    for found in find_private(document.text):
        place = document.locate(found.start)
        yield Problem(found.rule, *place, describe_private(found), found.severity)

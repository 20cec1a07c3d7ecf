"""The file of decisions: its syntax, and whether the cases that it names exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from casebook.checks.conflict_markers import find_conflicts
from casebook.checks.rules import Problem, display_value
from casebook.library.decisions import FILE, read_decisions
from casebook.runtime.file_names import is_plain_file


def check_decisions(
    folder: Path, cases: Collection[str], variants: Collection[str]
) -> Iterator[Problem]:
    """Problems of the file; `cases` and `variants` are the ids in the library."""
    path = folder / FILE
    if is_plain_file(path):
        text = path.read_text(encoding="utf-8", errors="replace")
        if conflicts := list(find_conflicts(text)):
            yield from conflicts
            return
    decisions, complaints = read_decisions(folder)
    for complaint in complaints:
        yield Problem("decision-format", complaint.line, 1, complaint.message)
    for decision in decisions:
        for case_id in (decision.a, decision.b):
            if case_id not in cases and case_id not in variants:
                message = f"没有 {display_value(case_id)} 这个案例，请改正 id，或删掉这一行。"
                yield Problem("decision-unknown", decision.line, 1, message)

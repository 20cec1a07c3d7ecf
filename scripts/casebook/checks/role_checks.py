"""Blocks whose role is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.checks.case_source import CaseSource
from casebook.checks.heading_faults import find_fault
from casebook.checks.rules import Problem
from casebook.structure.roles import resolve_roles

_NO_ROLE = "看不出这一段的角色，请在小标题后面写明，可写 {examples}。"
_EXAMPLE = "{{.{id}}}（{name}）"
_NO_LEAD_ROLE = "看不出导语的角色，请在 front matter 里写 lead_role，例如 lead_role: background。"
"""What findings say."""


def check_roles(document: CaseSource) -> Iterator[Problem]:
    """Blocks that have text, but no role, marked or inferred."""
    if document.front is None:
        return
    blocks = [placed.block for placed in document.blocks]
    roles = resolve_roles(blocks, document.front.get_text("kind"), document.vocabulary)
    known = document.vocabulary.roles.values()
    examples = "、".join(_EXAMPLE.format(id=each.id, name=each.name) for each in known)
    for placed, role in zip(document.blocks[1:], roles[1:], strict=True):
        if placed.block.text and not role and not _has_faulty_mark(document, placed.line):
            yield Problem("missing-role", placed.line, 1, _NO_ROLE.format(examples=examples))
    lead = document.blocks[0].block if document.blocks else None
    if lead and lead.text and not (document.front.get_text("lead_role") or roles[0]):
        yield Problem("missing-role", *document.front.locate("title"), _NO_LEAD_ROLE)


def _has_faulty_mark(document: CaseSource, line: int) -> bool:
    """Whether a heading has a mark that could not be read, and may well name the role."""
    start = document.line_starts[line - 1]
    end = document.text.find("\n", start)
    fault = find_fault(document.text[start : end if end >= 0 else None], document.vocabulary)
    return fault is not None and fault.rule == "unknown-mark"

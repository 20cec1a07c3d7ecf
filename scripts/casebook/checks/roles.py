"""Which role a block has when its mark does not say so, and where none can be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook.checks.document import Document
from casebook.checks.rules import Problem
from casebook.model import Block
from casebook.structure.roles import heading_role
from casebook.vocabulary import Vocabulary


def resolved(blocks: Sequence[Block], kind: str, vocabulary: Vocabulary) -> list[str]:
    """The role of each block: its mark, its heading, the block above it, the kind's default.

    The first block is the lead; nothing is passed on from it. '' where no role can be told.
    """
    known = vocabulary.kinds.get(kind)
    default = known.default_role if known else ""
    result: list[str] = []
    above = [default] * (max((block.level for block in blocks), default=1) + 2)
    for block in blocks:
        named = heading_role(block.heading or "", vocabulary.roles) if block.level > 1 else ""
        role = block.role or named or above[block.level]
        result.append(role)
        if block.level > 1:
            above[block.level + 1 :] = [role] * len(above[block.level + 1 :])
    return result


def check(document: Document) -> Iterator[Problem]:
    """Blocks with a text of their own whose role nobody can tell."""
    if document.front is None:
        return
    blocks = [placed.block for placed in document.blocks]
    roles = resolved(blocks, document.front.text("kind"), document.vocabulary)
    known = document.vocabulary.roles.values()
    examples = "、".join(f"{{.{each.id}}}（{each.name}）" for each in known)
    for placed, role in zip(document.blocks[1:], roles[1:], strict=True):
        if placed.block.text and not role:
            message = f"看不出这一段的角色，请在小标题后面写明，可写 {examples}。"
            yield Problem("missing-role", placed.line, 1, message)
    lead = document.blocks[0].block if document.blocks else None
    if lead and lead.text and not (document.front.text("lead_role") or roles[0]):
        message = "看不出导语的角色，请在 front matter 里写 lead_role，例如 lead_role: background。"
        yield Problem("missing-role", *document.front.place("title"), message)

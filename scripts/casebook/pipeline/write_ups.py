"""A received document read, repaired and cut into its write-ups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from casebook import reading
from casebook.library.identity import with_anchors
from casebook.library.markup import from_plain
from casebook.model import Block, Case, SourceRef, WriteUp
from casebook.vocabulary import Vocabulary

if TYPE_CHECKING:
    from casebook.repair import Repaired


@dataclass(frozen=True, slots=True)
class SourceText:
    """A received document with its repair and the write-ups found in it."""

    document: reading.DecodedFile
    repaired: Repaired
    write_ups: tuple[WriteUp, ...]


def read_source(path: Path, vocabulary: Vocabulary | None = None) -> SourceText:
    """Read, repair and structure one received document. Raises UserError."""
    return process(reading.read_document(path), vocabulary)


def case_blocks(write_up: WriteUp) -> tuple[Block, ...]:
    """The blocks that a write-up becomes in a case: texts as Markdown, anchors given once."""
    blocks = [replace(block, text=from_plain(block.text)) for block in write_up.blocks]
    return with_anchors(blocks)


def make_case(write_up: WriteUp, case_id: str, title: str, reference: SourceRef) -> Case:
    """The case that a write-up becomes; `title` is for one that has none."""
    title = write_up.title or title
    lead, *others = case_blocks(write_up)
    return Case(
        id=case_id,
        title=title,
        blocks=(replace(lead, heading=title), *others),
        kind=write_up.kind,
        organ=write_up.organ,
        region=write_up.region,
        date=write_up.date,
        sources=(reference,),
    )


def process(document: reading.DecodedFile, vocabulary: Vocabulary | None = None) -> SourceText:
    """Repair and structure a document that has been read."""
    from casebook.repair import repair  # their tables take a while; case files need neither
    from casebook.structure import structure

    repaired = repair(document.lines, is_markdown=document.is_markdown)
    write_ups = structure(repaired.lines, vocabulary, repaired.page_fields, repaired.contents)
    return SourceText(document, repaired, tuple(write_ups))

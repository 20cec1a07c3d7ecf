"""What of a received document was taken down before, and so must not come in again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from casebook.checks.removed_checks import describe_source, describe_text
from casebook.dedupe.relations import ComparedText
from casebook.library.markup import plain_text
from casebook.library.removed_register import find_removed_source, find_removed_text
from casebook.model import Finding
from casebook.pipeline.write_ups import SourceText
from casebook.runtime import cli


def refuse_removed(
    path: Path, source: SourceText, folder: Path
) -> tuple[frozenset[int], list[Finding]]:
    """The parts of a document that were removed from the library at `folder`, with findings."""
    place = cli.display_path(path)
    everything = frozenset(write_up.part for write_up in source.write_ups)
    if entry := find_removed_source(folder, source.document.sha256):
        return everything, [Finding("removed-source", "error", place, 1, 1, describe_source(entry))]
    parts: set[int] = set()
    findings = []
    for write_up in source.write_ups:
        if entry := find_removed_text(folder, write_up.title, plain_text(write_up.blocks)):
            parts.add(write_up.part)
            line = source.repaired.text.count("\n", 0, write_up.start) + 1
            findings.append(Finding("removed-text", "error", place, line, 1, describe_text(entry)))
    return frozenset(parts), findings


def find_removed_documents(
    documents: Iterable[ComparedText], folder: Path
) -> Iterator[tuple[str, str]]:
    """The ids of texts that were removed from a library, with a sentence about each."""
    for document in documents:
        if entry := find_removed_text(folder, document.title, document.text):
            yield document.id, describe_text(entry)

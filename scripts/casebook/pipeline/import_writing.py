"""Writing what an import planned: cases, variants, documents and their records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from casebook.library import casefile
from casebook.library.folder import SOURCES, VARIANTS, Library
from casebook.library.source_records import (
    LINES_SUFFIX,
    STEPS_SUFFIX,
    PartRange,
    SourceRecord,
    dump_record,
    dump_source_lines,
)
from casebook.library.stored_sources import hash_text
from casebook.model import WriteUp
from casebook.pipeline.import_plan import Plan, PlannedSource
from casebook.pipeline.write_ups import case_blocks
from casebook.reading.readers import FORMS
from casebook.repair.edits import Draft
from casebook.runtime import cli


def write_plan(plan: Plan, library: Library) -> list[Path]:
    """Write the cases, variants and sources of a plan. Returns the files written."""
    written: list[Path] = []
    brought = {*plan.cases, *plan.variants}
    # A case lists its variants, so these come first: what was cut off is completed by the next run.
    for folder, cases in ((library.folder / VARIANTS, plan.variants), (library.folder, plan.cases)):
        for case in cases.values():
            path = folder / f"{case.id}.md"
            cli.write_text(path, casefile.dump(case))
            written.append(path)
    for withdrawal in plan.withdrawals:
        for path, text in withdrawal.edits.items():
            cli.write_text(path, text)
            written.append(path)
    for planned in plan.sources:
        if planned.known or planned.refused:
            continue
        if any(a.known or a.id in brought for a in planned.arrivals):
            written.extend(_write_source(planned, library.folder / SOURCES))
    return written


def remove_sources(plan: Plan, library: Library) -> list[Path]:
    """Remove what of the sources is not to be stored any longer, after all is written.

    Returns the files removed; they lay in the folder of sources.
    """
    removed = [path for withdrawal in plan.withdrawals for path in withdrawal.removed]
    folder = (library.folder / SOURCES).resolve()
    removed += [
        planned.path
        for planned in plan.sources
        if planned.keep != "file" and not (planned.known or planned.refused)
        if planned.path.resolve().parent == folder
    ]
    for path in removed:
        path.unlink(missing_ok=True)
    return removed


def _write_source(planned: PlannedSource, folder: Path) -> Iterator[Path]:
    """Store the document as received, then its records: with the last the import is complete."""
    kept, document = folder / planned.name, planned.source.document
    if planned.keep == "hash":
        return
    if planned.keep == "file" and not kept.exists():
        cli.write_bytes(kept, planned.path.read_bytes())
        yield kept
    if not document.is_text:
        lines = folder / (planned.name + LINES_SUFFIX)
        version = FORMS[document.form].version
        cli.write_text(lines, dump_source_lines(document.form, version, document.lines))
        yield lines
    record = folder / (planned.name + STEPS_SUFFIX)
    cli.write_text(record, dump_record(_record(planned)))
    yield record


def _record(planned: PlannedSource) -> SourceRecord:
    document, repaired = planned.source.document, planned.source.repaired
    position = Draft.of(document.text, repaired.steps).source_position
    parts = tuple(
        PartRange(w.part, position(w.start), position(w.end), blocks)
        for w in planned.source.write_ups
        for blocks in [tuple((k, position(v)) for k, v in _place_blocks(w, repaired.text))]
    )
    return SourceRecord(
        file=planned.name,
        sha256=document.sha256,
        encoding=document.encoding,
        characters=len(document.text),
        parts=parts,
        steps=repaired.steps,
        flags=repaired.flags,
        text_sha256=hash_text(repaired.text),
    )


def _place_blocks(write_up: WriteUp, text: str) -> Iterator[tuple[str, int]]:
    """The anchors of the blocks, with the places in the repaired text at which they begin."""
    place = write_up.start
    for block, kept in zip(write_up.blocks[1:], case_blocks(write_up)[1:], strict=True):
        opening = block.heading or block.text.partition("\n")[0]
        found = text.find(opening, place, write_up.end)
        if found >= 0:
            yield kept.anchor, found
            place = found + len(opening)

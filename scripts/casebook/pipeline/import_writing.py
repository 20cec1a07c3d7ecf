"""Writing what an import planned: cases, variants, documents and their records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from casebook.library import casefile
from casebook.library.folder import SOURCES, VARIANTS, Library
from casebook.library.imported_bases import pack_base
from casebook.library.source_records import (
    LINES_SUFFIX,
    STEPS_SUFFIX,
    PartRange,
    SourceRecord,
    dump_record,
    dump_source_lines,
)
from casebook.library.stored_sources import hash_text
from casebook.model import Block, Case, WriteUp
from casebook.pipeline.import_plan import Plan, PlannedSource
from casebook.pipeline.write_ups import SourceText, case_blocks
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
            written.extend(_write_source(planned, library.folder / SOURCES, plan.imported))
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


def _write_source(
    planned: PlannedSource, folder: Path, imported: Mapping[str, Case]
) -> Iterator[Path]:
    """Store the document as received, then its records."""
    if planned.keep == "hash":
        return
    kept = folder / planned.name
    if planned.keep == "file" and not kept.exists():
        cli.write_bytes(kept, planned.path.read_bytes())
        yield kept
    bases = {a.write_up.part: imported[a.id] for a in planned.arrivals if a.id in imported}
    blocks = {w.part: case_blocks(w) for w in planned.source.write_ups}
    yield from write_records(kept, planned.source, blocks, bases)


def write_records(
    stored: Path,
    source: SourceText,
    blocks: Mapping[int, Sequence[Block]],
    bases: Mapping[int, Case],
) -> Iterator[Path]:
    """Write the records of a stored document: with the last one its import is complete.

    `blocks` are those of the case of each write-up, by part, with the anchors that they have there;
    `bases` the cases that import wrote. Yields the files.
    """
    document = source.document
    if not document.is_text:
        lines = stored.with_name(stored.name + LINES_SUFFIX)
        version = FORMS[document.form].version
        cli.write_text(lines, dump_source_lines(document.form, version, document.lines))
        yield lines
    record = stored.with_name(stored.name + STEPS_SUFFIX)
    cli.write_text(record, dump_record(_record(stored.name, source, blocks, bases)))
    yield record


def _record(
    name: str,
    source: SourceText,
    blocks: Mapping[int, Sequence[Block]],
    bases: Mapping[int, Case],
) -> SourceRecord:
    document, repaired = source.document, source.repaired
    position = Draft.of(document.text, repaired.steps).source_position
    parts = []
    for each in source.write_ups:
        found = _place_blocks(each, blocks[each.part], repaired.text)
        places = tuple((anchor, position(place)) for anchor, place in found)
        start, end = map(position, (each.start, each.end))
        base = bases.get(each.part)
        packed = pack_base(base, document.text[start:end]) if base else ""
        parts.append(PartRange(each.part, start, end, places, packed))
    return SourceRecord(
        file=name,
        sha256=document.sha256,
        encoding=document.encoding,
        characters=len(document.text),
        parts=tuple(parts),
        steps=repaired.steps,
        flags=repaired.flags,
        text_sha256=hash_text(repaired.text),
    )


def _place_blocks(write_up: WriteUp, kept: Sequence[Block], text: str) -> Iterator[tuple[str, int]]:
    """The anchors of the blocks, with the places in the repaired text at which they begin."""
    place = write_up.start
    for block, known in zip(write_up.blocks[1:], kept[1:], strict=True):
        opening = block.heading or block.text.partition("\n")[0]
        found = text.find(opening, place, write_up.end)
        if found >= 0:
            yield known.anchor, found
            place = found + len(opening)

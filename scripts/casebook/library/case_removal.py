"""Taking cases down: what each file of a library says afterwards.

Cases, variants, decisions, links, sources with their records go; the register keeps enough to know
the texts again. A source that holds other write-ups stays as its SHA-256 in their cases, and of
its record only what concerns those.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from casebook import reading
from casebook.dedupe.removed_prints import PrintedText, RemovedPrint
from casebook.library import casefile
from casebook.library.case_renaming import find_owners, plan_links
from casebook.library.case_targets import CaseTarget
from casebook.library.decision_edits import drop_from_decisions
from casebook.library.decisions import LONGEST_REASON
from casebook.library.folder import SOURCES, VARIANTS, Library, read_own_case
from casebook.library.folder_edits import Edits
from casebook.library.merging import case_text
from casebook.library.record_reduction import reduce_record
from casebook.library.removed_register import (
    FILE,
    RemovedEntry,
    add_removed,
    list_printed,
    load_removed,
    print_body,
)
from casebook.library.source_records import (
    LINES_SUFFIX,
    STEPS_SUFFIX,
    SourceRecord,
    dump_record,
)
from casebook.library.source_withholding import withhold_source
from casebook.library.stored_sources import read_stored_text
from casebook.model import Case, UserError
from casebook.repair.edits import replay
from casebook.runtime.file_names import files_ending

_SALT_BYTES = 8


@dataclass(slots=True)
class _Leaving:
    """The cases and variants that leave a library, and those that stay."""

    library: Library
    gone: list[Case] = field(default_factory=list)
    kept: list[Case] = field(default_factory=list)

    @property
    def paths(self) -> list[Path]:
        """The files of those that leave."""
        folder, variants = self.library.folder, self.library.variants
        return [
            (folder / VARIANTS if c.id in variants else folder) / f"{c.id}.md" for c in self.gone
        ]

    @property
    def hashes(self) -> list[str]:
        """The SHA-256 of the documents that they come from, each once."""
        found = (source.sha256 for case in self.gone for source in case.sources)
        return list(dict.fromkeys(filter(None, found)))


def plan_removal(
    library: Library, ids: Sequence[str], reason: str = "", today: str = ""
) -> tuple[Edits, RemovedEntry]:
    """The edits that take cases out of a library, and the new entry of its register.

    Raises UserError for a case that is not there, and if one that stays says the same.
    """
    if len(reason) > LONGEST_REASON or "\n" in reason:
        raise UserError(f"--reason 应是一行，至多 {LONGEST_REASON} 个字。")
    leaving = _choose(library, ids)
    entry = _make_entry(leaving, reason, today or date.today().isoformat())
    _refuse_alike(leaving, entry)
    edits: dict[Path, str | None] = dict.fromkeys(leaving.paths)
    for sha256 in leaving.hashes:
        edits.update(_plan_source(leaving, sha256, edits))
    gone = {case.id for case in leaving.gone}

    def follow(target: CaseTarget) -> CaseTarget | None:
        return None if target.id in gone else target

    edits.update(plan_links(library.folder, edits, follow))
    edits.update(drop_from_decisions(library.folder, gone))
    edits[library.folder / FILE] = add_removed(library.folder, entry)
    return edits, entry


def _choose(library: Library, ids: Sequence[str]) -> _Leaving:
    """The cases with their variants. Raises UserError for an id that is none of a case."""
    owners = find_owners(library.folder)
    for case_id in ids:
        if (owner := owners.get(case_id)) and owner != case_id:
            raise UserError(
                f"[remove-other] {case_id} 是 {owner} 的异文或旧 id：撤下 {owner}，异文一并撤下；"
                f"只撤异文，请先撤销合并（duplicates --unmerge {case_id}）。"
            )
        read_own_case(library.folder, case_id)
    leaving = _Leaving(library)
    taken: set[str] = set()
    order = {case_id: place for place, case_id in enumerate(ids)}
    for case in sorted(library.cases, key=lambda case: order.get(case.id, len(ids))):
        held = [library.variants[v.id] for v in case.variants if v.id in library.variants]
        (leaving.gone if case.id in order else leaving.kept).extend((case, *held))
        taken.update(variant.id for variant in held)
    leaving.kept += [case for name, case in library.variants.items() if name not in taken]
    return leaving


def _make_entry(leaving: _Leaving, reason: str, today: str) -> RemovedEntry:
    known = [each for entry in load_removed(leaving.library.folder) for each in entry.prints]
    salt = known[0].salt if known else secrets.token_bytes(_SALT_BYTES)
    ids = [case.id for case in leaving.gone]
    ids += [alias for case in leaving.gone for alias in case.aliases if "#" not in alias]
    prints = dict.fromkeys(_make_prints(leaving, salt))
    return RemovedEntry(
        tuple(dict.fromkeys(ids)), today, reason, tuple(leaving.hashes), tuple(prints)
    )


def _make_prints(leaving: _Leaving, salt: bytes) -> Iterator[RemovedPrint]:
    """Prints of the texts as they stand, and as they were received if people changed much."""
    for case in leaving.gone:
        own = [block for block in case.blocks if not block.source]
        prints = [text.make_print(salt) for text in list_printed(case.title, print_body(own))]
        for text in map(PrintedText, _list_received_texts(case, leaving.library)):
            if not any(text.is_copy_of(each) for each in prints):
                prints.append(text.make_print(salt))
        yield from (each for each in prints if each.hashes)


def _list_received_texts(case: Case, library: Library) -> Iterator[str]:
    """The parts of stored documents that the case comes from, as repair made them."""
    for reference in case.sources:
        record = library.sources.get(reference.file)
        if record is None or record.sha256 != reference.sha256:
            continue
        try:
            stored = read_stored_text(library.folder / SOURCES / record.file)
            part = next(p for p in record.parts if p.part == reference.part)
            inside = [s for s in record.steps if part.start <= s.start and s.end <= part.end]
            moved = (s._replace(start=s.start - part.start, end=s.end - part.start) for s in inside)
            yield replay(stored.text[part.start : part.end], moved)
        except (UserError, OSError, ValueError, StopIteration):
            continue  # the case has been printed: what does not fit is the gate's business


def _refuse_alike(leaving: _Leaving, entry: RemovedEntry) -> None:
    """Refuse to register what would refuse a case that stays."""
    for case in leaving.kept:
        texts = list(list_printed(case.title, print_body(case.blocks)))
        if any(text.is_copy_of(each) for text in texts for each in entry.prints):
            raise UserError(
                f"[remove-alike] {case.id} 的文字与要撤下的相同，留下它就等于没有撤下；"
                f"请一起撤下：casebook remove {' '.join((entry.ids[0], case.id))}，"
                "或先合并、核对。"
            )


def _plan_source(leaving: _Leaving, sha256: str, edits: Edits) -> Edits:
    """What becomes of a received document: it goes, and the cases that stay keep its hash."""
    library = leaving.library
    home = library.folder / SOURCES
    kept = [case for case in leaving.kept if any(s.sha256 == sha256 for s in case.sources)]
    records = [each for each in library.sources.values() if each.sha256 == sha256]
    names = {record.file for record in records}
    names |= {s.file for case in leaving.gone for s in case.sources if s.sha256 == sha256} - {""}
    names |= {path.name for path in files_ending(home, "") if _has_hash(path, sha256)}
    planned: dict[Path, str | None] = {}
    for name in names:
        planned.update(
            {home / f"{name}{suffix}": None for suffix in ("", STEPS_SUFFIX, LINES_SUFFIX)}
        )
    for case in kept:
        folder = library.folder / VARIANTS if case.id in library.variants else library.folder
        path = folder / f"{case.id}.md"
        text = edits.get(path) or casefile.read_raw(path)
        planned[path] = withhold_source(text, sha256)
    if kept:
        for record in records:
            reduced = _reduce(record, sha256, leaving)
            planned[home / f"{record.file}{STEPS_SUFFIX}"] = dump_record(reduced)
    return {path: text for path, text in planned.items() if text is not None or path.exists()}


def _has_hash(path: Path, sha256: str) -> bool:
    return not path.name.endswith((STEPS_SUFFIX, LINES_SUFFIX)) and reading.digest(path) == sha256


def _reduce(record: SourceRecord, sha256: str, leaving: _Leaving) -> SourceRecord:
    """A record with what concerns only parts that no case leaves."""
    parts = [
        {s.part for case in cases for s in case.sources if s.sha256 == sha256}
        for cases in (leaving.kept, leaving.gone)
    ]
    texts = "\n".join(case_text(case) for case in leaving.kept)
    return reduce_record(record, parts[0] - parts[1], texts)

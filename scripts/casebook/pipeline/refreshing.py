"""What today's readers and rules would change in cases that were imported earlier.

Each source is read again. What import wrote then is in the source's record, or else in the commit
that added the case. From both and the person's file a three-way merge makes the new file; ids,
anchors and everything that a person changed stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from casebook.checks.gate import check_file
from casebook.library import casefile
from casebook.library.case_refresh import (
    FACTS,
    Imports,
    MergedCase,
    RefreshConflict,
    merge_case,
)
from casebook.library.case_rewording import reword_case
from casebook.library.folder import SOURCES, Library
from casebook.model import Block, Finding, UserError
from casebook.pipeline.import_writing import write_records
from casebook.pipeline.reimporting import (
    HeldCase,
    HeldParts,
    Reason,
    SourceReadAgain,
    index_held_parts,
    read_again,
)
from casebook.pipeline.write_ups import case_blocks
from casebook.runtime import cli
from casebook.runtime.git_files import read_first_versions


@dataclass(frozen=True, slots=True)
class RefreshedCase:
    """What today's import would change in a case: the file as it is and as it would be.

    `places` counts the changes, conflicts included; `reason` says why it is not to be written.
    """

    id: str
    path: Path
    before: str
    after: str
    places: int
    conflicts: tuple[RefreshConflict, ...] = ()
    reason: Reason | None = None

    @property
    def is_to_write(self) -> bool:
        """Whether the file changes, and nobody has to decide anything."""
        return self.reason is None and self.after != self.before


@dataclass(slots=True)
class RefreshPlan:
    """The cases that today's import would change, and findings, also about the others."""

    cases: list[RefreshedCase] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sources: list[SourceReadAgain] = field(default_factory=list)


def plan_refresh(library: Library, chosen: Collection[str] = ()) -> RefreshPlan:
    """Compare cases with what import would make of their sources now. Writes nothing.

    `chosen` are ids of cases or variants; without any all are compared. Raises UserError.
    """
    plan = RefreshPlan()
    parts = index_held_parts(library.folder)
    known = {held.case.id for each in parts.values() for held in each}
    if unknown := sorted(set(chosen) - known):
        raise UserError(f"没有从来源导入的案例 {unknown[0]}；请写案例的 id，或它的文件。")
    chosen = _add_relatives(chosen, parts)
    plan.sources = _read_sources(plan, library, parts, chosen)
    imports = {
        again.held[part].case.id: pair
        for again in plan.sources
        for part, pair in again.imports.items()
    }
    for again in plan.sources:
        for part, held in again.held.items():
            if not chosen or held.case.id in chosen:
                _refresh_case(plan, held, imports, again.reasons.get(part), again.is_known)
    return plan


def _add_relatives(chosen: Collection[str], parts: HeldParts) -> set[str]:
    """The chosen ids with those of their variants, and of the cases whose variants they are.

    What a merge took over changes with the variant, or it could not be undone.
    """
    found = set(chosen)
    for held in (held for each in parts.values() for held in each):
        family = {held.case.id, *(variant.id for variant in held.case.variants)}
        found |= family if family & set(chosen) else set()
    return found


def write_refresh(plan: RefreshPlan) -> list[Path]:
    """Write the cases without conflicts, then the records of their sources. Returns the files."""
    written = [case.path for case in plan.cases if case.is_to_write]
    for case in plan.cases:
        if case.is_to_write:
            cli.write_text(case.path, case.after)
    for again in plan.sources:
        if again.is_known and any(held.path in written for held in again.held.values()):
            written += _write_records(plan, again)
    return written


def _write_records(plan: RefreshPlan, again: SourceReadAgain) -> list[Path]:
    """The records of a source; of a case that was not written, the base stays what it was."""
    stuck = {case.path for case in plan.cases if case.reason}
    bases = {
        part: pair.base if again.held[part].path in stuck else pair.today
        for part, pair in again.imports.items()
    }
    blocks: dict[int, Sequence[Block]] = {w.part: case_blocks(w) for w in again.source.write_ups}
    blocks |= {part: pair.today.blocks for part, pair in again.imports.items()}
    return list(write_records(again.path, again.source, blocks, bases))


def _read_sources(
    plan: RefreshPlan, library: Library, parts: HeldParts, chosen: Collection[str]
) -> list[SourceReadAgain]:
    """The sources of the chosen cases, read again; a finding for each that cannot be."""
    wanted = {
        sha256
        for (sha256, _), each in parts.items()
        if not chosen or any(held.case.id in chosen for held in each)
    }
    records = [record for record in library.sources.values() if record.sha256 in wanted]
    first = cache(partial(read_first_versions, library.folder, ".md"))
    progress = cli.Progress("重读来源", len(records))
    found = []
    for record in records:
        try:
            found.append(read_again(record, library.folder, parts, library.vocabulary, first))
        except UserError as error:
            path = library.folder / SOURCES / record.file
            plan.findings.append(_make_finding("refresh-source", path, str(error)))
        progress.step()
    return found


def _refresh_case(
    plan: RefreshPlan,
    held: HeldCase,
    imports: Mapping[str, Imports],
    reason: Reason | None,
    has_new_record: bool,
) -> None:
    """Add a case to the plan if today's import would change it or cannot be compared with it.

    `has_new_record` says that the record of its source will be written with it.
    """
    own = imports.get(held.case.id)
    if own is None:
        if reason:
            plan.findings.append(_make_finding(reason[0], held.path, reason[1]))
        return
    text = casefile.read_raw(held.path)
    variants = {known.id for known in held.case.variants} & imports.keys()
    merged = merge_case(held.case, own, {name: imports[name] for name in variants})
    after = reword_case(text, held.case, merged.case, merged.origins, FACTS)
    if after == text and not merged.conflicts:
        return
    reason = reason or _find_reason(held.path, text, after, merged, has_new_record)
    places = merged.places + len(merged.conflicts)
    refreshed = RefreshedCase(
        held.case.id, held.path, text, after or text, places, tuple(merged.conflicts), reason
    )
    plan.cases.append(refreshed)
    if reason:
        plan.findings.append(_make_finding(reason[0], held.path, reason[1]))


def _find_reason(
    path: Path, before: str, after: str | None, merged: MergedCase, has_new_record: bool
) -> Reason | None:
    """Why a merged case is not to be written: a person has to decide, or the gate refuses it."""
    if merged.conflicts:
        said = f"有 {len(merged.conflicts)} 处，人改过，今天的规则又读成别的，没有写入；请手工改。"
        return "refresh-conflict", said
    if after is None:
        return "refresh-unwritable", "文件的写法程序改不了，没有写入；请对照来源手工改。"
    known = Counter(found.rule for found in check_file(path, before) if found.severity == "error")
    for found in check_file(path, after):
        is_of_record = found.rule == "steps-mismatch" and has_new_record
        known[found.rule] -= found.severity == "error" and not is_of_record
        if known[found.rule] < 0:
            return "refresh-rejected", f"改后检查通不过，没有写入：[{found.rule}] {found.message}"
    return None


def _make_finding(rule: str, path: Path, message: str) -> Finding:
    return Finding(rule, "warning", cli.display_path(path), 1, 1, message)

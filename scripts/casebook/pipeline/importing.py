"""Import: received documents become cases of a library, additively and repeatably.

A plan is worked out in memory first; only then is anything written, each file whole or not at
all. People own a case once it is in the library: an import never rewrites one, it reports.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path, PurePath

from casebook import reading
from casebook.checks.excuses import find_excused_values
from casebook.dedupe.cluster import DuplicateReport, find_duplicates
from casebook.dedupe.relations import ComparedText, Pair
from casebook.library import casefile, identity
from casebook.library.decisions import distinct_pairs
from casebook.library.folder import SOURCES, Library
from casebook.library.markup import plain_text
from casebook.library.merging import merge
from casebook.library.removed_register import load_removed
from casebook.library.source_withholding import count_redacted
from casebook.library.variant_notes import find_variant_notes
from casebook.model import Case, Finding, SourceRef, UserError, WriteUp
from casebook.pipeline.compared_texts import case_document
from casebook.pipeline.import_findings import duplicate_findings, find_links, source_findings
from casebook.pipeline.import_plan import Arrival, Plan, PlannedSource, name_document
from casebook.pipeline.removal_guard import refuse_removed
from casebook.pipeline.source_guard import (
    PLAIN,
    GuardedSource,
    Protection,
    guard_source,
)
from casebook.pipeline.withdrawal import plan_withdrawal
from casebook.pipeline.write_ups import SourceText, make_case, read_source
from casebook.reading.readers import SUFFIXES
from casebook.repair.edits import Draft
from casebook.runtime import cli
from casebook.runtime.file_names import is_plain_file, portable_name

MERGED_UNASKED = ("identical", "contains")
"""Relations that an import merges unasked, and only among the texts that it imports."""

SURE_CONTAINMENT = 99.0
"""Containment (0–100) from which such a relation is certain enough to merge unasked."""


def plan_import(
    paths: Sequence[Path],
    library: Library,
    only_new: bool = False,
    everything: bool = False,
    asked: Protection = PLAIN,
) -> Plan:
    """Work out an import of the documents at `paths`. Raises UserError; writes nothing.

    With `only_new`, documents that the library has are passed over without reading them again.
    With `everything`, write-ups that are no experiences (notices, regulations …) become cases too.
    `asked` says how a document with private text comes in, or one that is in leaves the library.
    """
    names = _Names(library)
    for path in paths:
        if path.is_symlink() and path.parent.resolve() == names.folder.resolve():
            raise UserError(f"{path}：这是符号链接，没有读取；请放文件本身。")
    documents = _documents(paths)
    passing = only_new and not everything and asked == PLAIN
    fresh = [path for path in documents if not (passing and names.has(path))]
    sources, unreadable = _plan_sources(fresh, library, names, asked)
    if unreadable and len(documents) == 1:
        raise UserError(unreadable[0].message)
    plan = Plan(sources, passed_over=len(documents) - len(fresh))
    new = {a.id: _case(s, a) for s in sources for a in _wanted(s, everything)}
    report = _compare(sources, new, library)
    plan.imported = new | dict(_find_unedited(sources, library))
    plan.duplicates = list(report.pairs)
    _merge_certain(plan, new, report)
    uncertain = source_findings(sources, everything)
    doubtful = chain(find_links(paths), uncertain, duplicate_findings(plan, sources))
    plan.findings = list(chain(unreadable, doubtful))
    plan.withdrawals = [
        plan_withdrawal(planned.path, planned.source.document.sha256, library, asked)
        for planned in sources
        if planned.known and asked != PLAIN
    ]
    return plan


def _wanted(planned: PlannedSource, everything: bool) -> list[Arrival]:
    """The write-ups of a source that become cases."""
    if planned.refused or (planned.known and not everything):
        return []
    return [
        arrival
        for arrival in planned.arrivals
        if not arrival.known and arrival.write_up.part not in planned.removed
        if everything or not arrival.write_up.not_a_case
    ]


def _documents(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UserError(f"{path}：没有这个文件或文件夹。")
        children = list(reading.find_documents(path))
        if not children:
            raise UserError(f"{path}：文件夹里没有可以导入的文章（{'、'.join(SUFFIXES)}）。")
        found.extend(children)
    return found


class _Names:
    """Which ids and source names are taken, and which write-ups the library knows."""

    def __init__(self, library: Library) -> None:
        self.files = {record.sha256: record.file for record in library.sources.values()}
        variants = list(self._list_complete_variants(library))
        everything = [*library.cases, *variants]
        self.ids = {case.id for case in everything}
        self.ids |= {alias.partition("#")[0] for case in everything for alias in case.aliases}
        self.known = {
            (ref.sha256, ref.part): case.id for case in everything for ref in case.sources
        }
        for variant in variants:  # a merge may list a variant's source twice
            self.known.update({(ref.sha256, ref.part): variant.id for ref in variant.sources})
        self.withheld = {
            ref.sha256 for case in everything for ref in case.sources if not ref.file
        } - {""}
        removed = load_removed(library.folder)
        self.ids.update(name for entry in removed for name in entry.ids)
        self.removed = {sha256 for entry in removed for sha256 in entry.sha256}
        self.folder = library.folder / SOURCES
        held = self.folder.iterdir() if self.folder.is_dir() else ()
        self.kept = {path.name.casefold(): path for path in held}
        for name in self.files.values():  # of some only the text is stored
            self.kept.setdefault(name.casefold(), self.folder / name)

    def _list_complete_variants(self, library: Library) -> Iterator[Case]:
        """All but those that an import left without case and source when it was cut off."""
        listed = {known.id for case in library.cases for known in case.variants}
        for variant in library.variants.values():
            if variant.id in listed or any(s.sha256 in self.files for s in variant.sources):
                yield variant

    def has(self, path: Path) -> bool:
        """Whether the document at `path` has been imported."""
        digest = reading.digest(path)
        return digest not in self.removed and (digest in self.files or digest in self.withheld)

    def has_all(self, source: SourceText) -> bool:
        """Whether a document that has been read is stored, or all its write-ups are known.

        An import that was cut off may have left a part of them.
        """
        digest = source.document.sha256
        cases = [write_up for write_up in source.write_ups if not write_up.not_a_case]
        return digest in self.files or (
            digest in self.withheld and all((digest, w.part) in self.known for w in cases)
        )

    def file_name(self, path: Path, digest: str) -> str:
        """The name under which a source is stored: its own if systems and other sources allow it.

        Names that differ in small and capital letters alone are one name on some systems. Raises
        UserError for a stored one that has to be renamed.
        """
        name = portable_name(path.name)
        if path.parent.resolve() == self.folder.resolve():
            if name != path.name:
                raise UserError(f"{path}：有的系统存不下这个文件名，请改名为 {name} 再导入。")
            return name
        if held := self.kept.get(name.casefold()):
            if is_plain_file(held) and reading.digest(held) == digest:
                return held.name
            name = f"{PurePath(name).stem}-{digest[:8]}{PurePath(name).suffix}"
        self.kept[name.casefold()] = path
        return name

    def take(self, title: str, digest: str) -> str:
        """A free id for a title, taken from now on."""
        found = identity.free_id(title, digest, self.ids.__contains__)
        self.ids.add(found)
        return found


def _plan_sources(
    paths: Sequence[Path], library: Library, names: _Names, asked: Protection
) -> tuple[list[PlannedSource], list[Finding]]:
    """The documents that can be read, and an error for each of the others."""
    sources, unreadable = list[PlannedSource](), list[Finding]()
    progress = cli.Progress("读取", len(paths))
    for path in paths:
        try:
            sources.append(_plan_source(path, library, names, asked))
        except UserError as error:
            place = cli.display_path(path)
            unreadable.append(Finding("source-unreadable", "error", place, 1, 1, str(error)))
        progress.step()
    return sources, unreadable


def _plan_source(path: Path, library: Library, names: _Names, asked: Protection) -> PlannedSource:
    source = read_source(path, library.vocabulary)
    if not source.write_ups:
        raise UserError(f"{path}：没有找到文章。")
    digest = source.document.sha256
    known = names.has_all(source)
    name = names.files.get(digest) or names.file_name(path, digest)
    guarded = GuardedSource(source, name, "file")
    if not known:
        excused = frozenset(_list_excused(library, digest))
        guarded = guard_source(path, source, name, asked, excused, library.vocabulary)
    removed, findings = refuse_removed(path, source, library.folder)
    refused = guarded.refused or len(removed) == len(source.write_ups)
    if not refused:
        names.files[digest] = guarded.name
    arrivals = tuple(_arrivals(guarded.source, names, path))
    return PlannedSource(
        path=path,
        name=guarded.name,
        source=guarded.source,
        arrivals=arrivals,
        known=known,
        keep="hash" if removed or digest in names.withheld else guarded.keep,
        guarded=(*guarded.findings, *findings),
        masked=guarded.masked,
        refused=refused,
        removed=removed,
    )


def _list_excused(library: Library, digest: str) -> Iterator[str]:
    """The keys of values in a source that its cases excuse."""
    for case in (*library.cases, *library.variants.values()):
        if case.allow and any(reference.sha256 == digest for reference in case.sources):
            rules = [item.get("rule", "") for item in case.allow if item.get("reason")]
            yield from find_excused_values(casefile.dump(case), rules)


def _arrivals(source: SourceText, names: _Names, path: Path) -> Iterator[Arrival]:
    """The write-ups with their ids; the longest text of one title gets the plain id."""
    digest = source.document.sha256
    ids: dict[int, str] = {}
    for write_up in sorted(source.write_ups, key=lambda w: (-len(plain_text(w.blocks)), w.part)):
        known = names.known.get((digest, write_up.part))
        title = write_up.title or name_document(path)
        text_digest = hashlib.sha256(plain_text(write_up.blocks).encode()).hexdigest()
        ids[write_up.part] = known or names.take(title, text_digest)
    for write_up in source.write_ups:
        yield Arrival(write_up, ids[write_up.part], (digest, write_up.part) in names.known)


def _case(planned: PlannedSource, arrival: Arrival) -> Case:
    """The case that a write-up of the plan becomes."""
    reference = _refer(planned, arrival.write_up)
    return make_case(arrival.write_up, arrival.id, name_document(planned.path), reference)


def _find_unedited(
    sources: Sequence[PlannedSource], library: Library
) -> Iterator[tuple[str, Case]]:
    """The cases of sources whose record is missing that are as today's import would write them."""
    held = {case.id: case for case in (*library.cases, *library.variants.values())}
    for planned in sources:
        for arrival in planned.arrivals:
            if arrival.id in held and not planned.known:
                today, case = _case(planned, arrival), held[arrival.id]
                own = tuple(block for block in case.blocks if not block.source)
                if replace(case, blocks=own, sources=case.sources[:1], variants=()) == today:
                    yield arrival.id, today


def _refer(planned: PlannedSource, write_up: WriteUp) -> SourceRef:
    digest = planned.source.document.sha256
    if planned.keep != "hash":
        return SourceRef(planned.name, digest, write_up.part)
    draft = Draft.of(planned.source.document.text, planned.source.repaired.steps)
    start, end = map(draft.source_position, (write_up.start, write_up.end))
    masked = Counter(each.rule for each in planned.masked if start <= each.start < end)
    redacted = count_redacted(masked)
    return SourceRef("", digest, write_up.part, name=planned.name, redacted=redacted)


def _compare(
    sources: Sequence[PlannedSource], new: Mapping[str, Case], library: Library
) -> DuplicateReport:
    """Relations that involve a write-up of these sources; the library's own pairs are left out."""
    arrived = {a.id: a.write_up for planned in sources for a in planned.arrivals}
    documents = [ComparedText(i, w.title, plain_text(w.blocks)) for i, w in arrived.items()]
    if new:
        documents += [case_document(case) for case in library.cases if case.id not in arrived]
    report = find_duplicates(documents, distinct=distinct_pairs(library.folder))
    pairs = [pair for pair in report.pairs if pair.a in arrived or pair.b in arrived]
    return replace(report, pairs=tuple(pairs))


def _merge_certain(plan: Plan, new: Mapping[str, Case], report: DuplicateReport) -> None:
    """Merge new texts that are certainly the same; the rest become cases of their own."""
    plan.cases = dict(new)
    relations = {frozenset((pair.a, pair.b)): pair for pair in report.pairs}
    for cluster in report.clusters:
        canonical = plan.cases.get(cluster.canonical)
        for member in cluster.members:
            pair = relations.get(frozenset((cluster.canonical, member)))
            variant = plan.cases.get(member)
            if canonical and variant and pair and _is_sure(pair, canonical, variant):
                del plan.cases[member]
                canonical = merge(canonical, variant, pair.relation)
                plan.cases[canonical.id], plan.variants[member] = canonical, variant


def _is_sure(pair: Pair, canonical: Case, variant: Case) -> bool:
    """Whether two texts are surely one: the variant nowhere has another figure or clause."""
    if pair.relation not in MERGED_UNASKED or pair.containment < SURE_CONTAINMENT:
        return False
    notes = find_variant_notes(canonical, variant)
    return not any(note.is_news and not note.added for note in notes)

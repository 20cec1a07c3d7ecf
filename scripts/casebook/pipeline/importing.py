"""Import: received documents become cases of a library, additively and repeatably.

A plan is worked out in memory first; only then is anything written, each file whole or not at
all. People own a case once it is in the library: an import never rewrites one, it reports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path, PurePath

from casebook import reading
from casebook.dedupe.cluster import DuplicateReport, find_duplicates
from casebook.dedupe.relations import ComparedText, Pair
from casebook.library import casefile, identity, markup
from casebook.library.decisions import distinct_pairs
from casebook.library.folder import SOURCES, VARIANTS, Library
from casebook.library.markup import plain_text
from casebook.library.merging import merge
from casebook.library.source_records import STEPS_SUFFIX, PartRange, SourceRecord, dump_record
from casebook.model import Case, Finding, SourceRef, UserError, WriteUp, as_dict
from casebook.pipeline.compared_texts import case_document
from casebook.pipeline.write_ups import SourceText, read_source
from casebook.repair.edits import Draft
from casebook.runtime import cli
from casebook.runtime.file_names import files_ending, portable_name
from casebook.structure.assign import APPENDIX_REASON
from casebook.vocabulary import Vocabulary

MERGED_UNASKED = ("identical", "contains")
"""Relations that an import merges by itself, and only among the texts it brings."""

SURE = 99.0
"""Containment (0–100) from which such a relation is certain enough to merge unasked."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A write-up of the plan with the id of its case; `known` when the library has it already."""

    write_up: WriteUp
    id: str
    known: bool


@dataclass(frozen=True, slots=True)
class PlannedSource:
    """A received document of the plan; `name` is its file name in the library."""

    path: Path
    name: str
    source: SourceText
    arrivals: tuple[Arrival, ...]
    known: bool


@dataclass(slots=True)
class Plan:
    """What an import would do: new cases and variants by id, and what it found."""

    sources: list[PlannedSource]
    passed_over: int = 0
    cases: dict[str, Case] = field(default_factory=dict)
    variants: dict[str, Case] = field(default_factory=dict)
    duplicates: list[Pair] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def plan_import(
    paths: Sequence[Path], library: Library, only_new: bool = False, everything: bool = False
) -> Plan:
    """Work out an import of the documents at `paths`. Raises UserError; writes nothing.

    With `only_new`, documents that the library has are passed over without reading them again.
    With `everything`, write-ups that are no experiences (notices, regulations …) become cases too.
    """
    names = _Names(library)
    documents = _documents(paths)
    fresh = [path for path in documents if not (only_new and not everything and names.has(path))]
    sources = [_planned(path, library, names) for path in fresh]
    plan = Plan(sources, passed_over=len(documents) - len(fresh))
    new = {a.id: _case(s, a) for s in sources for a in _wanted(s, everything)}
    report = _compare(sources, new, library)
    plan.duplicates = list(report.pairs)
    _merge_certain(plan, new, report)
    plan.findings = list(chain(_findings(sources), _duplicate_findings(plan, sources)))
    return plan


def _wanted(planned: PlannedSource, everything: bool) -> list[Arrival]:
    """The write-ups of a source that become cases."""
    if planned.known and not everything:
        return []
    return [
        arrival
        for arrival in planned.arrivals
        if not arrival.known and (everything or not arrival.write_up.not_a_case)
    ]


def _documents(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UserError(f"{path}：没有这个文件或文件夹。")
        children = list(reading.find_documents(path))
        if not children:
            raise UserError(
                f"{path}：文件夹里没有可以导入的文章（{'、'.join(reading.MEDIA_TYPES)}）。"
            )
        found.extend(children)
    return found


class _Names:
    """Which ids and source names are taken, and which write-ups the library knows."""

    def __init__(self, library: Library) -> None:
        everything = [*library.cases, *library.variants.values()]
        self.ids = {case.id for case in everything}
        self.known = {
            (ref.sha256, ref.part): case.id for case in everything for ref in case.sources
        }
        for variant in library.variants.values():  # a merge may list a variant's source twice
            self.known.update({(ref.sha256, ref.part): variant.id for ref in variant.sources})
        self.files = {record.sha256: record.file for record in library.sources.values()}
        self.folder = library.folder / SOURCES
        kept = (path for path in files_ending(self.folder, "") if path.is_file())
        self.kept = {path.name.casefold(): path for path in kept}

    def has(self, path: Path) -> bool:
        """Whether the document at `path` has been imported."""
        return reading.digest(path) in self.files

    def file_name(self, path: Path, digest: str) -> str:
        """The name under which a source is kept: its own where systems and other sources allow it.

        Names that differ in small and capital letters alone are one name on some systems.
        """
        if path.resolve().parent == self.folder.resolve():
            return path.name
        name = portable_name(path.name)
        if held := self.kept.get(name.casefold()):
            if reading.digest(held) == digest:
                return held.name
            name = f"{PurePath(name).stem}-{digest[:8]}{PurePath(name).suffix}"
        self.kept[name.casefold()] = path
        return name

    def take(self, title: str, digest: str) -> str:
        """A free id for a title, taken from now on."""
        found = identity.free_id(title, digest, self.ids.__contains__)
        self.ids.add(found)
        return found


def _planned(path: Path, library: Library, names: _Names) -> PlannedSource:
    source = read_source(path, library.vocabulary)
    digest = source.document.sha256
    known = digest in names.files
    name = names.files.get(digest) or names.file_name(path, digest)
    names.files[digest] = name
    if not source.write_ups:
        raise UserError(f"{path}：没有找到文章。")
    return PlannedSource(path, name, source, tuple(_arrivals(source, names, path)), known)


def _arrivals(source: SourceText, names: _Names, path: Path) -> Iterator[Arrival]:
    """The write-ups with their ids; the longest text of one title gets the plain id."""
    digest = source.document.sha256
    ids: dict[int, str] = {}
    for write_up in sorted(source.write_ups, key=lambda w: (-len(plain_text(w.blocks)), w.part)):
        known = names.known.get((digest, write_up.part))
        title = write_up.title or path.stem
        text_digest = hashlib.sha256(plain_text(write_up.blocks).encode()).hexdigest()
        ids[write_up.part] = known or names.take(title, text_digest)
    for write_up in source.write_ups:
        yield Arrival(write_up, ids[write_up.part], (digest, write_up.part) in names.known)


def _case(planned: PlannedSource, arrival: Arrival) -> Case:
    """The case that a write-up becomes: texts as Markdown, anchors given once."""
    write_up = arrival.write_up
    title = write_up.title or planned.path.stem
    blocks = [replace(block, text=markup.from_plain(block.text)) for block in write_up.blocks]
    blocks[0] = replace(blocks[0], heading=title)
    reference = SourceRef(planned.name, planned.source.document.sha256, write_up.part)
    return Case(
        id=arrival.id,
        title=title,
        blocks=identity.with_anchors(blocks),
        kind=write_up.kind,
        organ=write_up.organ,
        region=write_up.region,
        date=write_up.date,
        sources=(reference,),
    )


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
            if canonical and pair and member in plan.cases and _is_sure(pair):
                variant = plan.cases.pop(member)
                canonical = merge(canonical, variant, pair.relation)
                plan.cases[canonical.id], plan.variants[member] = canonical, variant


def _is_sure(pair: Pair) -> bool:
    return pair.relation in MERGED_UNASKED and pair.containment >= SURE


def _findings(sources: Sequence[PlannedSource]) -> Iterator[Finding]:
    for planned in sources:
        yield from _source_findings(planned)
        for arrival in planned.arrivals:
            yield from _structure_findings(planned, arrival)


def _source_findings(planned: PlannedSource) -> Iterator[Finding]:
    document = planned.source.document
    if document.replaced:
        message = (
            f"有 {document.replaced} 处字节无法解码（按 {document.encoding} 读取），"
            "请核对文件的编码。"
        )
        yield Finding("encoding-replaced", "warning", cli.shown(planned.path), 1, 1, message)
    for flag in planned.source.repaired.flags:
        line, column = _place(document.text, flag.start)
        yield Finding(
            f"repair-{flag.rule}", "warning", cli.shown(planned.path), line, column, flag.message
        )


def _structure_findings(planned: PlannedSource, arrival: Arrival) -> Iterator[Finding]:
    write_up = arrival.write_up
    path, name = (
        cli.shown(planned.path),
        f"第 {write_up.part} 篇“{write_up.title or planned.path.stem}”",
    )
    position = planned.source.repaired.text.count("\n", 0, write_up.start) + 1
    if not write_up.title:
        message = f"{name}没有找到标题，暂用文件名；请在案例文件的 title 里补上。"
        yield Finding("title-missing", "warning", path, position, 1, message)
    for doubt in write_up.doubts:
        yield Finding(doubt.rule, "warning", path, position, 1, name + doubt.message)
    if write_up.not_a_case:
        message = (
            f"{name}像是{write_up.not_a_case}，不是经验材料，没有收入；"
            "确实要收入，请加 --all 再导入。"
        )
        yield Finding("not-a-case", "warning", path, position, 1, message)
        return
    for block, decision in zip(write_up.blocks, write_up.decisions, strict=True):
        if block.level > 1 and not block.role and decision.why != APPENDIX_REASON:
            heading = block.heading or block.text[:20]
            message = (
                f"{name}的“{heading}”看不出属于哪种角色；"
                "请在案例文件的小标题后写明，例如 {.practice}。"
            )
            yield Finding("role-unknown", "warning", path, position, 1, message)


def _duplicate_findings(plan: Plan, sources: Sequence[PlannedSource]) -> Iterator[Finding]:
    """Likely duplicates that an import leaves to a person."""
    paths = {a.id: cli.shown(s.path) for s in sources if not s.known for a in s.arrivals}
    for pair in plan.duplicates:
        merged = {pair.a, pair.b} & set(plan.variants)
        brought = pair.a if pair.a in paths else pair.b
        if merged or brought not in paths or pair.relation in ("series", "shares"):
            continue
        message = (
            f"“{pair.a}”与“{pair.b}”可能重复（相似度 {pair.similarity:.1f}）；"
            f"确认后运行 find_duplicates.py --merge {pair.a} {pair.b}。"
        )
        yield Finding("possible-duplicate", "warning", paths[brought], 1, 1, message)


def _place(text: str, position: int) -> tuple[int, int]:
    line = text.count("\n", 0, position) + 1
    return line, position - (text.rfind("\n", 0, position) + 1) + 1


def write_plan(plan: Plan, library: Library) -> list[Path]:
    """Write what a plan brings, case files last named first. Returns the files written."""
    written: list[Path] = []
    brought = {*plan.cases, *plan.variants}
    for folder, cases in ((library.folder, plan.cases), (library.folder / VARIANTS, plan.variants)):
        for case in cases.values():
            path = folder / f"{case.id}.md"
            cli.write_text(path, casefile.dump(case))
            written.append(path)
    for planned in plan.sources:
        if not planned.known and any(a.known or a.id in brought for a in planned.arrivals):
            written.extend(_write_source(planned, library.folder / SOURCES))
    return written


def _write_source(planned: PlannedSource, folder: Path) -> Iterator[Path]:
    """Keep the document as received, and its steps, whose file says that the import is complete."""
    kept = folder / planned.name
    if not kept.exists():
        cli.write_bytes(kept, planned.path.read_bytes())
        yield kept
    record = folder / (planned.name + STEPS_SUFFIX)
    cli.write_text(record, dump_record(_record(planned)))
    yield record


def _record(planned: PlannedSource) -> SourceRecord:
    document, repaired = planned.source.document, planned.source.repaired
    position = Draft.of(document.text, repaired.steps).source_position
    parts = tuple(
        PartRange(w.part, position(w.start), position(w.end)) for w in planned.source.write_ups
    )
    return SourceRecord(
        file=planned.name,
        sha256=document.sha256,
        encoding=document.encoding,
        characters=len(document.text),
        parts=parts,
        steps=repaired.steps,
        flags=repaired.flags,
    )


def described_blocks(write_up: WriteUp, explain: bool = False) -> list[dict[str, object]]:
    """Blocks as the machine output prints them (DESIGN.md §4); with `explain` also why."""
    keys = ("level", "heading", "role", "text")
    blocks = [{key: getattr(block, key) for key in keys} for block in write_up.blocks]
    if explain:
        for block, decision in zip(blocks, write_up.decisions, strict=True):
            block["why"] = as_dict(decision)
    return blocks


def described_facts(write_up: WriteUp) -> dict[str, object]:
    """What a write-up says about itself, for the machine output of --explain."""
    facts, other = dict(write_up.facts), write_up.not_a_case
    return {"date": write_up.date, "facts": facts, "not_a_case": other}


def explained(write_up: WriteUp, vocabulary: Vocabulary) -> Iterator[str]:
    """Lines that say why each block of a write-up has its level and its role."""
    facts = {"文种": write_up.kind, "单位": write_up.organ, "地区": write_up.region}
    facts |= {"日期": write_up.date} | dict(write_up.facts)
    stated = "，".join(f"{name}：{value}" for name, value in facts.items() if value)
    yield f"《{write_up.title or '（无标题）'}》  {stated}"
    for block, decision in zip(write_up.blocks, write_up.decisions, strict=True):
        name = _role_name(decision.role, vocabulary)
        heading = block.heading or f"（无标题）{block.text[:12]}"
        yield f"{'  ' * block.level}{block.level} 级 [{name}] {heading}"
        yield f"{'  ' * block.level}     层级：{decision.level}"
        second, _, points = decision.runner_up.partition(" ")
        runner_up = f"；其次是{_role_name(second, vocabulary)} {points} 分" if second else ""
        yield f"{'  ' * block.level}     角色：{decision.why}{runner_up}"


def _role_name(role: str, vocabulary: Vocabulary) -> str:
    return vocabulary.roles[role].name if role else "未定"

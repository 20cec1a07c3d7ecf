"""What somebody contributes, as values for a report: write-ups, repairs, likely duplicates.

The values are JSON (runtime/json_records.py): a job without rights makes them of what a stranger
brought, and one with rights shows them. Nothing private is in them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.checks.private import find_private
from casebook.dedupe import MERGING
from casebook.dedupe.pair_report import RELATION_NAMES
from casebook.dedupe.relations import Pair
from casebook.library import casefile
from casebook.library.folder import Library
from casebook.library.themes import item_themes
from casebook.model import Block, Case, Finding, Step, UserError, WriteUp
from casebook.pipeline.import_plan import Arrival, Plan, PlannedSource, list_missing_facts
from casebook.pipeline.source_guard import mask_text
from casebook.repair import RULES
from casebook.repair.edits import Draft
from casebook.runtime import cli
from casebook.runtime.json_records import to_json
from casebook.vocabulary import Vocabulary

MOST_OUTLINE_LINES = 60
"""Headings of a write-up that a report shows."""

MOST_EXAMPLES = 3
"""Changes of one rule of repair that a report shows."""

LONGEST_TEXT = 200
"""Characters of a title, a heading or an example that the values keep."""


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A heading of a write-up: its level, the Chinese name of its role ('' for none), its words."""

    level: int
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class WriteUpSummary:
    """A write-up, or a case that changed. `place` is its file, `state` what becomes of it.

    `facts` are the names and values of what it says about itself, `unsure` what a person should
    look at.
    """

    place: str
    id: str
    title: str
    state: str
    facts: tuple[tuple[str, str], ...] = ()
    outline: tuple[OutlineLine, ...] = ()
    themes: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairSummary:
    """What one rule of repair changed in a document: how often, how often not surely, examples."""

    place: str
    rule: str
    reason: str
    count: int
    likely: int
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DuplicateSummary:
    """Two texts that may be one, by the ids of their cases; `a` is the one of this contribution.

    With `needs_import` that is no case yet.
    """

    a: str
    b: str
    relation: str
    similarity: float
    needs_import: bool = False


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A case file that `--fix` mends: its path in the repository before and after."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """All that a report shows; `patch` is what `--fix` changes, as a diff, '' if it is long."""

    write_ups: tuple[WriteUpSummary, ...] = ()
    repairs: tuple[RepairSummary, ...] = ()
    duplicates: tuple[DuplicateSummary, ...] = ()
    findings: tuple[Finding, ...] = ()
    fixes: tuple[FixedFile, ...] = ()
    patch: str = ""


LARGEST_REPORT = 8 * 2**20
"""Bytes of a contribution as JSON."""


def dump_contribution(shown: Contribution) -> bytes:
    """A contribution as JSON, without what is of least use where it would be too large."""
    shorter = replace(
        shown,
        fixes=(),
        repairs=(),
        write_ups=tuple(replace(each, outline=()) for each in shown.write_ups[:1000]),
        findings=shown.findings[:1000],
        duplicates=shown.duplicates[:1000],
    )
    for each in (shown, replace(shown, fixes=()), shorter):
        made = json.dumps(to_json(each), ensure_ascii=False).encode("utf-8", "replace")
        if len(made) <= LARGEST_REPORT:
            return made
    return json.dumps(to_json(Contribution())).encode()


def summarize_plan(plan: Plan, library: Library) -> Contribution:
    """What an import would do, and found."""
    write_ups = [
        _summarize_arrival(plan, planned, arrival, library.vocabulary)
        for planned in plan.sources
        for arrival in planned.arrivals
    ]
    return Contribution(
        write_ups=tuple(write_ups),
        repairs=tuple(each for planned in plan.sources for each in _summarize_repairs(planned)),
        duplicates=tuple(_summarize_new_pairs(plan)),
        findings=tuple(map(mask_finding, plan.findings)),
    )


def summarize_cases(
    paths: Iterable[Path], added: Collection[str], vocabulary: Vocabulary
) -> Iterator[WriteUpSummary]:
    """Case files of a library that can be read; `added` are the ids of those that are new."""
    for path in paths:
        try:
            case = casefile.read_case(path)
        except (UserError, OSError):
            continue  # the gate says why
        place = mask_private(cli.display_path(path))
        missing = [name for name, value in _list_facts(case) if not value]
        yield replace(
            _summarize_case(case, vocabulary),
            place=place,
            state="新案例" if path.stem in added else "改动的案例",
            unsure=tuple(_list_doubts(case.blocks, missing)),
        )


def summarize_pair(
    pair: Pair, here: str, there: str, needs_import: bool = False
) -> DuplicateSummary:
    """Two texts, of which `here` is of the contribution."""
    a, b = map(mask_private, (here, there))
    return DuplicateSummary(a, b, RELATION_NAMES[pair.relation], pair.similarity, needs_import)


def _summarize_new_pairs(plan: Plan) -> Iterator[DuplicateSummary]:
    new = {arrival.id for s in plan.sources if not s.known for arrival in s.arrivals}
    for pair in plan.duplicates:
        if {pair.a, pair.b} & set(plan.variants) or pair.relation not in MERGING:
            continue
        for here, there in ((pair.a, pair.b), (pair.b, pair.a)):
            if here in new:
                yield summarize_pair(pair, here, there, needs_import=True)
                break


def describe_state(plan: Plan, planned: PlannedSource, arrival: Arrival) -> str:
    """What becomes of a write-up, in Chinese."""
    if _is_withheld(planned, arrival.write_up):
        return "没有收入"
    if arrival.id in plan.variants:
        return "并入更完整的文本，作为异文保存"
    if arrival.id in plan.cases:
        return "新案例"
    if arrival.write_up.not_a_case:
        return f"不是案例（{arrival.write_up.not_a_case}），没有收入"
    return "已经导入过" if arrival.known or planned.known else "新案例"


def _is_withheld(planned: PlannedSource, write_up: WriteUp) -> bool:
    """Whether no text of a write-up may be shown: it is private, or was taken down."""
    return planned.refused or write_up.part in planned.removed


def _summarize_arrival(
    plan: Plan, planned: PlannedSource, arrival: Arrival, vocabulary: Vocabulary
) -> WriteUpSummary:
    write_up = arrival.write_up
    case = plan.cases.get(arrival.id) or plan.variants.get(arrival.id)
    if not case:
        facts = (write_up.kind, write_up.organ, write_up.region, write_up.date)
        blocks = write_up.blocks[: 1 if _is_withheld(planned, write_up) else None]
        case = Case(arrival.id, write_up.title, blocks, *facts)
    unsure = list[str]()
    if not write_up.not_a_case:
        unsure += _list_doubts(write_up.blocks, list_missing_facts(write_up))
    unsure += [mask_private(doubt.message) for doubt in write_up.doubts]
    if flags := _count_flags(planned, write_up.start, write_up.end):
        unsure.append(f"{flags} 处文字没有把握，没有修复")
    return replace(
        _summarize_case(case, vocabulary),
        place=mask_private(f"{cli.display_path(planned.path)}#{write_up.part}"),
        id="" if planned.refused else mask_private(arrival.id),  # made of a title or name
        state=describe_state(plan, planned, arrival),
        unsure=tuple(unsure),
    )


def _summarize_case(case: Case, vocabulary: Vocabulary) -> WriteUpSummary:
    lines = [
        OutlineLine(b.level, _name_role(b.role, vocabulary), mask_private(b.heading or b.text))
        for b in case.blocks[1:]
    ]
    themes = Counter(theme for names in item_themes(case, vocabulary).values() for theme in names)
    return WriteUpSummary(
        place="",
        id=mask_private(case.id),
        title=mask_private(case.title),
        state="",
        facts=tuple((name, mask_private(value)) for name, value in _list_facts(case) if value),
        outline=tuple(lines[:MOST_OUTLINE_LINES]),
        themes=tuple(theme for theme, _ in themes.most_common()),
    )


def _list_facts(case: Case) -> list[tuple[str, str]]:
    named = (("文种", case.kind), ("单位", case.organ), ("地区", case.region), ("日期", case.date))
    return list(named)


def _name_role(role: str, vocabulary: Vocabulary) -> str:
    return vocabulary.roles[role].name if role in vocabulary.roles else ""


def _list_doubts(blocks: Sequence[Block], missing: Sequence[str]) -> Iterator[str]:
    if missing:
        yield f"没有写明{'、'.join(missing)}"
    if unknown := sum(1 for block in blocks[1:] if not block.role):
        yield f"{unknown} 段看不出角色"


def _count_flags(planned: PlannedSource, start: int, end: int) -> int:
    flags = planned.source.repaired.flags
    if not flags:
        return 0
    draft = Draft.of(planned.source.document.text, planned.source.repaired.steps)
    first, last = draft.source_position(start), draft.source_position(end)
    return sum(1 for flag in flags if first <= flag.start < last)


def _summarize_repairs(planned: PlannedSource) -> Iterator[RepairSummary]:
    place = mask_private(cli.display_path(planned.path))
    for rule in RULES:
        steps = [step for step in planned.source.repaired.steps if step.rule == rule.id]
        if steps:
            likely = [step for step in steps if step.certainty == "likely"]
            withheld = planned.refused or planned.removed
            examples = () if withheld else _choose_examples([*likely, *steps])
            yield RepairSummary(place, rule.id, rule.reason, len(steps), len(likely), examples)


def _choose_examples(steps: Sequence[Step]) -> tuple[tuple[str, str], ...]:
    """Some changes that differ, the uncertain ones first; what is dropped whole is cut."""
    pairs = dict.fromkeys((step.before, step.after) for step in steps)
    return tuple((mask_private(a), mask_private(b)) for a, b in list(pairs)[:MOST_EXAMPLES])


def mask_private(text: str) -> str:
    """A text that may be shown, at most LONGEST_TEXT characters of it."""
    shown = hide_private(text[: 4 * LONGEST_TEXT])
    return shown if len(shown) <= LONGEST_TEXT else f"{shown[: LONGEST_TEXT - 1]}…"


def hide_private(text: str) -> str:
    """A text with X for each letter and figure of what is private."""
    return mask_text(text, find_private(text))


def mask_finding(found: Finding) -> Finding:
    """A finding whose path and message, which may quote a title, show nothing private."""
    return replace(found, path=hide_private(found.path), message=hide_private(found.message))

"""Where a case comes from and what repair changed: 原文与修复."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from casebook.library.folder import Library
from casebook.library.source_records import PartRange
from casebook.model import Case, SourceRef, Step
from casebook.site.html import SOURCES, address, tag, text
from casebook.site.received import Received, received, source_address
from casebook.site.restored import REASONS, flag_list, one_line, restored_list

DISTINCT = 60
"""Distinct certain changes of one rule that are listed."""

WIDTH = 24
"""Characters shown of each side of a certain change."""


def sources_section(case: Case, library: Library) -> Iterator[str]:
    """The sources of a case with their repairs."""
    if not case.sources:
        return
    yield tag("h2", "原文与修复", id=SOURCES, class_="cb-head")
    merged = _sources_of_variants(case, library)
    for number, reference in enumerate(case.sources, start=1):
        stored = received(reference, library)
        yield _source_line(reference, stored, (reference.file, reference.part) in merged)
        if stored:
            yield from _repairs(reference, stored, f"cb_restored_{number}")


def _sources_of_variants(case: Case, library: Library) -> set[tuple[str, int]]:
    variants = (library.variants[ref.id] for ref in case.variants if ref.id in library.variants)
    return {(source.file, source.part) for variant in variants for source in variant.sources}


def source_name(reference: SourceRef) -> str:
    """A source in a word: its file name, or that it is not public."""
    return reference.file or "原件未公开"


def _source_line(reference: SourceRef, stored: Received | None, is_variant: bool) -> str:
    name = text(source_name(reference))
    if stored:
        href = f"../{address(source_address(reference.file))}"
        name = tag("a", name, href=href, download=reference.file)
    facts = [f"第 {reference.part} 篇{'，即异文' if is_variant else ''}"]
    facts += [f"SHA-256 {tag('code', text(reference.sha256[:12]))}"]
    facts += [f"编码 {text(stored.record.encoding)}，下载原件"] if stored else ["原件没有公开保存"]
    if reference.url.startswith(("http://", "https://")):
        facts.append(tag("a", "网上出处", href=reference.url, rel="noopener nofollow"))
    return tag("p", f"{name}（{'，'.join(facts)}）", class_="cb-source")


def _repairs(reference: SourceRef, stored: Received, anchor: str) -> Iterator[str]:
    part = next((p for p in stored.record.parts if p.part == reference.part), None)
    if part is None:
        return
    steps = _inside(stored.record.steps, part)
    flags = [flag for flag in stored.record.flags if part.start <= flag.start < part.end]
    shown = [*restored_list(steps, stored.text), *flag_list(flags, stored.text)]
    if shown:
        yield tag("h3", "需要留意的地方", id=anchor, class_="cb-head")
        yield from shown
    certain = [step for step in steps if step.certainty == "certain"]
    if certain:
        yield _certain_table(certain)
    if not steps and not flags:
        yield tag("p", "原文没有需要修复的地方。")


def _inside(steps: Sequence[Step], part: PartRange) -> Sequence[Step]:
    """The steps that start within a part; they are sorted, so that no part costs the whole."""
    first, last = (bisect_left(steps, at, key=_start) for at in (part.start, part.end))
    return steps[first:last]


def _start(step: Step) -> int:
    return step.start


def _certain_table(steps: Sequence[Step]) -> str:
    """The certain changes: a count per rule, and on request which they were."""
    rows = []
    for rule, count in Counter(step.rule for step in steps).most_common():
        changes = Counter((s.before, s.after) for s in steps if s.rule == rule)
        listed = "　".join(_change(pair, times) for pair, times in changes.most_common(DISTINCT))
        more = len(changes) - DISTINCT
        listed += f"　另有 {more} 种" if more > 0 else ""
        summary = tag("summary", f"{text(REASONS.get(rule, rule))}{tag('b', f'{count} 处')}")
        rows.append(tag("details", summary + tag("p", listed), class_="cb-rule"))
    head = tag("summary", f"确定的修复共 {len(steps)} 处，按规则查看")
    return tag("details", head + "".join(rows), class_="cb-repairs")


def _change(pair: tuple[str, str], times: int) -> str:
    before, after = (text(_cut(one_line(value))) or "（无）" for value in pair)
    return f"{tag('del', before)}→{tag('ins', after)}×{times}"


def _cut(value: str) -> str:
    return value if len(value) <= WIDTH else value[:WIDTH] + "…"

"""原文与修复: the sources of a case and what repair changed in them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from operator import attrgetter

from casebook.library.folder import SOURCES, Library
from casebook.library.source_records import PartRange
from casebook.model import Block, Case, SourceRef, Step
from casebook.site.block_places import render_block_places
from casebook.site.html import SOURCES_ID, quote_path, tag
from casebook.site.received import ReceivedDocument, build_source_address, find_received_document
from casebook.site.restored import (
    REPAIR_REASONS,
    join_lines,
    render_flag_list,
    render_restored_list,
)

MOST_DISTINCT_CHANGES = 60
"""Distinct certain changes of one rule in the list."""

CHANGE_CHARACTERS = 24
"""Characters of each side of a certain change."""


def render_sources_section(case: Case, library: Library) -> Iterator[str]:
    """The sources of a case with their repairs."""
    if not case.sources:
        return
    yield tag("h2", "原文与修复", id=SOURCES_ID, class_="cb-head")
    merged = _collect_variant_sources(case, library)
    for number, reference in enumerate(case.sources, start=1):
        stored = find_received_document(reference, library)
        is_variant = (reference.sha256, reference.part) in merged
        with_file = stored is not None and stored.may_publish_file(library)
        yield _render_source(reference, stored, is_variant, with_file)
        if stored:
            yield from _render_repairs(reference, stored, f"cb_restored_{number}", case.blocks)


def _collect_variant_sources(case: Case, library: Library) -> set[tuple[str, int]]:
    variants = (library.variants[ref.id] for ref in case.variants if ref.id in library.variants)
    return {(source.sha256, source.part) for variant in variants for source in variant.sources}


def name_source(reference: SourceRef) -> str:
    """The file or name of a source, its address, or a phrase that it is not public."""
    without = "原稿未公开" if reference.sha256 else reference.url
    return reference.file or reference.name or without


def _render_source(
    reference: SourceRef, stored: ReceivedDocument | None, is_variant: bool, with_file: bool
) -> str:
    name = escape(name_source(reference))
    if stored:
        address = build_source_address(reference.file)
        saved = reference.file if stored.stored.is_text else address.rpartition("/")[2]
        name = tag("a", name, href=f"../{quote_path(address)}", download=saved)
    facts = []
    if reference.sha256:
        facts += [f"第 {reference.part} 篇{'，即异文' if is_variant else ''}"]
        facts += [f"SHA-256 {tag('code', escape(reference.sha256[:12]))}"]
        facts += [_describe_stored(stored)] if stored else ["原稿未公开"]
    if with_file:
        address = f"../{quote_path(f'{SOURCES}/{reference.file}')}"
        facts.append(tag("a", "下载收到的文件", href=address, download=reference.file))
    if reference.redacted:
        facts.append("不宜公开的内容已用 X 遮盖")
    if reference.url.startswith(("http://", "https://")):
        facts.append(tag("a", "网上出处", href=reference.url, rel="noopener nofollow"))
    return tag("p", name + (f"（{'，'.join(facts)}）" if facts else ""), class_="cb-source")


def _describe_stored(stored: ReceivedDocument) -> str:
    if not stored.stored.is_text:
        return "下载读出的文字"
    return f"编码 {escape(stored.record.encoding)}，下载原件"


def _render_repairs(
    reference: SourceRef, stored: ReceivedDocument, anchor: str, blocks: Sequence[Block]
) -> Iterator[str]:
    part = next((p for p in stored.record.parts if p.part == reference.part), None)
    if part is None:
        return
    steps = _select_steps(stored.record.steps, part)
    flags = [flag for flag in stored.record.flags if part.start <= flag.start < part.end]
    shown = [*render_restored_list(steps, stored.text), *render_flag_list(flags, stored.text)]
    if shown:
        yield tag("h3", "需要留意的地方", id=anchor, class_="cb-head")
        yield from shown
    if places := render_block_places(part, stored.stored, blocks):
        yield places
    certain = [step for step in steps if step.certainty == "certain"]
    if certain:
        yield _render_certain_changes(certain)
    if not steps and not flags:
        yield tag("p", "原文没有需要修复的地方。")


def _select_steps(steps: Sequence[Step], part: PartRange) -> Sequence[Step]:
    """The steps that start within a part, found by bisection: a source may have many parts."""
    first, last = (bisect_left(steps, at, key=attrgetter("start")) for at in (part.start, part.end))
    return steps[first:last]


def _render_certain_changes(steps: Sequence[Step]) -> str:
    """The certain changes: a count per rule that opens to the list of changes."""
    rows = []
    for rule, count in Counter(step.rule for step in steps).most_common():
        changes = Counter((s.before, s.after) for s in steps if s.rule == rule)
        listed = "　".join(
            _render_change(pair, times)
            for pair, times in changes.most_common(MOST_DISTINCT_CHANGES)
        )
        more = len(changes) - MOST_DISTINCT_CHANGES
        listed += f"　另有 {more} 种" if more > 0 else ""
        summary = tag(
            "summary", f"{escape(REPAIR_REASONS.get(rule, rule))}{tag('b', f'{count} 处')}"
        )
        rows.append(tag("details", summary + tag("p", listed), class_="cb-rule"))
    head = tag("summary", f"确定的修复共 {len(steps)} 处，按规则查看")
    return tag("details", head + "".join(rows), class_="cb-repairs")


def _render_change(pair: tuple[str, str], times: int) -> str:
    before, after = (escape(_shorten_change(join_lines(value))) or "（无）" for value in pair)
    return f"{tag('del', before)}→{tag('ins', after)}×{times}"


def _shorten_change(value: str) -> str:
    return value if len(value) <= CHANGE_CHARACTERS else value[:CHANGE_CHARACTERS] + "…"

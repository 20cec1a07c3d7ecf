"""Where a case comes from and what repair changed: 原文与修复."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from casebook import reading
from casebook.library import SOURCES, Library, SourceRecord
from casebook.model import Case, Flag, SourceRef, Step
from casebook.repair import RULES, replay
from casebook.site.html import tag, text

AROUND = 40
"""Characters of the source shown on each side of a restored place."""

DISTINCT = 60
"""Distinct certain changes of one rule that are listed."""

_REASONS = {rule.id: rule.reason for rule in RULES}


def source_address(name: str) -> str:
    """Where the site keeps a received document: as plain text, whatever it was named."""
    return f"{SOURCES}/{name}" if name.endswith(".txt") else f"{SOURCES}/{name}.txt"


def sources_section(case: Case, library: Library) -> Iterator[str]:
    """The sources of a case with their repairs."""
    if not case.sources:
        return
    yield tag("h2", "原文与修复", id="sources", class_="cb-head")
    for reference in case.sources:
        record = library.sources.get(reference.file)
        stored = record is not None and record.sha256 == reference.sha256
        yield _source_line(reference, record if stored else None)
        if record and stored:
            yield from _repairs(reference, record, library)


def _source_line(reference: SourceRef, record: SourceRecord | None) -> str:
    name = text(reference.file)
    if record:
        name = tag("a", name, href=f"../{source_address(reference.file)}", download=reference.file)
    facts = [f"第 {reference.part} 篇", f"SHA-256 {reference.sha256[:12]}…"]
    facts += [f"编码 {record.encoding}"] if record else ["原件没有公开保存"]
    if reference.url.startswith(("http://", "https://")):
        facts.append(tag("a", "网上出处", href=reference.url, rel="noopener nofollow"))
    return tag("p", f"{name}（{'，'.join(facts)}）", class_="cb-source")


def _repairs(reference: SourceRef, record: SourceRecord, library: Library) -> Iterator[str]:
    ranges = [part for part in record.parts if part.part == reference.part]
    if not ranges:
        return
    start, end = ranges[0].start, ranges[0].end
    steps = [step for step in record.steps if start <= step.start < end]
    flags = [flag for flag in record.flags if start <= flag.start < end]
    likely = [group for group in _places(steps) if any(s.certainty == "likely" for s in group)]
    if likely or flags:
        source = reading.read(library.folder / SOURCES / record.file).text
        yield tag("h3", "需要留意的地方", id=f"restored-{reference.part}", class_="cb-head")
        yield _likely_list(likely, steps, source) if likely else ""
        yield _flag_list(flags, source) if flags else ""
    certain = [step for step in steps if step.certainty == "certain"]
    if certain:
        yield _certain_table(certain)
    if not steps and not flags:
        yield tag("p", "原文没有需要修复的地方。")


def _places(steps: Sequence[Step]) -> list[list[Step]]:
    """Steps in groups: neighbors of one restored run belong to one place."""
    groups: list[list[Step]] = []
    for step in steps:
        last = groups[-1][-1] if groups else None
        if last and last.end == step.start and last.rule == step.rule == "gbk-byte-shift":
            groups[-1].append(step)
        else:
            groups.append([step])
    return groups


def _likely_list(places: Sequence[Sequence[Step]], steps: Sequence[Step], source: str) -> str:
    items = [tag("li", _restored(place, steps, source)) for place in places]
    note = "下列文字是推断恢复的，带下划线的字请以原件为准："
    return tag("p", note) + tag("ul", "".join(items), class_="cb-restored")


def _restored(place: Sequence[Step], steps: Sequence[Step], source: str) -> str:
    """The place in its sentence: what stood there, what stands now, by which rule."""
    start, end = place[0].start, place[-1].end
    before = _clean(source, steps, max(0, start - 2 * AROUND), start)[-AROUND:]
    after = _clean(source, steps, end, min(len(source), end + 2 * AROUND))[:AROUND]
    now = "".join(_mark(step) for step in place)
    was = tag("del", text(source[start:end]))
    reason = _REASONS.get(place[0].rule, place[0].rule)
    return f"…{text(_one_line(before))}{was}{tag('ins', now)}{text(_one_line(after))}…" + tag(
        "small", text(f"规则 {place[0].rule}：{reason}")
    )


def _mark(step: Step) -> str:
    return tag("u", text(step.after)) if step.certainty == "likely" else text(step.after)


def _one_line(value: str) -> str:
    return value.replace("\n", " ")


def _clean(source: str, steps: Sequence[Step], start: int, end: int) -> str:
    """A slice of the source with the other repairs made; cut where a step crosses its border."""
    inside = [step for step in steps if start <= step.start and step.end <= end]
    shifted = [
        Step(s.rule, s.start - start, s.end - start, s.before, s.after, s.certainty) for s in inside
    ]
    return replay(source[start:end], shifted)


def _flag_list(flags: Sequence[Flag], source: str) -> str:
    items = []
    for flag in flags:
        before = _one_line(source[max(0, flag.start - AROUND) : flag.start])
        after = _one_line(source[flag.end : flag.end + AROUND])
        place = f"…{text(before)}{tag('mark', text(flag.text))}{text(after)}…"
        items.append(tag("li", place + tag("small", text(flag.message))))
    return tag("p", "下列地方有疑问，没有改动：") + tag("ul", "".join(items), class_="cb-restored")


def _certain_table(steps: Sequence[Step]) -> str:
    """The certain changes: a count per rule, and on request which they were."""
    rows = []
    for rule, count in Counter(step.rule for step in steps).most_common():
        changes = Counter((s.before, s.after) for s in steps if s.rule == rule)
        listed = "　".join(_change(pair, times) for pair, times in changes.most_common(DISTINCT))
        more = len(changes) - DISTINCT
        listed += f"　另有 {more} 种" if more > 0 else ""
        summary = tag("summary", f"{text(_REASONS.get(rule, rule))}{tag('b', f'{count} 处')}")
        rows.append(tag("details", summary + tag("p", listed), class_="cb-rule"))
    head = tag("summary", f"确定的修复共 {len(steps)} 处，按规则查看")
    return tag("details", head + "".join(rows), class_="cb-repairs")


def _change(pair: tuple[str, str], times: int) -> str:
    before, after = (text(_one_line(value)[:24]) or "（无）" for value in pair)
    return f"{tag('del', before)}→{tag('ins', after)}×{times}"

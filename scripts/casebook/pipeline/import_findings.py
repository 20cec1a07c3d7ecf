"""What an import tells its caller: flags, doubts and likely duplicates as findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook.model import Finding
from casebook.pipeline.import_plan import (
    FIELDS,
    Arrival,
    Plan,
    PlannedSource,
    list_missing_facts,
    name_document,
)
from casebook.runtime import cli
from casebook.structure.assign import APPENDIX_REASON


def source_findings(
    sources: Sequence[PlannedSource], everything: bool = False
) -> Iterator[Finding]:
    """What repair and structure left uncertain in the documents of an import.

    With `everything`, texts that look like no experiences have been taken in, as asked.
    """
    for planned in sources:
        yield from planned.guarded
        if planned.refused:
            continue
        yield from _reading_findings(planned)
        for arrival in planned.arrivals:
            yield from _structure_findings(planned, arrival, everything)


def find_links(paths: Sequence[Path]) -> Iterator[Finding]:
    """A warning for each symbolic link in a folder: it could lead to any file, so none is read."""
    for path in (path for path in paths if path.is_dir()):
        for child in sorted(path.iterdir()):
            if child.is_symlink():
                message = "这是符号链接，没有读取；请放文件本身。"
                yield Finding("symlink", "warning", cli.display_path(child), 1, 1, message)


def _reading_findings(planned: PlannedSource) -> Iterator[Finding]:
    document = planned.source.document
    if document.replaced:
        message = (
            f"有 {document.replaced} 处字节无法解码（按 {document.encoding} 读取），"
            "请核对文件的编码。"
        )
        yield Finding("encoding-replaced", "warning", cli.display_path(planned.path), 1, 1, message)
    for remark in document.remarks:
        yield Finding(remark.rule, "warning", cli.display_path(planned.path), 1, 1, remark.message)
    for flag in planned.source.repaired.flags:
        line, column = _place(document.text, flag.start)
        yield Finding(
            f"repair-{flag.rule}",
            "warning",
            cli.display_path(planned.path),
            line,
            column,
            flag.message,
        )


def _structure_findings(
    planned: PlannedSource, arrival: Arrival, everything: bool
) -> Iterator[Finding]:
    write_up = arrival.write_up
    path = cli.display_path(planned.path)
    name = f"第 {write_up.part} 篇“{write_up.title or name_document(planned.path)}”"
    position = planned.source.repaired.text.count("\n", 0, write_up.start) + 1
    if not write_up.title:
        message = f"{name}没有找到标题，暂用文件名；请在案例文件的 title 里补上。"
        yield Finding("title-missing", "warning", path, position, 1, message)
    for doubt in write_up.doubts:
        yield Finding(doubt.rule, "warning", path, position, 1, name + doubt.message)
    if write_up.not_a_case:
        ending = (
            "已按 --all 收入，没有标注角色。"
            if everything
            else "没有收入；确实要收入，请加 --all 再导入。"
        )
        message = f"{name}像是{write_up.not_a_case}，不是经验材料，{ending}"
        yield Finding("not-a-case", "warning", path, position, 1, message)
        return
    if missing := list_missing_facts(write_up):
        message = (
            f"{name}没有写明{'、'.join(missing)}，或看不准，已留空；"
            f"请核对后在案例文件的 {'、'.join(FIELDS[name] for name in missing)} 里补上。"
        )
        yield Finding("metadata-missing", "warning", path, position, 1, message)
    for block, decision in zip(write_up.blocks, write_up.decisions, strict=True):
        if block.level > 1 and not block.role and decision.why != APPENDIX_REASON:
            heading = block.heading or block.text[:20]
            message = (
                f"{name}的“{heading}”看不出属于哪种角色；"
                "请在案例文件的小标题后写明，例如 {.practice}。"
            )
            yield Finding("role-unknown", "warning", path, position, 1, message)


def duplicate_findings(plan: Plan, sources: Sequence[PlannedSource]) -> Iterator[Finding]:
    """Likely duplicates that an import leaves to a person."""
    paths = {a.id: cli.display_path(s.path) for s in sources if not s.known for a in s.arrivals}
    for pair in plan.duplicates:
        merged = {pair.a, pair.b} & set(plan.variants)
        brought = pair.a if pair.a in paths else pair.b
        if merged or brought not in paths or pair.relation in ("series", "shares"):
            continue
        message = (
            f"“{pair.a}”与“{pair.b}”可能重复（相似度 {pair.similarity:.1f}）；"
            f"确认后运行 {cli.command('duplicates')} --merge {pair.a} {pair.b}。"
        )
        yield Finding("possible-duplicate", "warning", paths[brought], 1, 1, message)


def _place(text: str, position: int) -> tuple[int, int]:
    line = text.count("\n", 0, position) + 1
    return line, position - (text.rfind("\n", 0, position) + 1) + 1

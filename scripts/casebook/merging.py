"""Merge two cases of a library, or undo it: what a person decides about duplicates."""

from __future__ import annotations

from pathlib import Path

from casebook import casefile, cli
from casebook.dedupe.merge import lost_sentences, merge, unmerge
from casebook.dedupe.relations import MERGING, relate
from casebook.library import VARIANTS, Library, case_document, load_library
from casebook.model import Case, UserError


def merge_cases(folder: Path, canonical_id: str, variant_id: str) -> str:
    """Merge case `variant_id` into `canonical_id`; returns a sentence that says so.

    Raises UserError when a case is missing or a sentence would be lost. The variant's file moves
    unchanged to the variants; the canonical file is written anew.
    """
    library = load_library(folder)
    canonical, variant = _case(library, canonical_id), _case(library, variant_id)
    if canonical_id == variant_id:
        raise UserError("不能把案例并入它自己。")
    pair = relate(case_document(canonical), case_document(variant))
    relation = pair.relation if pair and pair.relation in MERGING else "near"
    merged = merge(canonical, variant, relation)
    if lost := lost_sentences([canonical, variant], [merged, variant]):
        raise UserError(f"合并会丢失文字，已放弃：{lost[0]}")
    _move(folder / f"{variant_id}.md", folder / VARIANTS / f"{variant_id}.md")
    cli.write_text(folder / f"{canonical_id}.md", casefile.dump(merged))
    return f"已把 {variant_id} 并入 {canonical_id}；原文件移到 {VARIANTS}/，可用 --unmerge 撤销。"


def _case(library: Library, case_id: str) -> Case:
    for case in library.cases:
        if case.id == case_id:
            return case
    raise UserError(f"没有这个案例：{case_id}（要写 cases/ 下案例文件的 id）。")


def _move(source: Path, target: Path) -> None:
    """Copy first, then remove, so that an interruption leaves a file too many, never none."""
    cli.write_bytes(target, source.read_bytes())
    source.unlink()


def unmerge_case(folder: Path, variant_id: str) -> str:
    """Undo a merge: the variant becomes a case again, its blocks leave the canonical case."""
    library = load_library(folder)
    owners = [c for c in library.cases if any(v.id == variant_id for v in c.variants)]
    path = folder / VARIANTS / f"{variant_id}.md"
    if not owners or not path.is_file():
        raise UserError(f"没有这个异文：{variant_id}。")
    cli.write_text(folder / f"{owners[0].id}.md", casefile.dump(unmerge(owners[0], variant_id)))
    _move(path, folder / f"{variant_id}.md")
    return f"已撤销合并：{variant_id} 恢复为案例。"

"""Merging on disk: what a person has decided about two case files of a library folder.

The variant's file moves unchanged to `variants/`, the canonical file is rewritten: both or
neither. Undoing needs no other file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from casebook.dedupe import MERGING
from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.dedupe.relations import ComparedText, relate
from casebook.library import casefile
from casebook.library.case_edits import rewrite_case
from casebook.library.decisions import FILE as DECISIONS
from casebook.library.decisions import load_decisions
from casebook.library.folder import VARIANTS, case_paths, plain_id, read_own_case
from casebook.library.folder_edits import restored_on_failure
from casebook.library.merging import (
    case_text,
    list_edited_blocks,
    lost_sentences,
    merge,
    unmerge,
)
from casebook.library.variant_notes import find_variant_notes
from casebook.model import Block, Case, Relation, UserError
from casebook.runtime import cli
from casebook.runtime.file_names import is_plain_file


def merge_files(folder: Path, a: str, b: str, decided: Relation | None = None) -> tuple[str, str]:
    """Merge two cases of the library at `folder`, given by id; returns (canonical, variant) ids.

    The more complete text becomes the canonical one. `decided` is a person's own judgment of the
    relation, for texts that the tool takes for a series or for different ones. Raises UserError
    when a case is missing, when the texts may not merge, or when a sentence would be lost.
    """
    if a == b:
        raise UserError("不能把案例并入它自己，请给出两个不同的案例。")
    for decision in load_decisions(folder):
        if decision.pair == {a, b}:
            raise UserError(
                f"{a} 与 {b} 已判定不是同一篇：{decision.reason}（见 {DECISIONS} 第 "
                f"{decision.line} 行）。要合并，请先删去那一行。"
            )
    cases = [read_own_case(folder, case_id) for case_id in (a, b)]
    canonical, variant = sorted(cases, key=measure_case, reverse=True)
    merged = merge(canonical, variant, decided or _relation(canonical, variant))
    path = folder / f"{canonical.id}.md"
    text = rewrite_case(casefile.read_raw(path), canonical, merged)
    if lost := lost_sentences([canonical, variant], [casefile.parse(text), variant]):
        raise UserError(f"合并会丢失文字，已放弃，没有写入任何文件：{lost[0]}")
    _move(
        folder / f"{variant.id}.md",
        folder / VARIANTS / f"{variant.id}.md",
        path,
        text,
    )
    return canonical.id, variant.id


def measure_case(case: Case) -> int:
    """The length of a case: characters of its folded text, with what it took over."""
    return len(fold_for_comparison(case_text(case)))


def list_news(folder: Path, canonical: str, variant: str) -> list[str]:
    """What a variant says within paragraphs of its case beyond another wording, as sentences."""
    case = casefile.read_case(folder / f"{canonical}.md")
    other = casefile.read_case(folder / VARIANTS / f"{variant}.md")
    return [note.text for note in find_variant_notes(case, other) if note.is_news]


def unmerge_files(folder: Path, variant_id: str) -> tuple[str | None, list[Block]]:
    """Make a merged text a case of its own again.

    Returns the id of the case it was merged into, and the blocks taken over from it that people
    have edited since and that stay there. The id is None when an earlier undoing, or merge, had
    been cut off before its last step: then only the copy that it left in `variants/` is removed.

    Raises UserError when it is no variant, or one of a variant that has to be taken out first.
    """
    path = folder / VARIANTS / f"{plain_id(variant_id)}.md"
    owners = [case for case in _cases(folder) if _lists(case, variant_id)]
    own = folder / path.name
    both = is_plain_file(path) and is_plain_file(own)
    if not owners and both and own.read_bytes() == path.read_bytes():
        path.unlink()
        return None, []
    if not is_plain_file(path) or not owners:
        raise UserError(f"{variant_id}：没有合并过这个案例（{VARIANTS}/ 里的文件名即 id）。")
    between = [case for case in _cases(folder / VARIANTS) if _lists(case, variant_id)]
    if between:
        raise UserError(f"{variant_id} 先并入了 {between[0].id}，请先撤销后者的合并。")
    owner, variant = owners[0], casefile.read_case(path)
    changed = folder / f"{owner.id}.md"
    text = rewrite_case(casefile.read_raw(changed), owner, unmerge(owner, variant))
    _move(path, folder / f"{variant_id}.md", changed, text)
    return owner.id, list_edited_blocks(owner, variant)


def _relation(canonical: Case, variant: Case) -> Relation:
    pair = relate(*(make_compared_text(case) for case in (canonical, variant)))
    if pair and pair.relation in MERGING:
        return pair.relation
    why = f"：{'；'.join(pair.evidence)}" if pair else ""
    said = "同一模板的不同文章" if pair and pair.relation == "series" else "两篇不同的文章"
    raise UserError(
        f"{canonical.id} 与 {variant.id} 看来是{said}{why}。"
        "确属同一篇时，请用 --relation 写明关系。"
    )


def make_compared_text(case: Case) -> ComparedText:
    """A case as it is compared: its own text, without its title and without what it took over."""
    lead = replace(case.blocks[0], heading=None)
    own = (lead, *(block for block in case.blocks[1:] if not block.source))
    return ComparedText(case.id, case.title, case_text(replace(case, title="", blocks=own)).strip())


def _cases(folder: Path) -> Iterator[Case]:
    return map(casefile.read_case, case_paths(folder))


def _lists(case: Case, variant_id: str) -> bool:
    return any(reference.id == variant_id for reference in case.variants)


def _move(source: Path, target: Path, changed: Path, text: str) -> None:
    """Move a file unchanged and rewrite another one; when anything fails, all is as before."""
    data = source.read_bytes()
    if target.exists() and target.read_bytes() != data:
        raise UserError(f"{target} 已经存在，内容不同；请先核对，没有写入任何文件。")
    with restored_on_failure([target, changed]):
        cli.write_bytes(target, data)
        cli.write_text(changed, text)
        source.unlink()

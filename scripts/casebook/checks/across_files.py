"""What no single case file can show: ids used twice, variants of two cases, what nobody reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook.checks import decision_checks
from casebook.checks.checked_file import CheckedFile, make_finding
from casebook.checks.file_places import find_misplaced
from casebook.checks.rules import Problem
from casebook.checks.source_checks import check_stored_sources
from casebook.library.decisions import FILE as DECISIONS
from casebook.library.folder import VARIANTS
from casebook.model import Finding
from casebook.runtime import cache


def check_across_files(
    folder: Path, checked: Sequence[CheckedFile], store: cache.Store = cache.NOTHING
) -> Iterator[Finding]:
    """Findings of a whole library, whose cases and variants are `checked`."""
    yield from _check_ids(checked)
    yield from _check_claims(checked)
    yield from _check_decisions(folder, checked)
    referenced = {source: each.path.name for each in checked for source in each.sources}
    for path, problem in find_misplaced(folder, {name for name, _ in referenced}):
        yield make_finding(path, problem)
    for path, problem in check_stored_sources(folder, referenced, store):
        yield make_finding(path, problem)


def _check_ids(checked: Sequence[CheckedFile]) -> Iterator[Finding]:
    ids: dict[str, Path] = {}
    for each in checked:
        if each.id and each.id in ids and ids[each.id].name != each.path.name:
            message = f"id 与 {ids[each.id].name} 相同，请给其中一个案例换文件名和 id。"
            yield make_finding(each.path, Problem("id-duplicate", *each.id_place, message))
        ids.setdefault(each.id, each.path)


def _check_claims(checked: Sequence[CheckedFile]) -> Iterator[Finding]:
    """Variants that two cases claim, variants that no case claims."""
    claimed: dict[str, Path] = {}
    for each in checked:
        for variant, place in each.variants:
            if claimed.setdefault(variant, each.path) != each.path:
                message = f"异文 {variant} 已经属于 {claimed[variant].name}，请删掉其中一处。"
                yield make_finding(each.path, Problem("variant-shared", *place, message))
    for each in checked:
        if each.path.parent.name == VARIANTS and each.path.stem not in claimed:
            message = "没有案例把它列在 variants 里，它的旧网址会失效，请在合并后的案例里补上。"
            yield make_finding(each.path, Problem("variant-orphan", 1, 1, message))


def _check_decisions(folder: Path, checked: Sequence[CheckedFile]) -> Iterator[Finding]:
    """Findings of the file of decisions."""
    variants = {each.path.stem for each in checked if each.path.parent.name == VARIANTS}
    cases = {each.path.stem for each in checked} - variants
    for problem in decision_checks.check_decisions(folder, cases, variants):
        yield make_finding(folder / DECISIONS, problem)

"""What no single case file can show: ids used twice, variants of two cases, what nobody reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from casebook.checks import decision_checks, removed_checks
from casebook.checks.checked_file import CheckedFile, PlacedProblem
from casebook.checks.file_places import find_misplaced
from casebook.checks.published_files import check_published_files
from casebook.checks.rules import Problem
from casebook.checks.source_checks import check_stored_sources
from casebook.library.decisions import FILE as DECISIONS
from casebook.library.folder import VARIANTS, case_names, variant_paths
from casebook.runtime import cache


def check_across_files(
    folder: Path,
    checked: Sequence[CheckedFile],
    store: cache.Store = cache.NOTHING,
    only: Collection[str] | None = None,
) -> Iterator[PlacedProblem]:
    """Problems of a library whose cases and variants are `checked`.

    With the names of sources in `only`, other sources are not looked at.
    """
    yield from _check_ids(checked)
    yield from _check_claims(checked)
    yield from _check_aliases(checked)
    yield from _check_decisions(folder)
    yield from removed_checks.check_register(folder)
    yield from removed_checks.check_removed_sources(folder, store)
    referenced = {source: each.path.name for each in checked for source in each.sources}
    yield from find_misplaced(folder, {name for name, _ in referenced})
    yield from check_stored_sources(folder, referenced, store, only)
    yield from _check_published(folder, checked, store, only)


def _check_published(
    folder: Path,
    checked: Sequence[CheckedFile],
    store: cache.Store,
    only: Collection[str] | None,
) -> Iterator[PlacedProblem]:
    """Private text in what is published besides the cases."""
    excused: defaultdict[str, set[str]] = defaultdict(set)
    withheld: dict[str, str] = {}
    for each in checked:
        for name, _ in each.sources:
            excused[name].update(each.excused_values)
        withheld.update(dict.fromkeys(each.withheld, each.path.stem))
    for path, problem in check_published_files(folder, excused, withheld, store, only):
        yield PlacedProblem(path, problem)


def _check_ids(checked: Sequence[CheckedFile]) -> Iterator[PlacedProblem]:
    ids: dict[str, Path] = {}
    for each in checked:
        if each.id and each.id in ids and ids[each.id].name != each.path.name:
            message = f"id 与 {ids[each.id].name} 相同，请给其中一个案例换文件名和 id。"
            yield PlacedProblem(each.path, Problem("id-duplicate", *each.id_place, message))
        ids.setdefault(each.id, each.path)


def _check_claims(checked: Sequence[CheckedFile]) -> Iterator[PlacedProblem]:
    """Variants that two cases claim, variants that no case claims."""
    claimed: dict[str, Path] = {}
    for each in checked:
        for variant, place in each.variants:
            if claimed.setdefault(variant, each.path) != each.path:
                message = f"异文 {variant} 已经属于 {claimed[variant].name}，请删掉其中一处。"
                yield PlacedProblem(each.path, Problem("variant-shared", *place, message))
    for each in checked:
        if each.path.parent.name == VARIANTS and each.path.stem not in claimed:
            message = "没有案例把它列在 variants 里，它的旧网址会失效，请在合并后的案例里补上。"
            yield PlacedProblem(each.path, Problem("variant-orphan", 1, 1, message))


def _check_aliases(checked: Sequence[CheckedFile]) -> Iterator[PlacedProblem]:
    """Former addresses that another case has, or that two cases claim."""
    held = {each.path.stem: each.path for each in checked}
    for each in checked:
        name = each.path.stem
        held.update({f"{name}#{anchor}": each.path for anchor in each.anchors})
    for each in checked:
        for alias, place in each.aliases:
            owner = held.setdefault(alias, each.path)
            if owner is each.path and alias.partition("#")[0] != each.path.stem:
                continue
            whose = "本案例" if owner == each.path else owner.name
            message = f"旧址 {alias} 就是 {whose} 的网址或旧址，一个网址只能有一处，请删掉这一项。"
            yield PlacedProblem(each.path, Problem("alias-taken", *place, message))


def _check_decisions(folder: Path) -> Iterator[PlacedProblem]:
    if not (folder / DECISIONS).exists():
        return
    cases = [name.removesuffix(".md") for name in case_names(folder)]
    variants = [path.stem for path in variant_paths(folder)]
    for problem in decision_checks.check_decisions(folder, cases, variants):
        yield PlacedProblem(folder / DECISIONS, problem)

"""Cases of a library that say nearly the same, as findings: merge them, or say why not.

For a few cases the cached fingerprints of the library tell with which others to compare them; for
a whole library the pairs are cached until a case or the file of decisions changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from casebook.checks.checked_file import make_finding
from casebook.checks.rules import Problem
from casebook.dedupe import MERGING
from casebook.dedupe.boilerplate import find_common_paragraphs
from casebook.dedupe.cluster import find_duplicates
from casebook.dedupe.judging import judge_pairs
from casebook.dedupe.pair_report import RELATION_NAMES
from casebook.dedupe.relations import ComparedText, Pair
from casebook.library import casefile
from casebook.library.decisions import FILE as DECISIONS
from casebook.library.decisions import format_decision_commands, read_decisions
from casebook.library.folder import case_names, case_paths
from casebook.model import Finding, UserError
from casebook.pipeline.compared_texts import case_document
from casebook.pipeline.one_against_many import Fingerprints
from casebook.runtime import cache, cli
from casebook.runtime.json_records import from_json, to_json

MOST_JUDGED_AT_ONCE = 32
"""Cases up to which each new one is compared with all: loading the database would take longer."""

_KIND = "alike"
"""The kind of the cached result."""


def find_alike_cases(folder: Path, store: cache.Store = cache.NOTHING) -> Iterator[Finding]:
    """A finding for each pair of cases that may be one and that nobody has decided on."""
    paths = case_paths(folder)
    states = cache.FileStates(folder)
    names = [path.name for path in paths]
    listed = [cache.CODE, *(f"{n} {states.state(n)}" for n in [*names, DECISIONS])]
    key = hashlib.sha256("\n".join(listed).encode("utf-8", "replace")).hexdigest()

    def compare(_name: str) -> str:
        found = _compare(folder, list(_read_cases(paths)), ())
        return json.dumps([to_json(pair) for pair in found])

    stored = store.complete(_KIND, {"": key}, compare)[""]
    for pair in (from_json(Pair, row) for row in json.loads(stored)):
        yield _report(folder, pair.b, pair.a, pair)


class AlikePair(NamedTuple):
    """Two cases that may be one: `here` is the one that hears it, by the names of their files."""

    here: str
    there: str
    pair: Pair


def find_alike_pairs(
    folder: Path, ids: Collection[str], added: Collection[str]
) -> Iterator[AlikePair]:
    """The pairs with one of these cases; of two, the `added` one hears it."""
    new = list(_read_cases(folder / f"{case_id}.md" for case_id in sorted(ids)))
    if not new:
        return
    others = {*case_names(folder)} - {f"{case_id}.md" for case_id in ids}
    named = Fingerprints(folder, skip_unreadable=True).neighbor_files(new)
    known = _read_cases(folder / name for name in named if name in others)
    for pair in _compare(folder, [*known, *new], ids):
        there, here = sorted((pair.a, pair.b), key=lambda i: (i in added, i in ids))
        yield AlikePair(here, there, pair)


def report_undecided(folder: Path, alike: AlikePair) -> Finding:
    """The error at a case that changed while nobody has decided on a pair of it."""
    return replace(_report(folder, *alike), severity="error")


def _read_cases(paths: Iterable[Path]) -> Iterator[ComparedText]:
    """The cases that can be read, each by the name of its file: an id may be missing or another."""
    for path in paths:
        with suppress(UserError, OSError):
            yield replace(case_document(casefile.read_case(path)), id=path.stem)


def _compare(
    folder: Path, documents: Sequence[ComparedText], new: Collection[str]
) -> Sequence[Pair]:
    decisions, _ = read_decisions(folder)
    distinct = {decision.pair for decision in decisions}
    if new and len(documents) <= MOST_JUDGED_AT_ONCE:
        return list(_judge_all(documents, new, distinct))
    found = find_duplicates(documents, progress=_show_progress, distinct=distinct, new=new)
    return [pair for pair in found.pairs if pair.relation in MERGING]


def _judge_all(
    documents: Sequence[ComparedText], new: Collection[str], distinct: Collection[frozenset[str]]
) -> Iterator[Pair]:
    """The pairs with one of the new cases, judged without a join that finds candidates."""
    numbered = combinations(range(len(documents)), 2)
    named = ((p, documents[p[0]].id, documents[p[1]].id) for p in numbered)
    wanted = [p for p, a, b in named if (a in new or b in new) and {a, b} not in distinct]
    common = find_common_paragraphs([document.text for document in documents])
    for _, pair in judge_pairs(documents, wanted, common):
        if pair and pair.relation in MERGING:
            yield pair


def _show_progress(total: int) -> Callable[[], None]:
    return cli.Progress("比对案例", total).step


def _report(folder: Path, here: str, there: str, pair: Pair) -> Finding:
    """The message at one case about another that is like it, with the commands that decide."""
    merge, distinct = format_decision_commands(folder, here, there)
    decide = f"同一篇，请运行 {merge}；不是同一篇，请运行 {distinct}"
    if pair.relation == "identical":
        rule, said = "duplicate-case", f"与 {there} 的文字相同，多余的一篇请删掉。都发布过又确是"
    else:
        likeness = f"{RELATION_NAMES[pair.relation]}，相似度 {pair.similarity:.1f}"
        rule, said = "near-identical", f"与 {there} 相近（{likeness}），还没有判定："
    return make_finding(folder / f"{here}.md", Problem(rule, 1, 1, f"{said}{decide}。"))

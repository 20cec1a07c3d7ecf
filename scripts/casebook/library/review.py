"""What a person decided about many pairs: checked against the library, carried out whole or not.

Cases that are merged in pairs become one: the others go into the longest of them. With B longest:

    merge A B, merge B C                   A and C become variants of B
    merge A B, merge B C, distinct A C     refused: A and C would be one case
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.dedupe import MERGING
from casebook.dedupe.relations import relate
from casebook.dedupe.union_find import find_components
from casebook.library import casefile
from casebook.library.decisions import FILE, add_decision, distinct_pairs
from casebook.library.folder import VARIANTS, case_paths
from casebook.library.folder_edits import restored_on_failure
from casebook.library.merge_files import (
    make_compared_text,
    measure_case,
    merge_files,
)
from casebook.library.review_file import DISTINCT, MERGE, ReviewEntry
from casebook.model import Finding, Relation

Problem = tuple[int, str, str]
"""Line of the file (from 1), rule and message of something that is wrong."""


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """What is to be done: groups of cases that become one, the longest first, and pairs to note.

    `entries` are those that ask for a merge. `done` counts decisions carried out before.
    """

    groups: tuple[tuple[str, ...], ...]
    entries: tuple[ReviewEntry, ...]
    distinct: tuple[ReviewEntry, ...]
    done: int


@dataclass(frozen=True, slots=True)
class _State:
    """The library: the length of each case, the case of each variant, the pairs decided on."""

    lengths: Mapping[str, int]
    owners: Mapping[str, str]
    decided: frozenset[frozenset[str]]

    @classmethod
    def read(cls, folder: Path) -> _State:
        """Read all cases of a library. Raises UserError."""
        cases = [casefile.read_case(path) for path in case_paths(folder)]
        lengths = {case.id: measure_case(case) for case in cases}
        owners = {variant.id: case.id for case in cases for variant in case.variants}
        return cls(lengths, owners, frozenset(distinct_pairs(folder)))

    def find(self, case_id: str) -> str:
        """The case that a text is now: itself, or the one it was merged into; '' if neither."""
        return case_id if case_id in self.lengths else self.owners.get(case_id, "")

    def are_one(self, entry: ReviewEntry) -> bool:
        """Whether the two texts are one case already."""
        return self.find(entry.a) == self.find(entry.b) != ""


def plan_review(
    folder: Path, path: Path, entries: Sequence[ReviewEntry]
) -> tuple[ReviewPlan, list[Finding]]:
    """What the entries of the file at `path` ask for, and why it cannot be. Raises UserError."""
    state = _State.read(folder)
    merging = [entry for entry in entries if entry.decision == MERGE]
    apart = [entry for entry in entries if entry.decision == DISTINCT]
    problems = [
        *_check_ids([*merging, *apart], state),
        *_check_merging(merging, state),
        *_check_apart(apart, state),
        *_check_groups(merging, apart, state),
    ]
    fresh = [entry for entry in merging if not state.are_one(entry)]
    noted = [entry for entry in apart if entry.pair not in state.decided]
    groups = [] if problems else _group(fresh, state)
    done = len(merging) - len(fresh) + len(apart) - len(noted)
    by_pair = {entry.pair: entry for entry in reversed(noted)}
    plan = ReviewPlan(tuple(groups), tuple(merging), tuple(by_pair.values()), done)
    return plan, [
        Finding(rule, "error", path.as_posix(), line, 1, message)
        for line, rule, message in sorted(problems)
    ]


def _check_ids(entries: Sequence[ReviewEntry], state: _State) -> Iterator[Problem]:
    for entry in entries:
        for case_id in (entry.a, entry.b):
            if not state.find(case_id):
                yield entry.line, "review-unknown", f"没有 {case_id} 这个案例，请重新生成清单。"


def _check_merging(entries: Sequence[ReviewEntry], state: _State) -> Iterator[Problem]:
    """Pairs decided otherwise before, and texts merged meanwhile into a case not named here."""
    named = {case_id for entry in entries for case_id in entry.pair}
    for entry in entries:
        if entry.pair in state.decided:
            message = f"{entry.a} 与 {entry.b} 已判定不是同一篇（见 {FILE}），不能合并。"
            yield entry.line, "review-conflict", message
        for case_id in entry.pair:
            owner = state.find(case_id)
            if owner not in ("", case_id) and owner not in named and not state.are_one(entry):
                yield entry.line, "review-stale", _describe_stale(case_id, owner)


def _check_apart(entries: Sequence[ReviewEntry], state: _State) -> Iterator[Problem]:
    for entry in entries:
        if state.are_one(entry):
            message = f"{entry.a} 与 {entry.b} 已经合并；不是同一篇时，请先用 --unmerge 撤销。"
            yield entry.line, "review-conflict", message
        elif entry.pair not in state.decided:
            for case_id in entry.pair:
                if (owner := state.find(case_id)) not in ("", case_id):
                    yield entry.line, "review-stale", _describe_stale(case_id, owner)


def _describe_stale(case_id: str, owner: str) -> str:
    return f"{case_id} 已经并入 {owner}，这一对已不存在，请重新生成清单。"


def _check_groups(
    merging: Sequence[ReviewEntry], apart: Sequence[ReviewEntry], state: _State
) -> Iterator[Problem]:
    """Pairs that are to stay apart although the merges, taken together, make them one."""
    lines = dict.fromkeys(state.decided, 0) | {entry.pair: entry.line for entry in apart}
    asked = {entry.pair for entry in merging}
    for group in _connect([(entry.a, entry.b) for entry in merging]):
        first = min(entry.line for entry in merging if entry.a in group)
        texts = group | {variant for variant, owner in state.owners.items() if owner in group}
        for pair, line in lines.items():
            if pair <= texts and not (pair in state.decided and pair in asked):
                names = " 与 ".join(sorted(pair))
                message = f"{names} 判为不是同一篇，又（直接或经过别篇）判为合并，请改正其中一项。"
                yield line or first, "review-conflict", message


def _group(entries: Sequence[ReviewEntry], state: _State) -> list[tuple[str, ...]]:
    """The cases that become one, the longest of each group first."""
    groups = _connect([(state.find(entry.a), state.find(entry.b)) for entry in entries])
    return [
        tuple(sorted(group, key=lambda case_id: (-state.lengths[case_id], case_id)))
        for group in groups
    ]


def _connect(pairs: Sequence[tuple[str, str]]) -> list[set[str]]:
    """The groups of ids that pairs connect."""
    ids = sorted({case_id for pair in pairs for case_id in pair})
    number = {case_id: place for place, case_id in enumerate(ids)}
    found = find_components((number[a], number[b]) for a, b in pairs)
    return [{ids[place] for place in group} for group in found]


def apply_review(folder: Path, plan: ReviewPlan) -> list[tuple[str, str]]:
    """Carry out a plan without problems; returns (canonical, variant) of each merge.

    Raises UserError or OSError; then every file is as it was.
    """
    ids = [case_id for group in plan.groups for case_id in group]
    places = [place / f"{i}.md" for i in ids for place in (folder, folder / VARIANTS)]
    with restored_on_failure([*places, folder / FILE]):
        known = [path.stem for path in case_paths(folder)]
        for entry in plan.distinct:
            add_decision(folder, entry.a, entry.b, entry.reason, known)
        return [merged for group in plan.groups for merged in _merge_group(folder, group, plan)]


def _merge_group(folder: Path, group: Sequence[str], plan: ReviewPlan) -> Iterator[tuple[str, str]]:
    for member in group[1:]:
        relation = _choose_relation(folder, group[0], member, plan.entries)
        yield merge_files(folder, group[0], member, relation)


def _choose_relation(
    folder: Path, canonical: str, member: str, entries: Sequence[ReviewEntry]
) -> Relation | None:
    """The relation that the person confirmed; between texts that a third one connects, its own."""
    for entry in entries:
        if entry.pair == {canonical, member}:
            return entry.relation or None
    texts = (casefile.read_case(folder / f"{i}.md") for i in (canonical, member))
    pair = relate(*map(make_compared_text, texts))
    if pair and pair.relation in MERGING:
        return pair.relation
    return next((entry.relation or None for entry in entries if member in entry.pair), None)

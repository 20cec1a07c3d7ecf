"""`casebook check`: the gate, and what needs more than the cases: git, and texts compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from casebook.checks import check_library, check_paths
from casebook.checks.changed_files import check_changed_files
from casebook.checks.checked_file import make_finding
from casebook.checks.gate import sort_findings
from casebook.checks.lost_addresses import find_lost_addresses
from casebook.library.folder import VOCABULARY
from casebook.library.removed_register import FILE as REMOVED
from casebook.model import Finding, UserError
from casebook.runtime.cache import store_of
from casebook.runtime.file_names import is_plain_file
from casebook.runtime.git_files import FolderHistory, compare_with

if TYPE_CHECKING:
    from casebook.pipeline.alike_cases import AlikePair

MOST_CHANGED_FILES = 200
"""Changed files from which all files are checked: looking for what refers to them costs more."""


def check_all(paths: Sequence[Path]) -> list[Finding]:
    """All findings of case files and libraries; texts that are nearly the same are warnings.

    Raises UserError, OSError.
    """
    from casebook.pipeline.alike_cases import find_alike_cases  # it brings what compares texts

    findings = list(check_paths(paths, use_cache=True))
    for folder in (path for path in paths if path.is_dir()):
        findings += find_alike_cases(folder, store_of(folder))
    return sort_findings(findings)


@dataclass(frozen=True, slots=True)
class CheckedChanges:
    """What changed in a library, the findings, and the pairs that nobody has decided on.

    `added` are the ids of cases that are new.
    """

    history: FolderHistory
    findings: tuple[Finding, ...]
    pairs: tuple[AlikePair, ...]
    added: frozenset[str]


def check_since(reference: str, paths: Sequence[Path]) -> list[Finding]:
    """Findings of what changed in libraries since a commit, branch or tag.

    Lost addresses and texts that nobody has decided on are errors. Raises UserError, also outside
    of git; OSError.
    """
    found = check_changes(reference, paths)
    return sort_findings(finding for changes in found for finding in changes.findings)


def check_changes(reference: str, paths: Sequence[Path]) -> list[CheckedChanges]:
    """The same for each library, with what changed. Raises UserError, OSError."""
    return [_check_history(history, reference) for history in _compare(reference, paths)]


def list_changed_cases(reference: str, paths: Sequence[Path]) -> list[Path]:
    """The case files of libraries that changed and are still there. Raises UserError."""
    histories = _compare(reference, paths)
    return [path for history in histories for path in _list_present(history)]


def _compare(reference: str, paths: Sequence[Path]) -> list[FolderHistory]:
    for folder in paths:
        if not folder.is_dir():
            raise UserError(f"{folder}：--base 要与案例文件夹同用，不能只看一个文件。")
    return [compare_with(folder, reference) for folder in paths]


def _list_present(history: FolderHistory) -> list[Path]:
    found = (history.folder / name for name in sorted(history.changed) if name.endswith(".md"))
    return [path for path in found if is_plain_file(path)]


def _check_history(history: FolderHistory, reference: str) -> CheckedChanges:
    folder = history.folder
    before = history.read_before(name for name in history.changed if name.endswith(".md"))
    ids = {path.stem for path in _list_present(history) if path.parent == folder}
    added = frozenset(case_id for case_id in ids if f"{case_id}.md" not in before)
    findings = list(_check_files(history, before, reference))
    pairs: list[AlikePair] = []
    if ids:  # it brings what compares texts
        from casebook.pipeline.alike_cases import find_alike_pairs, report_undecided

        pairs = list(find_alike_pairs(folder, ids, added))
        findings += (report_undecided(folder, pair) for pair in pairs)
    ordered = tuple(sort_findings(findings))
    return CheckedChanges(history, ordered, tuple(pairs), added)


def _check_files(
    history: FolderHistory, before: Mapping[str, str], reference: str
) -> Iterator[Finding]:
    folder, changed = history.folder, history.changed
    for path, problem in find_lost_addresses(folder, changed, before, reference):
        yield make_finding(path, problem)
    concerns_all = any(PurePosixPath(name).parts[0] in (VOCABULARY, REMOVED) for name in changed)
    if concerns_all or len(changed) > MOST_CHANGED_FILES:
        yield from check_library(folder, store_of(folder))
    else:
        yield from check_changed_files(folder, changed, before)

"""`casebook check`: the gate, and what needs more than the cases: git, and texts compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

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


def check_since(reference: str, paths: Sequence[Path]) -> list[Finding]:
    """Findings of what changed in libraries since a commit, branch or tag.

    Lost addresses and texts that nobody has decided on are errors. Raises UserError, also outside
    of git; OSError.
    """
    histories = _compare(reference, paths)
    return sort_findings(f for history in histories for f in _check_history(history, reference))


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


def _check_history(history: FolderHistory, reference: str) -> Iterator[Finding]:
    folder, changed = history.folder, history.changed
    before = history.read_before(name for name in changed if name.endswith(".md"))
    for path, problem in find_lost_addresses(folder, changed, before, reference):
        yield make_finding(path, problem)
    concerns_all = any(PurePosixPath(name).parts[0] in (VOCABULARY, REMOVED) for name in changed)
    if concerns_all or len(changed) > MOST_CHANGED_FILES:
        yield from check_library(folder, store_of(folder))
    else:
        yield from check_changed_files(folder, changed, before)
    ids = {path.stem for path in _list_present(history) if path.parent == folder}
    if not ids:
        return
    from casebook.pipeline.alike_cases import find_alike_to  # it brings what compares texts

    added = {case_id for case_id in ids if f"{case_id}.md" not in before}
    yield from find_alike_to(folder, ids, added)

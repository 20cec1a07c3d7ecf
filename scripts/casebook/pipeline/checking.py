"""`casebook check`: the gate, and what needs more than the cases: git, and texts compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from casebook.checks import check_library, check_paths
from casebook.checks.changed_files import check_changed_files
from casebook.checks.checked_file import make_finding
from casebook.checks.gate import check_stored_file, sort_findings
from casebook.checks.lost_addresses import find_lost_addresses
from casebook.library.folder import VOCABULARY
from casebook.model import Finding, UserError
from casebook.runtime.cache import store_of
from casebook.runtime.file_names import is_plain_file
from casebook.runtime.git_files import FolderHistory, compare_with

MOST_CHANGED_FILES = 200
"""Changed files from which all files are checked: looking for what refers to them costs more."""


def check_all(paths: Sequence[Path], fix: bool = False) -> list[Finding]:
    """All findings of case files and libraries; texts that are nearly the same are warnings.

    With `fix`, files are fixed first. Raises UserError, OSError.
    """
    from casebook.pipeline.alike_cases import find_alike_cases  # it brings what compares texts

    findings = list(check_paths(paths, fix, use_cache=True))
    for folder in (path for path in paths if path.is_dir()):
        findings += find_alike_cases(folder, store_of(folder))
    return sort_findings(findings)


def check_since(reference: str, paths: Sequence[Path], fix: bool = False) -> list[Finding]:
    """Findings of what changed in libraries since a commit, branch or tag.

    Lost addresses and texts that nobody has decided on are errors. With `fix`, the changed files
    are fixed first. Raises UserError, also outside of git; OSError.
    """
    findings: list[Finding] = []
    for folder in paths:
        if not folder.is_dir():
            raise UserError(f"{folder}：--base 要与案例文件夹同用，不能只看一个文件。")
        findings += _check_folder(compare_with(folder, reference), reference, fix)
    return sort_findings(findings)


def _check_folder(history: FolderHistory, reference: str, fix: bool) -> Iterator[Finding]:
    folder, changed = history.folder, history.changed
    cases = [name for name in changed if PurePosixPath(name).suffix == ".md"]
    present = [folder / name for name in cases if is_plain_file(folder / name)]
    for path in present if fix else ():
        check_stored_file(path, fix=True)
    before = history.read_before(cases)
    for path, problem in find_lost_addresses(folder, changed, before, reference):
        yield make_finding(path, problem)
    concerns_all = any(PurePosixPath(name).parts[0] == VOCABULARY for name in changed)
    if concerns_all or len(changed) > MOST_CHANGED_FILES:
        yield from check_library(folder, store_of(folder))
    else:
        yield from check_changed_files(folder, changed, before)
    ids = {path.stem for path in present if path.parent == folder}
    if not ids:
        return
    from casebook.pipeline.alike_cases import find_alike_to  # it brings what compares texts

    added = {case_id for case_id in ids if f"{case_id}.md" not in before}
    yield from find_alike_to(folder, ids, added)

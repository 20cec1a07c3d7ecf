"""What a pull request brings, looked at without any right: checked, tried to import, mended.

Only what changed since the branch it goes to is looked at. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from casebook.checks.fixing import may_be_case, plan_fix
from casebook.checks.gate import sort_findings
from casebook.checks.private import find_private
from casebook.library.folder import SOURCES, VARIANTS, load_library, load_vocabulary
from casebook.library.source_records import strip_record_suffix
from casebook.model import Finding, UserError
from casebook.pipeline.checking import CheckedChanges, check_changes
from casebook.pipeline.contribution import (
    Contribution,
    FixedFile,
    mask_finding,
    summarize_cases,
    summarize_pair,
    summarize_plan,
)
from casebook.pipeline.importing import plan_import
from casebook.reading import is_written_by_people
from casebook.reading.archives import unpacked
from casebook.runtime import cli
from casebook.runtime.file_names import is_plain_file
from casebook.runtime.git_files import FileChange, make_patch

LONGEST_SHOWN_PATCH = 20_000
"""Characters of a patch that a page shows; a longer one is an artifact only."""


@dataclass(frozen=True, slots=True)
class PullRequest:
    """What the report shows; the whole patch; the new sources and the ids of changed cases."""

    shown: Contribution
    patch: bytes = b""
    documents: tuple[Path, ...] = ()
    cases: frozenset[str] = frozenset()


def look_at_pull_request(folder: Path, reference: str) -> PullRequest:
    """Check what changed in a library since it left `reference`. Raises UserError, OSError."""
    (changes,) = check_changes(reference, [folder])
    documents = tuple(_list_documents(changes))
    brought = _try_import(folder, documents)
    files = [folder / name for name in sorted(changes.history.changed)]
    cases = [p for p in files if p.parent == folder and p.suffix == ".md" and may_be_case(p)]
    changed = summarize_cases(cases, changes.added, load_vocabulary(folder))
    pairs = (summarize_pair(p.pair, p.here, p.there) for p in changes.pairs)
    fixes = list(_plan_fixes(changes))
    patch = make_patch(fixes) if fixes else b""
    text = _show_patch(patch)
    shown = Contribution(
        write_ups=(*brought.write_ups, *changed),
        repairs=brought.repairs,
        duplicates=(*brought.duplicates, *pairs),
        findings=tuple(sort_findings(map(mask_finding, (*changes.findings, *brought.findings)))),
        fixes=tuple(FixedFile(fix.before_name, fix.after_name) for fix in fixes),
        patch=text,
    )
    return PullRequest(shown, patch, documents, frozenset(path.stem for path in cases))


def _show_patch(patch: bytes) -> str:
    """A patch as a page shows it; '' for one that is long, no UTF-8, or shows private text."""
    with suppress(UnicodeDecodeError):
        text = patch.decode()
        if len(text) <= LONGEST_SHOWN_PATCH and not find_private(text):
            return text
    return ""


def _list_documents(changes: CheckedChanges) -> Iterator[Path]:
    """The received documents that are new or changed."""
    for name in sorted(changes.history.changed):
        path = PurePosixPath(name)
        is_source = str(path.parent) == SOURCES and path.stem.lower() != "readme"
        is_record = strip_record_suffix(path.name) != path.name
        if not is_source or is_record or not is_written_by_people(path.name):
            continue
        if is_plain_file(changes.history.folder / name):
            yield changes.history.folder / name


def _try_import(folder: Path, documents: tuple[Path, ...]) -> Contribution:
    """What an import of the new documents would do; an error for what cannot be imported."""
    if not documents:
        return Contribution()
    library = load_library(folder, skip_unreadable=True)
    found: list[Finding] = []
    try:
        with unpacked(documents) as paths:
            return summarize_plan(plan_import(paths, library, only_new=True), library)
    except UserError as error:
        place = cli.display_path(documents[0])
        found.append(Finding("source-unreadable", "error", place, 1, 1, str(error)))
    return Contribution(findings=tuple(found))


def _plan_fixes(changes: CheckedChanges) -> Iterator[FileChange]:
    """What `--fix` mends in the case files that changed, by their names in the repository."""
    folder, prefix = changes.history.folder, changes.history.prefix
    for name in sorted(changes.history.changed):
        path = folder / name
        if path.parent not in (folder, folder / VARIANTS) or not may_be_case(path):
            continue
        if planned := plan_fix(path):
            after = planned.target.relative_to(folder).as_posix()
            names = f"{prefix}{name}", f"{prefix}{after}"
            yield FileChange(*names, planned.before, planned.after)

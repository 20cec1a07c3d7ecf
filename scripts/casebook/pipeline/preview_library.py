"""The cases that a preview shows: of a small library all, of a large one what a change concerns."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from casebook.library import casefile
from casebook.library.case_targets import read_case_target
from casebook.library.decisions import FILE as DECISIONS
from casebook.library.folder import (
    SOURCES,
    VARIANTS,
    VOCABULARY,
    case_names,
    case_paths,
    load_library,
)
from casebook.library.removed_register import FILE as REMOVED
from casebook.library.source_records import LINES_SUFFIX, STEPS_SUFFIX
from casebook.model import Case, UserError
from casebook.pipeline.compared_texts import case_document
from casebook.pipeline.import_writing import write_plan
from casebook.pipeline.importing import plan_import
from casebook.pipeline.one_against_many import Fingerprints
from casebook.pipeline.pull_request_report import PullRequest
from casebook.reading.archives import unpacked
from casebook.runtime.file_names import is_plain_file, readable_name

MOST_WHOLE = 300
"""Cases of a library that is shown whole: a site of them is built in half a minute."""

_LINK = re.compile(r"\]\(([^()\s]+)\)")


def make_preview_library(folder: Path, brought: PullRequest, target: Path) -> bool:
    """Copy what a preview shows into the empty folder `target`, the new documents as cases.

    Returns whether there is anything to show. Raises UserError, OSError.
    """
    names = [name for name in case_names(folder) if readable_name(name) == name]
    if len(names) > MOST_WHOLE:
        names = sorted({*_list_related(folder, brought.cases)} & set(names))
    for name in _list_files(folder, names):
        copy_plain_file(folder / name, target / name)
    with suppress(UserError):  # what cannot be imported is among the findings
        _import(brought.documents, target)
    return bool(case_paths(target))


def copy_plain_file(source: Path, target: Path) -> None:
    """Copy a file if it is one: a link could lead to any file of the machine."""
    if is_plain_file(source):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _list_related(folder: Path, ids: Iterable[str]) -> Iterator[str]:
    """The names of some cases, of what is like them, and of what they link to."""
    cases = list(_read_cases(folder, (f"{case_id}.md" for case_id in ids)))
    yield from (f"{case_id}.md" for case_id in ids)
    if cases:
        near = Fingerprints(folder, skip_unreadable=True)
        yield from near.neighbor_files([case_document(case) for case in cases])
    for case in cases:
        for block in case.blocks:
            for target in map(read_case_target, _LINK.findall(block.text)):
                if target:
                    yield f"{target.id}.md"


def _read_cases(folder: Path, names: Iterable[str]) -> Iterator[Case]:
    for name in names:
        with suppress(UserError, OSError):
            yield casefile.read_case(folder / name)


def _list_files(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """Case files with what belongs to them, by their paths in the library."""
    yield from (DECISIONS, REMOVED)
    yield from _list_folder(folder, VOCABULARY)
    for name in names:
        yield name
        for case in _read_cases(folder, [name]):
            yield from (f"{VARIANTS}/{variant.id}.md" for variant in case.variants)
            for source in case.sources:
                if source.file:
                    ends = ("", STEPS_SUFFIX, LINES_SUFFIX)
                    yield from (f"{SOURCES}/{source.file}{end}" for end in ends)


def _list_folder(folder: Path, name: str) -> Iterator[str]:
    if (folder / name).is_dir() and not (folder / name).is_symlink():
        yield from (f"{name}/{path.name}" for path in sorted((folder / name).iterdir()))


def _import(documents: tuple[Path, ...], target: Path) -> None:
    if not documents:
        return
    target.mkdir(parents=True, exist_ok=True)
    library = load_library(target, skip_unreadable=True)
    with unpacked(documents) as paths:
        write_plan(plan_import(paths, library, only_new=True), library)

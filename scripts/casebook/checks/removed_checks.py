"""What was taken down does not come back: as a case, as a source, under an id of its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from casebook import reading
from casebook.checks.case_source import CaseSource
from casebook.checks.checked_file import PlacedProblem
from casebook.checks.rules import Problem
from casebook.library.folder import SOURCES
from casebook.library.removed_register import (
    FILE,
    RemovedEntry,
    find_removed_source,
    find_removed_text,
    print_body,
    read_removed,
)
from casebook.library.source_records import LINES_SUFFIX, STEPS_SUFFIX, has_text_alone
from casebook.library.stored_sources import read_stored_text
from casebook.model import UserError
from casebook.runtime import cache
from casebook.runtime.file_names import files_ending

REMEDY = f"请删去；确要收回，请维护者删掉 {FILE} 里的那一项。"
"""What to do about a text that was removed."""


def check_removed(document: CaseSource) -> Iterator[Problem]:
    """Problems of a case that was taken down, or that has the id of one that was."""
    entries, complaints = read_removed(document.folder)
    if document.front is None or complaints or not entries:
        return
    front = document.front
    named = [(document.path.stem, front.locate("id"))]
    named += [
        (alias.partition("#")[0], front.locate("aliases", n))
        for n, alias in front.list_texts("aliases")
    ]
    for name, place in named:
        if entry := next((each for each in entries if name in each.ids), None):
            message = f"{name} 是已撤下的 {entry.describe()}的网址，请换一个。"
            yield Problem("removed-id", *place, message)
    blocks = [placed.block for placed in document.blocks]
    if found := find_removed_text(document.folder, front.get_text("title"), print_body(blocks)):
        yield Problem("removed-text", *front.locate("title"), describe_text(found))


def describe_text(entry: RemovedEntry) -> str:
    """The sentence about a text that was removed."""
    return f"这篇文字与已撤下的 {entry.describe()}相同，或是它的一部分；{REMEDY}"


def describe_source(entry: RemovedEntry) -> str:
    """The sentence about a received document that was removed."""
    return f"这是已撤下的 {entry.describe()}的原件，或里面有它的文字；{REMEDY}"


def check_register(folder: Path) -> Iterator[PlacedProblem]:
    """What is wrong with the register itself."""
    for complaint in read_removed(folder)[1]:
        problem = Problem("removed-format", complaint.line, 1, complaint.message)
        yield PlacedProblem(folder / FILE, problem)


def check_removed_sources(folder: Path, store: cache.Store) -> Iterator[PlacedProblem]:
    """A problem for each stored document that is, or that holds, what was removed."""
    entries, complaints = read_removed(folder)
    home = folder / SOURCES
    if complaints or not entries or home.is_symlink():
        return
    paths = [p for p in files_ending(home, "") if not p.name.endswith((STEPS_SUFFIX,))]
    check = partial(_check_source, folder)
    made_of = cache.hash_file(folder / FILE)
    found = cache.load_or_make("removed", check, _read_messages, paths, folder, store, made_of)
    for path, messages in zip(paths, found, strict=True):
        for message in messages:
            yield PlacedProblem(path, Problem("removed-source", 1, 1, message))


def _read_messages(rows: list[str]) -> list[str]:
    return rows


def _check_source(folder: Path, path: Path) -> cache.Made:
    """The messages about one file among the sources, for the cache."""
    name = path.name.removesuffix(LINES_SUFFIX)
    source = path.with_name(name)
    needs = [f"{SOURCES}/{name}{suffix}" for suffix in ("", STEPS_SUFFIX, LINES_SUFFIX)]
    if name != path.name and not has_text_alone(source):
        return needs, []
    entry = None
    try:
        if name == path.name:
            entry = find_removed_source(folder, reading.digest(path))
        if entry is None and reading.is_written_by_people(name):
            stored = read_stored_text(source)
            entry = find_removed_source(folder, stored.sha256)
            entry = entry or find_removed_text(folder, "", stored.text)
    except (UserError, OSError):
        pass  # what cannot be read is reported elsewhere
    return needs, [describe_source(entry)] if entry else []

"""Taking a source out of a library that has it: its cases keep the name and the SHA-256."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casebook.checks.case_source import parse_case_source
from casebook.checks.excuses import find_excuse, list_excused_rules
from casebook.checks.private import find_private
from casebook.checks.published_files import look_through
from casebook.library.folder import SOURCES, VARIANTS, Library, case_paths
from casebook.library.source_records import LINES_SUFFIX, STEPS_SUFFIX
from casebook.library.source_withholding import count_redacted, withhold_source
from casebook.pipeline.source_guard import MARKS, Protection, mask_text


@dataclass(slots=True)
class Withdrawal:
    """What is to be done: new texts of case files, written first, and files to remove."""

    edits: dict[Path, str] = field(default_factory=dict)
    removed: list[Path] = field(default_factory=list)


def plan_withdrawal(path: Path, sha256: str, library: Library, asked: Protection) -> Withdrawal:
    """How the source with that hash, at `path` or stored, leaves the library as `asked`.

    With `redact` alone one in which nothing private is found stays; with `clean` alone only the
    file goes, and the text that was read of it stays. Raises CaseFileError.
    """
    files = list(_list_files(path, sha256, library))
    if not (asked.redact or asked.no_source):
        return Withdrawal(removed=_list_clean_files(files))
    if not asked.no_source and not any(_has_private_text(file) for file in files):
        return Withdrawal()
    edits = {}
    for file in (*case_paths(library.folder), *case_paths(library.folder / VARIANTS)):
        text = file.read_bytes().decode("utf-8", "replace")
        if sha256 in text and (edited := _edit_case(file, text, sha256, library, asked)) != text:
            edits[file] = edited
    return Withdrawal(edits, files)


def _list_files(path: Path, sha256: str, library: Library) -> Iterator[Path]:
    """The records and the stored document, those that are there.

    The document is last: as long as it is there, the same command goes on after an interruption.
    """
    folder = library.folder / SOURCES
    named = {record.file for record in library.sources.values() if record.sha256 == sha256}
    if path.resolve().parent == folder.resolve():
        named.add(path.name)
    for name in sorted(named):
        kept = (folder / f"{name}{suffix}" for suffix in (STEPS_SUFFIX, LINES_SUFFIX, ""))
        yield from (file for file in kept if file.is_file())


def _list_clean_files(files: list[Path]) -> list[Path]:
    """The document, if what was read of it is stored beside it."""
    names = {file.name for file in files}
    return [file for file in files if file.name + LINES_SUFFIX in names]


def _has_private_text(file: Path) -> bool:
    return any(place.key for place in look_through(file).places)


def _edit_case(file: Path, text: str, sha256: str, library: Library, asked: Protection) -> str:
    """A case file without the name of the stored file, and masked where that is asked."""
    masked: Counter[str] = Counter()
    if asked.redact:
        document, _ = parse_case_source(file, text, library.folder, library.vocabulary)
        excused = list_excused_rules(document)
        found = [
            each
            for each in find_private(text)
            if each.rule not in MARKS and not find_excuse(each.rule, excused)
        ]
        masked.update(each.rule for each in found)
        text = mask_text(text, found)
    return withhold_source(text, sha256, count_redacted(masked))

"""Which files of a library a build uses when some have errors.

By default a build stops. `keep-going` leaves out the files with errors and whatever could show
their text; `preview` shows all with the findings on it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.checks.gate import LARGEST_CASE_BYTES
from casebook.checks.private import find_private
from casebook.library import casefile
from casebook.library.casefile import CaseFileError
from casebook.library.decisions import FILE as DECISIONS
from casebook.library.folder import SOURCES, VARIANTS, VOCABULARY, case_paths
from casebook.library.removed_register import FILE as REMOVED
from casebook.library.source_records import LINES_SUFFIX, STEPS_SUFFIX, strip_record_suffix
from casebook.model import Finding, UserError
from casebook.pipeline.source_guard import mask_text
from casebook.runtime.file_names import path_below
from casebook.site.notices import NO_NOTICES, Notices

_SOURCE_FILE = re.compile(r"\bfile:\s*[\"']?([^,}\"'\n]+)")


@dataclass(frozen=True, slots=True)
class Publication:
    """`without` are paths in the library that a build treats as missing; what it says of them."""

    without: frozenset[str] = frozenset()
    notices: Notices = NO_NOTICES


def leave_out(folder: Path, findings: Sequence[Finding]) -> Publication:
    """The publication without the files that have errors.

    Raises UserError for an error in a file that every page depends on.
    """
    errors = [found for found in _locate(folder, findings) if found.severity == "error"]
    without: set[str] = set()
    for name in sorted({found.path for found in errors}):
        if name.partition("/")[0] in _SHARED:
            raise UserError(f"{folder / name}：这里的错误影响所有页面，改好以前不能生成站点。")
        without.update(_list_dependents(folder, name))
    if without.issuperset(path.name for path in case_paths(folder)):
        raise UserError(f"{folder}：没有一个案例通过检查，不能生成站点。")
    return Publication(frozenset(without), Notices(left_out=tuple(map(_mask_name, errors))))


def _mask_name(found: Finding) -> Finding:
    """A finding whose path shows nothing private: the page that lists it is published."""
    return replace(found, path=mask_text(found.path, find_private(found.path)))


_SHARED = {VOCABULARY, DECISIONS, REMOVED}
"""What belongs to no single case."""


def show_findings(folder: Path, findings: Sequence[Finding]) -> Publication:
    """The publication of a preview: every case with its findings, readable or not."""
    by_case: defaultdict[str, list[Finding]] = defaultdict(list)
    without, unreadable = set(), {}
    for found in _locate(folder, findings):
        name = found.path
        if name.endswith((STEPS_SUFFIX, LINES_SUFFIX)) and found.severity == "error":
            without.update(
                _list_source_files(strip_record_suffix(name.removeprefix(f"{SOURCES}/")))
            )
        case = Path(name).stem if _is_case(name) else ""
        if not case:
            continue
        by_case[case].append(found)
        if found.severity == "error" and name not in without and not _is_readable(folder / name):
            without.add(name)
            unreadable[case] = _read_anything(folder / name)
    return Publication(frozenset(without), Notices(by_case, unreadable=unreadable))


def _locate(folder: Path, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with paths within the library: no page names folders of the machine."""
    for found in findings:
        path = Path.cwd() / found.path
        yield replace(found, path=path_below(path, folder.absolute()) or path.name)


def _is_case(name: str) -> bool:
    return "/" not in name and name.endswith(".md")


def _list_dependents(folder: Path, name: str) -> Iterator[str]:
    """The files that must not be published because of an error in the file `name`."""
    yield name
    if name.startswith(f"{SOURCES}/"):
        yield from _list_source_files(strip_record_suffix(name.removeprefix(f"{SOURCES}/")))
    elif _is_case(name) or name.startswith(f"{VARIANTS}/"):
        for source in _list_sources(folder / name):
            yield from _list_source_files(source)


def _list_source_files(source: str) -> list[str]:
    return [f"{SOURCES}/{source}{suffix}" for suffix in ("", STEPS_SUFFIX, LINES_SUFFIX)]


def _list_sources(path: Path) -> list[str]:
    """The sources that a case file names, as far as it can be read."""
    try:
        return [reference.file for reference in casefile.read_case(path).sources]
    except (CaseFileError, OSError):
        return [name.strip() for name in _SOURCE_FILE.findall(_read_anything(path))]


def _is_readable(path: Path) -> bool:
    try:
        if path.is_symlink() or path.stat().st_size > LARGEST_CASE_BYTES:
            return False
        casefile.read_case(path)
    except (CaseFileError, OSError):
        return False
    return True


def _read_anything(path: Path) -> str:
    """What a file holds, whatever its encoding; '' for a link or what is no file."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        return file.read(LARGEST_CASE_BYTES).decode("utf-8", "replace")

"""The gate for what changed: a few files of a library, and the cases that refer to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from casebook.checks.across_files import check_across_files
from casebook.checks.checked_file import make_finding
from casebook.checks.gate import check_stored_file, list_case_files
from casebook.library.folder import SOURCES, VARIANTS
from casebook.library.source_records import LINES_SUFFIX, STEPS_SUFFIX
from casebook.model import Finding
from casebook.runtime import cli
from casebook.runtime.file_names import path_below

_OF_OTHERS = {
    "source-missing", "source-changed", "source-part", "steps-missing", "steps-mismatch",
    "variant-missing", "variant-shared", "from-unknown", "id-of-variant", "case-link",
    "decision-unknown", "decision-format",
}  # fmt: skip
"""Rules that a change of one file can break in another."""


def check_changed_files(folder: Path, changed: Collection[str]) -> Iterator[Finding]:
    """Findings of the files of a library that `changed`, and of what refers to them.

    They go by their path in the library; some may be gone.
    """
    files = {path_below(path, folder): path for path in list_case_files(folder)}
    own = [path for name, path in files.items() if name in changed]
    words = _list_words(changed)
    others = [path for name, path in files.items() if name not in changed]
    related = _find_mentions(others, words)
    progress = cli.Progress("检查案例", len(own) + len(related))
    checked = []
    for path in [*own, *related]:
        checked.append(check_stored_file(path))
        progress.step()
    for each in checked:
        is_own = path_below(each.path, folder) in changed
        yield from (f for f in each.findings if is_own or f.rule in _OF_OTHERS)
    sources = {_name_source(name) for name in changed}
    for path, problem in check_across_files(folder, checked, only=sources):
        if _is_concerned(path_below(path, folder) or "", problem.rule, changed, words):
            yield make_finding(path, problem)


def _list_words(changed: Collection[str]) -> set[str]:
    """The ids and the names of sources by which other cases refer to what changed."""
    paths = [PurePosixPath(name) for name in changed]
    words = {_name_source(path.as_posix()) for path in paths}
    words |= {p.stem for p in paths if p.suffix == ".md" and str(p.parent) in (".", VARIANTS)}
    return words - {"", "README"}


def _name_source(name: str) -> str:
    """The name of the source that a file in the library is, or whose record it is; else ''."""
    path = PurePosixPath(name)
    if path.parts[0] != SOURCES:
        return ""
    return path.name.removesuffix(STEPS_SUFFIX).removesuffix(LINES_SUFFIX)


def _find_mentions(paths: Collection[Path], words: Collection[str]) -> list[Path]:
    """The files that mention one of the words, read as bytes: there may be ten thousand."""
    if not words:
        return []
    pattern = re.compile(b"|".join(re.escape(w.encode("utf-8", "replace")) for w in words))
    return [path for path in paths if pattern.search(_read(path))]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # unchanged, and so reported before


def _is_concerned(name: str, rule: str, changed: Collection[str], words: Collection[str]) -> bool:
    """Whether a problem across files comes from what changed."""
    if name in changed or rule in _OF_OTHERS:
        return True
    if rule == "variant-orphan":
        return PurePosixPath(name).stem in words
    return any(each.startswith(f"{name}/") for each in changed)

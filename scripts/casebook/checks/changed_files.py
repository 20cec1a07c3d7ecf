"""The gate for what changed: a few files of a library, and the cases that refer to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

from casebook.checks.across_files import check_across_files
from casebook.checks.checked_file import make_finding
from casebook.checks.gate import check_stored_file
from casebook.library.folder import SOURCES, VARIANTS, case_names, variant_paths
from casebook.library.source_records import strip_record_suffix
from casebook.model import Finding
from casebook.runtime.file_names import is_plain_file, path_below

_OF_OTHERS = {
    "source-missing", "source-changed", "source-part", "steps-missing", "steps-mismatch",
    "variant-missing", "variant-shared", "from-unknown", "id-of-variant", "case-link",
    "alias-taken", "decision-unknown", "decision-format",
}  # fmt: skip
"""Rules that a change of one file can break in another."""

_ANCHOR = re.compile(r"#([\w-]+)[^{}\n]*\}")


def check_changed_files(
    folder: Path, changed: Collection[str], before: Mapping[str, str]
) -> Iterator[Finding]:
    """Findings of the files of a library that `changed`, and of what refers to them.

    They go by their path in the library; `before` are the texts of case files before the change.
    """
    names = [*case_names(folder), *(f"{VARIANTS}/{p.name}" for p in variant_paths(folder))]
    own = [check_stored_file(folder / name) for name in names if name in changed]
    words = {word for name in changed for word in _list_words(folder, name, before.get(name))}
    words |= {variant for each in own for variant, _ in each.variants}
    words |= {alias.partition("#")[0] for each in own for alias, _ in each.aliases}
    words.discard("")
    mentions = _find_mentions(folder, [name for name in names if name not in changed], words)
    others = [check_stored_file(path) for path in mentions]
    yield from (found for each in own for found in each.findings)
    yield from (found for each in others for found in each.findings if found.rule in _OF_OTHERS)
    sources = {_name_source(name) for name in changed}
    for path, problem in check_across_files(folder, [*own, *others], only=sources):
        if _is_concerned(path_below(path, folder) or "", problem.rule, changed, words):
            yield make_finding(path, problem)


def _list_words(folder: Path, name: str, before: str | None) -> Iterator[str]:
    """By what other cases refer to a changed file, if the change can have broken that."""
    path = PurePosixPath(name)
    yield _name_source(name)
    if path.suffix != ".md" or str(path.parent) not in (".", VARIANTS):
        return
    now = _read(folder / name).decode("utf-8", "replace") if is_plain_file(folder / name) else ""
    is_gone = before is not None and set(_ANCHOR.findall(before)) - set(_ANCHOR.findall(now))
    is_new_or_gone = (before is None) != (not now)
    if path.parent.name == VARIANTS or is_gone or is_new_or_gone:
        yield path.stem


def _name_source(name: str) -> str:
    """The name of the source that a file in the library is, or whose record it is; else ''."""
    path = PurePosixPath(name)
    if path.parts[0] != SOURCES:
        return ""
    return strip_record_suffix(path.name)


def _find_mentions(folder: Path, names: Collection[str], words: Collection[str]) -> Iterator[Path]:
    """The files that mention one of the words, read as bytes: there may be ten thousand."""
    pattern = re.compile(b"|".join(re.escape(w.encode("utf-8", "replace")) for w in words))
    for name in names if words else ():
        if pattern.search(_read(folder / name)):
            yield folder / name


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

"""A library on disk: cases, variants, sources with their steps, and the vocabulary."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from casebook import content, vocabulary
from casebook.library import casefile
from casebook.library.present_names import use_present_names
from casebook.library.source_records import STEPS_SUFFIX, SourceRecord, read_record
from casebook.model import Case, UserError
from casebook.runtime.file_names import files_ending, is_plain_file, names_ending
from casebook.vocabulary import Vocabulary, load

T = TypeVar("T")

SOURCES, VARIANTS, VOCABULARY = "sources", "variants", "vocabulary"
"""Folders of a library."""


@dataclass(frozen=True, slots=True)
class Library:
    """Everything the site is built from. `variants` go by id, `sources` by file name."""

    folder: Path
    cases: tuple[Case, ...]
    variants: Mapping[str, Case]
    sources: Mapping[str, SourceRecord]
    vocabulary: Vocabulary


def load_library(folder: Path, skip_unreadable: bool = False) -> Library:
    """Read a whole library. Raises UserError, or CaseFileError for a file that cannot be read.

    With `skip_unreadable`, cases and records that cannot be read are left out: a check names them.
    """
    if not folder.is_dir():
        raise UserError(f"{folder}：没有这个案例文件夹。")
    vocabulary = load_vocabulary(folder)

    def read_case(path: Path) -> Case:
        return use_present_names(casefile.read_case(path), vocabulary)

    steps = files_ending(own_folder(folder, SOURCES), STEPS_SUFFIX)
    variants = case_paths(own_folder(folder, VARIANTS))
    return Library(
        folder=folder,
        cases=tuple(_read_each(read_case, case_paths(folder), skip_unreadable)),
        variants={c.id: c for c in _read_each(read_case, variants, skip_unreadable)},
        sources={record.file: record for record in _read_each(read_record, steps, skip_unreadable)},
        vocabulary=vocabulary,
    )


def _read_each(read: Callable[[Path], T], paths: Iterable[Path], skip: bool) -> Iterator[T]:
    for path in paths:
        try:
            yield read(path)
        except (UserError, OSError):
            if not skip:
                raise


def open_library(folder: Path) -> Library:
    """The library at `folder`; an empty one where nothing is yet. Raises UserError for a file."""
    if folder.exists():
        return load_library(folder)
    return Library(folder, (), {}, {}, load())


def own_folder(folder: Path, name: str) -> Path:
    """A folder of a library. Raises UserError for a link: it could lead to any file."""
    path = folder / name
    if path.is_symlink():
        raise UserError(f"{path}：这是符号链接，请换成真正的文件夹。")
    return path


def load_vocabulary(folder: Path) -> Vocabulary:
    """The library's own vocabulary, or the default one if it has none."""
    own = own_folder(folder, VOCABULARY)
    return load(own) if own.is_dir() else load()


def vocabulary_version(folder: Path) -> str:
    """A hash of the vocabulary's files: the default ones, and the library's own in their place."""
    digest = hashlib.sha256()
    own = folder / VOCABULARY
    for path in (*vocabulary.files_of(content.VOCABULARY), *vocabulary.files_of(own)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def variant_paths(folder: Path) -> list[Path]:
    """The variants of a library, sorted; none if their folder is a link."""
    variants = folder / VARIANTS
    return [] if variants.is_symlink() else case_paths(variants)


def case_paths(folder: Path) -> list[Path]:
    """The case files directly in a folder, sorted; README.md, links and hidden files are none."""
    return [folder / name for name in case_names(folder)]


def case_names(folder: Path) -> list[str]:
    """The names of these files: of ten thousand, paths would take longer than the listing."""
    found = names_ending(folder, ".md")
    return [name for name in found if name[0] != "." and name != "README.md"]


def read_own_case(folder: Path, case_id: str) -> Case:
    """The case of a library with that id. Raises UserError, CaseFileError."""
    path = folder / f"{plain_id(case_id)}.md"
    if not is_plain_file(path):
        raise UserError(f"{case_id}：{folder} 里没有这个案例（id 即文件名，不带 .md）。")
    case = casefile.read_case(path)
    if case.id != case_id:
        raise UserError(f"{path}：文件里的 id 是“{case.id}”，与文件名不符，请先改正。")
    return case


def plain_id(case_id: str) -> str:
    """An id that names a file in a folder itself. Raises UserError for a path out of it."""
    if Path(case_id).name != case_id or case_id.startswith("."):
        raise UserError(f"{case_id}：请写案例的 id，不要写路径。")
    return case_id

"""A library on disk: cases, variants, sources with their steps, and the vocabulary."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casebook import content, vocabulary
from casebook.library import casefile
from casebook.library.present_names import use_present_names
from casebook.library.source_records import STEPS_SUFFIX, SourceRecord, read_record
from casebook.model import Case, UserError
from casebook.runtime.file_names import files_ending, names_ending
from casebook.vocabulary import Vocabulary, load

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


def load_library(folder: Path) -> Library:
    """Read a whole library. Raises UserError, or CaseFileError for a file that cannot be read."""
    if not folder.is_dir():
        raise UserError(f"{folder}：没有这个案例文件夹。")
    vocabulary = load_vocabulary(folder)
    cases, variants = (
        [use_present_names(casefile.read_case(path), vocabulary) for path in case_paths(place)]
        for place in (folder, own_folder(folder, VARIANTS))
    )
    steps = files_ending(own_folder(folder, SOURCES), STEPS_SUFFIX)
    records = (read_record(path) for path in steps)
    return Library(
        folder=folder,
        cases=tuple(cases),
        variants={case.id: case for case in variants},
        sources={record.file: record for record in records},
        vocabulary=vocabulary,
    )


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
    """A hash of the vocabulary's files: the library's own, or the default ones."""
    own = folder / VOCABULARY
    digest = hashlib.sha256()
    for path in vocabulary.files_of(own if own.is_dir() else content.VOCABULARY):
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

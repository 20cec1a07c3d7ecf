"""A library that reads variants and records of repair only when they are used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from casebook.library import casefile
from casebook.library.folder import (
    SOURCES,
    VARIANTS,
    Library,
    case_paths,
    load_vocabulary,
    own_folder,
)
from casebook.library.present_names import use_present_names
from casebook.library.source_records import STEPS_SUFFIX, read_record
from casebook.model import Case
from casebook.runtime.file_names import files_ending

_MOST_FILES_IN_MEMORY = 256
"""The cases of one compilation follow each other and use the same files."""

T = TypeVar("T")


class _FilesOnDemand(Mapping[str, T]):
    """Values by the names of existing files; a file is read at the first access."""

    def __init__(self, paths: Mapping[str, Path], read: Callable[[Path], T]) -> None:
        self._paths = paths
        self._read = lru_cache(maxsize=_MOST_FILES_IN_MEMORY)(read)

    def __getitem__(self, name: str) -> T:
        return self._read(self._paths[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def open_library_on_demand(folder: Path, without: frozenset[str] = frozenset()) -> Library:
    """The library at `folder` without its cases; a later access may raise UserError.

    Variants and records with the paths `without` (within the library) count as missing.
    """
    paths = {f"{VARIANTS}/{path.name}": path for path in case_paths(own_folder(folder, VARIANTS))}
    variants = {path.stem: path for name, path in paths.items() if name not in without}
    steps = files_ending(own_folder(folder, SOURCES), STEPS_SUFFIX)
    names = (path.name for path in steps if f"{SOURCES}/{path.name}" not in without)
    records = {name.removesuffix(STEPS_SUFFIX): folder / SOURCES / name for name in names}
    vocabulary = load_vocabulary(folder)

    def read_variant(path: Path) -> Case:
        return use_present_names(casefile.read_case(path), vocabulary)

    return Library(
        folder,
        (),
        _FilesOnDemand(variants, read_variant),
        _FilesOnDemand(records, read_record),
        vocabulary,
    )

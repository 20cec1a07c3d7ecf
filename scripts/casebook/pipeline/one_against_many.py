"""New write-ups against a large library: only what is worth comparing is read.

The fingerprints of the library are cached outside of git and updated whenever a file was added,
removed or changed (size or time). A cache with any fault is rebuilt.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from casebook.dedupe import comparison_folding, shingles
from casebook.dedupe.comparison_folding import fold_for_comparison
from casebook.dedupe.fingerprint_index import Fingerprint, FingerprintIndex
from casebook.dedupe.relations import ComparedText
from casebook.dedupe.shingles import fingerprint
from casebook.model import UserError
from casebook.pipeline.compared_texts import documents_in
from casebook.reading.readers import SUFFIXES
from casebook.runtime import cli
from casebook.runtime.cache_folder import CACHE
from casebook.runtime.file_names import is_file_entry

FINGERPRINTS = CACHE / "fingerprints"
"""Where fingerprints are cached, a folder for each library."""

_META, _STAMPS = "files.json", "stamps.npy"

_NAMES = re.compile(
    rf"(?!~\$)[^._].*({'|'.join(map(re.escape, SUFFIXES))})", re.IGNORECASE | re.DOTALL
)
"""File names of documents; those of hidden files are none."""

Stamps = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FingerprintedFiles:
    """The files of a folder, sorted by name, as they were when their texts were fingerprinted.

    Columns, for a library of 100,000 is opened in a tenth of a second: `stamps` holds a row for
    each file, its last change and size, and the number of its first text in the index; `counts`
    how many texts it holds; `ids` the id of each text of the index.
    """

    names: list[str]
    stamps: Stamps
    counts: list[int]
    ids: list[str]

    @classmethod
    def none(cls) -> FingerprintedFiles:
        """No files."""
        return cls([], np.empty((0, 3), np.int64), [], [])

    @classmethod
    def open(cls, folder: Path, meta: dict[str, Any]) -> FingerprintedFiles:
        """What `save` wrote. Raises OSError, ValueError, KeyError or TypeError."""
        files = cls(meta["names"], np.load(folder / _STAMPS), meta["counts"], meta["ids"])
        if not len(files.names) == len(files.stamps) == len(files.counts):
            raise ValueError("columns of different lengths")
        return files

    def save(self, folder: Path) -> None:
        """Write the columns into an existing folder."""
        np.save(folder / _STAMPS, self.stamps)
        meta = {"rules": _rules(), "names": self.names, "counts": self.counts, "ids": self.ids}
        (folder / _META).write_text(json.dumps(meta), encoding="utf-8")  # names may be no UTF-8

    def name_of(self, number: int) -> str:
        """The file that holds the text of this number in the index."""
        first = self.stamps[:, 2]
        (row,) = np.flatnonzero((first <= number) & (number < first + np.array(self.counts)))
        return self.names[int(row)]

    def numbers(self, row: int) -> range:
        """The numbers of the texts of a file."""
        first = int(self.stamps[row, 2])
        return range(first, first + self.counts[row])


def forget_fingerprints(folder: Path, caches: Path = FINGERPRINTS) -> None:
    """Remove what is cached of a folder's texts."""
    shutil.rmtree(_find_cache(folder, caches), ignore_errors=True)


def _find_cache(folder: Path, caches: Path) -> Path:
    return caches / hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


class Fingerprints:
    """The fingerprints of all texts of a folder, up to date."""

    def __init__(
        self, folder: Path, caches: Path = FINGERPRINTS, skip_unreadable: bool = False
    ) -> None:
        """Open the cache and update what is stale.

        Raises UserError for a file that cannot be read, unless such files are to be skipped: then
        the next run tries them again.
        """
        if not folder.is_dir():
            raise UserError(f"{folder}：没有这个文件夹。")
        self._folder = folder
        self._skips = skip_unreadable
        self._cache = _find_cache(folder, caches)
        self._files, self._index = self._open_cache()
        self._refresh()

    def __len__(self) -> int:
        return len(self._files.ids)

    def neighbors(self, new: Sequence[ComparedText]) -> list[ComparedText]:
        """The documents of the library that the new ones have to be compared with."""
        numbers = self._find_candidates(new)
        wanted = {self._files.ids[number] for number in numbers}
        brought = {document.id for document in new}
        names = self._name_files(numbers)
        found = (d for name in names for d in documents_in(self._folder / name))
        return [d for d in found if d.id in wanted and d.id not in brought]

    def neighbor_files(self, new: Sequence[ComparedText]) -> list[str]:
        """The names of the files with these documents, in their order."""
        return self._name_files(self._find_candidates(new))

    def _find_candidates(self, new: Sequence[ComparedText]) -> set[int]:
        folded = (fold_for_comparison(document.text) for document in new)
        return {number for text in folded for number in self._index.find_candidates(text)}

    def _name_files(self, numbers: Collection[int]) -> list[str]:
        return list(dict.fromkeys(self._files.name_of(number) for number in sorted(numbers)))

    def _open_cache(self) -> tuple[FingerprintedFiles, FingerprintIndex]:
        """The cached columns; empty ones if missing, damaged or made by other rules."""
        try:
            meta = json.loads((self._cache / _META).read_text(encoding="utf-8"))
            if meta["rules"] == _rules():
                files, index = (
                    FingerprintedFiles.open(self._cache, meta),
                    FingerprintIndex.open(self._cache),
                )
                if len(index.sampling) == sum(files.counts) == len(files.ids):
                    return files, index
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            pass  # a cache with any fault is rebuilt
        return FingerprintedFiles.none(), FingerprintIndex.of([])

    def _refresh(self) -> None:
        names, stamps = _list_files(self._folder)
        if names == self._files.names and np.array_equal(stamps, self._files.stamps[:, :2]):
            return
        known = zip(self._files.names, self._files.stamps[:, :2].tolist(), strict=True)
        row = {(name, *stamp): place for place, (name, stamp) in enumerate(known)}
        listed = [(name, *stamp) for name, stamp in zip(names, stamps.tolist(), strict=True)]
        old = [row.get(stamp) for stamp in listed]
        self._replace(names, stamps, old)
        self._save()

    def _replace(self, names: list[str], stamps: Stamps, old: Sequence[int | None]) -> None:
        """Take over what is known of files (their former row), and fingerprint the others."""
        numbers = [n for place in old if place is not None for n in self._files.numbers(place)]
        fresh = [name for name, place in zip(names, old, strict=True) if place is None]
        ids, prints, unreadable = self._fingerprint_files(fresh)
        stamps = np.where(np.isin(names, unreadable)[:, None], 0, stamps)  # to be tried again
        counts = {name: len(own) for name, own in zip(fresh, ids, strict=True)}
        held = [
            counts[name] if place is None else self._files.counts[place]
            for name, place in zip(names, old, strict=True)
        ]
        first = _number_first_texts(held, [place is None for place in old], len(numbers))
        self._index = self._index.update(np.array(numbers, dtype=np.int32), prints)
        kept = [self._files.ids[number] for number in numbers]
        rows = np.column_stack([stamps, first])
        self._files = FingerprintedFiles(
            names, rows, held, [*kept, *(i for own in ids for i in own)]
        )

    def _fingerprint_files(
        self, names: Sequence[str]
    ) -> tuple[list[list[str]], list[Fingerprint], list[str]]:
        """The ids of the texts of each file, the fingerprints of all, the files passed over."""
        ids: list[list[str]] = []
        prints: list[Fingerprint] = []
        unreadable: list[str] = []
        progress = cli.Progress("指纹", len(names))
        for name in names:
            documents: list[ComparedText] = []
            try:
                documents += documents_in(self._folder / name)
            except (UserError, OSError):
                if not self._skips:
                    raise
                unreadable.append(name)
            ids.append([document.id for document in documents])
            prints += [fingerprint(fold_for_comparison(document.text)) for document in documents]
            progress.step()
        return ids, prints, unreadable

    def _save(self) -> None:
        """Write a new folder, then put it in the place of the old one: never half of one."""
        with suppress(OSError):  # a folder that cannot be written: the next run starts again
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._cache.parent, prefix=".new-") as scratch:
                draft = Path(scratch) / "fingerprints"
                draft.mkdir()
                self._index.save(draft)
                self._files.save(draft)
                shutil.rmtree(self._cache, ignore_errors=True)
                draft.replace(self._cache)


def _number_first_texts(counts: Sequence[int], fresh: Sequence[bool], kept: int) -> Stamps:
    """The number of the first text of each file; the `kept` texts of known files come first."""
    sizes, new = np.array(counts, dtype=np.int64), np.array(fresh, dtype=np.bool_)
    before = [np.cumsum(np.where(part, sizes, 0)) - sizes for part in (~new, new)]
    result: Stamps = np.where(new, before[1] + kept, before[0])
    return result


def _list_files(folder: Path) -> tuple[list[str], Stamps]:
    """Each document of a folder, as `find_documents` finds them, with its last change and size.

    By `scandir`, which for 100,000 files takes a third of the time that paths take.
    """
    with os.scandir(folder) as entries:
        found = {e.name: e for e in entries if _NAMES.fullmatch(e.name) and is_file_entry(e)}
    names = sorted(name for name in found if name.rpartition(".")[0] != "README")
    numbers: list[int] = []
    for name in names:
        status = found[name].stat()
        numbers += (status.st_mtime_ns, status.st_size)
    return names, np.array(numbers, dtype=np.int64).reshape(-1, 2)


def _rules() -> str:
    """Changes whenever the code or the tables that fingerprints depend on do."""
    digest = hashlib.sha256(unicodedata.unidata_version.encode())
    for module in (comparison_folding, shingles):
        digest.update(inspect.getsource(module).encode())
    return digest.hexdigest()

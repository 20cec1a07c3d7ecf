"""New write-ups against a large library: only what is worth comparing is read.

The fingerprints of the library are kept outside of git and brought up to date whenever a file has
come, gone or changed (size or time). Whatever is wrong with what is kept, it is made anew.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import shutil
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from casebook import cli
from casebook.dedupe import folding, shingles
from casebook.dedupe.folding import fold
from casebook.dedupe.index import Index, Print
from casebook.dedupe.relations import Document
from casebook.dedupe.shingles import fingerprint
from casebook.library import documents_in
from casebook.model import UserError
from casebook.reading import MEDIA_TYPES

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "fingerprints"
"""Where fingerprints are kept, a folder for each library."""

_META = "files.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the library as it was when its texts were fingerprinted."""

    path: str
    changed: int
    size: int
    ids: tuple[str, ...]

    @property
    def stamp(self) -> tuple[str, int, int]:
        """What tells whether the file has changed."""
        return self.path, self.changed, self.size


class Fingerprints:
    """The fingerprints of all texts of a folder, up to date."""

    def __init__(self, folder: Path, cache: Path = CACHE) -> None:
        """Open what is kept, and mend it where it is stale. Raises UserError for a bad file."""
        if not folder.is_dir():
            raise UserError(f"{folder}：没有这个文件夹。")
        self._folder = folder
        key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        self._kept = cache / key
        self._entries, self._index = self._opened()
        self._refresh()
        self._places = [(entry.path, i) for entry in self._entries for i in entry.ids]

    def __len__(self) -> int:
        return len(self._places)

    def neighbors(self, new: Sequence[Document]) -> list[Document]:
        """The documents of the library that the new ones have to be compared with."""
        numbers = {n for document in new for n in self._index.candidates(fold(document.text))}
        places = [self._places[number] for number in sorted(numbers)]
        paths = dict.fromkeys(path for path, _ in places)
        wanted = {document_id for _, document_id in places}
        brought = {document.id for document in new}
        found = (d for path in paths for d in documents_in(self._folder / path))
        return [d for d in found if d.id in wanted and d.id not in brought]

    def _opened(self) -> tuple[list[Entry], Index]:
        """What is kept; nothing where it is missing, damaged or made by other rules."""
        try:
            data = json.loads((self._kept / _META).read_text(encoding="utf-8"))
            if data["rules"] == _rules():
                entries = [Entry(p, t, s, tuple(ids)) for p, t, s, ids in data["files"]]
                index = Index.open(self._kept)
                if len(index.sampling) == sum(len(entry.ids) for entry in entries):
                    return entries, index
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            pass  # a cache: whatever is wrong with it, it is made anew
        return [], Index.of([])

    def _refresh(self) -> None:
        stamps = dict(_stamps(self._folder))
        known = {entry.stamp for entry in self._entries}
        if known == {(path, *stamp) for path, stamp in stamps.items()}:
            return
        kept = [e for e in self._entries if stamps.get(e.path) == (e.changed, e.size)]
        rest = stamps.keys() - {entry.path for entry in kept}
        numbers = self._numbers({entry.path for entry in kept})
        fresh, prints = self._fingerprinted(sorted(rest), stamps)
        self._index = self._index.changed(np.array(numbers, dtype=np.int32), prints)
        self._entries = [*kept, *fresh]
        self._save()

    def _numbers(self, kept: set[str]) -> list[int]:
        place = (entry.path for entry in self._entries for _ in entry.ids)
        return [number for number, path in enumerate(place) if path in kept]

    def _fingerprinted(
        self, paths: Sequence[str], stamps: dict[str, tuple[int, int]]
    ) -> tuple[list[Entry], list[Print]]:
        entries: list[Entry] = []
        prints: list[Print] = []
        progress = cli.Progress("指纹", len(paths))
        for path in paths:
            documents = list(documents_in(self._folder / path))
            entries.append(Entry(path, *stamps[path], tuple(d.id for d in documents)))
            prints += [fingerprint(fold(document.text)) for document in documents]
            progress.step()
        return entries, prints

    def _save(self) -> None:
        """Beside what is kept, then in its place; what is half written is not taken for whole."""
        draft = self._kept.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        self._index.save(draft)
        files = [[e.path, e.changed, e.size, list(e.ids)] for e in self._entries]
        meta = {"rules": _rules(), "files": files}
        (draft / _META).write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
        shutil.rmtree(self._kept, ignore_errors=True)
        draft.replace(self._kept)


def _stamps(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each document of a folder, as `find_documents` finds them, with its last change and size.

    By `scandir`, which for 100,000 files takes a third of the time that paths take.
    """
    with os.scandir(folder) as files:
        for file in sorted(files, key=lambda file: file.name):
            name, dot, suffix = file.name.rpartition(".")
            if (
                dot + suffix.lower() in MEDIA_TYPES
                and name[:1] not in ("", ".", "_")
                and name != "README"
            ):
                status = file.stat()
                if stat.S_ISREG(status.st_mode):
                    yield file.name, (status.st_mtime_ns, status.st_size)


def _rules() -> str:
    """Changes whenever the code or the tables that fingerprints depend on do."""
    digest = hashlib.sha256(unicodedata.unidata_version.encode())
    for module in (folding, shingles):
        digest.update(inspect.getsource(module).encode())
    return digest.hexdigest()

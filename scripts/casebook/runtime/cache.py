"""Results cached between runs, outside git: what was made of a file, by a hash of all its inputs.

The key of a result is a hash of the file, of the code, and of whatever else the caller names (the
vocabulary). Other files that were looked at are stored with the result and compared when it is
read. A store that is missing, damaged, locked or of another version is ignored or rebuilt: it can
only save time.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sqlite3
import stat
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache, partial
from importlib.metadata import version
from io import BufferedReader
from pathlib import Path
from typing import Any, TypeVar

from casebook.content import PACKAGE
from casebook.model import UserError
from casebook.runtime import cli
from casebook.runtime.cache_folder import CACHE
from casebook.runtime.file_names import readable_name
from casebook.runtime.processes import context, cores, start_method

SITE = CACHE / "results"
"""The stores of the libraries that were built or checked."""

UNUSED = 30 * 24 * 3600
"""Seconds without a build after which the store of a library is removed."""

PARALLEL = 64
"""From this number of files, starting other processes pays."""

_FILES_AT_ONCE = 16
_ROWS_AT_ONCE = 500
_MADE_WITH = ("markdown", "nh3", "opencc", "pypinyin", "pyyaml", "rapidfuzz", "rjieba", "segno")
"""Distributions whose version decides what a page looks like."""

_PAGE = "PRAGMA page_size = 16384"
"""Values of 30 kB are read four times as fast as from pages of 4 kB; takes effect in a new file."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS result (kind TEXT, key TEXT, crc INTEGER, value TEXT, \
PRIMARY KEY (kind, key))"

T = TypeVar("T")

Made = tuple[Sequence[str], Any]
"""The other files that were looked at (by their path in the folder), and a value for JSON."""


def _code_version() -> str:
    """A hash of this package's files and of the versions of what it calls."""
    package = PACKAGE
    digest = hashlib.sha256(platform.python_version().encode())
    for name in _MADE_WITH:
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sorted(p for p in package.rglob("*") if p.suffix in (".py", ".yml")):
        digest.update(f"{path.relative_to(package)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


CODE = _code_version()
"""The code that this process runs: files that change later are another version."""

_SETTLED = 2.0
"""Seconds after which another change of a file shows in its time stamp, on any system."""

_digests: dict[tuple[int, ...], str] = {}


def _stamps(now: os.stat_result) -> tuple[int, ...]:
    return (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns)


def _digest(file: BufferedReader) -> str:
    """The SHA-256 of an open file; one whose stamps stay the same is read once a process."""
    now = os.fstat(file.fileno())
    known = _stamps(now)
    if known not in _digests:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        if time.time() - max(now.st_mtime, now.st_ctime) < _SETTLED:
            return digest
        _digests[known] = digest
    return _digests[known]


class FileStates:
    """The hashes of a folder's files, each read once."""

    def __init__(self, folder: Path, without: frozenset[str] = frozenset()) -> None:
        """The files with the paths `without` count as missing."""
        self._folder = folder.resolve()
        self._inside = cache(lambda parent: parent.resolve().is_relative_to(self._folder))
        self._known = dict.fromkeys(without, "")

    def state(self, name: str) -> str:
        """The SHA-256 of a file by its path in the folder; '' if it is no file, or lies outside."""
        if name not in self._known:
            self._known[name] = self._read(self._folder / name)
        return self._known[name]

    def _read(self, path: Path) -> str:
        try:
            now = path.lstat()
            mode = now.st_mode
            if stat.S_ISLNK(mode):
                path = path.resolve()
                mode = path.stat().st_mode
            if not stat.S_ISREG(mode) or not self._inside(path.parent):
                return ""
            if known := _digests.get(_stamps(now)):  # of a link these are its own, and not known
                return known
            with path.open("rb") as file:
                return _digest(file)
        except (OSError, ValueError):  # ValueError: a name with a zero byte
            return ""


class Store:
    """Texts by kind and key in one SQLite file; without a file nothing is stored."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file

    def values(self, kind: str, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The keys that are stored, with their values as they were written."""
        for start in range(0, len(keys), _ROWS_AT_ONCE):
            some = keys[start : start + _ROWS_AT_ONCE]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, crc, value FROM result WHERE kind = ? AND key IN ({marks})"
            for key, crc, value in self._select(query, (kind, *some)):
                if isinstance(value, str) and zlib.crc32(value.encode()) == crc:
                    yield key, value

    def drop(self, kind: str, current: Iterable[str]) -> None:
        """Remove all values of a kind but those with a current key."""
        stored = {key for (key,) in self._select("SELECT key FROM result WHERE kind = ?", (kind,))}
        old = stored.difference(current)
        self._change("DELETE FROM result WHERE kind = ? AND key = ?", [(kind, key) for key in old])

    def add(self, kind: str, values: Mapping[str, str]) -> None:
        """Add values by their keys."""
        rows = [(kind, key, zlib.crc32(v.encode()), v) for key, v in values.items()]
        self._change("INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?)", rows)

    def complete(
        self, kind: str, keys: Mapping[str, str], make: Callable[[str], str]
    ) -> dict[str, str]:
        """A text for each name: what is stored by its key in `keys`, else what `make` gives for it.

        Of this kind the store then holds these texts alone.
        """
        known = dict(self.values(kind, list(keys.values())))
        made = {key: make(name) for name, key in keys.items() if key not in known}
        self.drop(kind, keys.values())
        self.add(kind, made)
        return {name: made[key] if key in made else known[key] for name, key in keys.items()}

    def _select(self, query: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows that a query finds; none if the store cannot be read."""
        return self._attempt(lambda store: store.execute(query, parameters).fetchall(), [])

    def _change(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement for each row, all or none."""

        def change(store: sqlite3.Connection) -> None:
            with store:
                store.executemany(statement, rows)

        if rows:
            self._attempt(change, None)

    def _attempt(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What `work` does with the open database, or `otherwise`; a damaged file is removed."""
        if self._file is None:
            return otherwise
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=5)) as store:
                store.execute(_PAGE)
                store.execute(_SCHEMA)
                return work(store)
        except (sqlite3.OperationalError, OSError):
            pass  # locked, read-only or full: go on without
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
        return otherwise


NOTHING = Store()
"""Stores nothing."""


def store_of(library: Path, folder: Path = SITE) -> Store:
    """The store of one library, by the library's path on this machine."""
    for store in folder.glob("*.sqlite"):
        with suppress(OSError):  # another build may be removing it
            if store.stat().st_mtime < time.time() - UNUSED:
                store.unlink()
    name = hashlib.sha256(str(library.resolve()).encode()).hexdigest()[:16]
    return Store(folder / f"{name}.sqlite")


def forget(library: Path, folder: Path = SITE) -> None:
    """Remove the store of a library: what was made of its texts."""
    name = hashlib.sha256(str(library.resolve()).encode()).hexdigest()[:16]
    for store in folder.glob(f"{name}.sqlite*"):
        store.unlink(missing_ok=True)


def hash_file(path: Path) -> str:
    """The SHA-256 of a file on which results depend; '' if it is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def load_or_make(
    kind: str,
    make: Callable[[Path], Made],
    read: Callable[[Any], T],
    paths: Sequence[Path],
    folder: Path,
    store: Store = NOTHING,
    made_of: str = "",
    without: frozenset[str] = frozenset(),
    label: str = "",
) -> list[T]:
    """For each path in `folder`, what `read` gives for the value that `make` makes of it.

    Values made in an earlier run are taken from the store. `made_of` names what else all results
    depend on, `label` the work in the progress that is shown. The files `without` (by their paths
    in the folder) count as missing. `make` must be picklable: for many paths it runs in several
    processes. Raises UserError as `make` does.
    """
    files = FileStates(folder, without)
    keys = {path: _key(made_of, path, folder, files) for path in paths}
    wanted = [key for key in keys.values() if key]
    known = {
        key: read(value)
        for key, text in store.values(kind, wanted)
        if (value := _current(text, files)) is not None
    }
    store.drop(kind, wanted)
    missing = [path for path in paths if keys[path] not in known]
    fresh: dict[Path, T] = {}
    added: dict[str, str] = {}
    progress = cli.Progress(label, len(missing) if label else 0)
    for path, text in zip(missing, _all_made(make, missing, folder, without), strict=True):
        progress.step()
        fresh[path] = read(json.loads(text)[1])
        added |= {keys[path]: text} if keys[path] else {}
        if len(added) == _ROWS_AT_ONCE or path == missing[-1]:
            store.add(kind, added)
            added = {}
    return [fresh[path] if path in fresh else known[keys[path]] for path in paths]


def _key(made_of: str, path: Path, folder: Path, files: FileStates) -> str:
    """The key of a result; '' for a link and an undecoded name, whose results are not stored."""
    name = path.relative_to(folder).as_posix()
    if path.is_symlink() or not files.state(name) or readable_name(name) != name:
        return ""
    return hashlib.sha256(f"{CODE}\n{made_of}\n{name}\n{files.state(name)}".encode()).hexdigest()


def _current(text: str, files: FileStates) -> Any:
    """A stored value; None if a file that it was made of has changed."""
    needs, value = json.loads(text)
    return value if all(files.state(name) == state for name, state in needs.items()) else None


def _all_made(
    make: Callable[[Path], Made], paths: Sequence[Path], folder: Path, without: frozenset[str]
) -> Iterator[str]:
    """The results as texts, made on all cores where that pays and no other thread runs here."""
    task = partial(_one, make, folder, without)
    # Forking a process that has threads may lock it up.
    safe = start_method() != "fork" or threading.active_count() == 1
    if len(paths) < PARALLEL or cores() == 1 or not safe:
        yield from map(_or_error, map(task, paths))
        return
    with context().Pool(cores()) as pool:
        yield from map(_or_error, pool.imap(task, paths, chunksize=_FILES_AT_ONCE))


def _one(
    make: Callable[[Path], Made], folder: Path, without: frozenset[str], path: Path
) -> tuple[str, str]:
    """A result as text, or the message of its error: not every exception can be pickled."""
    try:
        needs, value = make(path)
    except UserError as error:
        return "", str(error)
    files = FileStates(folder, without)
    states = {name: files.state(name) for name in needs}
    return json.dumps([states, value], ensure_ascii=False, separators=(",", ":")), ""


def _or_error(result: tuple[str, str]) -> str:
    text, complaint = result
    if complaint:
        raise UserError(complaint)
    return text

"""Private text in what a library publishes besides its cases.

These are the received documents with their records, the vocabulary and the decisions. Everything
in the folder is public as soon as the repository is, whether a page shows it or not.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from casebook import reading
from casebook.checks.private.private_places import (
    PrivatePlace,
    list_places,
    list_places_in_json,
)
from casebook.checks.private.private_sources import list_places_in_file
from casebook.checks.rules import Problem, limit_problems
from casebook.library.decisions import FILE as DECISIONS
from casebook.library.folder import SOURCES, VOCABULARY
from casebook.library.removed_register import FILE as REMOVED
from casebook.library.source_records import (
    LINES_SUFFIX,
    STEPS_SUFFIX,
    is_reduced,
    read_record_head,
    strip_record_suffix,
)
from casebook.runtime import cache, cli
from casebook.runtime.file_names import files_ending, is_file_entry, is_plain_file, readable_name
from casebook.runtime.json_records import from_json, to_json

_RECORDS = (STEPS_SUFFIX, LINES_SUFFIX)


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file with the private text in it; `sha256` is that of the document it is or belongs to."""

    path: Path
    places: tuple[PrivatePlace, ...] = ()
    sha256: str = ""

    @property
    def source(self) -> str:
        """The name of the source that it is or belongs to; '' for a file that is none."""
        if self.path.parent.name != SOURCES:
            return ""
        return strip_record_suffix(self.path.name)


@dataclass(frozen=True, slots=True)
class PublishedGroup:
    """A source with its records, or one other file."""

    files: tuple[PublishedFile, ...]


def check_published_files(
    folder: Path,
    excused: Mapping[str, Collection[str]],
    withheld: Mapping[str, str],
    store: cache.Store = cache.NOTHING,
    only: Collection[str] | None = None,
) -> Iterator[tuple[Path, Problem]]:
    """Problems of the published files of a library, each with its file.

    `excused` has the keys of values that the cases of a source excuse, by the name of the source;
    `withheld` the id of a case by the SHA-256 of a source that it does not want to be stored.
    Files that did not change are taken from the store; with the names of sources in `only`, other
    sources are not looked at.
    """
    for file in _look_through_all(folder, store, only):
        if file.source and file.sha256 in withheld:
            yield file.path, _refuse_withheld(file, withheld[file.sha256])
            continue
        allowed = excused.get(file.source, ())
        problems = [_make_problem(p, file) for p in file.places if p.key not in allowed]
        yield from ((file.path, problem) for problem in limit_problems(problems))


def _look_through_all(
    folder: Path, store: cache.Store, only: Collection[str] | None
) -> Iterator[PublishedFile]:
    """The files, sorted by kind and name; cases and variants are checked elsewhere."""
    home, names = folder / SOURCES, _list_names(folder / SOURCES)
    first = {strip_record_suffix(name): name for name in sorted(names, reverse=True)}
    paths = [  # a source goes before its records
        home / name for source, name in sorted(first.items()) if only is None or source in only
    ]
    shared = [*files_ending(folder / VOCABULARY, ".yml"), folder / DECISIONS, folder / REMOVED]
    paths += [path for path in shared if is_plain_file(path)]
    read = partial(from_json, PublishedGroup)
    for group in cache.load_or_make("published", _look_for_cache, read, paths, folder, store):
        yield from (file for file in group.files if file.places or file.sha256)


def _list_names(home: Path) -> list[str]:
    """The names of files in the folder of sources that are UTF-8; none of a link."""
    if not home.is_dir() or home.is_symlink():
        return []
    with os.scandir(home) as entries:
        names = [each.name for each in entries if each.name[0] != "." and is_file_entry(each)]
    return [name for name in names if readable_name(name) == name]


def _look_for_cache(path: Path) -> cache.Made:
    """A source with its records, or another file by itself."""
    records = [path.with_name(strip_record_suffix(path.name) + suffix) for suffix in _RECORDS]
    if path.parent.name != SOURCES:
        records = []
    files = {path: None} | {file: None for file in records if is_plain_file(file)}
    group = PublishedGroup(tuple(map(look_through, files)))
    return [f"{SOURCES}/{record.name}" for record in records], to_json(group)


def look_through(path: Path) -> PublishedFile:
    """Everything private in one file. What cannot be read has nothing: other checks report it."""
    try:
        if path.parent.name != SOURCES:
            return PublishedFile(path, tuple(list_places(path.read_text(encoding="utf-8"))))
        if path.name.endswith(_RECORDS):
            text = path.read_text(encoding="utf-8")
            sha256 = read_record_head(path.with_name(strip_record_suffix(path.name)))
            sha256 = "" if is_reduced(text) else sha256  # it says nothing of what is withheld
            return PublishedFile(path, tuple(list_places_in_json(text)), sha256)
    except UnicodeDecodeError:
        return PublishedFile(path)
    return PublishedFile(path, tuple(list_places_in_file(path)), reading.digest(path))


def _refuse_withheld(file: PublishedFile, case_id: str) -> Problem:
    said = f"案例 {case_id} 只留了这份原稿的 sha256，原稿不能再公开，"
    command = f"{cli.command('import')} --no-source {cli.display_path(file.path)}"
    is_record = file.path.name.endswith(_RECORDS)
    message = said + ("请删掉这个记录。" if is_record else f"请把它移出库：{command}。")
    return Problem("source-withheld", 1, 1, message)


def _make_problem(place: PrivatePlace, file: PublishedFile) -> Problem:
    advice = "这里的文字会公开，请删去或用 X 代替。"
    if file.source:
        source = cli.display_path(file.path.with_name(file.source))
        advice = (
            f"来源会随库公开：请运行 {cli.command('import')} --redact {source} 遮盖，"
            "原稿只留 sha256；确可公开的，在用到它的案例的 allow 里写明 rule 和 reason。"
        )
    return Problem(place.rule, place.line, place.column, f"{place.said}，{advice}", place.severity)

"""Private text in what a library publishes besides its cases.

These are the received documents with their records, the vocabulary and the decisions. Everything
in the folder is public as soon as the repository is, whether a page shows it or not.
"""

from __future__ import annotations

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
from casebook.library.source_records import LINES_SUFFIX, STEPS_SUFFIX, read_record_head
from casebook.runtime import cache, cli
from casebook.runtime.file_names import files_ending
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
        return self.path.name.removesuffix(STEPS_SUFFIX).removesuffix(LINES_SUFFIX)


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
    paths = _list_published_files(folder)
    if only is not None:
        paths = [p for p in paths if PublishedFile(p).source in {"", *only}]
    read = partial(from_json, PublishedFile)
    for file in cache.load_or_make("published", _look_for_cache, read, paths, folder, store):
        if file.source and file.sha256 in withheld:
            yield file.path, _refuse_withheld(file, withheld[file.sha256])
            continue
        allowed = excused.get(file.source, ())
        problems = [_make_problem(p, file) for p in file.places if p.key not in allowed]
        yield from ((file.path, problem) for problem in limit_problems(problems))


def _list_published_files(folder: Path) -> list[Path]:
    """The files, sorted; cases and variants are checked elsewhere."""
    kept = [*files_ending(folder / SOURCES, ""), *files_ending(folder / VOCABULARY, ".yml")]
    found = [*kept, folder / DECISIONS]
    return [p for p in found if p.name[0] != "." and not p.is_symlink() and p.is_file()]


def _look_for_cache(path: Path) -> cache.Made:
    return [], to_json(look_through(path))


def look_through(path: Path) -> PublishedFile:
    """Everything private in one file. What cannot be read has nothing: other checks report it."""
    try:
        if path.parent.name != SOURCES:
            return PublishedFile(path, tuple(list_places(path.read_text(encoding="utf-8"))))
        if path.name.endswith(_RECORDS):
            text = path.read_text(encoding="utf-8")
            return PublishedFile(path, tuple(list_places_in_json(text)), _read_source_digest(path))
    except UnicodeDecodeError:
        return PublishedFile(path)
    return PublishedFile(path, tuple(list_places_in_file(path)), reading.digest(path))


def _read_source_digest(record: Path) -> str:
    name = record.name.removesuffix(STEPS_SUFFIX).removesuffix(LINES_SUFFIX)
    return read_record_head(record.with_name(name))


def _refuse_withheld(file: PublishedFile, case_id: str) -> Problem:
    message = (
        f"案例 {case_id} 只留了这份原稿的 sha256，原稿不能再公开，请把它移出库："
        f"{cli.command('import')} --no-source {cli.display_path(file.path)}。"
    )
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

"""The provenance of cases: stored sources, and the records of what repair did to them.

A record is replayed on its source and has to lead to the text that it led to at import. A record
of an earlier version does not say which text that was; then the case does, unless people edited
it: what it says and the replayed text does not must not be what repair makes of the source.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from casebook import reading
from casebook.checks.case_source import CaseSource
from casebook.checks.checked_file import PlacedProblem
from casebook.checks.file_places import is_case_text
from casebook.checks.rules import Problem, display_value
from casebook.library import markup
from casebook.library.folder import SOURCES
from casebook.library.source_records import (
    LINES_SUFFIX,
    STEPS_SUFFIX,
    SourceRecord,
    has_text_alone,
    read_record,
    strip_record_suffix,
)
from casebook.library.stored_sources import MISFIT_ADVICE, Misfit, find_misfit, read_stored_text
from casebook.model import UserError
from casebook.reading.readers import SUFFIXES
from casebook.runtime import cache, cli
from casebook.runtime.file_names import files_ending, is_plain_file
from casebook.runtime.visible_text import reveal_invisible

if TYPE_CHECKING:
    from casebook.repair import Repaired

FEWEST_COMPARED_CHARACTERS = 4
"""Characters of a sentence, without spaces, from which it shows that a text is another."""

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*")
_SPACE = re.compile(r"\s")
_SYSTEM_FILES = ("thumbs.db", "desktop.ini")

Complaint = tuple[str, str, int, str]
"""The name of a file in the folder of sources, and rule, line and message of its problem."""


def check_provenance(document: CaseSource) -> Iterator[Problem]:
    """Problems of what a case says of its sources, as far as their records are sound."""
    if document.front is None:
        return
    folder = document.folder / SOURCES
    for position, source in document.front.list_mappings("sources"):
        name, part = source.get("file", ""), source.get("part", "1")
        record = _find_sound_record(folder, name)
        if record is None:
            continue
        place = document.front.locate("sources", position)
        if part.isdecimal() and int(part) not in {each.part for each in record.parts}:
            count = len(record.parts)
            message = (
                f"来源“{display_value(name)}”里没有第 {part} 篇（共 {count} 篇），请改正 part。"
            )
            yield Problem("source-part", *place, message)
        elif not record.text_sha256 and (piece := _find_other_words(document, folder / name)):
            message = (
                f"来源“{display_value(name)}”的修复记录与正文不符：原件修复后是“{piece}”，"
                f"正文也是，照记录重做却不是；{MISFIT_ADVICE}"
            )
            yield Problem("steps-mismatch", *place, message)


def check_stored_sources(
    folder: Path,
    referenced: Mapping[tuple[str, str], str],
    store: cache.Store = cache.NOTHING,
    only: Collection[str] | None = None,
) -> Iterator[PlacedProblem]:
    """Problems of the sources of a library and of their records.

    `referenced` are the sources that cases name: the file name of a case by name and SHA-256.
    With names in `only`, other sources are not looked at.
    """
    home = folder / SOURCES
    if home.is_symlink():
        return
    names = [p.name for p in files_ending(home, "") if reading.is_written_by_people(p.name)]
    names = [name for name in names if only is None or name in only]
    records = {name for name in names if name.endswith((STEPS_SUFFIX, LINES_SUFFIX))}
    records |= {p.name for p in files_ending(home, STEPS_SUFFIX)}
    names += [n for n in map(strip_record_suffix, sorted(records)) if has_text_alone(home / n)]
    with_record = [n for n in dict.fromkeys(names) if f"{n}{STEPS_SUFFIX}" in records]
    checked = cache.load_or_make(
        "source", _check_record, _read_complaints, [home / n for n in with_record], folder, store
    )
    for complaints in checked:
        for name, rule, line, message in complaints:
            yield PlacedProblem(home / name, Problem(rule, line, 1, message))
    for name in sorted({*names} - {*with_record} - records):
        case = referenced.get((name, reading.digest(home / name)), "")
        is_named = any(name == known for known, _ in referenced)
        if problem := _check_without_record(home / name, case, is_named):
            yield PlacedProblem(home / name, problem)


def _read_complaints(rows: Sequence[Sequence[object]]) -> list[Complaint]:
    return [(str(name), str(rule), int(str(line)), str(said)) for name, rule, line, said in rows]


def _check_without_record(path: Path, case: str, is_named: bool) -> Problem | None:
    """What is wrong with a source that was not imported; `case` is the file of one that has it."""
    suffix, command = path.suffix.lower(), cli.command("import")
    if case and suffix in SUFFIXES:
        message = (
            f"{case} 的来源没有修复记录 {path.name}{STEPS_SUFFIX}；"
            f"请运行 {command} 补上（不会改动案例），把生成的文件一起提交。"
        )
        return Problem("steps-missing", 1, 1, message)
    if is_named or path.name.lower() in _SYSTEM_FILES or suffix == ".zip" or is_case_text(path):
        return None
    if suffix in SUFFIXES:
        message = f"还没有导入，站点上不会有它；请运行 {command}，核对后把生成的案例一起提交。"
    else:
        kinds = "、".join(SUFFIXES)
        message = f"这种文件不会被读取，请另存为 {kinds} 之一；不是来源请移走。"
    return Problem("source-unread", 1, 1, message)


def _check_record(path: Path) -> cache.Made:
    """The complaints about the record of one source, for the cache."""
    steps, lines = (f"{path.name}{suffix}" for suffix in (STEPS_SUFFIX, LINES_SUFFIX))
    needs = [f"{SOURCES}/{name}" for name in (steps, lines)]
    return needs, list(_find_complaints(path, path.with_name(steps)))


def _find_complaints(path: Path, steps: Path) -> Iterator[Complaint]:
    try:
        record = read_record(steps)
        misfit = find_misfit(record, path.name, read_stored_text(path))
    except UserError as error:
        files = (steps, path.with_name(f"{path.name}{LINES_SUFFIX}"), path)
        said = {file: f"{file.as_posix()}：" for file in files}
        named = next((file for file in files if str(error).startswith(said[file])), path)
        yield named.name, "steps-broken", 1, str(error).removeprefix(said[named])
        return
    if not misfit and not record.text_sha256:
        misfit = _find_other_step(record, path)
    if misfit:
        yield steps.name, "steps-mismatch", _find_step_line(steps, misfit.step), misfit.message


def _find_other_step(record: SourceRecord, path: Path) -> Misfit | None:
    """A certain step of an old record that the same rules make otherwise at the same place today.

    Better rules make other steps; they do not read one certain place in two ways.
    """
    repaired = _repair_source(path, path.stat().st_mtime_ns)
    today = {step[:4] + step[5:]: step.after for step in repaired.steps}
    for index, step in enumerate(record.steps):
        after = today.get(step[:4] + step[5:], step.after)
        if step.certainty == "certain" and after != step.after:
            known = f"第 {index + 1} 步应把“{step.before}”改成“{after}”"
            message = f"修复记录与来源不符：{known}，记录里不是；{MISFIT_ADVICE}"
            return Misfit(reveal_invisible(message), index)
    return None


def _find_step_line(steps: Path, step: int) -> int:
    """The line of a step in its record, which has a line for each; 1 where there is none."""
    text = steps.read_text(encoding="utf-8")
    opening = text.find('"steps"')
    return text.count("\n", 0, opening) + step + 2 if step >= 0 and opening >= 0 else 1


def _find_sound_record(folder: Path, name: str) -> SourceRecord | None:
    """The record of a stored source; None where there is none, or none that fits."""
    path, steps = folder / name, folder / f"{name}{STEPS_SUFFIX}"
    if not name or PurePosixPath(name).name != name:
        return None
    if not is_plain_file(path) or not is_plain_file(steps):
        return None
    return _load_sound_record(path, path.stat().st_mtime_ns, steps.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _load_sound_record(path: Path, _changed: int, _written: int) -> SourceRecord | None:
    try:
        record = read_record(path.with_name(f"{path.name}{STEPS_SUFFIX}"))
        return None if find_misfit(record, path.name, read_stored_text(path)) else record
    except (UserError, OSError):
        return None


def _find_other_words(document: CaseSource, path: Path) -> str:
    """What the case and today's repair of its source say, and the replayed text does not; or ''."""
    changed = path.stat().st_mtime_ns
    replayed = _replay_source(path, changed)
    other = [piece for piece in _list_pieces(document) if _flatten(piece) not in replayed]
    if not other:
        return ""
    repaired = _flatten(_repair_source(path, changed).text)
    return next((piece for piece in other if _flatten(piece) in repaired), "")


def _list_pieces(document: CaseSource) -> Iterator[str]:
    """The headings and sentences of a case, those of variants left out."""
    own = [placed.block for placed in document.blocks if not placed.block.source]
    for block in own:
        for text in (block.heading or "", markup.to_plain(block.text)):
            found = (piece.strip() for piece in _SENTENCE.findall(text))
            yield from (p for p in found if len(_flatten(p)) >= FEWEST_COMPARED_CHARACTERS)


def _flatten(text: str) -> str:
    return _SPACE.sub("", text)


@lru_cache(maxsize=16)
def _replay_source(path: Path, _changed: int) -> str:
    """What the record makes of a source, without spaces."""
    from casebook.repair import replay  # as below

    record = read_record(path.with_name(f"{path.name}{STEPS_SUFFIX}"))
    return _flatten(replay(read_stored_text(path).text, record.steps))


@lru_cache(maxsize=16)
def _repair_source(path: Path, _changed: int) -> Repaired:
    """What repair makes of a source today."""
    from casebook.repair import repair  # its tables take a while, and are seldom needed

    stored = read_stored_text(path)
    return repair(stored.lines, is_markdown=stored.form == "markdown")

"""Files of a library that are in the wrong place or have the wrong name, so that nobody reads them.

Whoever adds a file should hear of it: what lies in a folder of its own, ends in .md.txt or is a
link would be passed over without a word. Endings that no reader knows (pictures, licenses) and
files that systems make are nobody's mistake.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from casebook.checks.checked_file import PlacedProblem
from casebook.checks.rules import Problem
from casebook.library.case_schema import is_id
from casebook.library.decisions import FILE as DECISIONS
from casebook.library.folder import SOURCES, VARIANTS, VOCABULARY
from casebook.library.removed_register import FILE as REMOVED
from casebook.library.source_records import LINES_SUFFIX, STEPS_SUFFIX
from casebook.reading import is_written_by_people
from casebook.reading.front_matter_lines import (
    LONGEST_BLOCK,
    divide_front_matter,
    is_case_front_matter,
)
from casebook.reading.readers import SUFFIXES
from casebook.runtime.file_names import (
    is_file_entry,
    path_below,
    portable_name,
    readable_name,
)
from casebook.runtime.visible_text import reveal_invisible

_LIKE_CASE = re.compile(
    r"(?P<stem>.+?)[.．。](?:md|markdown|mdown|mkd)(?![a-z0-9])(?P<more>.{0,20})", re.I | re.S
)
"""A name that was meant for a case: `more` is what an editor or Windows added to it."""

_TEXTS = (".txt", ".md", ".markdown")
_FOLDERS = (SOURCES, VARIANTS, VOCABULARY)
_DEEPEST_WALK = 6


def find_misplaced(folder: Path, referenced: Collection[str] = ()) -> Iterator[PlacedProblem]:
    """What in a library folder is in the wrong place, has a wrong name, or is a link.

    `referenced` are the sources that cases name, by their path in the folder of sources.
    """
    known = {(folder / SOURCES / name).as_posix() for name in referenced}
    found = _find_misplaced(folder)
    return (each for each in found if each.path.as_posix() not in known or not _is_place(each))


def is_for_a_case(each: PlacedProblem) -> bool:
    """Whether what is misplaced was meant for a case: then the folder is a library."""
    return not _is_place(each) or each.path.suffix == ".md"


def _is_place(each: PlacedProblem) -> bool:
    return each.problem.rule == "file-place"


def _find_misplaced(folder: Path) -> Iterator[PlacedProblem]:
    for entry in _list_entries(folder):
        if _is_plain_case(entry):
            continue
        if entry.is_symlink():
            yield _refuse_link(entry)
        elif entry.name in _FOLDERS:
            yield from _check_own_folder(folder, entry)
        elif entry.is_dir(follow_symlinks=False):
            yield from _check_strange_folder(folder, entry, folder)
        elif entry.name not in (DECISIONS, REMOVED):
            yield from _check_beside_cases(folder, entry)


def _check_own_folder(folder: Path, entry: os.DirEntry[str]) -> Iterator[PlacedProblem]:
    if not entry.is_dir(follow_symlinks=False):
        message = f"{entry.name} 应是文件夹，这里却是文件，请给它改名。"
        yield _place(entry, "file-place", message)
        return
    home = Path(entry.path)
    names: dict[str, str] = {}
    for child in _list_entries(home):
        if child.is_symlink():
            yield _refuse_link(child)
        elif child.is_dir(follow_symlinks=False):
            yield from _check_strange_folder(folder, child, home)
        elif entry.name == VARIANTS and not _is_plain_case(child):
            yield from _check_beside_cases(home, child)
        elif entry.name == SOURCES:
            yield from _check_source(folder, child)
            yield from _check_source_name(child, names)


def _check_strange_folder(
    folder: Path, entry: os.DirEntry[str], home: Path, depth: int = 1
) -> Iterator[PlacedProblem]:
    """A folder that nobody reads: what in it was meant to be read should lie in `home`."""
    if PurePosixPath(entry.name).suffix.lower() == ".md":
        message = f"“{reveal_invisible(entry.name)}”是文件夹，案例应是文件；请改名，或移走。"
        yield _place(entry, "file-place", message)
    for child in _list_entries(Path(entry.path)) if depth < _DEEPEST_WALK else ():
        if child.is_symlink():
            yield _refuse_link(child)
        elif child.is_dir(follow_symlinks=False):
            yield from _check_strange_folder(folder, child, home, depth + 1)
        elif is_file_entry(child) and PurePosixPath(child.name).suffix.lower() in SUFFIXES:
            yield _place(child, "file-place", _say_home(folder, Path(child.path), home))


def _check_beside_cases(home: Path, entry: os.DirEntry[str]) -> Iterator[PlacedProblem]:
    """A file in the folder of cases or variants that is not checked as one."""
    path = Path(entry.path)
    found = _LIKE_CASE.fullmatch(entry.name)
    is_text = path.suffix.lower() in _TEXTS
    if not is_file_entry(entry):
        yield _place(entry, "file-place", "这不是普通文件，请删掉。")
    elif found and (is_text or path.suffix.lower() not in SUFFIXES):
        yield _place(entry, "file-name", _say_rename(path, found["stem"], found["more"]))
    elif is_text and is_case_text(path):
        yield _place(entry, "file-name", _say_rename(path, path.stem))
    elif path.suffix.lower() in SUFFIXES:
        folder = home.parent if home.name == VARIANTS else home
        yield _place(entry, "file-place", _say_home(folder, path, home))


def _is_plain_case(entry: os.DirEntry[str]) -> bool:
    """Whether a file is checked as a case, as nearly all are."""
    return entry.name.endswith(".md") and is_file_entry(entry)


def _check_source(folder: Path, entry: os.DirEntry[str]) -> Iterator[PlacedProblem]:
    if not is_file_entry(entry):
        yield _place(entry, "file-place", "这不是普通文件，请删掉。")
    elif PurePosixPath(entry.name).suffix.lower() in _TEXTS and is_case_text(Path(entry.path)):
        yield _place(entry, "file-place", _say_home(folder, Path(entry.path), folder))


def _check_source_name(entry: os.DirEntry[str], names: dict[str, str]) -> Iterator[PlacedProblem]:
    """Whether every system can hold the name beside the `names` of others; records go with it."""
    if entry.name.endswith((STEPS_SUFFIX, LINES_SUFFIX)):
        return
    free = portable_name(entry.name)
    if free != entry.name:
        what = "不是 UTF-8 编码" if readable_name(entry.name) != entry.name else "有的系统存不下"
        shown = reveal_invisible(entry.name)
        message = f"文件名“{shown}”{what}，请改名，例如 {reveal_invisible(free)}。"
        yield _place(entry, "file-name", message)
    elif (other := names.setdefault(entry.name.casefold(), entry.name)) != entry.name:
        path = PurePosixPath(entry.name)
        free = f"{path.stem}-2{path.suffix}"
        message = f"与 {other} 只差大小写，有的系统只能存下一个，请改名，例如 {free}。"
        yield _place(entry, "file-name", message)


def is_case_text(path: Path) -> bool:
    """Whether a text file opens with the front matter of a case."""
    return is_case_front_matter(_read_keys(path))


def _read_keys(path: Path) -> Mapping[str, Any]:
    with suppress(OSError, UnicodeDecodeError), path.open(encoding="utf-8-sig") as file:
        return divide_front_matter(file.read(LONGEST_BLOCK))[0]
    return {}


def _say_home(folder: Path, old: Path, home: Path) -> str:
    """Where a file belongs, by what it holds; `home` is where it is, or the folder around that."""
    if old.suffix.lower() in _TEXTS and is_case_text(old):
        place = home if home.name == VARIANTS else folder
        said = f"这里的案例不会被读取；案例文件应直接放在 {name_path(place)}/ 里"
        return f"{said}：{write_move(old, place / _case_name(old, old.stem))}"
    place = folder / SOURCES
    said = f"这里的原稿不会被读取；原稿应直接放在 {name_path(place)}/ 里"
    return f"{said}：{write_move(old, place / portable_name(old.name))}"


def _say_rename(old: Path, stem: str, more: str = "") -> str:
    why = "：系统可能隐藏了扩展名" if more.lower() == ".txt" else ""
    new = old.with_name(_case_name(old, stem))
    return (
        f"“{reveal_invisible(old.name)}”不会被当作案例{why}；"
        f"是案例请改名为 {reveal_invisible(new.name)}，是多余的副本请删掉：{write_move(old, new)}"
    )


def _case_name(old: Path, stem: str) -> str:
    """The name that a case file should have: its id if it says one, else as it is called now."""
    own = _read_keys(old).get("id")
    return f"{own if isinstance(own, str) and is_id(own) else stem.lower()}.md"


def write_move(old: Path, new: Path) -> str:
    """The command that moves a file, to be copied whole; a name that cannot be typed has none."""
    paths = [name_path(path) for path in (old, new)]
    if any(reveal_invisible(path) != path for path in paths):
        return f"请移到 {reveal_invisible(paths[1])}。"
    return f"git mv {shlex.join(paths)}"


def name_path(path: Path) -> str:
    """A path as it is written in the working folder."""
    return path_below(path.absolute(), Path.cwd()) or path.as_posix()


def _refuse_link(entry: os.DirEntry[str]) -> PlacedProblem:
    return _place(entry, "symlink", "这是符号链接，不会被读取，请用文件本身代替。")


def _place(entry: os.DirEntry[str], rule: str, message: str) -> PlacedProblem:
    return PlacedProblem(Path(entry.path), Problem(rule, 1, 1, message))


def _list_entries(folder: Path) -> Sequence[os.DirEntry[str]]:
    """What people put into a folder, sorted; nothing of a folder that cannot be read."""
    with suppress(OSError), os.scandir(folder) as entries:
        named = [e for e in entries if is_written_by_people(e.name) or e.is_symlink()]
        return sorted((e for e in named if not _is_explained(e.name)), key=lambda e: e.name)
    return []


def _is_explained(name: str) -> bool:
    """Whether a file explains the folder to people."""
    return name[:6].upper() == "README" and PurePosixPath(name).stem.upper() == "README"

"""Commands that are killed or interrupted before any change of the file system: the next run ends
as if nothing had been, and what is said about the interruption is true."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from casebook.library import casefile
from casebook.library.folder import load_library
from casebook.runtime import cli
from commands import run_text
from frozen import LIBRARY
from prose import WRITE_UP
from site_library import make_case, write_library

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="a death needs a process of its own"
)

CHANGES = (
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "mkdir"),
    (tempfile, "mkstemp"),
    (os, "fdopen"),
)
"""Everything by which a command changes files."""

KILLED = 9


@dataclass(frozen=True)
class Scenario:
    """A library as it is before a command, and the command with its arguments."""

    prepare: Callable[[Path], None]
    script: str
    arguments: tuple[str, ...]


def prepare_import(folder: Path) -> None:
    """A write-up and a cut copy of it: a case with a variant."""
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "a.txt").write_text(WRITE_UP, encoding="utf-8")
    cut = WRITE_UP.partition("取得成效")[0]
    (folder / "in" / "b.txt").write_text(cut, encoding="utf-8")


def prepare_pair(folder: Path) -> None:
    """Two cases of one text; the second has a section more."""
    blocks = make_case().blocks
    longer = make_case("b", "某区经验", blocks=(*blocks[:2], *blocks[3:]))
    write_library(folder / "lib", make_case(), longer)
    shutil.copytree(LIBRARY / "vocabulary", folder / "lib" / "vocabulary")


def prepare_merged(folder: Path) -> None:
    """The pair after the merge."""
    prepare_pair(folder)
    assert run_in(folder, MERGE).returncode == 0


def prepare_unfixed(folder: Path) -> None:
    """Two files without ids and anchors."""
    prepare_pair(folder)
    for path in (folder / "lib").glob("*.md"):
        text = path.read_text(encoding="utf-8").replace(" #k001", "").replace(" #k004", "")
        path.write_text(text, encoding="utf-8")


def prepare_themed(folder: Path) -> None:
    """Two cases with a theme."""
    prepare_pair(folder)
    for path in (folder / "lib").glob("*.md"):
        text = path.read_text(encoding="utf-8").replace("themes: []", "themes: [责任落实]")
        path.write_text(text, encoding="utf-8")


LIB = ("--library", "lib")
MERGE = Scenario(prepare_pair, "find_duplicates", ("--merge", "a", "b", "--relation", "near", *LIB))
SCENARIOS = {
    "import": Scenario(prepare_import, "import_cases", ("in/a.txt", "in/b.txt", "--out", "lib")),
    "merge": MERGE,
    "unmerge": Scenario(prepare_merged, "find_duplicates", ("--unmerge", "b", *LIB)),
    "fix": Scenario(prepare_unfixed, "check_cases", ("--fix", "lib")),
    "distinct": Scenario(
        prepare_pair, "find_duplicates", ("--distinct", "a", "b", "--reason", "两篇", *LIB)
    ),
    "rename": Scenario(prepare_themed, "edit_themes", ("--rename", "责任落实", "压实责任", "lib")),
}


def run_in(folder: Path, scenario: Scenario) -> Any:
    """Run the command in a folder of its own, as one process runs it."""
    known = Path.cwd()
    os.chdir(folder)
    cli._written.clear()
    cli._sweep.cache_clear()
    try:
        return run_text(scenario.script, *scenario.arguments)
    finally:
        os.chdir(known)


def stop_before(number: int, stop: Callable[[], None]) -> ExitStack:
    """Patches that call `stop` before the change with that number, counted from 0."""
    done = iter(range(number + 1_000_000))

    def counted(change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*arguments: Any, **named: Any) -> Any:
            if next(done) == number:
                stop()
            return change(*arguments, **named)

        return changed

    stack = ExitStack()
    for owner, name in CHANGES:
        stack.enter_context(mock.patch.object(owner, name, counted(getattr(owner, name))))
    return stack


def die_before(number: int, folder: Path, scenario: Scenario) -> bool:
    """Run the command in another process, which is gone before a change; False if there is none."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with stop_before(number, lambda: os._exit(KILLED)):
                run_in(folder, scenario)
            code = 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED)
    return code == KILLED


def snapshot(folder: Path) -> dict[str, bytes]:
    """All files of a library but those that are not complete, which git ignores."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.match("*/.casebook-*.tmp")
    }


def list_states(scenario: Scenario, tmp_path: Path) -> Iterator[Path]:
    """A folder for each change before which the command dies."""
    number, died = 0, True
    while died:
        folder = tmp_path / str(number)
        folder.mkdir()
        scenario.prepare(folder)
        died = die_before(number, folder, scenario)
        number += 1
        if died:
            yield folder
    assert number > 3, "the changes of this command are not counted"


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_next_run_completes_what_a_death_cut_off(name: str, tmp_path: Path) -> None:
    """Every file that is there can be read, and the second run ends as an undisturbed one."""
    scenario = SCENARIOS[name]
    whole = tmp_path / "whole"
    whole.mkdir()
    scenario.prepare(whole)
    assert run_in(whole, scenario).returncode == 0
    for folder in list_states(scenario, tmp_path):
        if (folder / "lib").is_dir():
            load_library(folder / "lib")
        ended = run_in(folder, scenario)
        assert ended.returncode == 0, (folder.name, ended.stderr)
        assert snapshot(folder) == snapshot(whole), folder.name


@pytest.mark.parametrize("name", SCENARIOS)
def test_an_interruption_says_what_was_written(name: str, tmp_path: Path) -> None:
    """The number of files that are now others than before, at every point."""
    scenario, number, said = SCENARIOS[name], 0, "已中断"
    while "已中断" in said:
        folder = tmp_path / str(number)
        folder.mkdir()
        scenario.prepare(folder)
        before = snapshot(folder)
        with stop_before(number, raise_interrupt):
            ended = run_in(folder, scenario)
        said = ended.stderr
        after = snapshot(folder)
        count = sum(before.get(path) != data for path, data in after.items())
        words = f"已写入 {count} 个文件，再运行一次" if count else "没有写入任何文件"
        if "已中断" in said:
            assert (ended.returncode, words in said) == (130, True), (number, said, count)
        number += 1
    assert number > 3


def raise_interrupt() -> None:
    """What Ctrl-C does."""
    raise KeyboardInterrupt


def test_what_a_killed_run_left_is_removed_when_it_is_old(tmp_path: Path) -> None:
    """Another run may be writing the new one at this moment."""
    old, new = (tmp_path / f".casebook-{name}.tmp" for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    cli._sweep.cache_clear()
    cli.write_text(tmp_path / "a.md", casefile.dump(make_case()))
    assert (old.exists(), new.exists()) == (False, True)

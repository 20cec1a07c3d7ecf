"""A library is the same on every system: names of files, listings, paths that are printed."""

from __future__ import annotations

import doctest
import ntpath
import os
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.library.folder import case_paths, load_library
from casebook.library.merge_files import merge_files
from casebook.model import UserError
from casebook.runtime import cli, file_names, locked_files
from casebook.runtime.file_names import path_below, portable_name
from casebook.vocabulary import files_of
from frozen import ROOT
from site_library import make_case, write_library


def is_reserved(name: str) -> bool:
    """Whether Windows keeps a name for a device."""
    if hasattr(ntpath, "isreserved"):  # from Python 3.13
        return bool(ntpath.isreserved(name))
    return PureWindowsPath(name).is_reserved()


NAMES = st.text(st.sampled_from('经验.: \\/?*|<>"COMNULPRNaux19¹\t'), min_size=1, max_size=12)


@given(NAMES)
def test_any_name_becomes_one_that_windows_takes(name: str) -> None:
    """One part, no drive, no device, nothing at the end that Windows drops; a second time as is."""
    made = portable_name(name)
    path = PureWindowsPath(made)
    assert path.parts == (made,) and not path.drive
    assert not is_reserved(made) and made == made.rstrip(" .")
    assert portable_name(made) == made


@pytest.mark.parametrize("name", ["两张皮.txt", "经验 材料（2023）.txt", "a.b.txt", "COMMON.txt"])
def test_names_that_every_system_takes_stay(name: str) -> None:
    """Chinese, spaces within, several dots, words that only begin like a device."""
    assert portable_name(name) == name


def test_examples_in_the_docstrings_hold() -> None:
    """What the module shows is what it does."""
    assert doctest.testmod(file_names).attempted and not doctest.testmod(file_names).failed


@pytest.mark.parametrize(
    ("path", "folder", "shown"),
    [
        (PureWindowsPath(r"C:\kb\cases\a.md"), PureWindowsPath(r"c:\KB"), "cases/a.md"),
        (PureWindowsPath(r"D:\kb\cases\a.md"), PureWindowsPath(r"C:\kb"), None),
        (PurePosixPath("/kb/cases/a.md"), PurePosixPath("/kb"), "cases/a.md"),
        (PurePosixPath("/kb2/a.md"), PurePosixPath("/kb"), None),
    ],
)
def test_paths_are_printed_with_slashes(
    path: PureWindowsPath, folder: PureWindowsPath, shown: str | None
) -> None:
    """Findings and JSON are the same on Windows, whose paths know no case."""
    assert path_below(path, folder) == shown


def glob_without_case(self: Path, pattern: str) -> Iterator[Path]:
    """How Windows lists a folder."""
    return (p for p in self.iterdir() if fnmatchcase(p.name.lower(), pattern.lower()))


def test_a_listing_that_knows_no_case_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """X.MD is no case anywhere, nor X.YML a vocabulary."""
    monkeypatch.setattr(Path, "glob", glob_without_case)
    write_library(tmp_path, make_case("a"), variants=[make_case("v")])
    for name in ("B.MD", "variants/W.Md", "R.YML"):
        (tmp_path / name).write_text("no case", encoding="utf-8")
    assert [path.name for path in case_paths(tmp_path)] == ["a.md"]
    assert list(load_library(tmp_path).variants) == ["v"]
    assert files_of(tmp_path) == []
    with pytest.raises(UserError, match="没有这个案例"):
        merge_files(tmp_path, "a", "c")


def test_messages_show_paths_with_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of errors in what a user gave, and those of the system, on Windows alone."""
    path = PureWindowsPath(r"C:\kb\cases\a.md")
    assert "\\" in str(UserError(f"{path}：没有这个文件。"))
    monkeypatch.setattr(os, "sep", "\\")
    assert str(UserError(f"{path}：没有这个文件。")) == "C:/kb/cases/a.md：没有这个文件。"
    monkeypatch.setattr(cli, "PurePath", PureWindowsPath)
    error = PermissionError(13, "in use", str(path))
    assert cli.describe_system_error(error).startswith("无法读写 C:/kb/cases/a.md：没有权限")
    vars(error)["winerror"] = 32  # as Windows says it
    assert "正被别的程序打开" in cli.describe_system_error(error)


def test_a_file_that_is_open_for_a_moment_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The virus scanner of Windows opens each new file; nothing is left beside it."""
    replace, refused = Path.replace, [1, 2]

    def refuse(self: Path, target: Path) -> Path:
        if refused:
            raise PermissionError(13, f"in use {refused.pop()}", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(locked_files, "WAITS", (0, 0))
    cli.write_text(tmp_path / "a.md", "文字\n")
    assert [path.read_bytes().decode() for path in tmp_path.iterdir()] == ["文字\n"]


@pytest.mark.parametrize("script", ["tasks.py", "check_cases.py"])
def test_a_console_of_windows_shows_any_character(script: str) -> None:
    """One whose code page is GBK, or that of the west: what it cannot show never ends a command."""
    for encoding in ("gbk", "cp1252"):
        ended = subprocess.run(
            [sys.executable, ROOT / "scripts" / script, "--没有", "𠮷é"],
            env={**os.environ, "PYTHONIOENCODING": f"{encoding}:strict"},
            capture_output=True,
            check=False,
        )
        assert ended.returncode == 2
        assert "没有" in ended.stderr.decode("utf-8")
        assert b"Traceback" not in ended.stderr

"""Import of files with any name: stored under one that every system holds, or refused whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.checks import check_library
from casebook.library.folder import load_library
from casebook.runtime.file_names import is_device_name, portable_name
from commands import run_text
from frozen import ROOT

TEXT = "{}的做法\n一、主要做法\n每周调度了一次，谁负责写在墙上。\n二、成效\n问题解决了。\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names that others do not take")

NAMES = {
    b"\xc7\xe5\xd3\xd9.txt": "清淤.txt",
    b"\xff\xfe\xff.txt": None,
    b"con.txt": "_con.txt",
    b"COM1.txt": "_COM1.txt",
    "几成?多:少*.txt".encode(): "几成_多_少_.txt",
    b"a\nb.txt": "a_b.txt",
    b"a\x1b[31mb.txt": "a_[31mb.txt",
    b"::stop-commands::x.txt": "__stop-commands__x.txt",
    "淤\u202e泥.txt".encode(): "淤_泥.txt",
    ("长" * 83).encode() + b".txt": f"{'长' * 78}.txt",
}


def _write(folder: Path, name: bytes, title: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / os.fsdecode(name)
    path.write_text(TEXT.format(title), encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "kept"), NAMES.items())
def test_a_file_from_elsewhere_is_stored_under_a_portable_name(
    tmp_path: Path, name: bytes, kept: str | None
) -> None:
    """All of it is written, and nothing is that the gate then refuses; the output is plain."""
    path = _write(tmp_path / "in", name, "清淤")
    result = run_text("import_cases", path, "--out", tmp_path / "lib")
    assert result.returncode == 0, result.stderr
    (stored,) = [p.name for p in (tmp_path / "lib" / "sources").iterdir() if p.suffix != ".json"]
    assert kept in (stored, None) and stored == portable_name(stored)
    assert [f for f in check_library(tmp_path / "lib") if f.severity == "error"] == []
    for line in (result.stdout + result.stderr).split("\n"):
        assert line.isprintable() and not line.strip().startswith("::"), line


@pytest.mark.parametrize(
    "name", [n for n, kept in NAMES.items() if kept and n.decode("utf-8", "replace") != kept]
)
def test_a_file_among_the_sources_is_refused_before_anything_is_written(
    tmp_path: Path, name: bytes
) -> None:
    """What people put there is never renamed: one sentence with the name to give it."""
    library = tmp_path / "lib"
    _write(library / "sources", name, "清淤")
    _write(library / "sources", os.fsencode("修桥.txt"), "修桥")
    before = set((library / "sources").iterdir())
    result = run_text("import_cases", "--out", library)
    assert result.returncode == 1 and "请改名为" in result.stderr
    assert "Traceback" not in result.stderr
    added = set((library / "sources").iterdir()) - before
    assert [path.name for path in added] == ["修桥.txt.steps.json"]
    assert len(load_library(library).cases) == 1


def test_titles_come_from_readable_names(tmp_path: Path) -> None:
    """A text without a title is called by its file, whatever the bytes of its name."""
    path = tmp_path / os.fsdecode("清淤记录".encode("gbk") + b".txt")
    path.write_text("每周调度一次，谁负责写在墙上。\n\n沟通了，路干了。\n", encoding="utf-8")
    result = run_text("import_cases", path, "--out", tmp_path / "lib", "--all")
    assert result.returncode == 0, result.stderr
    (case,) = load_library(tmp_path / "lib").cases
    assert "\udcc7" not in case.title and case.sources[0].file == "清淤记录.txt"


def test_no_id_is_the_name_of_a_device(tmp_path: Path) -> None:
    """CON is a title like any other, and no name of a file."""
    path = tmp_path / "CON.txt"
    path.write_text(TEXT.format("CON").replace("CON的做法", "CON"), encoding="utf-8")
    assert run_text("import_cases", path, "--out", tmp_path / "lib").returncode == 0
    (case,) = load_library(tmp_path / "lib").cases
    assert not is_device_name(case.id)


def test_a_locale_without_chinese_changes_nothing(tmp_path: Path) -> None:
    """Python would name files in ASCII there: the command begins again in UTF-8 mode."""
    path = _write(tmp_path, os.fsencode("清淤.txt"), "清淤")
    odd = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    script = ROOT / "scripts" / "import_cases.py"
    command = [*map(str, (sys.executable, script, path, "--out", tmp_path / "lib"))]
    done = subprocess.run(command, env={**os.environ, **odd}, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert (tmp_path / "lib" / "sources" / "清淤.txt").is_file()


@pytest.mark.parametrize("target", ["secret.txt", "nowhere.txt", "."])
def test_links_are_not_followed(tmp_path: Path, target: str) -> None:
    """In a folder and among the sources: the others are imported, the link is named."""
    (tmp_path / "secret.txt").write_text(TEXT.format("秘方"), encoding="utf-8")
    for folder, option in (
        (tmp_path / "in", [tmp_path / "in"]),
        (tmp_path / "lib" / "sources", []),
    ):
        _write(folder, b"b.txt", "清淤")
        (folder / "a.txt").symlink_to(tmp_path / target)
        result = run_text("import_cases", *option, "--out", tmp_path / "lib")
        assert result.returncode == 0, result.stderr
        assert not option or "[symlink]" in result.stderr
    assert not any("秘方" in case.title for case in load_library(tmp_path / "lib").cases)
    assert "symlink" in {found.rule for found in check_library(tmp_path / "lib")}
    refused = run_text("import_cases", tmp_path / "lib/sources/a.txt", "--out", tmp_path / "lib")
    assert refused.returncode == 2 and len(refused.stderr.splitlines()) == 1


def test_a_linked_folder_of_sources_is_refused(tmp_path: Path) -> None:
    """One sentence, and nothing is read or written."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "sources").symlink_to(tmp_path)
    result = run_text("import_cases", "--out", tmp_path / "lib")
    assert result.returncode == 2 and "符号链接" in result.stderr
    assert [path.name for path in (tmp_path / "lib").iterdir()] == ["sources"]

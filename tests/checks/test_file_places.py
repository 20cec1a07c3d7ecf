"""Files that nobody would read are named, with what to do; all others are checked as ever."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.checks import check_library, check_paths
from casebook.model import Finding, SourceRef
from site_library import make_case, write_library

CASE = (
    "---\nid: {id}\ntitle: 某村晒粮场\nlead_role: background\n"
    "sources: [{{name: 自撰}}]\n---\n\n导语。\n"
)
RAW = "某村晒粮场\n\n群众没有地方晒粮，村里划出三处空场。\n"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound library in the working folder."""
    monkeypatch.chdir(tmp_path)
    folder = Path("cases")
    write_library(folder, make_case("a", sources=(SourceRef(name="自撰"),)))
    for name in ("sources", "variants"):
        (folder / name).mkdir(exist_ok=True)
    assert check_paths([folder]) == []
    return folder


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _found(folder: Path) -> list[tuple[str, str]]:
    return [(f.path.removeprefix("cases/"), f.rule) for f in check_library(folder)]


def _only(folder: Path) -> Finding:
    (found,) = check_library(folder)
    return found


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("liang.md.txt", "git mv cases/liang.md.txt cases/liang.md"),
        ("LIANG.MD", "git mv cases/LIANG.MD cases/liang.md"),
        ("liang.Md", "git mv cases/liang.Md cases/liang.md"),
        ("liang.markdown", "git mv cases/liang.markdown cases/liang.md"),
        ("liang.txt", "git mv cases/liang.txt cases/liang.md"),
        ("liang.md.orig", "git mv cases/liang.md.orig cases/liang.md"),
        ("liang.md (1)", "git mv 'cases/liang.md (1)' cases/liang.md"),
        ("晒粮场.MD", "git mv 'cases/晒粮场.MD' cases/liang.md"),
        ("variants/liang.md.txt", "git mv cases/variants/liang.md.txt cases/variants/liang.md"),
    ],
)
def test_a_case_under_another_ending(library: Path, name: str, command: str) -> None:
    """Windows hides endings, editors add some: the command that renames it is whole."""
    _put(library / name, CASE.format(id="liang"))
    found = _only(library)
    assert (found.rule, found.severity) == ("file-name", "error")
    assert found.message.endswith(f"：{command}")


@pytest.mark.parametrize(
    ("name", "text", "command"),
    [
        ("2023/liang.md", CASE.format(id="liang"), "git mv cases/2023/liang.md cases/liang.md"),
        ("a/b/liang.md", CASE.format(id="liang"), "git mv cases/a/b/liang.md cases/liang.md"),
        ("sources/b.md", CASE.format(id="b"), "git mv cases/sources/b.md cases/b.md"),
        ("sources/b.txt", CASE.format(id="b"), "git mv cases/sources/b.txt cases/b.md"),
        ("晒粮.txt", RAW, "git mv cases/晒粮.txt cases/sources/晒粮.txt"),
        ("晒粮.DOCX", RAW, "git mv cases/晒粮.DOCX cases/sources/晒粮.DOCX"),
        ("variants/晒粮.txt", RAW, "git mv cases/variants/晒粮.txt cases/sources/晒粮.txt"),
        ("sources/2024/晒粮.txt", RAW, "git mv cases/sources/2024/晒粮.txt cases/sources/晒粮.txt"),
    ],
)  # fmt: skip
def test_a_file_in_another_place(library: Path, name: str, text: str, command: str) -> None:
    """What it holds says where it belongs."""
    _put(library / name, text)
    found = _only(library)
    assert (found.rule, found.severity) == ("file-place", "error")
    said, _, proposed = found.message.rpartition("：")
    assert shlex.split(proposed) == shlex.split(command) and "不会被读取" in said


@pytest.mark.parametrize(
    "name",
    ["README.md", "sources/README", "variants/README", ".DS_Store", ".a.md.tmp", "LICENSE",
     "tu/a.png", "Thumbs.db", "sources/~$晒粮.docx", "sources/.gitkeep",
     "sources/a.txt.steps.json.bak"],
)  # fmt: skip
def test_what_is_nobodys_mistake(library: Path, name: str) -> None:
    """Explanations, licenses, pictures, and what systems make."""
    _put(library / name, RAW)
    assert [f for f in check_library(library) if f.severity == "error"] == []


def test_a_folder_with_the_name_of_a_case_stops_nothing(library: Path) -> None:
    """It is named, and so is the mistake in the case beside it."""
    (library / "z.md").mkdir()
    _put(library / "b.md", CASE.format(id="b").replace("导语。", "<b>导语。</b>"))
    assert _found(library) == [("b.md", "raw-html"), ("b.md", "raw-html"), ("z.md", "file-place")]


@pytest.mark.parametrize(
    "name",
    ["b.md", "sources/b.txt", "variants/b.md", "sources/b", "2023/b.md", "decisions.yml",
     "sources/b.txt.steps.json"],
)  # fmt: skip
@pytest.mark.parametrize("target", ["secret.md", "nowhere", "."])
def test_a_link_is_followed_by_nothing(library: Path, name: str, target: str) -> None:
    """To a file, to nothing, to a folder: one finding, and not a word of what it leads to."""
    _put(Path("secret.md"), "---\nid: secret\ntitle: 秘方\n---\n\n秘方在此。\n")
    (library / name).parent.mkdir(exist_ok=True)
    (library / name).symlink_to(Path(target).absolute())
    found = check_library(library)
    assert {(f.path, f.rule) for f in found} - {(f"cases/{name}", "decision-format")} == {
        (f"cases/{name}", "symlink")
    }
    assert not [f for f in found if "秘方" in f.message]


@pytest.mark.parametrize("name", ["sources", "variants"])
def test_a_folder_of_the_library_may_be_no_link(library: Path, name: str) -> None:
    """Else a pull request could have the site publish any folder of the machine."""
    (library / name).rmdir()
    _put(Path("secret/b.md"), CASE.format(id="b"))
    (library / name).symlink_to(Path("secret").absolute())
    assert _found(library) == [(name, "symlink")]


def test_a_file_that_cannot_be_read_stops_nothing(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No permission: one finding, the other cases are checked."""
    _put(library / "b.md", CASE.format(id="b").replace("导语。", "<b>导语。</b>"))
    real = Path.read_text

    def refuse(path: Path, *args: str, **options: str) -> str:
        if path.name == "a.md":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **options)

    monkeypatch.setattr(Path, "read_text", refuse)
    assert _found(library) == [
        ("a.md", "file-unreadable"), ("b.md", "raw-html"), ("b.md", "raw-html"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_no_case_has_the_name_of_a_device(library: Path, name: str) -> None:
    """Such a page can be neither unpacked nor deleted on Windows."""
    _put(library / f"{name}.md", CASE.format(id=name))
    assert _found(library) == [(f"{name}.md", "file-name")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"sources/\xc9\xb9\xc1\xb8.txt", "晒粮.txt"),
        (b"\xc9\xb9\xc1\xb8.md.txt", None),
        (b"\xc9\xb9\xc1\xb8.md", None),
        (b"sources/a\nb.txt", "a_b.txt"),
        (b"sources/a\x1bb.txt", "a_b.txt"),
        ("sources/几成?.txt".encode(), "几成_.txt"),
        (b"sources/aux.txt", "_aux.txt"),
        (b"sources/a.", "a"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
def test_a_name_that_some_system_cannot_hold(library: Path, name: bytes, shown: str | None) -> None:
    """The finding has a name that all can, and shows the old one without its characters."""
    text = RAW if shown else CASE.format(id="liang")
    (library / os.fsdecode(name)).write_text(text, encoding="utf-8")
    (found,) = [f for f in check_library(library) if f.severity == "error"]
    assert found.rule == "file-name" and found.message.isprintable()
    assert (f"例如 {shown}。" if shown else "liang.md") in found.message


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no case")
def test_names_that_differ_in_case_alone(library: Path) -> None:
    """Windows and macOS would keep one of the two."""
    for name in ("Liang.txt", "liang.txt"):
        _put(library / "sources" / name, RAW)
    assert ("sources/liang.txt", "file-name") in _found(library)


def test_commands_can_be_pasted(library: Path) -> None:
    """The command of the message does what it says."""
    _put(library / "2023" / "我的 案例.md", CASE.format(id="liang"))
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], check=True)
    proposed = _only(library).message.rpartition("：")[2]
    subprocess.run(shlex.split(proposed), check=True)
    assert check_library(library) == []

"""Import of folders and archives: what can be read comes in, what cannot is named."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess
from zipfile import ZipFile

from commands import run_text


def run(*arguments: object, out: Path) -> CompletedProcess[str]:
    """An import into a library."""
    return run_text("import_cases", "--out", out, *arguments)


TEXT = "{}的做法\n一、主要做法\n每周调度了一次。\n二、成效\n问题解决了。\n"


def test_one_bad_file_of_a_folder_never_stops_the_others(tmp_path: Path) -> None:
    """The others become cases; the bad one is an error in one sentence, by its name."""
    folder = tmp_path / "收到"
    folder.mkdir()
    (folder / "甲.txt").write_text(TEXT.format("清淤"), encoding="utf-8")
    (folder / "乙.docx").write_bytes(b"PK\x03\x04 torn")
    (folder / "丙.doc").write_bytes(b"MZ\x90\x00" * 40)
    (folder / "~$甲.docx").write_bytes(b"lock")
    (folder / "丁.zip").write_bytes(b"PK\x03\x04 torn")
    result = run(folder, out=tmp_path / "lib")
    assert result.returncode == 1
    errors = [line for line in result.stderr.splitlines() if "source-unreadable" in line]
    bad = ("丙.doc", "乙.docx", "丁.zip")
    assert all(name in line for name, line in zip(bad, errors, strict=True))
    assert len(list((tmp_path / "lib").glob("*.md"))) == 1
    assert run(folder / "乙.docx", out=tmp_path / "lib").returncode == 2


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    """Documents of all its folders, under their last names; nothing is written beside them."""
    with ZipFile(tmp_path / "材料.zip", "w") as archive:
        archive.writestr("县局/清淤.txt", TEXT.format("清淤"))
        archive.writestr("../../../护岸.txt", TEXT.format("护岸"))
        archive.writestr("__MACOSX/._清淤.txt", "x")
        archive.writestr("图.png", "x")
    result = run(tmp_path / "材料.zip", out=tmp_path / "lib")
    assert result.returncode == 0, result.stderr
    assert "材料.zip/清淤.txt#1" in result.stdout
    kept = {path.name for path in (tmp_path / "lib" / "sources").iterdir()}
    assert {"清淤.txt", "护岸.txt"} <= kept
    assert not list(tmp_path.parent.rglob("护岸.txt"))[1:]


def test_names_of_an_archive_in_gbk(tmp_path: Path) -> None:
    """Windows writes names in GBK without saying so."""
    path = tmp_path / "a.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("AAAA.txt", TEXT.format("清淤"))
    path.write_bytes(path.read_bytes().replace(b"AAAA", "清淤".encode("gbk")))
    assert run(path, out=tmp_path / "lib").returncode == 0
    assert (tmp_path / "lib" / "sources" / "清淤.txt").is_file()


def test_an_archive_with_nothing_to_read_is_one_sentence(tmp_path: Path) -> None:
    """It says what it should hold."""
    with ZipFile(tmp_path / "图.zip", "w") as archive:
        archive.writestr("图.png", "x")
    result = run(tmp_path / "图.zip", out=tmp_path / "lib")
    assert result.returncode == 2
    assert "压缩包里没有可以导入的文章" in result.stderr

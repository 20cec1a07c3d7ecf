"""The folder of a site: built whole or not at all, linked where nothing changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casebook.model import UserError
from casebook.runtime import build_folder, locked_files


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path) -> None:
    """The old site stays, the scratch folder goes."""
    site = tmp_path / "site"
    build_folder.build_into(site, lambda folder: write_page(folder, "old"))

    def fail(folder: Path) -> None:
        write_page(folder, "half")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        build_folder.build_into(site, fail)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (site / "index.html").read_text(encoding="utf-8") == "old"


def test_the_old_site_comes_back_when_the_new_one_cannot_be_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rename that fails half-way does not cost the site that was there."""
    site = tmp_path / "site"
    build_folder.build_into(site, lambda folder: write_page(folder, "old"))
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "site" and self != site:
            raise OSError(13, "refused", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="refused"):
        build_folder.build_into(site, lambda folder: write_page(folder, "new"))
    assert (site / "index.html").read_text(encoding="utf-8") == "old"


def test_files_with_the_same_bytes_are_linked_to(tmp_path: Path) -> None:
    """A changed file, a new one and a link by which somebody replaced one are written."""
    old, new = tmp_path / "old", tmp_path / "new"
    for name in ("same", "changed", "link"):
        build_folder.Output(old).write(f"pages/{name}.html", name.encode())
    (old / "pages" / "link.html").unlink()
    (old / "pages" / "link.html").symlink_to(old / "pages" / "same.html")
    output = build_folder.Output(new, previous=old)
    for name, content in (("same", b"same"), ("changed", b"CHANGED"), ("link", b"same")):
        output.write(f"pages/{name}.html", content)
        assert (new / "pages" / f"{name}.html").read_bytes() == content
    linked = {path.stem for path in (new / "pages").iterdir() if path.stat().st_nlink == 2}
    assert linked == {"same"}
    assert not (new / "pages" / "link.html").is_symlink()


def test_files_are_written_where_nothing_can_be_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems have no hard links."""

    def refuse(self: Path, target: Path) -> None:
        raise OSError(1, "refused", str(self))

    build_folder.Output(tmp_path / "old").write("index.html", b"page")
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    build_folder.Output(tmp_path / "new", tmp_path / "old").write("index.html", b"page")
    assert (tmp_path / "new" / "index.html").read_bytes() == b"page"


def test_an_empty_folder_may_become_a_site(tmp_path: Path) -> None:
    """A folder made for the purpose is taken; one with anything in it is not."""
    (tmp_path / "site").mkdir()
    build_folder.build_into(tmp_path / "site", lambda folder: write_page(folder, "new"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / ".hidden").touch()
    with pytest.raises(UserError):
        build_folder.build_into(tmp_path / "mine", lambda folder: write_page(folder, "new"))


def write_page(folder: Path, content: str) -> None:
    """A site of one page."""
    folder.mkdir()
    (folder / "index.html").write_text(content, encoding="utf-8")


# --- Windows: a folder in which a file is open cannot be renamed


class Locks:
    """Files that another program has open, by their names; Windows refuses to touch them.

    The folders around them cannot be renamed. After `tries` refusals the program lets go.
    """

    def __init__(self, folder: Path, names: set[str], tries: int | None = None) -> None:
        self.folder, self.names, self.tries = folder, names, tries

    def refuse(self, path: Path) -> None:
        """Raise what Windows raises, if the path is open or holds what is."""
        held = {path.name, *(inner.name for inner in path.rglob("*"))} if path.exists() else set()
        if path.is_relative_to(self.folder) and held & self.names and self.tries != 0:
            self.tries = None if self.tries is None else self.tries - 1
            raise PermissionError(13, "being used by another process", str(path))


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Locks]]:
    """A function that opens files of the site, whose folder it returns with the locks."""
    site = tmp_path / "site"
    build_folder.build_into(site, lambda folder: write_pages(folder, OLD))
    locks = Locks(site, set())
    monkeypatch.setattr(locked_files, "WAITS", (0, 0, 0))

    def guard(name: str) -> None:
        method = getattr(Path, name)

        def act(self: Path, *arguments: Path) -> object:
            for path in (self, *arguments):
                locks.refuse(path)
            return method(self, *arguments)

        monkeypatch.setattr(Path, name, act)

    for name in ("rename", "replace", "unlink"):
        guard(name)

    def set_locks(*names: str, tries: int | None = None) -> Locks:
        locks.names, locks.tries = set(names), tries
        return locks

    yield set_locks
    locks.names = set()


OLD = {"index.html": "old", "gone.html": "old", "assets/a.css": "old", "same.html": "same"}
NEW = {"index.html": "new", "assets/a.css": "new", "assets/b.css": "new", "same.html": "same"}


def write_pages(folder: Path, pages: dict[str, str]) -> None:
    """A site of several pages."""
    for name, content in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


def read_pages(folder: Path) -> dict[str, str]:
    """The pages of a site by name."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def test_a_file_that_is_open_for_a_moment_is_waited_for(
    lock: Callable[..., Locks], tmp_path: Path
) -> None:
    """A virus scanner lets go, and the folder is replaced as a whole."""
    lock("index.html", tries=2)
    build_folder.build_into(tmp_path / "site", lambda folder: write_pages(folder, NEW))
    assert read_pages(tmp_path / "site") == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_page_that_is_open_and_the_same_does_not_matter(
    lock: Callable[..., Locks], tmp_path: Path
) -> None:
    """The folder cannot be renamed; its other files are replaced one by one."""
    lock("same.html")
    build_folder.build_into(tmp_path / "site", lambda folder: write_pages(folder, NEW))
    assert read_pages(tmp_path / "site") == NEW


def test_pages_that_stay_open_are_named_in_one_sentence(
    lock: Callable[..., Locks], tmp_path: Path
) -> None:
    """All others are new, nothing is half-written, and the next run completes the site."""
    locks = lock("index.html", "gone.html")
    with pytest.raises(UserError) as caught:
        build_folder.build_into(tmp_path / "site", lambda folder: write_pages(folder, NEW))
    message = str(caught.value)
    assert "其中 2 个文件换不了（index.html、gone.html）" in message
    assert read_pages(tmp_path / "site") == NEW | {"index.html": "old", "gone.html": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    locks.names = set()
    build_folder.build_into(tmp_path / "site", lambda folder: write_pages(folder, NEW))
    assert read_pages(tmp_path / "site") == NEW


def test_what_a_killed_build_left_is_removed(tmp_path: Path) -> None:
    """A day later, so that no build that is running loses its folder."""
    for name, age in ((".site-old", build_folder.ABANDONED + 60), (".site-now", 0)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    build_folder.build_into(tmp_path / "site", lambda folder: write_page(folder, "new"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site-now", "site"]

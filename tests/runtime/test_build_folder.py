"""The folder of a site: built whole or not at all, linked where nothing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.model import UserError
from casebook.runtime import build_folder


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

"""Build the site folder whole or not at all."""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from casebook.model import UserError

MARK = ".casebook-site"
"""The file that says a folder is a built site, which the next build may replace."""


class Output:
    """A site folder that is being filled.

    A file with the same bytes in the previous build is hard-linked, which is faster than writing
    it and removing the old one.
    """

    def __init__(self, folder: Path, previous: Path | None = None) -> None:
        self._folder = folder
        self._previous = previous
        self._made: set[str] = set()

    def write(self, address: str, content: bytes) -> None:
        """Write a file by its address in the site."""
        path = self._folder / address
        folder = address.rpartition("/")[0]
        if folder not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        if not (self._previous and _link(self._previous / address, path, content)):
            path.write_bytes(content)

    def read_before(self, address: str) -> bytes | None:
        """The content of a file in the previous build; None if there is no such file."""
        try:
            return (self._previous / address).read_bytes() if self._previous else None
        except OSError:
            return None


def _link(old: Path, new: Path, content: bytes) -> bool:
    """Hard-link to an old file with the same content. Returns whether the file system could."""
    try:
        known = old.lstat()
        if not stat.S_ISREG(known.st_mode) or known.st_size != len(content):
            return False
        if old.read_bytes() != content:
            return False
        new.hardlink_to(old)
    except OSError:  # no such file, or no links on this file system: the caller writes it
        return False
    return True


def previous_site(target: Path) -> Path | None:
    """The site that a build into `target` replaces, if there is one."""
    return target if (target / MARK).is_file() else None


def build_into(target: Path, build: Callable[[Path], None], inputs: Sequence[Path] = ()) -> None:
    """Let `build` fill a new folder, then put that in the place of `target`.

    Raises UserError if `target` exists and is neither a built site nor an empty folder, or if it
    lies within one of the folders that the site is made from (`inputs`).
    """
    for folder in inputs:
        if target.is_relative_to(folder):
            raise UserError(f"{target} 在 {folder} 里面，站点不能放在那里；请用 --out 另指一处。")
    if target.exists() and not _replaceable(target):
        raise UserError(f"{target} 不是先前生成的站点，不会覆盖；请用 --out 指定别的文件夹。")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".site-") as scratch:
        made = Path(scratch) / "site"
        build(made)
        mark(made)
        made.chmod(0o755)
        _replace(target, made, Path(scratch) / "old")


def mark(site: Path) -> None:
    """Mark a folder as a built site."""
    (site / MARK).write_text("", encoding="utf-8")


def _replace(target: Path, made: Path, old: Path) -> None:
    """Replace the old folder by the new one; if that fails, restore the old one."""
    if target.exists():
        target.rename(old)
    try:
        made.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise


def _replaceable(target: Path) -> bool:
    return target.is_dir() and ((target / MARK).exists() or not any(target.iterdir()))

"""Build the site folder whole or not at all.

Where Windows does not let the folder be renamed, because a page of it is open or served, its files
are replaced one by one instead.
"""

from __future__ import annotations

import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from casebook.model import UserError
from casebook.runtime.locked_files import retry_while_locked

MARK = ".casebook-site"
"""The file that says a folder is a built site, which the next build may replace."""


SCRATCH = ".site-"
"""How the names of folders begin in which sites are built."""

ABANDONED = 24 * 3600
"""Seconds after which such a folder belongs to a build that was killed, or could not remove it."""

MOST_NAMED = 3
"""Files that a message names."""


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
    lies within one of the folders that the site is made from (`inputs`); and if files of the old
    site are open elsewhere, so that they could not be replaced.
    """
    for folder in inputs:
        if target.is_relative_to(folder):
            raise UserError(f"{target} 在 {folder} 里面，站点不能放在那里；请用 --out 另指一处。")
    if target.exists() and not _replaceable(target):
        raise UserError(f"{target} 不是先前生成的站点，不会覆盖；请用 --out 指定别的文件夹。")
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target.parent)
    # Of an old site that somebody has open, Windows may keep a file; the next builds sweep it.
    with tempfile.TemporaryDirectory(
        dir=target.parent, prefix=SCRATCH, ignore_cleanup_errors=True
    ) as scratch:
        made = Path(scratch) / "site"
        build(made)
        mark(made)
        made.chmod(0o755)
        _replace(target, made, Path(scratch) / "old")


def mark(site: Path) -> None:
    """Mark a folder as a built site."""
    (site / MARK).write_text("", encoding="utf-8")


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{SCRATCH}*"):
        if left.is_dir() and left.stat().st_mtime < time.time() - ABANDONED:
            shutil.rmtree(left, ignore_errors=True)


def _replace(target: Path, made: Path, old: Path) -> None:
    """Replace the old folder by the new one; if that fails, restore the old one."""
    if target.exists():
        try:
            retry_while_locked(lambda: target.rename(old))
        except PermissionError:
            _replace_files(target, made)
            return
    try:
        retry_while_locked(lambda: made.rename(target))
    except OSError:
        if old.exists():
            old.rename(target)
        raise


def _replace_files(target: Path, made: Path) -> None:
    """Replace the files of a folder that cannot be renamed. Raises UserError for open ones.

    Pages come after the files that they need, and what is no longer there is removed last.
    """
    new = {path.relative_to(made) for path in made.rglob("*") if not path.is_dir()}
    gone = {path.relative_to(target) for path in target.rglob("*") if not path.is_dir()} - new
    open_files = []
    for name in sorted(new, key=lambda name: (name.suffix == ".html", name.as_posix())):
        if not _put(made / name, target / name):
            open_files.append(name.as_posix())
    for name in sorted(gone):
        if not _remove(target / name):
            open_files.append(name.as_posix())
    if open_files:
        named = "、".join(open_files[:MOST_NAMED]) + " 等" * (len(open_files) > MOST_NAMED)
        raise UserError(
            f"{target} 正被别的程序打开，其中 {len(open_files)} 个文件换不了（{named}），"
            "其余已换成新的；请关掉打开着这些页面的浏览器、编辑器和本机服务器，再运行一次。"
        )


def _put(new: Path, old: Path) -> bool:
    """Put a file in the place of an old one. Returns whether it could be, or needed not be."""
    try:
        if old.is_file() and old.read_bytes() == new.read_bytes():
            return True
        old.parent.mkdir(parents=True, exist_ok=True)
        retry_while_locked(lambda: new.replace(old))
    except OSError:
        return False
    return True


def _remove(old: Path) -> bool:
    try:
        retry_while_locked(old.unlink)
    except OSError:
        return False
    return True


def _replaceable(target: Path) -> bool:
    return target.is_dir() and ((target / MARK).exists() or not any(target.iterdir()))

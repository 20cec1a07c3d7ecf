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

    A file that the site built before has with the same bytes is linked to, which is faster than
    writing it, and than removing it with the old site.
    """

    def __init__(self, folder: Path, before: Path | None = None) -> None:
        self._folder = folder
        self._before = before
        self._made: set[str] = set()

    def write(self, address: str, content: bytes) -> None:
        """Write a file by its address in the site."""
        path = self._folder / address
        folder = address.rpartition("/")[0]
        if folder not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        if not (self._before and _linked(self._before / address, path, content)):
            path.write_bytes(content)


def _linked(old: Path, new: Path, content: bytes) -> bool:
    """Link to an old file if it has the content, and the file system can; whether that was done."""
    try:
        known = old.lstat()
        if not stat.S_ISREG(known.st_mode) or known.st_size != len(content):
            return False
        if old.read_bytes() != content:
            return False
        new.hardlink_to(old)
    except OSError:  # no such file, or no links here: it is written
        return False
    return True


def site_before(target: Path) -> Path | None:
    """The site that a build into `target` replaces, if one is there."""
    return target if (target / MARK).is_file() else None


def build_into(target: Path, build: Callable[[Path], None], inputs: Sequence[Path] = ()) -> None:
    """Let `build` fill a new folder beside `target`, then put it in its place.

    Raises UserError when `target` is anything but a site built before, an empty folder or free,
    and when it lies within one of the folders the site is made from (`inputs`).
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
    """Say that a folder is a built site."""
    (site / MARK).write_text("", encoding="utf-8")


def _replace(target: Path, made: Path, old: Path) -> None:
    """Put the new folder in the place of the old one, which comes back should that fail."""
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

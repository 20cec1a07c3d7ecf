"""Build the site folder whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from casebook.model import UserError

MARK = ".casebook-site"
"""The file that says a folder is a built site, which the next build may replace."""


def build_into(target: Path, build: Callable[[Path], None]) -> None:
    """Let `build` fill a new folder beside `target`, then put it in its place.

    Raises UserError when `target` is anything but a site built before, an empty folder or free.
    """
    if target.exists() and not _replaceable(target):
        raise UserError(f"{target} 不是先前生成的站点，不会覆盖；请用 --out 指定别的文件夹。")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".site-") as scratch:
        made = Path(scratch) / "site"
        build(made)
        (made / MARK).write_text("", encoding="utf-8")
        made.chmod(0o755)
        if target.exists():
            target.rename(Path(scratch) / "old")
        made.rename(target)


def _replaceable(target: Path) -> bool:
    return target.is_dir() and ((target / MARK).exists() or not any(target.iterdir()))

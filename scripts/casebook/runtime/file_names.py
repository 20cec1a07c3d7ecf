"""Names of files that mean the same on every system."""

from __future__ import annotations

import re
from operator import attrgetter
from pathlib import Path, PurePath

_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
"""Characters that Windows takes in no file name."""

_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|(?:COM|LPT)[0-9¹²³]|CONIN\$|CONOUT\$) *(?:\.|$)", re.I)
"""Names that Windows keeps for devices, whatever their ending.

Source of both: Naming Files, Paths, and Namespaces (Microsoft Learn).
"""


def files_ending(folder: Path, ending: str) -> list[Path]:
    """The children of a folder whose names end in `ending`; none if the folder does not exist.

    Case matters, and names are sorted by code point. On Windows Path.glob takes X.MD for *.md, and
    paths are sorted without regard to case, but a library must be the same everywhere.
    """
    children = folder.iterdir() if folder.is_dir() else iter(())
    return sorted((p for p in children if p.name.endswith(ending)), key=attrgetter("name"))


def path_below(path: PurePath, folder: PurePath) -> str | None:
    """A path as seen from a folder that it lies in, with `/` on every system; None outside."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else None


def portable_name(name: str) -> str:
    """A file name that every system can hold, as close to `name` as possible.

    >>> portable_name("经验:一?.txt"), portable_name("CON.txt"), portable_name("经验一.txt")
    ('经验_一_.txt', '_CON.txt', '经验一.txt')
    """
    name = _REFUSED.sub("_", name).rstrip(" .") or "_"
    return f"_{name}" if _DEVICE.match(name) else name

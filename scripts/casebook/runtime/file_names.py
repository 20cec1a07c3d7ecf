"""Names of files that mean the same on every system."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path, PurePath, PurePosixPath

_UNSEEN = r"\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
_REFUSED = re.compile(rf'[<>:"/\\|?*{_UNSEEN}]')
"""Characters that Windows takes in no file name, and those that nobody sees."""

_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|(?:COM|LPT)[0-9¹²³]|CONIN\$|CONOUT\$) *(?:\.|$)", re.I)
"""Names that Windows keeps for devices, whatever their ending.

Source of both: Naming Files, Paths, and Namespaces (Microsoft Learn).
"""

_UNDECODED = re.compile("[\ud800-\udfff]")
_LONGEST_ENDING = 16


LONGEST_NAME_BYTES = 240
"""Bytes of a name in UTF-8: most systems take 255, and the records of a source add an ending."""


def files_ending(folder: Path, ending: str) -> list[Path]:
    """The files directly in a folder whose names end in `ending`; none if it does not exist.

    A symbolic link is none, nor is a folder. Case matters, and names are sorted by code point. On
    Windows Path.glob takes X.MD for *.md, and paths are sorted without regard to case, but a
    library must be the same everywhere.
    """
    return [folder / name for name in names_ending(folder, ending)]


def names_ending(folder: Path, ending: str) -> list[str]:
    """The names of these files."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted(e.name for e in entries if e.name.endswith(ending) and is_file_entry(e))


def is_file_entry(entry: os.DirEntry[str]) -> bool:
    """Whether an entry of a folder is a file itself: no link, no folder, no pipe."""
    return entry.is_file(follow_symlinks=False)


def is_plain_file(path: Path) -> bool:
    """Whether a file is at `path` itself: no link, no folder, nothing that is missing."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):  # ValueError: a name with a zero byte
        return False


def path_below(path: PurePath, folder: PurePath) -> str | None:
    """A path as seen from a folder that it lies in, with `/` on every system; None outside."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else None


def readable_name(name: str) -> str:
    """A name as its author wrote it: bytes that are no UTF-8 are read as GBK if they can be.

    Linux keeps such names, of an archive made on Windows, as lone surrogates.

    >>> readable_name(os.fsdecode("经验.txt".encode("gbk")))
    '经验.txt'
    """
    if not _UNDECODED.search(name):
        return name
    with suppress(UnicodeError):
        return os.fsencode(name).decode("gb18030")
    return _UNDECODED.sub("_", name)


def portable_name(name: str) -> str:
    """A file name that every system can hold, as close to `name` as possible.

    >>> portable_name("经验:一?.txt"), portable_name("CON.txt"), portable_name("经验一.txt")
    ('经验_一_.txt', '_CON.txt', '经验一.txt')
    """
    name = _REFUSED.sub("_", readable_name(name)).rstrip(" .") or "_"
    name = f"_{name}" if is_device_name(name) else name
    path = PurePosixPath(name)
    room = max(0, LONGEST_NAME_BYTES - len(path.suffix.encode()))
    if len(path.stem.encode()) <= room or len(path.suffix) > _LONGEST_ENDING:
        return _cut_bytes(name, LONGEST_NAME_BYTES)
    return f"{_cut_bytes(path.stem, room)}{path.suffix}"


def _cut_bytes(name: str, most: int) -> str:
    """A name cut to so many bytes of UTF-8 between two characters, without a space at its end."""
    return name.encode()[:most].decode("utf-8", "ignore").rstrip(" .")


def is_device_name(name: str) -> bool:
    """Whether Windows takes a name for a device: con, NUL.txt, com1."""
    return bool(_DEVICE.match(name))

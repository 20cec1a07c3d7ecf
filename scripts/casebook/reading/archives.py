"""Documents in zip archives, unpacked into a folder of their own for as long as they are read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from zipfile import ZipInfo

from casebook.model import UserError
from casebook.reading.readers import MEGABYTE, SIZE_LIMIT, SUFFIXES
from casebook.reading.zip_guard import open_zip, read_entry
from casebook.runtime import cli
from casebook.runtime.file_names import files_ending, portable_name

_UTF8_NAME = 0x800  # bit of the flags of an entry


@contextmanager
def unpacked(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """The paths, with a folder in place of each archive, and one for each in a folder at hand.

    Raises UserError for an archive that is refused. One in a folder is then left as it is, so that
    the other files of the folder are read.
    """
    with tempfile.TemporaryDirectory(
        prefix=cli.UNPACKED_PREFIX, ignore_cleanup_errors=True
    ) as made:
        yield [found for path in paths for found in _expand(path, Path(made))]


def _expand(path: Path, made: Path) -> Iterator[Path]:
    if path.is_file() and path.suffix.lower() == ".zip":
        yield _unpack(path, made)
        return
    archives = files_ending(path, "") if path.is_dir() else []
    inside = [child for child in archives if child.suffix.lower() == ".zip"]
    if not inside or any(child.suffix.lower() in SUFFIXES for child in archives):
        yield path
    for child in inside:
        try:
            yield _unpack(child, made)
        except UserError:
            yield child


def _unpack(path: Path, made: Path) -> Path:
    """The documents of an archive in a folder that is named as it."""
    folder = Path(tempfile.mkdtemp(dir=made)) / path.name
    folder.mkdir()
    if path.stat().st_size > SIZE_LIMIT:
        raise UserError(f"{path}：压缩包超过 {SIZE_LIMIT // MEGABYTE} MB，请解压后导入文件夹。")
    try:
        with open_zip(path.read_bytes()) as archive:
            for entry in archive.infolist():
                name = PurePosixPath(_name(entry))
                if not entry.is_dir() and _is_document(name):
                    _free_place(folder, name).write_bytes(read_entry(archive, entry))
    except UserError as error:
        raise UserError(f"{path}：{error}") from error
    if not any(folder.iterdir()):
        raise UserError(f"{path}：压缩包里没有可以导入的文章（{'、'.join(SUFFIXES)}）。")
    return folder


def _name(entry: ZipInfo) -> str:
    """The name of an entry; Chinese Windows writes it in GBK and says nothing of it."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    stored = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return stored.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return entry.filename


def _is_document(name: PurePosixPath) -> bool:
    hidden = name.name[:1] in "._~" or "__MACOSX" in name.parts
    return not hidden and name.suffix.lower() in SUFFIXES


def _free_place(folder: Path, name: PurePosixPath) -> Path:
    """A place in the folder by the last part of a name alone; equal ones are numbered."""
    own = PurePosixPath(portable_name(name.name))
    place, number = folder / own, 2
    while place.exists():
        place = folder / f"{own.stem}-{number}{own.suffix}"
        number += 1
    return place

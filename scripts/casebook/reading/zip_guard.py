"""Zip archives opened safely: what is refused, before anything of it is unpacked."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from casebook.model import UserError

MOST_BYTES = 100 * 2**20
"""Bytes of all entries, unpacked: a document of 40 pages has one million, pictures aside."""

MOST_RATIO = 120
"""Unpacked to packed bytes of a large entry; the XML of real documents reaches about 30."""

LARGE_ENTRY = 2**20
"""Bytes from which the ratio counts: a small file may well consist of blanks."""

MOST_ENTRIES = 2_000

MOST_DIRECTORY_BYTES = 2**20
"""Bytes of the list of entries: some 500 for each. It is read as a whole when a zip is opened."""

RAW_PICTURES = (".bmp", ".dib", ".emf", ".tif", ".tiff", ".wmf")
"""Endings of pictures that are stored unpacked and white for the most part; nobody reads them."""

_TOO_MANY = "压缩包里的文件太多，已拒绝读取。"
_DAMAGED = "文件已损坏，不是完整的压缩包，请重新保存后再交。"
_OVER = "压缩包里的文件超过 {most} 个，已拒绝读取。"
_LOCKED = "压缩包有密码，请去掉密码后再交。"
_TOO_LARGE = "解压后超过 {most} MB，已拒绝读取。"
_BOMB = "压缩比例异常，可能是压缩炸弹，已拒绝读取。"
_BROKEN_ENTRY = "压缩包里有损坏的内容，请重新保存后再交。"
"""What is said of an archive."""

_ENCRYPTED = 0x1  # bit of the flags of an entry
_BROKEN = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error)
_DIRECTORY_END = b"PK\x05\x06"


def open_zip(data: bytes) -> ZipFile:
    """The archive in `data`, once its list of entries keeps every limit.

    Raises UserError for an archive that is broken, encrypted, or would unpack to too much.
    """
    at = data.rfind(_DIRECTORY_END)
    if at >= 0 and int.from_bytes(data[at + 12 : at + 16], "little") > MOST_DIRECTORY_BYTES:
        raise UserError(_TOO_MANY)
    try:
        archive = ZipFile(BytesIO(data))
    except _BROKEN as error:
        raise UserError(_DAMAGED) from error
    _check_entries(archive.infolist())
    return archive


def _check_entries(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise UserError(_OVER.format(most=MOST_ENTRIES))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UserError(_LOCKED)
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise UserError(_TOO_LARGE.format(most=MOST_BYTES // 2**20))
    if any(map(_is_bomb, entries)):
        raise UserError(_BOMB)


def _is_bomb(entry: ZipInfo) -> bool:
    packed = max(1, entry.compress_size) * MOST_RATIO
    large = entry.file_size > max(LARGE_ENTRY, packed)
    return large and not entry.filename.lower().endswith(RAW_PICTURES)


def read_entry(archive: ZipFile, entry: ZipInfo) -> bytes:
    """The bytes of an entry, never more than its list says. Raises UserError when broken."""
    try:
        return archive.read(entry)
    except _BROKEN as error:
        raise UserError(_BROKEN_ENTRY) from error

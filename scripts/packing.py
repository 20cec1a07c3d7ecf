"""The archive of a site for an intranet: one folder with the site and a guide beside it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FOLDER = "casebook-site"
GUIDE = Path(__file__).with_name("zip_guide.txt")


def pack_site(site: Path, archive: Path) -> None:
    """Write all files of a site but the hidden ones; the same site gives the same bytes."""
    with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".zip-") as folder:
        made = Path(folder) / archive.name
        with ZipFile(made, "w") as target:
            guide = GUIDE.read_text(encoding="utf-8").replace("\n", "\r\n")
            _add(target, "使用说明.txt", ("\ufeff" + guide).encode())
            files = [path for path in site.rglob("[!.]*") if path.is_file()]
            for path in sorted(files, key=lambda path: path.as_posix()):
                _add(target, path.relative_to(site).as_posix(), path.read_bytes())
        made.replace(archive)


def _add(archive: ZipFile, name: str, data: bytes) -> None:
    """Add a file with one date, mode and system for all."""
    entry = ZipInfo(f"{FOLDER}/{name}", date_time=(2020, 1, 1, 0, 0, 0))
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
    archive.writestr(entry, data)

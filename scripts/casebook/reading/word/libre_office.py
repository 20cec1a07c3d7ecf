"""The reader of .doc, .wps, .rtf and .odt: LibreOffice turns them into a .docx, which is read.

LibreOffice runs with a profile of its own and without the network, and all its processes end at
the limit of time: a file of Kingsoft WPS may keep it busy for ever. It ends well even where it
wrote nothing, so the file that it should have written is looked for.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from casebook.model import UserError
from casebook.reading.forms import ReadForm
from casebook.runtime.limited_process import (
    ChildFailedError,
    LimitExceededError,
    run_limited,
)
from casebook.runtime.process_limits import Limits
from casebook.text.characters import HAN_PATTERN

LIMITS = Limits(memory=0, cpu=0, wall=120, output=1 << 20)
"""Only the time and the output of LibreOffice are limited: it starts in 3 s, under load in 27."""

_SAVE_AS = "请用 Word 或 WPS 打开，另存为 .docx 再交"
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")


def read_office(data: bytes) -> ReadForm:
    """The lines of an old or foreign document. Raises UserError, also without LibreOffice."""
    from casebook.reading import read_form

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        form = read_form("docx", _convert(data, Path(folder)))
    if not any(HAN_PATTERN.search(line.text) for line in form.lines):
        raise UserError(f"读出来的不是中文文章；{_SAVE_AS}。")
    return form


def _convert(data: bytes, folder: Path) -> bytes:
    """The document as a .docx, made in a folder."""
    office = find_office()
    if not office:
        raise UserError(f"本机没有 LibreOffice，读不了 .doc、.wps、.rtf 和 .odt；{_SAVE_AS}。")
    source = folder / f"document{_ending(data)}"
    source.write_bytes(data)
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML"]
    command += ["--outdir", str(folder / "made"), str(source)]
    try:
        run_limited([*_without_network(), *command], b"", LIMITS, _NO_NETWORK)
        return (folder / "made" / "document.docx").read_bytes()
    except LimitExceededError as error:
        raise UserError(f"LibreOffice 转换超过了 {LIMITS.wall} 秒；{_SAVE_AS}。") from error
    except (ChildFailedError, OSError) as error:
        raise UserError(f"LibreOffice 转换不了这个文件；{_SAVE_AS}。") from error


def _ending(data: bytes) -> str:
    """LibreOffice chooses its filter by the name, too."""
    if data.lstrip().startswith(b"{\\rtf"):
        return ".rtf"
    return ".odt" if data.startswith(b"PK") else ".doc"


@cache
def find_office() -> str:
    """The program of LibreOffice, or ''."""
    named = (shutil.which(name) for name in ("soffice", "libreoffice"))
    usual = (place for place in _USUAL_PLACES if os.access(place, os.X_OK))
    return next(filter(None, [*named, *usual]), "")


@cache
def _without_network() -> tuple[str, ...]:
    """What runs a command without a network, where this system allows it."""
    command = ("unshare", "-rn")
    if sys.platform != "linux" or not shutil.which(command[0]):
        return ()
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if tried.returncode == 0 else ()

"""The report that a run without rights hands over: data of a stranger, whatever it claims to be.

It is read in memory: one small file of a known name, by a strict schema. Nothing is unpacked.
"""

from __future__ import annotations

import stat
from zipfile import ZipInfo

from pydantic import TypeAdapter, ValidationError

from casebook.model import UserError
from casebook.pipeline.contribution import LARGEST_REPORT, Contribution
from casebook.reading.zip_guard import open_zip, read_entry
from casebook.runtime.github_api import GitHub

ARTIFACT = "pull-request-report"
"""The name of the artifact."""

REPORT, PATCH = "report.json", "fix.patch"
"""The files in it; only the first is read."""

LARGEST_ARTIFACT = 16 * 2**20
"""Bytes of the artifact, packed."""

_SCHEMA = TypeAdapter(Contribution)


def fetch_report(run: int, github: GitHub) -> Contribution | None:
    """The report of a run; None if it left none. Raises UserError for one that is refused."""
    listed = github.get_all("actions", "runs", run, "artifacts", key="artifacts")
    found = [each for each in listed if each["name"] == ARTIFACT and not each["expired"]]
    if not found:
        return None
    newest = max(found, key=lambda each: int(each["id"]))  # a run that was repeated has several
    if int(newest["size_in_bytes"]) > LARGEST_ARTIFACT:
        raise UserError("检查结果太大，没有读取。")
    return read_report(github.download("actions", "artifacts", int(newest["id"]), "zip"))


def read_report(data: bytes) -> Contribution:
    """The report in an artifact. Raises UserError for anything but the files that are expected."""
    if len(data) > LARGEST_ARTIFACT:
        raise UserError("检查结果太大，没有读取。")
    archive = open_zip(data)
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if not set(names) <= {REPORT, PATCH} or len(names) != len(set(names)) or REPORT not in names:
        raise UserError("检查结果里有不认识的文件，没有读取。")
    if not all(map(_is_regular, entries)):
        raise UserError("检查结果里有不是普通文件的内容，没有读取。")
    entry = archive.getinfo(REPORT)
    if entry.file_size > LARGEST_REPORT:
        raise UserError("检查结果太大，没有读取。")
    try:
        return _SCHEMA.validate_json(read_entry(archive, entry), strict=True)
    except ValidationError as error:
        raise UserError("检查结果的格式不对，没有读取。") from error


def _is_regular(entry: ZipInfo) -> bool:
    """Whether an entry is no link and no folder; a zip that says nothing of it has a plain file."""
    mode = entry.external_attr >> 16
    return not entry.is_dir() and (not stat.S_IFMT(mode) or stat.S_ISREG(mode))

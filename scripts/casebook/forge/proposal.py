"""What the job without rights hands to the one with rights: values and files, as one JSON file.

The job that reads a stranger's document might have been taken over by it, so whoever reads this
file trusts nothing in it: types, sizes, and the paths of the files are checked.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from casebook.library.case_schema import is_id
from casebook.library.folder import SOURCES, VARIANTS
from casebook.model import UserError
from casebook.pipeline.contribution import Contribution
from casebook.runtime import cli
from casebook.runtime.file_names import portable_name

LARGEST_PROPOSAL = 100 * 2**20
"""Bytes of the JSON file: five attachments with their records, in base 64."""

MOST_FILES = 100

LARGEST_CASE = 2**20
"""Bytes of a case or variant, as the gate allows."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An issue that was looked at. `files` go by their path in the library, in base 64.

    `missing` and `doubts` are sentences for the contributor and for the maintainers. One that is
    not `ready` has no files.
    """

    issue: int
    title: str
    ready: bool
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    declared: tuple[tuple[str, str], ...] = ()
    shown: Contribution = field(default_factory=Contribution)
    files: Mapping[str, str] = field(default_factory=dict)


_FORM = TypeAdapter(Proposal)


def write_proposal(path: Path, proposal: Proposal) -> None:
    """Write a proposal whole or not at all. Raises OSError."""
    cli.write_bytes(path, _FORM.dump_json(proposal))


def encode_files(folder: Path, paths: Iterable[Path]) -> dict[str, str]:
    """Files of a library for a proposal."""
    return {p.relative_to(folder).as_posix(): b64encode(p.read_bytes()).decode() for p in paths}


def read_proposal(path: Path, issue: int) -> Proposal:
    """Read the proposal for an issue. Raises UserError for anything that is not as it should be."""
    if not path.is_file() or path.is_symlink():
        raise UserError(f"{path}：没有这个文件。")
    if path.stat().st_size > LARGEST_PROPOSAL:
        raise UserError(f"{path}：超过 {LARGEST_PROPOSAL // 2**20} MB，没有读取。")
    try:
        proposal = _FORM.validate_json(path.read_bytes(), strict=True)
        _decode_files(proposal)
    except (ValidationError, ValueError) as error:
        raise UserError(f"{path}：不是投稿的整理结果，没有采用。") from error
    if proposal.issue != issue:
        raise UserError(f"{path}：是另一个 issue 的整理结果，没有采用。")
    return proposal


def list_contents(proposal: Proposal) -> dict[str, bytes]:
    """The files of a proposal that was read, by their path in the library."""
    return dict(_decode_files(proposal)) if proposal.ready else {}


def _decode_files(proposal: Proposal) -> dict[str, bytes]:
    """Raises ValueError for a file that does not belong into a library."""
    if len(proposal.files) > MOST_FILES:
        raise ValueError("too many files")
    contents = {name: b64decode(text, validate=True) for name, text in proposal.files.items()}
    for name, content in contents.items():
        if not _is_welcome(name, len(content)):
            raise ValueError(name)
    return contents


def _is_welcome(name: str, size: int) -> bool:
    """Whether a path is one that an import writes: a case, a variant, a source or its records."""
    folder, _, file = name.rpartition("/")
    if folder in ("", VARIANTS):
        return file.endswith(".md") and is_id(file.removesuffix(".md")) and size <= LARGEST_CASE
    plain = portable_name(file) == file and not re.match(r"[._~]", file)
    return folder == SOURCES and plain

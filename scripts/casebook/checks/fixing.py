"""`--fix` on disk: each case file is read, fixed, written whole or not at all, and renamed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from casebook.checks.case_encoding import decode_case
from casebook.checks.case_source import find_library_folder, parse_case_source
from casebook.checks.fix import fix_case
from casebook.checks.gate import LARGEST_CASE_BYTES, MOST_CASE_LINES
from casebook.library.case_schema import is_id
from casebook.library.folder import VARIANTS, load_vocabulary
from casebook.model import UserError
from casebook.runtime import cli
from casebook.runtime.file_names import is_device_name
from casebook.runtime.visible_text import reveal_invisible


def fix_paths(paths: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """Fix case files, and all those of libraries.

    Returns the paths, of which some may have another name now, and a sentence for each change.
    Raises UserError for a path that does not exist, before anything is written; OSError.
    """
    for path in paths:
        if not path.exists():
            raise UserError(f"{path}：没有这个文件或文件夹。")
    now: list[Path] = []
    changes: list[str] = []
    for path in paths:
        fixed = [_fix_file(file) for file in _list_files(path)]
        changes += [change for each in fixed for change in each.changes]
        now.append(path if path.is_dir() or not fixed else fixed[0].path)
    return now, changes


@dataclass(frozen=True, slots=True)
class _FixedFile:
    """Where a file is now, and a sentence for each thing that was changed."""

    path: Path
    changes: tuple[str, ...] = ()


def _list_files(path: Path) -> list[Path]:
    """The files that may be case files, whatever the case of their names."""
    if path.is_dir():
        return [file for folder in (path, path / VARIANTS) for file in _list_folder(folder)]
    return [path] if may_be_case(path) else []


def _list_folder(folder: Path) -> list[Path]:
    return sorted(filter(may_be_case, folder.iterdir())) if folder.is_dir() else []


def may_be_case(path: Path) -> bool:
    """Whether a file may be a case that is to be fixed, whatever the case of its name."""
    named = path.suffix.lower() == ".md" and path.name[0] != "." and path.stem.lower() != "readme"
    if not named or path.is_symlink() or not path.is_file():
        return False
    return path.stat().st_size <= LARGEST_CASE_BYTES


def _fix_file(path: Path) -> _FixedFile:
    """Fix the case file at `path`; one that is no text, or cannot be read, is left to the check."""
    planned = plan_fix(path)
    if planned is None:
        return _FixedFile(path)
    if planned.after != planned.before:
        cli.write_bytes(path, planned.after)
    if planned.target != path:
        path.rename(planned.target)
    return _FixedFile(planned.target, planned.changes)


@dataclass(frozen=True, slots=True)
class PlannedFix:
    """What `--fix` would do to a file: its path and bytes then, and a sentence for each change."""

    path: Path
    target: Path
    before: bytes
    after: bytes
    changes: tuple[str, ...]


def plan_fix(path: Path) -> PlannedFix | None:
    """Work out how a case file is mended; None where there is nothing to do. Writes nothing."""
    data = b""
    with suppress(OSError):
        data = path.read_bytes()
    raw = decode_case(data)
    if not raw or raw.count("\n") > MOST_CASE_LINES:
        return None
    target = _choose_name(path)
    folder = find_library_folder(target)
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    document, _ = parse_case_source(target, text, folder, load_vocabulary(folder))
    fixed, changes = fix_case(document, raw)
    shown = [(each.line, each.message) for each in changes]
    if raw.encode() != data:
        shown.insert(0, (1, "编码由 GB18030 改为 UTF-8"))
    if target != path:
        shown.append((1, f"文件名改为 {target.name}"))
    place = cli.display_path(path)
    lines = (f"已改 {place}:{line}: {message}" for line, message in shown)
    planned = PlannedFix(path, target, data, fixed.encode(), tuple(map(reveal_invisible, lines)))
    return planned if planned.after != data or target != path else None


def _choose_name(path: Path) -> Path:
    """The path of a case file with its name in lower case, if that is free and an id."""
    target = path.with_name(path.name.lower())
    is_free = not target.exists() or target.samefile(path)  # a disk may not tell them apart
    is_variant = path.parent.name == VARIANTS  # which a case names in its list
    is_good = is_id(target.stem) and not is_device_name(target.stem)
    return target if is_good and is_free and not is_variant else path

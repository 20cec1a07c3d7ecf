"""Changes of several files of a library: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from casebook.runtime import cli

Edits = Mapping[Path, str | None]
"""The new texts of files; None for a file that goes."""


def apply_edits(edits: Edits) -> None:
    """Write and remove files; when anything fails, all is as before."""
    with restored_on_failure(list(edits)):
        for path, text in edits.items():
            if text is not None:
                cli.write_text(path, text)
        for path, text in edits.items():
            if text is None:
                path.unlink(missing_ok=True)


@contextmanager
def restored_on_failure(paths: Sequence[Path]) -> Iterator[None]:
    """Put files back as they were, or away again, when what happens meanwhile fails."""
    before = {path: path.read_bytes() if path.is_file() else None for path in paths}
    try:
        yield
    except BaseException:
        for path, data in before.items():
            if data is None:
                path.unlink(missing_ok=True)
            elif not path.is_file() or path.read_bytes() != data:
                cli.write_bytes(path, data)
        cli.forget_written(paths)
        raise

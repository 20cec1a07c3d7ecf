"""A library that import has written, for the tests of refreshing it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commands import run_text
from refreshed import (
    NAME,
    WRITE_UP,
)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the write-up, as import writes it today."""
    folder = tmp_path_factory.mktemp("imported") / "cases"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / NAME).write_text(WRITE_UP, encoding="utf-8")
    assert run_text("import_cases", "--out", folder).returncode == 0
    return folder


@pytest.fixture
def library(imported: Path, tmp_path: Path) -> Path:
    """A copy of that library."""
    return Path(shutil.copytree(imported, tmp_path / "cases"))

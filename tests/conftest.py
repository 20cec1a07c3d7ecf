"""What all tests share."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Builds started by tests keep their results in a folder of the tests."""
    os.environ["CASEBOOK_CACHE"] = str(tmp_path_factory.mktemp("kept"))

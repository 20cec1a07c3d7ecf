"""What all tests share: a frozen library, a cache of their own, one profile of hypothesis."""

from __future__ import annotations

import os

import pytest

from effort import register_profiles
from frozen import LIBRARY, ROOT

# Before casebook is imported, here or in a process that a test starts.
os.environ["CASEBOOK_CASES"] = str(LIBRARY)
os.environ["CASEBOOK_VOCABULARY"] = str(LIBRARY / "vocabulary")
os.environ["CASEBOOK_CONTENT"] = str(ROOT)
os.environ["CASEBOOK_CHECKOUT"] = "1"
register_profiles()


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Builds started by tests keep their results in a folder of the tests."""
    os.environ["CASEBOOK_CACHE"] = str(tmp_path_factory.mktemp("kept"))

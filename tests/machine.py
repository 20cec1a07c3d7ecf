"""What a machine may lack: a visible skip, and a failure in CI, which installs it."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def stop_without(what: str) -> NoReturn:
    """Skip the test, or fail it in CI, because the machine lacks something."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must have it: {what}")
    pytest.skip(f"not on this machine: {what}")

"""The machine that the tests run on: what it may lack, and how slow it may be."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

PATIENCE = 60.0
"""Seconds to wait for anything that a busy machine does; the usual five are too few under load."""


def stop_without(what: str) -> NoReturn:
    """Skip the test, or fail it in CI, because the machine lacks something."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must have it: {what}")
    pytest.skip(f"not on this machine: {what}")

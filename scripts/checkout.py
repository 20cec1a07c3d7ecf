"""Runs the package of this checkout where it lies: its content is the checkout itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]

# Read by the package, here and in the processes started from here.
os.environ.setdefault("CASEBOOK_CHECKOUT", "1")
os.environ.setdefault("CASEBOOK_CONTENT", str(ROOT))
os.environ.setdefault("CASEBOOK_CACHE", str(ROOT / ".cache"))


def run(command: str) -> NoReturn:
    """Run a command with the arguments of this process, and exit."""
    from casebook.commands import run_command

    run_command(command)

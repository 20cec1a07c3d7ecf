"""Tables of words next to the code that uses them: YAML files, each read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def read_table(path: Path) -> dict[str, Any]:
    """The entries of a table."""
    table: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return table


@cache
def read_words(path: Path, key: str) -> tuple[str, ...]:
    """The words of an entry, which spaces divide."""
    return tuple(read_table(path)[key].split())

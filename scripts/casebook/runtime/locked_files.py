"""Files that another program has open: Windows lets nobody rename or replace them meanwhile.

A virus scanner or the search of the system lets go within a second, a browser or an editor does
not.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds before each further try."""

LOCKED = (32, 33)
"""Codes of Windows: a sharing violation, a part that is locked (System Error Codes, Microsoft)."""

Result = TypeVar("Result")


def retry_while_locked(action: Callable[[], Result]) -> Result:
    """What `action` returns, once nobody has its file open. Raises its last PermissionError."""
    for wait in WAITS:
        try:
            return action()
        except PermissionError:
            time.sleep(wait)
    return action()


def is_locked(error: OSError) -> bool:
    """Whether Windows refused because another program has the file open."""
    return getattr(error, "winerror", None) in LOCKED

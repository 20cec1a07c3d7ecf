"""How processes are started: one choice for all modules that start some."""

from __future__ import annotations

import os
import sys
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext

from casebook.content import PACKAGE
from casebook.model import UserError


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def start_method() -> str:
    """`fork` on Linux, `spawn` elsewhere; CASEBOOK_START_METHOD names another one.

    A spawned process runs a calling script without a __main__ guard again; a forked one does not.
    On macOS forking is not safe, and Windows cannot fork. Raises UserError for an unknown method.
    """
    usual = "fork" if sys.platform == "linux" else "spawn"
    method = os.environ.get("CASEBOOK_START_METHOD") or usual
    if method not in (known := get_all_start_methods()):
        raise UserError(f"CASEBOOK_START_METHOD 不能是 {method}；本机可用 {'、'.join(known)}。")
    return method


def context() -> BaseContext:
    """What starts processes by `start_method`. Raises UserError as that does."""
    # mkdocs removes what its hook added to sys.path, and a spawned process inherits ours.
    home = str(PACKAGE.parent)
    if home not in sys.path:
        sys.path.append(home)
    return get_context(start_method())

"""Reading a document in a child process: what the parent does. The child is `reading.child`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from casebook.model import UserError
from casebook.reading.forms import ReadForm, Remark, UnreadTextError
from casebook.reading.line_records import load_lines
from casebook.runtime.limited_process import (
    ChildFailedError,
    LimitExceededError,
    python_variables,
    run_limited,
)
from casebook.runtime.process_limits import Limits


def read_in_child(name: str, limits: Limits, data: bytes) -> ReadForm:
    """Read a document of a form in a process of its own. Raises UserError with one sentence."""
    return load_form(run_reader(name, limits, data))


def run_reader(
    name: str, limits: Limits, data: bytes, watch: Callable[[str], None] | None = None
) -> bytes:
    """What the child prints of a document; `watch` is given each line that it writes to stderr."""
    command = [sys.executable, "-P", "-m", "casebook.reading.child", name]
    try:
        return run_limited(command, data, limits, python_variables(), watch)
    except LimitExceededError as error:
        raise UserError("文件太大或太复杂，读取超过了限度；请拆分后再导入。") from error
    except ChildFailedError as error:
        raise UserError(f"文件损坏，读不出来（{error}）；请重新保存一份再交。") from error


def load_form(output: bytes) -> ReadForm:
    """The document that a child has printed. Raises UserError with the child's sentence."""
    found = json.loads(output)
    if "error" in found:
        raise (UnreadTextError if found["unread"] else UserError)(found["error"])
    remarks = tuple(Remark(*remark) for remark in found["remarks"])
    return ReadForm(load_lines(found["lines"]), found["encoding"], found["replaced"], remarks)

"""Reading a document in a child process: what the parent does. The child is `reading.child`."""

from __future__ import annotations

import json
import sys

from casebook.model import UserError
from casebook.reading.forms import ReadForm, Remark
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
    try:
        command = [sys.executable, "-P", "-m", "casebook.reading.child", name]
        output = run_limited(command, data, limits, python_variables())
    except LimitExceededError as error:
        raise UserError("文件太大或太复杂，读取超过了限度；请拆分后再导入。") from error
    except ChildFailedError as error:
        raise UserError(f"文件损坏，读不出来（{error}）；请重新保存一份再交。") from error
    found = json.loads(output)
    if "error" in found:
        raise UserError(found["error"])
    remarks = tuple(Remark(*remark) for remark in found["remarks"])
    return ReadForm(load_lines(found["lines"]), found["encoding"], found["replaced"], remarks)

"""The process in which a document is read: `python -m casebook.reading.child FORM < document`.

It prints one JSON object: the lines, or the sentence why there are none.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module

from casebook.model import UserError
from casebook.reading.forms import ReadForm, UnreadTextError
from casebook.reading.line_records import dump_lines
from casebook.reading.readers import FORMS
from casebook.runtime.process_limits import limit_self


def main(name: str) -> None:
    """Read the document on stdin as the form `name`, and print it."""
    form = FORMS[name]
    if form.limits:
        limit_self(form.limits)
    module, function = form.reader
    try:
        read = getattr(import_module(f"casebook.reading.{module}"), function)
        sys.stdout.write(_dump(read(sys.stdin.buffer.read())))
    except UserError as error:
        unread = isinstance(error, UnreadTextError)
        sys.stdout.write(json.dumps({"error": str(error), "unread": unread}))


def _dump(form: ReadForm) -> str:
    head = {
        "encoding": form.encoding,
        "replaced": form.replaced,
        "remarks": [[remark.rule, remark.message] for remark in form.remarks],
    }
    return f'{json.dumps(head)[:-1]}, "lines": [{", ".join(dump_lines(form.lines))}]}}'


if __name__ == "__main__":
    main(sys.argv[1])

"""The reader of .txt and .md: every line of the decoded text is a line without facts."""

from __future__ import annotations

from casebook.model import plain_lines
from casebook.reading.encoding import decode
from casebook.reading.forms import ReadForm


def read_plain_text(data: bytes) -> ReadForm:
    """The lines of a text file. Raises UserError when its bytes are no Chinese text."""
    decoded = decode(data)
    return ReadForm(plain_lines(decoded.text), decoded.encoding, decoded.replaced)

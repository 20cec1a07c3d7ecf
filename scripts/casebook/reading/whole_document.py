"""All that a document file holds, whatever its form."""

from __future__ import annotations

from casebook import reading
from casebook.model import Line, UserError
from casebook.reading.readers import FORMS


def list_contents(form: str, data: bytes) -> tuple[Line, ...] | None:
    """The contents of a file of a form (see FORMS); None where nobody can look through it.

    A text file has none besides its text. For labels see `casebook.reading.whole`.
    """
    if form in ("text", "markdown"):
        return ()
    if f"whole-{form}" not in FORMS:
        return None
    try:
        return reading.read_form(f"whole-{form}", data).lines
    except UserError:
        return None

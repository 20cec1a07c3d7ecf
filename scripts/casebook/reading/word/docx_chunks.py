"""Documents that a Word file embeds as parts of its text (altChunk), as they were made for the web.

Word reads them when it opens the file, and writes them as its own text when it saves.
"""

from __future__ import annotations

from importlib import import_module

from casebook.model import UserError
from casebook.reading.forms import ReadForm
from casebook.reading.readers import FORMS


def read_chunk(name: str, data: bytes) -> ReadForm | None:
    """The lines of an embedded document, or None for one that cannot be read here (RTF)."""
    from casebook.reading.sniffing import find_form

    try:
        form = find_form(data, name)
        return None if form == "office" else _read(form, data)
    except UserError:
        return None


def _read(form: str, data: bytes) -> ReadForm:
    """A page is all text here: it has no navigation around it."""
    if form in ("html", "mhtml"):
        from casebook.reading.web.html_encoding import decode_html
        from casebook.reading.web.html_page import read_fragment
        from casebook.reading.web.mhtml import read_archive

        if form == "mhtml":
            return read_archive(data, read_fragment)
        return read_fragment(decode_html(data))
    module, function = FORMS[form].reader
    read: ReadForm = getattr(import_module(f"casebook.reading.{module}"), function)(data)
    return read

"""The encoding of a case file: UTF-8, or what Windows editors may have made of it."""

from __future__ import annotations

from casebook.model import UserError


def decode_case(data: bytes) -> str | None:
    """The text of a case file: UTF-8, or GB18030 of which nothing is lost; None for others."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_chinese(data)


def _decode_chinese(data: bytes) -> str | None:
    """A file in GB18030 that can be nothing else."""
    from casebook.reading import encoding  # its tables are needed for such a file only

    try:
        text = data.decode("gb18030")
        found = encoding.decode(data)
    except (UnicodeDecodeError, UserError):
        return None
    is_sure = found.encoding == "gb18030" and not found.replaced and found.text == text
    return text if is_sure and text.encode("gb18030") == data else None

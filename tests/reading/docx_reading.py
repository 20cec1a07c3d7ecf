"""What the reader of Word files makes of a body, for tests."""

from __future__ import annotations

from docx_builder import docx

from casebook.model import LineFacts
from casebook.reading.forms import ReadForm
from casebook.reading.word.docx import read_docx


def texts(*body: str, **parts: object) -> list[str]:
    """The lines of a document with that body."""
    return [line.text for line in read(*body, **parts).lines]


def read(*body: str, **parts: object) -> ReadForm:
    """What is read of a document with that body."""
    return read_docx(docx(*body, **parts))  # type: ignore[arg-type]


def facts(*body: str, **parts: object) -> list[LineFacts]:
    """What the form says of each line."""
    return [line.facts for line in read(*body, **parts).lines]

"""A PDF file with text, or, where a recognizer is installed, with pictures of text."""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from casebook.reading.forms import PAGES_WITHOUT_TEXT, ReadForm, UnreadTextError
from casebook.reading.in_child import load_form, read_in_child, run_reader
from casebook.reading.readers import FORMS
from casebook.runtime import cli
from casebook.runtime.cache_folder import CACHE

RECOGNIZED = CACHE / "recognized"
"""Where results are kept, by the file and the version of the recognizer."""


def read_any_pdf(data: bytes) -> ReadForm:
    """The paragraphs of a PDF file. Raises UserError with one sentence for what is no text."""
    limits = FORMS["pdf-text"].limits
    assert limits
    try:
        form = read_in_child("pdf-text", limits, data)
    except UnreadTextError:
        if not recognizer():
            raise
        return _recognize(data)
    missing = any(remark.rule == PAGES_WITHOUT_TEXT for remark in form.remarks)
    return _recognize(data) if missing and recognizer() else form


@cache
def recognizer() -> str:
    """The version of the recognizer, or '' where the extra `ocr` is not installed."""
    try:
        return version("rapidocr")
    except PackageNotFoundError:
        return ""


def _recognize(data: bytes) -> ReadForm:
    """What the recognizer reads, or has read before."""
    form = FORMS["pdf-ocr"]
    name = f"{hashlib.sha256(data).hexdigest()}-{form.version}-{recognizer()}.json"
    kept = RECOGNIZED / name
    try:
        return load_form(kept.read_bytes())
    except (OSError, ValueError, TypeError, KeyError):  # none, or damaged
        assert form.limits
        output = run_reader("pdf-ocr", form.limits, data, _show_progress)
    read = load_form(output)
    with suppress(OSError):  # a folder that cannot be written costs time, and nothing else
        cli.write_bytes(kept, output)
    return read


def _show_progress(line: str) -> None:
    """Show how many pages are done, where stderr is a terminal."""
    done, sign, total = line.partition("/")
    if sign and done.isdecimal() and total.isdecimal() and sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r识别图片里的文字 {line} 页", end=end, file=sys.stderr, flush=True)

"""Word files read in the page 在线整理: every file of the Python reader's tests, line by line."""

from __future__ import annotations

import base64
import inspect
from types import ModuleType
from typing import Any

import docx_reading
import pytest
import test_docx
import test_docx_layout
import test_docx_numbering
from docx_builder import docx, par, run
from playwright.sync_api import Page
from test_hostile_docx import HOSTILE

from casebook.model import Line, UserError
from casebook.reading.forms import ReadForm
from casebook.reading.word.docx import read_docx

READ_FILES = """files => files.map(file => {
    const bytes = Uint8Array.from(atob(file), (each) => each.charCodeAt(0));
    try {
        return Desk.readFile("a.docx", bytes);
    } catch (error) {
        return { message: error.message };
    }
})"""


def record_files(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes, ReadForm]]:
    """Each Word file that a test of the Python reader reads, with the test and what is read."""
    files: list[tuple[str, bytes, ReadForm]] = []
    names = [""]

    def read(data: bytes) -> ReadForm:
        form = read_docx(data)
        files.append((names[-1], data, form))
        return form

    modules: tuple[ModuleType, ...] = (test_docx, test_docx_layout, test_docx_numbering)
    for module in (docx_reading, *modules):
        if hasattr(module, "read_docx"):
            monkeypatch.setattr(module, "read_docx", read)
    for module in modules:
        for name, test in vars(module).items():
            if name.startswith("test_") and not inspect.signature(test).parameters:
                names.append(name)
                test()
    for name, (content, _) in test_docx.SHOWN.items():
        names.append(name)
        docx_reading.read(par(*content))
    return files


def describe(line: Line) -> dict[str, Any]:
    facts = line.facts
    return {
        "text": line.text,
        "certain": line.certain_end,
        "facts": {
            "size": facts.size,
            "bold": facts.bold,
            "centered": facts.centered,
            "level": facts.level,
            "label": facts.label,
            "cell": list(facts.cell) if facts.cell else None,
            "origin": facts.origin,
            "paragraph": facts.paragraph,
        },
    }


EMBEDDED = ("embedded", "smart_art")
"""Tests of what the page does not read: other files within a Word file."""


def test_lines_of_word_files_equal_those_of_python(
    desk: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text, ends and facts of each line, and the remarks."""
    files = [each for each in record_files(monkeypatch) if not _is_embedded(each[0])]
    found = desk.evaluate(READ_FILES, [base64.b64encode(data).decode() for _, data, _ in files])
    assert len(files) > 60
    for (name, _, form), own in zip(files, found, strict=True):
        known = [describe(line) for line in form.lines]
        if any(line.text.strip() for line in form.lines):
            assert (name, own.get("lines")) == (name, known)
            assert (name, own["remarks"]) == (name, [each.message for each in form.remarks])


def _is_embedded(name: str) -> bool:
    return any(word in name for word in EMBEDDED)


def test_hostile_word_files_are_refused(desk: Page) -> None:
    """With the sentence of the Python reader, and at little cost."""
    names = ["zip bomb", "many entries", "encrypted entries", "billion laughs", "no XML"]
    names += ["20,000 levels", "sizes that lie", "external entity"]
    files = [HOSTILE[name][0]() for name in names]
    found = desk.evaluate(READ_FILES, [base64.b64encode(data).decode() for data in files])
    for name, own in zip(names, found, strict=True):
        assert HOSTILE[name][1] in own["message"], name


def test_what_is_no_word_file_is_refused(desk: Page) -> None:
    """An old file, one with a password, an archive of something else, half a file."""
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    half = docx(par("一、" + run("甲")))[:-200]
    files = [old, old + "EncryptedPackage".encode("utf-16-le"), half]
    found = desk.evaluate(READ_FILES, [base64.b64encode(data).decode() for data in files])
    for data, own in zip(files, found, strict=True):
        with pytest.raises(UserError) as refused:
            read_docx(data)
        assert own == {"message": str(refused.value)}

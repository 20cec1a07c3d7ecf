"""Every form of one write-up becomes the same blocks."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import one_write_up as whole
from casebook.model import UserError
from casebook.pipeline.write_ups import read_source
from casebook.reading.word.libre_office import find_office

Outline = list[tuple[int, str | None, str, str]]


def outline(path: Path) -> Outline:
    """Level, heading, role and text of each block of the only write-up of a document."""
    (write_up,) = read_source(path).write_ups
    return [(b.level, b.heading, b.role, b.text) for b in write_up.blocks]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Outline:
    """The blocks of the plain text, whose headings are those of the description."""
    path = tmp_path_factory.mktemp("text") / "a.txt"
    path.write_bytes(whole.as_text())
    blocks = outline(path)
    assert [heading for _, heading, _, _ in blocks] == [whole.TITLE, *whole.headings()]
    return blocks


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (whole.as_docx, "a.docx"),
        (whole.as_docx, "word 文档改了名.doc"),
        (whole.as_markdown, "a.md"),
        (whole.as_html, "a.html"),
        (whole.as_html, "网页另存为.doc"),
        (whole.as_mhtml, "a.mht"),
        (whole.as_mhtml, "网页另存为 Word.doc"),
    ],
)
def test_a_form_gives_the_blocks_of_the_text(
    make: Callable[[], bytes], name: str, expected: Outline, tmp_path: Path
) -> None:
    """Whatever the file is called."""
    (tmp_path / name).write_bytes(make())
    assert outline(tmp_path / name) == expected


def test_without_libre_office_old_word_files_get_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It says what to do instead."""
    monkeypatch.setattr("casebook.reading.word.libre_office.find_office", lambda: "")
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 a}")
    with pytest.raises(UserError, match=r"另存为 \.docx"):
        read_source(tmp_path / "a.rtf")


@pytest.mark.skipif(not find_office(), reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    "ending",
    [
        "doc",
        "odt",
        pytest.param(
            "rtf",
            marks=pytest.mark.xfail(strict=True, reason="LibreOffice loses the 、 of its numbers"),
        ),
    ],
)
def test_old_forms_by_libre_office(ending: str, expected: Outline, tmp_path: Path) -> None:
    """Numbers of simple lists survive the way there and back."""
    (tmp_path / "a.docx").write_bytes(whole.as_docx())
    command = [find_office(), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--headless", "--convert-to", ending, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True)
    assert outline(tmp_path / f"a.{ending}") == expected

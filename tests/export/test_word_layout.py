"""A Word file as LibreOffice sets it: the page of GB/T 9704-2012, measured.

Whatever Chinese font stands for those that are missing has full-width characters.
"""

from __future__ import annotations

import ctypes
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from casebook.export.passages import Passage, make_title
from casebook.export.word_file import make_word_file
from casebook.reading.pdf.pdf_file import load_pdfium, open_page, open_pdf
from casebook.reading.word.libre_office import find_office

pytestmark = pytest.mark.skipif(not find_office(), reason="LibreOffice is not installed")

MILLIMETERS = 25.4 / 72
CHARACTER = 16 * MILLIMETERS
"""The height of a character of size 3 in millimeters."""

TOP, BOTTOM, LEFT, RIGHT = 37.0, 262.0, 28.0, 184.0
"""The edges of the type area in millimeters from the upper left corner of the page."""

HAN = "".join(map(chr, range(0x4E00, 0x4E00 + 1500)))
TITLE = "关于进一步优化办事流程切实解决企业群众多头跑问题的经验材料"

Row = list[tuple[float, str]]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[dict[float, Row]]:
    """The characters of each page with their places in millimeters, by their base line."""
    folder = tmp_path_factory.mktemp("layout")
    passages = [make_title(TITLE), Passage("heading-1", "一、做法"), Passage("text", HAN)]
    (folder / "a.docx").write_bytes(make_word_file(passages))
    command = [find_office(), f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "a.docx")], check=True, capture_output=True)
    with open_pdf((folder / "a.pdf").read_bytes()) as (pdf, count):
        return [read_page(pdf, index) for index in range(count)]


def read_page(pdf: Any, index: int) -> dict[float, Row]:
    """The characters of a page."""
    rows: defaultdict[float, Row] = defaultdict(list)
    with open_page(pdf, index) as (page, text):
        height = load_pdfium().FPDF_GetPageHeightF(page)
        for x, y, character in read_characters(text):
            rows[round((height - y) * MILLIMETERS, 1)].append((x * MILLIMETERS, character))
    return {y: sorted(row) for y, row in sorted(rows.items())}


def read_characters(text: Any) -> Iterator[tuple[float, float, str]]:
    """Each character with its origin in points from the lower left corner."""
    pdfium = load_pdfium()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(pdfium.FPDFText_CountChars(text)):
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if character.strip():
            yield x.value, y.value, character


def words(row: Row) -> str:
    """The characters of a line."""
    return "".join(character for _, character in row)


def test_a_full_page_has_22_lines_of_28_characters(pages: list[dict[float, Row]]) -> None:
    """They fill the type area: the base lines of the first and the last are in their places."""
    *lines, _ = pages[1].items()
    assert [len(row) for _, row in lines] == [28] * 22
    assert lines[0][0] == pytest.approx(TOP + 0.86 * CHARACTER, abs=1)
    assert lines[-1][0] == pytest.approx(BOTTOM - 0.14 * CHARACTER, abs=1)
    edges = [(row[0][0], row[-1][0] + CHARACTER) for _, row in lines]
    assert all(first == pytest.approx(LEFT, abs=0.5) for first, _ in edges)
    assert all(last == pytest.approx(RIGHT, abs=0.5) for _, last in edges)


def test_the_title_breaks_between_words_and_keeps_the_grid(pages: list[dict[float, Row]]) -> None:
    """Two lines, one line of space, and then the text; 22 lines with it."""
    lines = list(pages[0].items())
    assert [words(row) for _, row in lines[:3]] == [
        *("关于进一步优化办事流程", "切实解决企业群众多头跑问题的经验材料", "一、做法"),
    ]
    assert lines[-2][0] == pytest.approx(BOTTOM - 0.14 * CHARACTER, abs=1)


def test_page_numbers_are_outside_the_type_area(pages: list[dict[float, Row]]) -> None:
    """Their dashes 7 mm below it, a character in from the right edge, on even pages the left."""
    numbers = [list(page.items())[-1] for page in pages]
    assert [words(row) for _, row in numbers] == ["—1—", "—2—", "—3—"]
    size = 14 * MILLIMETERS
    for y, _ in numbers:
        assert y - 0.36 * size == pytest.approx(BOTTOM + 7, abs=1)
    assert numbers[0][1][-1][0] + 2 * size == pytest.approx(RIGHT, abs=1)
    assert numbers[1][1][0][0] - size == pytest.approx(LEFT, abs=1)

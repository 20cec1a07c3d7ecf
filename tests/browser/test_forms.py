"""A case that came as Word file, page and printed PDF says where each part of it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import one_write_up as whole
from browser_page import open_page
from casebook.pipeline.write_ups import read_source
from commands import run_text

pytestmark = pytest.mark.browser

PAPER = (
    "<style>nav, .nav, .related { display: none } body { font: 12pt/1.8 serif }"
    "h1 { text-align: center; font-size: 18pt } p { text-indent: 2em; margin: 0 }</style>"
)


@pytest.fixture(scope="module")
def received(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One write-up in three forms, the PDF printed by the browser from the page."""
    folder = tmp_path_factory.mktemp("received")
    (folder / "a.docx").write_bytes(whole.as_docx())
    (folder / "b.html").write_bytes(whole.as_html())
    page = open_page(browser)
    page.set_content(whole.as_html().decode().replace("<body>", f"<body>{PAPER}"))
    page.pdf(path=folder / "c.pdf", format="A4", margin={"left": "25mm", "right": "25mm"})
    page.context.close()
    return folder


def test_a_print_gives_the_blocks_of_the_text(received: Path, tmp_path: Path) -> None:
    """Paragraphs are joined, the table stays one, headings keep their levels."""
    (tmp_path / "a.txt").write_bytes(whole.as_text())
    (text,), (printed,) = (
        read_source(path).write_ups for path in (tmp_path / "a.txt", received / "c.pdf")
    )
    assert [(b.level, b.heading, b.role, b.text) for b in printed.blocks] == [
        (b.level, b.heading, b.role, b.text) for b in text.blocks
    ]


def test_each_part_leads_back_to_its_place(
    browser: Browser, received: Path, tmp_path: Path
) -> None:
    """Page and paragraph, by the form; the text of each source can be saved."""
    library = tmp_path / "cases"
    assert run_text("import_cases", "--out", library, received).returncode == 0
    built = run_text("build_site", "--cases", library, "--out", tmp_path / "site")
    assert built.returncode == 0, built.stderr
    (case,) = library.glob("*.md")
    page = open_page(browser)
    page.goto((tmp_path / "site" / "cases" / f"{case.stem}.html").as_uri())
    lists = page.locator("details", has_text="各部分在来源里的位置")
    expect(lists).to_have_count(3)
    for place in lists.all():
        place.locator("summary").click()
        expect(place.locator("li")).to_have_count(len(whole.PARTS))
    expect(page.locator("li", has_text="第 1 页第").first).to_be_visible()
    links = page.locator(".cb-source a[download]")
    assert {link.get_attribute("download") for link in links.all()} == {
        "a.docx.txt",
        "b.html.txt",
        "c.pdf.txt",
    }
    page.context.close()

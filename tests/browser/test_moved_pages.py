"""Former addresses in a real browser: the anchor goes with the reader, or leads to another page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser_page import open_page
from casebook.library.folder import load_library
from frozen import ROOT
from site_library import make_case, make_site, write_library

SCRIPT = (ROOT / "docs" / "scripts" / "moved.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a library as they are made, with the script alone."""
    folder = tmp_path_factory.mktemp("moved")
    moved = make_case("b", "拆出的一篇", aliases=("a#k009", "jiu"))
    library = load_library(write_library(folder / "lib", make_case(), moved))
    pages = make_site(library).pages
    for name in ("a", "b", "jiu"):
        page = pages[f"cases/{name}.md"]
        refresh = f'<meta http-equiv="refresh" content="0; url={page.refresh}">'
        head = '<meta charset="utf-8">' + (refresh if page.refresh else "")
        html = f"<!doctype html>{head}{page.html}<script>{SCRIPT}</script>"
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return folder


def test_each_former_address_leads_on(folder: Path, browser: Browser) -> None:
    """With the anchor of an item, without one, and on the page of a case that was split."""
    tab = open_page(browser)
    for old, now in (
        ("jiu.html#k003", "b.html#k003"),
        ("jiu.html", "b.html"),
        ("a.html#k009", "b.html"),
        ("a.html#k003", "a.html#k003"),
    ):
        tab.goto("about:blank")
        tab.goto(f"{folder.as_uri()}/{old}", wait_until="commit")
        tab.wait_for_url(f"{folder.as_uri()}/{now}")
    tab.close()

"""Ways through the site: the list that a reader came from, the page for a lost address, files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_page import open_page
from served import QuietHandler, serve

pytestmark = pytest.mark.browser

_REFERENCE = re.compile(r'\s(?:src|href)="(?!https?:|data:|mailto:|#)([^"#?]+)')
_NAMED_ASSET = re.compile(r"(?:\.\./)*assets/[\w./-]+\.\w+")


class _BelowAFolder(QuietHandler):
    """Serves the site at /kb/, as a forge does, with its page for lost addresses."""

    def do_GET(self) -> None:
        self.path = self.path.removeprefix("/kb")
        if not Path(self.translate_path(self.path)).is_file():
            self.path = "/404.html"
        super().do_GET()


@pytest.fixture(scope="module")
def below(site: Path) -> Iterator[str]:
    """The address of the site in a folder of a host."""
    with serve(site, _BelowAFolder) as address:
        yield f"{address}kb/"


def test_a_list_is_followed_from_case_to_case(page: Page, address: str) -> None:
    """The neighbors are those of the list, the way back leads to it, addresses stay permanent."""
    page.goto(address + "lists/cases.html")
    titles = page.locator(".cb-list__title a")
    first, second = (titles.nth(at).inner_text() for at in (0, 1))
    titles.nth(0).click()
    following = page.locator(".cb-neighbors [rel=next]")
    expect(following).to_contain_text(f"列表中下一条{second}")
    expect(page.locator(".cb-neighbors [rel=prev]")).to_have_count(0)
    following.click()
    expect(page.locator(".cb-neighbors [rel=prev]")).to_contain_text(f"列表中上一条{first}")
    assert "?" not in page.url
    page.locator(".cb-crumbs a").last.click()
    expect(page).to_have_url(address + "lists/cases.html")


@pytest.mark.parametrize("lost", ["没有的案例.html", "cases/gone.html", "a/b/cases/gone.html"])
def test_a_lost_address_is_led_back(browser: Browser, below: str, lost: str) -> None:
    """At the depths at which pages lie: the box and the links reach the site."""
    page = open_page(browser)
    page.goto(below + lost)
    root = below + "a/b/" if lost.startswith("a/b") else below
    hrefs = page.locator("a").evaluate_all("links => links.map(link => link.href)")
    assert hrefs[0] == root + "index.html"
    assert page.locator("form").evaluate("form => form.action") == root + "search/index.html"
    assert page.locator("input").input_value() == ("没有的案例" if "没有" in lost else "")
    page.context.close()


def test_the_page_for_lost_addresses_searches_from_a_folder(page: Page, address: str) -> None:
    """Opened by itself it is at the top of the site."""
    page.goto(address + "404.html")
    page.fill("input", "考评")
    page.press("input", "Enter")
    expect(page.locator("[data-case]").first).to_be_visible()


def test_no_page_names_a_file_that_is_not_there(site: Path) -> None:
    """Whatever a page links, loads or names among the assets is shipped, and no source map is."""
    missing = set()
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        for name in {*_REFERENCE.findall(html), *_NAMED_ASSET.findall(html)}:
            if not (path.parent / unquote(name)).exists():
                missing.add((path.name, name))
    assert missing == set()
    files = [path for path in (site / "assets").rglob("*") if path.is_file()]
    assert not [path.name for path in files if path.suffix == ".map" or "lunr" in path.parts]
    texts = [path for path in files if path.suffix in (".js", ".css")]
    assert not [path.name for path in texts if "sourceMappingURL" in path.read_text("utf-8")]

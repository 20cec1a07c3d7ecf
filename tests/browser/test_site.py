"""What a reader does, in real Chromium, over http:// and from a folder."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_page import open_page

pytestmark = pytest.mark.browser


def pages_of(site: Path) -> list[str]:
    """Every page of the site by its address, but those that lead on to another."""
    found = (p for p in site.rglob("*.html") if p.name != "404.html" and not leads_on(p))
    return sorted(path.relative_to(site).as_posix() for path in found)


def leads_on(path: Path) -> bool:
    """Whether a page is the old address of a merged text."""
    return 'http-equiv="refresh"' in path.read_text(encoding="utf-8")


def test_from_the_home_page_to_a_practice(page: Page, address: str) -> None:
    """Home, the list of practices, one of them, its anchor."""
    page.goto(address + "index.html")
    page.get_by_role("main").get_by_role("link", name="做法 各单位").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("做法")
    page.get_by_role("link", name="选树先进典型").click()
    assert re.search(r"/cases/[a-z0-9-]+\.html#k[a-z0-9]+$", page.url)
    heading = page.locator(":target")
    expect(heading).to_contain_text("选树先进典型")
    expect(heading).to_be_in_viewport()
    expect(heading.locator(".cb-role")).to_have_text("做法")


WIDTHS = (360, 768, 1440)
"""Widths of a phone, a tablet and a desk, in CSS pixels."""


def test_every_page_and_every_link(page: Page, address: str, site: Path) -> None:
    """No page has a fault (the fixture listens) or a link or anchor to nothing, or sticks out."""
    anchors: dict[str, set[str]] = {}
    links: set[tuple[str, str]] = set()
    for path in pages_of(site):
        page.goto(address + path)
        expect(page.locator("h1").first).to_be_attached()
        ids, found = page.evaluate(
            """[[...document.querySelectorAll("[id]")].map(one => one.id),
                [...document.querySelectorAll("a[href]")].map(one => one.href)]"""
        )
        anchors[page.url.split("#")[0]] = set(ids)
        links |= {(path, href) for href in found if href.startswith(address)}
        if address.startswith("http"):  # a folder is laid out alike
            assert [width for width in WIDTHS if sticks_out(page, width)] == [], path
    broken = []
    for path, href in sorted(links):
        whole, _, anchor = href.partition("#")
        target = whole.partition("?")[0]
        known = target in anchors or (site / unquote(target.removeprefix(address))).is_file()
        if not known or (anchor and target in anchors and anchor not in anchors[target]):
            broken.append((path, href))
    assert broken == []


def sticks_out(page: Page, width: int) -> bool:
    """Whether a page with all details open can be scrolled sideways in a window."""
    page.set_viewport_size({"width": width, "height": 740})
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    scrolled: int = page.evaluate("document.documentElement.scrollWidth")
    return scrolled > width


def test_a_variant_leads_to_its_case(page: Page, address: str, site: Path) -> None:
    """The old address of a merged text ends on the canonical case, where its text stands."""
    (path,) = [p.relative_to(site) for p in (site / "cases").glob("*.html") if leads_on(p)]
    page.goto(address + str(path))
    page.wait_for_url(re.compile(r"gongzuo-liang\.html"))
    expect(page.locator("#cb_variants")).to_have_text("异文")
    page.get_by_text("查看不同之处").click()
    expect(page.locator(".cb-differences")).to_contain_text("经验启示")


def test_repairs_are_shown_on_request(page: Page, address: str) -> None:
    """Restored places are visible at once, the certain ones behind a toggle."""
    page.goto(address + "lists/cases.html")
    page.get_by_role("main").get_by_role("link", name=re.compile("调查研究")).first.click()
    expect(page.locator(".cb-restored ins").first).to_have_text("。”“只有围绕")
    summary = page.get_by_text("确定的修复共")
    rule = page.locator(".cb-rule summary", has_text="繁体段落转为简体")
    expect(rule).to_be_hidden()
    summary.click()
    expect(rule).to_be_visible()


def test_the_keyboard_reaches_the_content(page: Page, address: str) -> None:
    """The first stop of the Tab key skips to the content."""
    page.goto(address + "lists/causes.html")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_attribute("href", re.compile("^#"))


def test_dark_colors_can_be_chosen(page: Page, address: str) -> None:
    """The palette toggle works and changes the scheme."""
    page.goto(address + "index.html")
    page.locator("label[title='切换到深色']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("address", ["http"], indirect=True)
def test_a_received_file_can_be_downloaded(page: Page, address: str, site: Path) -> None:
    """The source of a case is offered byte for byte (from a folder the browser opens it)."""
    page.goto(address + "lists/cases.html")
    page.get_by_role("main").get_by_role("link", name=re.compile("调查研究")).first.click()
    with page.expect_download() as download:
        page.locator(".cb-source a").first.click()
    (received,) = (site / "sources").iterdir()
    assert download.value.path().read_bytes() == received.read_bytes()


def test_the_home_page_answers_in_one_screen(page: Page, address: str) -> None:
    """Search, every list and the newest cases stand above the fold; a theme answers."""
    page.goto(address + "index.html")
    main = page.get_by_role("main")
    expect(main.get_by_role("searchbox")).to_be_in_viewport()
    expect(main.locator(".cb-tile").last).to_be_in_viewport()
    expect(main.locator(".cb-cases a").first).to_be_in_viewport()
    main.locator(".cb-topical a", has_text="考核评价").click()
    expect(page.locator("#cb_practice")).to_have_text("试过的做法")


def test_searching_from_the_home_page(page: Page, address: str) -> None:
    """Words and Enter lead to the search page, which has them."""
    page.goto(address + "index.html")
    page.get_by_role("main").get_by_role("searchbox").fill("一岗双责")
    page.get_by_role("main").get_by_role("button", name="查找").click()
    expect(page.locator("[data-case]").first).to_be_visible()
    assert "?q=" in page.url


def test_lists_and_cases_need_no_script(browser: Browser, address: str) -> None:
    """With scripts switched off a reader still gets from the home page to a practice."""
    page = open_page(browser, java_script_enabled=False)
    page.goto(address + "index.html")
    page.locator(".cb-tile").first.click()
    page.locator(".cb-list__title a").first.click()
    expect(page.locator("article.cb-case h1")).to_be_visible()
    assert "#k" in page.url
    page.context.close()

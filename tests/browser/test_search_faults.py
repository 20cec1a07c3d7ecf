"""What the search says where files of its index are missing, and that it tries them again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_page import open_page
from casebook.model import Block, Case
from search_harness import open_index

pytestmark = pytest.mark.browser

LOAD_FAILED = "查找用的文件没有读到，请刷新页面再试。"
MANY = [Case(f"c{n:02}", "网格治理", (Block(1, "网格治理", "", "落实。"),)) for n in range(35)]
LONG = Case("long", "", tuple(Block(2, "落实", "", "巡逻。", f"k{n:03}") for n in range(20)))


def check_caught(page: Page) -> Iterator[Page]:
    """The page for a test, which fails where an error reaches nobody; then close it."""
    uncaught: list[str] = []
    page.on("pageerror", lambda error: uncaught.append(str(error)))
    yield page
    page.evaluate("new Promise(done => setTimeout(done, 0))")
    page.context.close()
    assert uncaught == []


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A page of its own, whose console may have errors."""
    yield from check_caught(open_page(browser))


@pytest.fixture
def library(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A search page of 35 cases with one word, and of one with two pieces of text."""
    yield from check_caught(open_index(browser, [*MANY, LONG], tmp_path))


def hide(page: Page, name: str) -> None:
    """Let files of the index be missing; unroute_all brings them back."""
    page.route(re.compile(rf"/search/data/{name}\.js"), lambda route: route.abort())


def open_search(page: Page, address: str) -> None:
    """Search for a word that four cases have."""
    page.goto(f"{address}search/index.html?q={quote('党建')}")


@pytest.mark.parametrize("name", ["meta", "p[0-9]+", "t[0-9]+-0", "f0"])
def test_the_page_tries_a_file_again_that_was_missing(
    visitor: Page, address: str, name: str
) -> None:
    """It says that the file is missing; the same search works when it is there."""
    hide(visitor, name)
    open_search(visitor, address)
    expect(visitor.locator("#cb-search-state")).to_have_text(LOAD_FAILED)
    visitor.unroute_all()
    visitor.get_by_role("searchbox").press("Enter")
    expect(visitor.locator("#cb-search-hits[data-ready]")).to_have_attribute("data-count", "4")
    expect(visitor.locator("#cb-search-state")).to_have_text("找到 4 个案例")


def test_the_hits_stand_where_themes_cannot_be_counted(visitor: Page, address: str) -> None:
    """Only the facet of themes lacks its file."""
    hide(visitor, "h0")
    with visitor.expect_console_message(lambda message: "cannot load h0" in message.text):
        open_search(visitor, address)
        visitor.get_by_label("文种").hover()
    expect(visitor.locator("#cb-search-state")).to_have_text("找到 4 个案例")
    expect(visitor.locator("[data-case]")).to_have_count(4)


def test_the_rest_of_a_case_is_tried_again(library: Page) -> None:
    """The sentence stands among the items, and goes when they come."""
    hide(library, "t[0-9]+-1")
    library.goto(f"{library.url}?q={quote('巡逻')}")
    hit = library.locator("[data-case]")
    expect(hit.locator("[data-item]")).to_have_count(3)
    hit.locator("summary").click()
    expect(hit.get_by_role("alert")).to_have_text(LOAD_FAILED)
    library.unroute_all()
    hit.locator("summary").click()
    expect(hit.locator("[data-item]")).to_have_count(20)
    expect(hit.get_by_role("alert")).to_have_count(0)


def test_more_hits_are_tried_again(library: Page) -> None:
    """The button stays until its hits come; then the first of them has the focus."""
    hide(library, "t[1-9][0-9]-0")
    library.goto(f"{library.url}?q={quote('网格治理')}")
    more = library.get_by_role("button", name="再显示一些")
    expect(more).to_be_visible()
    more.click()
    expect(library.locator("#cb-search-state")).to_have_text(LOAD_FAILED)
    library.unroute_all()
    more.click()
    expect(library.locator("[data-case]")).to_have_count(30)
    expect(library.locator("[data-case] h2 a").nth(10)).to_be_focused()
    expect(library.locator("#cb-search-state")).to_have_text("找到 35 个案例")
    more.click()
    expect(library.locator("[data-case]")).to_have_count(35)
    expect(more).to_have_count(0)


def test_coming_back_keeps_the_hits_and_the_place(library: Page) -> None:
    """Those shown with a click are shown again, at the height where somebody left."""
    library.goto(f"{library.url}?q={quote('网格治理')}")
    library.get_by_role("button", name="再显示一些").click()
    expect(library.locator("[data-case]")).to_have_count(30)
    library.locator("[data-case]").nth(24).scroll_into_view_if_needed()
    title = library.locator("[data-case]").nth(24).get_attribute("data-case")
    library.goto("about:blank")
    library.go_back()
    library.locator("#cb-search-hits[data-ready]").wait_for(state="attached")
    expect(library.locator("[data-case]")).to_have_count(30)
    expect(library.locator(f"[data-case={title}]")).to_be_in_viewport()


def test_the_box_says_that_a_file_is_missing_and_tries_it_again(
    visitor: Page, address: str
) -> None:
    """Everybody sees the sentence, under the box; the next key brings the hits in its place."""
    hide(visitor, "meta")
    visitor.goto(address + "lists/causes.html")
    visitor.keyboard.press("/")
    visitor.keyboard.type("党")
    status = visitor.get_by_role("banner").get_by_role("status")
    expect(status).to_have_text(LOAD_FAILED)
    edges = status.bounding_box()
    assert edges and edges["height"] > 10 and edges["y"] < 200
    visitor.unroute_all()
    visitor.keyboard.type("建")
    expect(visitor.locator("[role=option]")).to_have_count(4)
    expect(status).to_contain_text("找到 4 个案例")
    edges = status.bounding_box()
    assert edges and edges["height"] <= 1

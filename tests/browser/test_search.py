"""The search box and the search page, over http:// and from a folder."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def count(page: Page) -> int:
    """The number of cases that the search page says it found."""
    page.locator("#cb-search-hits[data-ready]").wait_for(state="attached")
    return int(page.locator("#cb-search-hits").get_attribute("data-count") or -1)


def open_search(page: Page, address: str, query: str) -> None:
    """Open the search page at an address that somebody shared."""
    page.goto(f"{address}search/index.html?{query}")


QUERIES = {
    "党建": 4,
    "黨建": 4,
    "一岗双责": 3,
    "考评体系": 1,
    "考核 干部": 4,
    '"无源之水"': 1,
    "党建 -调研": 2,
    "15.4%": 1,
    "dangj": 4,
    "dang jian": 4,
    "党jian": 4,
    "１５.４": 1,
}
"""Queries and the number of cases that each finds."""


def test_any_run_of_characters_is_found(page: Page, address: str) -> None:
    """Words are all required, folded to one script and width; -word excludes."""
    found = {}
    for query in QUERIES:
        open_search(page, address, f"q={quote(query)}")
        found[query] = count(page)
    assert found == QUERIES


def test_a_run_that_stands_nowhere_finds_nothing(page: Page, address: str) -> None:
    """Typed into the box of the page."""
    page.goto(address + "search/index.html")
    page.get_by_role("searchbox").fill("合考评体")
    expect(page.locator("#cb-search-state")).to_contain_text("没有")


def test_a_question_finds_what_comes_closest_and_says_so(page: Page, address: str) -> None:
    """A whole sentence falls back to the cases that share most of it."""
    open_search(page, address, "q=怎么解决党建和业务工作两张皮问题")
    expect(page.locator("#cb-search-state")).to_contain_text("最接近的")
    assert count(page) == 0
    expect(page.locator("[data-near] [data-case]")).not_to_have_count(0)


def test_a_shared_address_opens_the_same_result(page: Page, address: str) -> None:
    """The whole state lives in the address: words and facets."""
    open_search(page, address, "q=考核&role=cause")
    assert count(page) == 1
    items = page.locator("[data-item]")
    expect(items.first.locator(".cb-role")).to_have_text("成因")
    expect(page.get_by_label("角色")).to_have_value("cause")
    expect(page.locator("mark").first).to_have_text("考核")


def test_facets_count_and_back_returns(page: Page, address: str) -> None:
    """Choosing a facet narrows by as many as it said; the back button widens again."""
    open_search(page, address, "q=党建")
    assert count(page) == 4
    option = page.get_by_label("文种").locator("option", has_text="调查研究")
    assert "（1）" in (option.text_content() or "")
    page.get_by_label("文种").select_option("调查研究")
    assert count(page) == 1
    page.go_back()
    assert count(page) == 4


def test_a_facet_that_is_chosen_right_after_typing_keeps_the_words(
    page: Page, address: str
) -> None:
    """The pause while somebody types has not passed when the facet changes."""
    open_search(page, address, "q=党建")
    assert count(page) == 4
    page.evaluate(
        """() => {
            const box = document.querySelector("#cb-search-box");
            box.value = "考核";
            box.dispatchEvent(new Event("input"));
            const kind = document.querySelector("select[aria-label=文种]");
            kind.value = "调查研究";
            kind.dispatchEvent(new Event("change"));
        }"""
    )
    assert page.url.endswith(f"?q={quote('考核')}&kind={quote('调查研究')}")
    count(page)


def test_themes_are_a_facet(page: Page, address: str) -> None:
    """A theme leaves as many cases as it said, and only items about it."""
    open_search(page, address, "q=考核")
    count(page)
    option = page.get_by_label("主题").locator("option", has_text="考核评价")
    said = re.search("（([0-9]+)）", option.text_content() or "")
    items = page.locator("[data-item]").count()
    page.get_by_label("主题").select_option("考核评价")
    assert said and count(page) == int(said[1])
    assert 0 < page.locator("[data-item]").count() < items


def test_from_any_page_by_keyboard_to_the_anchor(page: Page, address: str) -> None:
    """Slash, words, Enter; a hit leads to the permanent anchor of its item."""
    page.goto(address + "lists/causes.html")
    page.keyboard.press("/")
    page.keyboard.type("考评体系")
    page.keyboard.press("Enter")
    page.locator("[data-item] a").first.click()
    assert re.search(r"/cases/[a-z0-9-]+\.html\?q=[^#]+#k[a-z0-9]+$", page.url)
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator("article mark").first).to_have_text("考评体系")


def test_nothing_found_says_what_to_relax(page: Page, address: str) -> None:
    """No hit is an answer, with a way on."""
    open_search(page, address, "q=柳编产业&kind=调查研究")
    assert count(page) == 0
    expect(page.locator("#cb-search-state")).to_contain_text("去掉筛选条件")
    expect(page.get_by_role("link", name="去掉筛选条件")).to_be_visible()


def test_a_query_is_text_and_nothing_else(page: Page, address: str) -> None:
    """What stands in the address cannot become an element."""
    open_search(page, address, "q=<img src=x onerror=alert(1)>")
    assert count(page) == 0
    assert page.locator("article img, #cb-search-hits img").count() == 0


def type_in_header(page: Page, address: str, query: str) -> None:
    """Type into the header's box of a page and wait for the first hits."""
    page.goto(address + "lists/causes.html")
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(page.locator("[role=option]").first).to_be_visible()


def test_first_hits_while_typing(page: Page, address: str) -> None:
    """A screen reader hears of them; arrows choose, Enter opens the item, words marked."""
    type_in_header(page, address, "考评体系")
    box = page.get_by_role("combobox", name="查找")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("banner").get_by_role("status")).to_contain_text("找到 1 个案例")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option]").first).to_have_attribute("aria-selected", "true")
    chosen = page.locator("[role=option]").first.get_attribute("id") or ""
    expect(box).to_have_attribute("aria-activedescendant", chosen)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/.*#k"))
    expect(page.locator("article mark").first).to_have_text("考评体系")


def test_the_box_of_the_home_page_suggests_hits_and_says_when_there_are_none(
    page: Page, address: str
) -> None:
    """What was found instead is said above the hits; nothing found is said to everybody."""
    page.goto(address + "index.html")
    box = page.get_by_role("main").get_by_role("searchbox")
    box.fill("党见")
    expect(page.locator("[role=option]")).to_have_count(4)
    expect(page.get_by_text("没有“党见”，找到“党建”（4）").first).to_be_visible()
    box.press("ArrowDown")
    expect(page.locator("[role=option]").first).to_have_attribute("aria-selected", "true")
    box.fill("龘龘")
    said = page.get_by_role("main").get_by_role("status")
    expect(said).to_contain_text("没有找到")
    edges = said.bounding_box()
    assert edges and edges["height"] > 10


def test_no_choice_outlives_its_list(page: Page, address: str) -> None:
    """Enter after another key must not open a hit of the words before."""
    type_in_header(page, address, "党建")
    page.keyboard.press("ArrowDown")
    box = page.get_by_role("combobox", name="查找")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("."))
    kept = box.evaluate(
        """box => {
            box.value = "考核";
            box.dispatchEvent(new Event("input"));
            return box.getAttribute("aria-activedescendant");
        }"""
    )
    assert kept is None
    expect(page.locator("[role=option]")).not_to_have_count(0)


def test_escape_closes_the_first_hits(page: Page, address: str) -> None:
    """Escape leaves the words; Enter then leads to the search page."""
    type_in_header(page, address, "党建")
    page.keyboard.press("Escape")
    expect(page.locator("[role=option]")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"search/index\.html\?q="))
    assert count(page) == 4


@pytest.mark.parametrize(("query", "cases"), [("dangjian", 4), ("建", 4), ("黨建 考評體系", 1)])
def test_other_scripts(page: Page, address: str, query: str, cases: int) -> None:
    """Toneless pinyin, one character, traditional script."""
    open_search(page, address, f"q={query}")
    assert count(page) == cases
    expect(page.locator("mark").first).to_be_visible()


def test_one_word_too_many_can_be_left_out(page: Page, address: str) -> None:
    """Nothing has both words: each that finds something is offered alone."""
    open_search(page, address, 'q="考评体系" "柳编产业"')
    assert count(page) == 0
    page.get_by_role("link", name="只查“考评体系”（1）").click()
    assert count(page) == 1


def test_on_a_phone(page: Page, address: str) -> None:
    """At 360 px nothing sticks out, neither the first hits nor the page of all."""
    page.set_viewport_size({"width": 360, "height": 740})
    type_in_header(page, address, "党建")
    edges = page.locator(".cb-live").bounding_box()
    assert edges and edges["x"] >= 0 and edges["x"] + edges["width"] <= 360
    open_search(page, address, "q=党建")
    assert count(page) == 4
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_all_items_of_a_case_can_be_read(page: Page, address: str) -> None:
    """The best ones are open; the rest are read from other files when somebody asks for them."""
    open_search(page, address, "q=党建")
    assert count(page) == 4
    hit = page.locator("[data-case]", has=page.locator("summary")).first
    said = re.search("另有 ([0-9]+) 处", hit.locator("summary").text_content() or "")
    before = hit.locator("[data-item]").count()
    hit.locator("summary").click()
    assert said
    expect(hit.locator("[data-item]")).to_have_count(before + int(said[1]))
    expect(hit.locator("details [data-item] mark").first).to_be_visible()


def test_words_of_headings_are_marked(page: Page, address: str) -> None:
    """A term that stands in a heading is found there, and the heading shows it."""
    open_search(page, address, "q=成因")
    assert count(page) > 0
    expect(page.locator("[data-item] a mark", has_text="成因").first).to_be_visible()


def test_first_hits_need_no_facets(page: Page, address: str) -> None:
    """Hits are drawn before the counts of facets are read."""
    page.route(re.compile(r"/search/data/[fh][0-9]+\.js"), lambda route: None)  # never answered
    page.goto(f"{address}search/index.html?q=党建", wait_until="commit")
    expect(page.locator("[data-case]")).to_have_count(4)
    expect(page.locator("#cb-search-hits[data-ready]")).to_have_count(0)

"""The order of hits, from the texts to the page: six cases that each have a phrase elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from casebook.model import Block, Case
from search_harness import open_index

pytestmark = pytest.mark.browser

PHRASE = "网格治理"
OTHER = "各部门按照分工抓好落实。"


def make_case(case_id: str, title: str, date: str, *items: tuple[str, str]) -> Case:
    """A case with a lead of no interest and items of a heading and a text."""
    blocks = [Block(2, heading, "", text, f"k{n:03}") for n, (heading, text) in enumerate(items)]
    return Case(case_id, title, (Block(1, title, "", OTHER), *blocks), date=date)


CASES = [
    make_case("once", "落实工作", "2021-03-01", ("落实", f"推进{PHRASE}。")),
    make_case("twice", "落实工作", "2021-03-01", *[("落实", f"推进{PHRASE}。")] * 2),
    make_case("often", "落实工作", "2021-03-01", ("落实", f"推进{PHRASE}。" * 3)),
    make_case("heading", "落实工作", "2021-03-01", (f"推进{PHRASE}", OTHER)),
    make_case("title", f"推进{PHRASE}", "2021-03-01", ("落实", OTHER)),
    make_case("apart", "落实工作", "2021-03-01", ("落实", "巡逻员"), ("落实", "调解室")),
    make_case("together", "落实工作", "2021-03-01", ("落实", "巡逻员和调解室"), ("落实", OTHER)),
]
"""Nearly all have another place in the library, which orders by id, than in the ranking."""

DATED = [
    make_case("title", PHRASE, "2020-05-01", ("落实", OTHER)),
    make_case("heading", "落实工作", "2022-05-01", (PHRASE, OTHER)),
    make_case("once", "落实工作", "2021-05-01", ("落实", PHRASE)),
    make_case("undated", "落实工作", "", (PHRASE, PHRASE)),
]
BY_SCORE = ["title", "undated", "heading", "once"]
BY_DATE = ["heading", "once", "title", "undated"]


@pytest.fixture(scope="module")
def reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The index of the cases."""
    return open_index(browser, CASES, tmp_path_factory.mktemp("ranking"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (PHRASE, ["title", "heading", "often", "twice", "once"]),
        ("wanggezhili", ["title", "heading", "often", "twice", "once"]),
        ("巡逻 调解", ["together", "apart"]),
        ("推进 网格", ["title", "heading", "often", "twice", "once"]),
    ],
)
def test_title_then_heading_then_text(reader: Page, query: str, expected: list[str]) -> None:
    """A phrase, its pinyin, two words in one item or in two."""
    (answer,) = reader.evaluate(f"ask({json.dumps([{'q': query}])})")
    assert [case_id for case_id, _ in answer["ids"]] == expected


def shown(page: Page) -> list[str]:
    """The cases that the page shows, in order."""
    page.locator("#cb-search-hits[data-ready]").wait_for(state="attached")
    ids: list[str] = page.locator("[data-case]").evaluate_all("all => all.map(e => e.dataset.case)")
    return ids


def test_the_latest_comes_first_where_somebody_sorts_by_date(
    browser: Browser, tmp_path: Path
) -> None:
    """What has no date comes last; back returns to the order by score."""
    page = open_index(browser, DATED, tmp_path)
    page.goto(f"{page.url}?q={PHRASE}")
    assert shown(page) == BY_SCORE
    page.get_by_label("排序").select_option("date")
    expect(page.locator("[data-case]").first).to_have_attribute("data-case", BY_DATE[0])
    assert shown(page) == BY_DATE
    page.go_back()
    expect(page.locator("[data-case]").first).to_have_attribute("data-case", BY_SCORE[0])
    assert shown(page) == BY_SCORE

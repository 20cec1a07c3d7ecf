"""Search that forgives: what people type into a library of five fields finds what they mean."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from casebook.vocabulary import load
from search_harness import open_index
from typed_questions import ask, is_answered, load_questions

pytestmark = pytest.mark.browser

MOST_WRONG = 1
"""Questions that may fail; which ones, the test says."""


@pytest.fixture(scope="module")
def reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The search page of the write-ups, with the vocabulary of this library."""
    vocabulary = load()
    cases, _ = load_questions()
    roles = {role.id: role.name for role in vocabulary.roles.values()}
    folder = tmp_path_factory.mktemp("typed")
    page = open_index(browser, cases, folder, roles, vocabulary.synonyms)
    page.goto(page.url)
    return page


def test_typed_questions_find_what_they_mean(reader: Page) -> None:
    """A right case among the first hits, or the right correction offered first."""
    _, questions = load_questions()
    wrong = [each["q"] for each in questions if not is_answered(each, ask(reader, each["q"]))]
    assert len(wrong) <= MOST_WRONG, wrong


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("两层皮", "没有“两层皮”，找到“两张皮”（1）"),
        ("条解员", "没有“条解员”，找到“调解员”（1）"),
        ("送达太慢服务", "没有“送达太慢服务”，找到“送达”"),
        ("贵州", "地区：贵州省（1）"),
    ],
)
def test_what_was_found_instead_is_said(reader: Page, query: str, said: str) -> None:
    """It stands above a region of its own and counts as no hit."""
    answer = ask(reader, query)
    assert answer["count"] == 0
    assert answer["exact"] == []
    assert answer["near"]
    assert said in answer["nearSaid"]


def test_loosening_is_switched_off(reader: Page) -> None:
    """All of it in the address; synonyms by a click too, and a filter holds for near hits."""
    assert ask(reader, "条解员", "&near=0")["near"] == []
    assert ask(reader, "两层皮", "&region=浙江省")["near"] == []
    assert ask(reader, "两层皮")["near"] == ["dj-liangzhangpi"]
    reader.get_by_role("link", name="不用同义词").click()
    expect(reader.locator("#cb-search-hits[data-ready]")).to_have_attribute("data-count", "0")
    assert "syn=0" in reader.url
    assert ask(reader, "两层皮", "&syn=0")["near"] == []


def test_exact_hits_stay_what_they_are(reader: Page) -> None:
    """What is known of a case, and words of the same meaning, only stand below them."""
    answer = ask(reader, "推诿")
    assert (answer["count"], answer["exact"]) == (1, ["xc-wangge"])
    answer = ask(reader, "社区")
    assert set(answer["exact"]).isdisjoint(answer["near"])
    assert answer["count"] == len(answer["exact"])


def test_filters_of_the_address(reader: Page) -> None:
    """Several values of a facet, dates as a range, outcomes with figures; chips take one back."""
    found = ask(reader, "", "&region=贵州省&region=云南省")["exact"]
    assert set(found) == {"yy-xiaxiang", "fy-xunhui"}
    reader.get_by_role("button", name="去掉地区：云南省").click()
    expect(reader.locator("[data-case]")).to_have_count(1)
    assert ask(reader, "", "&from=2024-04")["exact"] == ["xc-hunsu"]
    assert ask(reader, "", "&from=2021-02&to=2021-03")["exact"] == ["dj-dangwu"]
    figures = ask(reader, "", "&has=data&region=浙江省")["exact"]
    assert set(figures) == {"dj-kaohe", "dj-jiceng"}

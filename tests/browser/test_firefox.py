"""The search page and a case in Firefox, over http:// and from a folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from firefox import Firefox, find_firefox, start_firefox
from machine import stop_without

pytestmark = pytest.mark.browser

READY = "document.querySelector('#cb-search-hits[data-ready]') !== null"
COUNT = "document.querySelector('#cb-search-hits').dataset.count"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """The system's Firefox; without one, fail in CI and skip elsewhere."""
    program = find_firefox()
    if program is None:
        stop_without("Firefox")
    with start_firefox(str(program), tmp_path_factory.mktemp("firefox")) as firefox:
        yield firefox


@pytest.fixture
def firefox(started: Firefox, address: str) -> Iterator[Firefox]:
    """It fails its test for console errors and for requests to other hosts."""
    started.errors.clear()
    started.requests.clear()
    yield started
    started.evaluate("null")  # what has happened until now comes before its answer
    foreign = [r for r in started.requests if not r.startswith((address, "data:", "blob:"))]
    assert (started.errors, foreign) == ([], [])


def test_words_are_searched_and_lead_to_the_item(firefox: Firefox, address: str) -> None:
    """Typed pinyin finds cases; the first hit leads to its item, where the word is marked."""
    firefox.open(f"{address}search/index.html")
    firefox.evaluate("document.querySelector('#cb-search-form input[type=search]').focus()")
    firefox.type("kaohe")
    firefox.wait_for(f"{READY} && {COUNT} === '4'")
    link = firefox.evaluate("document.querySelector('[data-item] a').href")
    firefox.open(link)
    anchor = link.partition("#")[2]
    assert firefox.evaluate("document.querySelector(':target').id") == anchor
    firefox.wait_for("document.querySelector('article mark') !== null")


def test_a_shared_search_has_its_hits(firefox: Firefox, address: str) -> None:
    """Words and a facet from the address."""
    firefox.open(f"{address}search/index.html?q=考核&role=cause")
    firefox.wait_for(READY)
    assert firefox.evaluate(COUNT) == "1"
    assert firefox.evaluate("document.querySelector('[data-item] mark').textContent") == "考核"


def test_a_case_can_be_read(firefox: Firefox, address: str) -> None:
    """Title, roles, restored places and what opens on request."""
    firefox.open(f"{address}cases/pojie-jiguan-dangjian-yu-yewu-gongzuo-liangzhangpi-diaocha.html")
    assert firefox.evaluate("document.querySelectorAll('article h1').length") == 1
    assert firefox.evaluate("document.querySelectorAll('.cb-role').length") > 5
    firefox.evaluate("document.querySelector('.cb-repairs summary').click()")
    assert firefox.evaluate("document.querySelector('.cb-rule summary').offsetHeight") > 0


def test_what_a_case_gives_is_among_the_excerpts(firefox: Firefox, address: str) -> None:
    """Also from a folder, where each page might have a store of its own."""
    firefox.open(f"{address}themes/kaohe-pingjia.html")
    firefox.wait_for("document.querySelector('.cb-answers .cb-tool') !== null")
    firefox.evaluate("document.querySelector('.cb-answers .cb-tool').click()")
    firefox.wait_for("document.querySelector('.cb-kept')?.textContent === '摘录 1'")
    firefox.open(f"{address}excerpts.html")
    firefox.wait_for("document.querySelectorAll('.cb-excerpts > li').length === 1")

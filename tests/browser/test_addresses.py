"""What others may have linked to stays where it is; what is new may be added to the list."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
GOLDEN: dict[str, Any] = yaml.safe_load(
    (ROOT / "tests" / "data" / "addresses.yml").read_text(encoding="utf-8")
)


def anchors(page: Path) -> set[str]:
    """What `#…` may name on a page of the site."""
    return set(re.findall(r'\sid="?([^"\s>]+)', page.read_text(encoding="utf-8")))


def test_every_page_and_anchor_is_there(site: Path) -> None:
    """Pages and anchors that the site of the frozen library once had, and the received files."""
    expected = GOLDEN["pages"]
    missing = [name for name in (*expected, *GOLDEN["files"]) if not (site / name).is_file()]
    assert expected and missing == []
    lost = {name: set(ids) - anchors(site / name) for name, ids in expected.items()}
    assert {name: ids for name, ids in lost.items() if ids} == {}


def test_another_name_of_a_term_is_read_as_the_present_one(page: Page, address: str) -> None:
    """The page has the aliases of the vocabulary; an old link finds what has the name now."""
    page.goto(f"{address}search/index.html?kind=典型经验&region=内蒙古赤峰市&theme=旧名")
    form = page.locator("#cb-search-form")
    expect(form.get_by_label("文种")).to_have_value("经验材料")
    expect(form.get_by_label("地区")).to_have_value("内蒙古自治区赤峰市")
    page.evaluate(
        """document.getElementById("cb-search-form").dataset.formerNames =
            JSON.stringify({ theme: { 旧名: "考核评价" } });
        dispatchEvent(new PopStateEvent("popstate"));"""
    )
    expect(form.get_by_label("主题")).to_have_value("考核评价")


@pytest.mark.parametrize("name", GOLDEN["parameters"])
def test_every_parameter_of_the_search_is_read(page: Page, address: str, name: str) -> None:
    """Its value stands in the form and decides what is found."""
    value = "date" if name == "sort" else "龘龘"
    page.goto(f"{address}search/index.html?{name}={value}")
    control = page.locator("#cb-search-form").get_by_label(GOLDEN["parameters"][name])
    expect(control).to_have_value(value)
    page.locator("#cb-search-hits[data-ready]").wait_for(state="attached")
    found = page.locator("#cb-search-hits").get_attribute("data-count")
    assert found == ("4" if name == "sort" else "0")

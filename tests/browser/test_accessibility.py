"""axe finds nothing serious on any type of page, in light and in dark."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from browser_page import open_page

pytestmark = pytest.mark.browser

PAGES = (
    "index.html",
    "themes/index.html",
    "themes/kaohe-pingjia.html",
    "lists/roles.html",
    "lists/practices.html",
    "lists/browse.html",
    "lists/gaps.html",
    "themes/cell_kaohe-pingjia_zhidu-jizhi.html",
    "search/index.html?q=两层皮",
    "search/index.html?q=党件&kind=调查研究&kind=思考建议",
    "excerpts.html",
    "repairs.html",
    "rules.html",
    "about.html",
    "contributing.html",
    "desk.html",
    "404.html",
    "cases/pojie-jiguan-dangjian-yu-yewu-gongzuo-liangzhangpi-diaocha.html",
)
"""One page of each type."""


@pytest.mark.parametrize(
    ("scheme", "rules"), [("light", {}), ("dark", {"runOnly": ["color-contrast"]})]
)
def test_no_serious_violation(
    browser: Browser, site: Path, scheme: Literal["light", "dark"], rules: dict[str, list[str]]
) -> None:
    """Neither serious nor critical, by axe-core; the dark scheme differs only in its colors."""
    page = open_page(browser, color_scheme=scheme)
    options = rules | {"resultTypes": ["violations"]}
    found = []
    for path in PAGES:
        page.goto(f"{site.as_uri()}/{path}")
        if path.startswith("search/"):
            page.locator("#cb-search-hits[data-ready]").wait_for(state="attached")
        for violation in Axe().run(page, options=options).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.append((path, violation["id"], violation["nodes"][0]["html"][:120]))
    page.context.close()
    assert found == []

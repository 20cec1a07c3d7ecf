"""What got into a page past the gate and the sanitizer does not run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser_page import open_page

pytestmark = pytest.mark.browser

ATTACKS = (
    "<script>window.ran = 'inline'</script>",
    "<img src='nothing.png' onerror=\"window.ran = 'onerror'\">",
    "<svg onload=\"window.ran = 'onload'\"></svg>",
    "<a id='link' href=\"javascript:void(window.ran = 'link')\">x</a>",
    "<iframe src=\"javascript:void(parent.ran = 'frame')\"></iframe>",
    "<base href='https://example.org/'>",
)
TARGET = "injected.html"


@pytest.fixture
def injected(site: Path) -> Iterator[Path]:
    """A case page with every attack in its body, beside the site's own."""
    case = next(p for p in sorted((site / "cases").glob("*.html")) if "<article" in p.read_text())
    page = case.with_name(TARGET)
    page.write_text(case.read_text("utf-8").replace("<article", "".join(ATTACKS) + "<article", 1))
    yield page
    page.unlink()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A page of its own, because blocked scripts are errors on the console."""
    page = open_page(browser)
    yield page
    page.close()


def attack(page: Page, address: str) -> list[str | None]:
    """What ran of the attacks, and the scheme of the page's base; the link is clicked too."""
    page.goto(f"{address}cases/{TARGET}")
    page.locator("#link").dispatch_event("click")
    page.evaluate("new Promise(done => setTimeout(done, 100))")
    found: list[str | None] = page.evaluate(
        "[window.ran ?? null, new URL('x', document.baseURI).protocol]"
    )
    return found


def test_nothing_injected_runs(visitor: Page, injected: Path, address: str) -> None:
    """Neither scripts nor handlers nor addresses of scripts, and no base leads elsewhere."""
    assert attack(visitor, address) == [None, address.partition("//")[0]]


def test_without_the_policy_it_would_run(visitor: Page, injected: Path, address: str) -> None:
    """The attacks above are alive: the policy is what stops them."""
    text = injected.read_text("utf-8")
    injected.write_text(text.replace("Content-Security-Policy", "x-none"), "utf-8")
    assert attack(visitor, address)[0] is not None


def test_the_theme_switches_its_colors(visitor: Page, address: str) -> None:
    """The theme's inline scripts run by their hashes: the choice is still there after a reload."""
    visitor.goto(address + "index.html")
    before = visitor.evaluate("document.body.dataset.mdColorScheme")
    visitor.locator(".md-header__option label:visible").click()
    visitor.reload()
    assert visitor.evaluate("document.body.dataset.mdColorScheme") != before

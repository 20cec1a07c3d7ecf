"""A real Chromium and the site of this checkout, over http:// and file://."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from browser_page import open_page
from casebook.site.desk_data import ENGINE_SCRIPTS, render_desk_data
from casebook.vocabulary import load
from machine import PATIENCE, stop_without
from served import serve
from tasks import BROWSERS

ROOT = Path(__file__).parents[2]
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")

expect.set_options(timeout=PATIENCE * 1000)  # milliseconds


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, else Playwright's own; without any, fail in CI and skip elsewhere."""
    system = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    driver = [sys.executable, "-m", "playwright", "--version"]
    probed = subprocess.run(driver, capture_output=True, encoding="utf-8", check=False)
    if probed.returncode:
        stop_without(f"what Playwright's driver needs ({probed.stderr.strip()})")
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=system, args=list(FLAGS))
        except Error as error:
            stop_without(f"a Chromium ({error.message.splitlines()[0]})")
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make site` builds it."""
    target = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, str(ROOT / "scripts" / "build_site.py"), "--out", str(target)]
    built = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert built.returncode == 0, built.stderr
    assert built.stderr == ""
    return target


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the site on a free port."""
    with serve(site) as address:
        yield address


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, site: Path) -> str:
    """The site's address, once over http:// and once by double-click."""
    if request.param == "file":
        return site.as_uri() + "/"
    served: str = request.getfixturevalue("served")
    return served


@pytest.fixture(scope="session")
def desk(browser: Browser) -> Iterator[Page]:
    """An empty page with the engine of 在线整理; it fails the tests for uncaught errors."""
    page = open_page(browser)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    folder = ROOT / "docs" / "scripts"
    scripts = [folder / "desk" / f"{name}.js" for name in ENGINE_SCRIPTS]
    texts = [path.read_text(encoding="utf-8") for path in scripts]
    unpacking = (folder / "search" / "files.js").read_text(encoding="utf-8")
    page.add_script_tag(content=render_desk_data(texts, load()))
    page.add_script_tag(content="\n".join((unpacking, *texts)))
    yield page
    assert faults == []


class Tab:
    """A page that all tests use one after the other: a new one takes half a second to start."""

    def __init__(self, browser: Browser) -> None:
        self.faults: list[str] = []
        self._address = ""
        self.page = open_page(browser)
        self.page.on("console", lambda m: self._add(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self._add(str(error)))
        self.page.on("request", lambda r: self._add(r.url) if self._is_foreign(r.url) else None)

    def _add(self, fault: str) -> None:
        self.faults.append(fault)

    def _is_foreign(self, url: str) -> bool:
        return not url.startswith((self._address, "data:", "blob:", "about:"))

    def start(self, address: str) -> Page:
        """The page, reset for a test of the site at an address."""
        self._address = address
        self.faults.clear()
        self.page.set_viewport_size({"width": 1280, "height": 800})
        return self.page

    def finish(self) -> None:
        """Leave nothing to the next test: no route, no emulation, nothing stored."""
        self.page.unroute_all()
        self.page.emulate_media(media="null", color_scheme="null")
        if self.page.url.startswith(self._address):
            self.page.evaluate("localStorage.clear(), sessionStorage.clear()")
        self.page.goto("about:blank")

    def settle(self) -> None:
        """Run what is queued in the page, so that late faults count against this test."""
        self.page.evaluate("new Promise(done => setTimeout(done, 0))")


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> dict[str, Tab]:
    """The page of each address."""
    return {}


@pytest.fixture
def page(browser: Browser, tabs: dict[str, Tab], address: str) -> Iterator[Page]:
    """A page that fails its test for console errors and for requests to other hosts."""
    tab = tabs.get(address) or Tab(browser)
    tabs[address] = tab
    yield tab.start(address)
    tab.settle()
    faults = list(tab.faults)
    tab.finish()
    assert faults == []

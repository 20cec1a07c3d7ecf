"""The one test that reads cases/: whatever stands there becomes a site that opens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser_page import open_page

ROOT = Path(__file__).parents[2]
CASES = ROOT / "cases"

pytestmark = pytest.mark.browser


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a script on the library of this checkout, with its own vocabulary."""
    command = [sys.executable, ROOT / "scripts" / script, *arguments]
    frozen = ("CASEBOOK_CASES", "CASEBOOK_VOCABULARY")
    own = {name: value for name, value in os.environ.items() if name not in frozen}
    return subprocess.run(
        [*map(str, command)], capture_output=True, encoding="utf-8", check=False, env=own
    )


def test_the_library_of_this_checkout_becomes_a_site(browser: Browser, tmp_path: Path) -> None:
    """What passes the gate is built and opens; what does not is the business of `make check`."""
    checked = run("check_cases.py", CASES)
    assert checked.returncode in (0, 1, 2) and "Traceback" not in checked.stderr, checked.stderr
    if checked.returncode:
        complaint = (checked.stdout or checked.stderr).splitlines()[0]
        pytest.skip(f"the gate refuses cases/, see `make check`: {complaint}")
    built = run("build_site.py", "--cases", CASES, "--out", tmp_path / "site")
    assert (built.returncode, built.stderr) == (0, "")
    page = open_page(browser)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.get_by_role("main").locator(".cb-cases a").first.click()
    expect(page.locator("article h1")).to_be_visible()
    page.context.close()
    assert faults == []

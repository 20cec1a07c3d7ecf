"""The page of undecided pairs in a real Chromium, opened from a folder, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from browser_page import open_page
from casebook.library.decisions import load_decisions
from casebook.library.folder import load_library
from casebook.library.review_file import read_review
from commands import run_text
from review_library import write_copies

pytestmark = pytest.mark.browser

HOSTILE = "</script><script>document.title = 'broken'</script><img src=x onerror=alert(1)>"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Three pairs of copies; one of them has a hostile title and text."""
    return write_copies(tmp_path / "cases", ("", HOSTILE, ""))


@pytest.fixture
def review(library: Path, browser: Browser) -> Iterator[Page]:
    """The page of its pairs, without a fault, without a request, and with no hostile element."""
    told = run_text("find_duplicates", library, "--review", library.parent / "review.html")
    assert told.stdout.startswith("3 对待判定"), told.stderr
    page = open_page(browser, accept_downloads=True)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("request", lambda request: faults.append(request.url))
    address = (library.parent / "review.html").as_uri()
    page.goto(address)
    yield page
    assert set(faults) <= {address}
    assert page.title() == "查重判定"
    assert page.locator("article img, article script").count() == 0
    page.context.close()


def _download(page: Page, target: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("button", name="下载 review.yml").click()
    assert started.value.suggested_filename == "review.yml"
    started.value.save_as(target)
    return target


def test_pairs_are_decided_by_keyboard_and_carried_out(
    review: Page, library: Path, tmp_path: Path
) -> None:
    """1 merges and moves on, 2 asks for the reason, Enter moves on; the file is carried out."""
    progress = review.locator("#progress")
    expect(progress).to_have_text("已判定 0/3")
    review.keyboard.press("1")
    review.keyboard.press("2")
    expect(progress).to_have_text("已判定 2/3，1 对缺理由")
    review.keyboard.type('不同的县："甲"与#乙')
    review.keyboard.press("Enter")
    expect(review.locator("article.current h2")).to_contain_text("3/3")
    review.keyboard.press("3")
    expect(progress).to_have_text("已判定 3/3")
    entries, findings = read_review(_download(review, tmp_path / "decided.yml"))
    assert findings == []
    assert [entry.decision for entry in entries] == ["merge", "distinct", "later"]
    done = run_text("find_duplicates", "--library", library, "--decide", tmp_path / "decided.yml")
    assert (done.returncode, done.stderr) == (0, "")
    assert [d.reason for d in load_decisions(library)] == ['不同的县："甲"与#乙']
    assert len(load_library(library).cases) == 5


def test_a_reload_keeps_what_was_chosen(review: Page) -> None:
    """So does closing the page, in a browser that may store anything for a folder."""
    review.get_by_label("以后再说").nth(1).check()
    review.locator("article").nth(2).get_by_label("不是同一篇").check()
    review.locator("article").nth(2).get_by_label("理由").fill("两个年度")
    review.reload()
    expect(review.locator("#progress")).to_have_text("已判定 2/3")
    expect(review.get_by_label("以后再说").nth(1)).to_be_checked()
    expect(review.locator("article").nth(2).get_by_label("理由")).to_have_value("两个年度")


def test_keys_move_between_pairs(review: Page) -> None:
    """j and k, the arrows and the buttons; a field for text takes letters and figures."""
    current = review.locator("article.current h2")
    for key, place in (("j", 2), ("ArrowRight", 3), ("j", 3), ("k", 2), ("ArrowLeft", 1)):
        review.keyboard.press(key)
        expect(current).to_contain_text(f"{place}/3")
    review.get_by_role("button", name="下一对").click()
    expect(current).to_contain_text("2/3")
    reason = review.locator("article").nth(1).get_by_label("理由")
    reason.click()
    review.keyboard.type("j12")
    expect(reason).to_have_value("j12")
    expect(review.locator("#progress")).to_have_text("已判定 0/3")


@pytest.mark.parametrize("storage", ["refused", "broken"])
def test_a_browser_without_storage_still_works(review: Page, storage: str) -> None:
    """A folder may be refused storage, and another page may have stored something else."""
    if storage == "refused":
        review.add_init_script("delete Window.prototype.localStorage")
    else:
        key = json.dumps(review.evaluate("document.body.dataset.key"))
        review.evaluate(f"localStorage.setItem({key}, '[[1')")
    review.reload()
    review.keyboard.press("1")
    expect(review.locator("#progress")).to_have_text("已判定 1/3")


def test_the_sides_stand_next_to_each_other_or_on_a_phone_below(review: Page) -> None:
    """Nothing is wider than the screen."""
    cells = review.locator("article").first.locator(".row:not(.names)").first.locator("p")
    for width, is_beside in ((1280, True), (360, False)):
        review.set_viewport_size({"width": width, "height": 800})
        first, second = (cells.nth(n).bounding_box() for n in (0, 1))
        assert first
        assert second
        assert (first["y"] == second["y"]) is is_beside
        assert review.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_violation(review: Page, scheme: Literal["light", "dark"]) -> None:
    """Neither serious nor critical, with one pair decided and one that lacks its reason."""
    review.emulate_media(color_scheme=scheme)
    review.keyboard.press("1")
    review.keyboard.press("2")
    found = Axe().run(review, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in serious] == []

"""What a variant says otherwise, on the built site: read, opened by keyboard, found by search."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_page import open_page
from commands import run_text
from review_library import write_case

pytestmark = pytest.mark.browser

TEXT = "街道牵头建立统一收运点，与园林公司签订处置协议，把枝叶粉碎以后还田，居民上报的当天处置。"
OUTCOME = "居民满意度由六成上升到九成。经过一年运行，投诉下降七成。"
SAYS_MORE = OUTCOME.replace("七成。", "七成，管护成本每吨降低四角二分。")
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def merged_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one case; its variant has another clause, another word and a hostile sentence."""
    folder = tmp_path_factory.mktemp("merged")
    more = "每周一组织现场会商，梳理堵点清单，逐项销号，张贴结果。大件垃圾由物业公司登记清运。"
    write_case(folder / "cases", "long", "处置垃圾", TEXT + more, OUTCOME)
    write_case(folder / "cases", "short", "处置垃圾", TEXT.replace("与", "和"), SAYS_MORE + HOSTILE)
    ids = ("--merge", "long", "short", "--relation", "revision")
    assert run_text("find_duplicates", "--library", folder / "cases", *ids).returncode == 0
    built = run_text("build_site", "--cases", folder / "cases", "--out", folder / "site")
    assert built.returncode == 0, built.stderr
    return folder / "site"


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_note_is_read_and_opened(
    browser: Browser, merged_site: Path, has_scripts: bool, width: int
) -> None:
    """The further clause is open; another wording opens by keyboard; nothing in it runs."""
    page = open_page(
        browser, java_script_enabled=has_scripts, viewport={"width": width, "height": 800}
    )
    page.goto((merged_site / "cases" / "long.html").as_uri())
    reworded, further = page.locator("details.cb-otherwise").all()
    expect(further.locator("ins").first).to_contain_text("管护成本每吨降低四角二分")
    expect(further.locator("ins").first).to_be_visible()
    expect(further).to_contain_text("<img src=x onerror=alert(1)>")
    expect(reworded.locator("ins")).to_be_hidden()
    reworded.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(reworded.locator("ins")).to_be_visible()
    assert "处置垃圾" in page.title()
    assert page.locator(".cb-case img, .cb-case script").count() == 0
    page.context.close()


def test_search_leads_to_the_place(browser: Browser, merged_site: Path) -> None:
    """From a folder, and to the item at whose paragraph the note is."""
    page: Page = open_page(browser)
    page.goto((merged_site / "search" / "index.html").as_uri() + "?q=四角二分")
    found = page.locator('[data-case="long"] [data-item]')
    expect(found).to_contain_text("管护成本每吨降低四角二分")
    found.locator("a").first.click()
    expect(page.locator(".cb-head:target")).to_contain_text("主要做法")
    page.context.close()

"""What readers take along: excerpts, copies, citations, Word files and paper."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_page import open_page
from casebook.pipeline.write_ups import read_source
from casebook.text.title_lines import break_title
from site_library import HOSTILE

pytestmark = pytest.mark.browser

CASE = "cases/shizhijiguan-gongwei-pojie-dangjian-yu-yewu-gongzuo-liang.html"
TITLE = "市直机关工委破解党建与业务工作两张皮问题经验材料"
HEADING = "（二）选树先进典型，强化正向激励，推动机关党建与业务工作深度融合。"


def pasted(page: Page) -> tuple[str, str]:
    """What the clipboard holds, as text and as HTML."""
    page.evaluate(
        """() => {
            const field = document.createElement("textarea");
            document.body.append(field);
            field.focus();
            field.addEventListener("paste", ({ clipboardData }) => {
                window.pasted = ["text/plain", "text/html"].map(t => clipboardData.getData(t));
            });
        }"""
    )
    page.keyboard.press("ControlOrMeta+V")
    page.evaluate("document.querySelector('body > textarea').remove()")
    text, html = page.evaluate("window.pasted")
    return text, re.sub(r"^.*<!--StartFragment-->|<!--EndFragment-->.*$", "", html, flags=re.S)


def test_three_practices_are_in_a_word_file_after_five_actions(
    page: Page, address: str, tmp_path: Path
) -> None:
    """From a list: three clicks collect, one opens the excerpts, one saves the file."""
    page.goto(address + "lists/practices.html")
    for number in (4, 5, 6):
        page.locator(".cb-list > li").nth(number).get_by_role("button").click()
        expect(page.locator(".cb-kept")).to_have_text(f"摘录 {number - 3}")
    page.get_by_role("link", name="打开我的摘录", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Word").click()
    assert download.value.suggested_filename == "经验摘录.docx"
    path = tmp_path / "a.docx"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        written = archive.read("word/document.xml").decode()
    here = f"{address}{CASE}#" if address.startswith("http") else f"经验库案例 {Path(CASE).stem}#"
    assert written.count(f"——市直机关工委：《{TITLE}》，做法，{here}k") == 3
    (write_up,) = read_source(path).write_ups
    assert [block.heading for block in write_up.blocks][2] == HEADING


def test_excerpts_are_put_in_order_and_taken_out(page: Page, address: str) -> None:
    """By buttons and by the keyboard; what is stored is text, whoever stored it."""
    page.goto(address + CASE)
    names = ["（一）思维模式上固化", "（二）“一岗双责”上缺位"]
    for name in names:
        page.get_by_role("button", name=f"收入摘录夹：{name}").click()
    page.get_by_role("button", name="收入摘录夹：整篇").click()
    page.evaluate(
        """hostile => {
            const stored = JSON.parse(localStorage.getItem("casebook-excerpts"));
            const [first] = stored.excerpts;
            stored.excerpts.push({ ...first, id: "x", title: hostile, heading: hostile }, 7);
            localStorage.setItem("casebook-excerpts", JSON.stringify(stored));
        }""",
        HOSTILE,
    )
    page.goto(address + "excerpts.html")
    entries = page.locator(".cb-excerpts > li")
    titles = entries.locator(".cb-list__title")
    expect(titles).to_have_text([*map(re.compile, names), TITLE, f"{HOSTILE[:60]}…"])
    page.get_by_role("button", name="上移").nth(1).click()
    expect(titles.first).to_have_text(re.compile(names[1]))
    expect(page.get_by_role("status").last).to_have_text("已上移，现在是第 1 条，共 4 条。")
    page.keyboard.press("Alt+ArrowDown")
    expect(titles.first).to_have_text(re.compile(names[0]))
    entries.nth(2).get_by_role("button", name="移除").click()
    expect(titles).to_have_count(3)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出纯文本").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.index(names[0]) < text.index(names[1]) and HOSTILE in text
    page.get_by_role("button", name="全部移除").click()
    expect(page.get_by_text("还没有摘录。")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(titles).to_have_count(3)


def test_copies_carry_their_source_and_nothing_of_the_page(page: Page, address: str) -> None:
    """An item, its link, its citation, and a selection, on a page that a search led to."""
    page.goto(f"{address}{CASE}?q=考核")
    shared = address.startswith("http")
    page.get_by_role("button", name="复制：（二）选树先进典型").click()
    text, html = pasted(page)
    lines = text.splitlines()
    assert lines[0] == HEADING and lines[-1].startswith(f"——市直机关工委：《{TITLE}》，做法")
    assert {*re.findall(r"<(\w+)", html)} == {"p", "strong"} and "q=" not in text + html
    page.get_by_role("button", name="链接：（二）选树先进典型").click()
    expect(page.locator(".cb-said")).to_contain_text("已复制" if shared else "这是本机地址")
    link = pasted(page)[0]
    assert re.fullmatch(re.escape(address + CASE) + "#k[a-z0-9]+", link)
    page.get_by_role("button", name="引用：（二）选树先进典型").click()
    cited = pasted(page)[0]
    where = f" {link}." if shared else ""
    item = f"{TITLE}：第“{HEADING.rstrip('。')}”条"
    assert cited == f"市直机关工委. {item}[EB/OL]. [{date.today().isoformat()}].{where}"
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.cb-case'))")
    page.keyboard.press("ControlOrMeta+C")
    text, html = pasted(page)
    assert HEADING in text.splitlines() and "考核" in text
    assert not re.search("¶|收入摘录夹|^做法$", text, re.M)
    assert not re.search("style|color|class|mark|background|¶", html)


def test_the_browser_writes_the_word_file_of_the_build(
    page: Page, address: str, site: Path
) -> None:
    """The same passages, so the same document; over http:// it also knows the address."""
    page.goto(address + CASE)
    expect(page.get_by_role("link", name="下载 Word")).to_have_attribute(
        "download", f"{TITLE}.docx"
    )
    page.get_by_role("button", name="收入摘录夹：整篇").wait_for()
    made = page.evaluate(
        """async title => {
            await loadScripts(...WRITING);
            const whole = new CasePage(document.querySelector(".cb-case")).excerpt(null);
            const passages = whole.passages.map(one => moveHeading(one, -1));
            const excerpt = { ...whole, passages, address: "" };
            return makeParts(makeCaseDocument(excerpt, title));
        }""",
        "\n".join(break_title(TITLE)),
    )
    with zipfile.ZipFile((site / CASE).with_suffix(".docx")) as archive:
        assert made == {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("address", ["file"], indirect=True)
def test_paper_has_the_text_its_source_and_the_day(page: Page, address: str) -> None:
    """Nothing to click, no list of repairs; the booklet has the texts of the excerpts."""
    page.goto(address + CASE)
    page.get_by_role("button", name="收入摘录夹：（二）选树先进典型").click()
    page.emulate_media(media="print")
    expect(page.locator(".cb-head .cb-role").first).to_be_visible()
    source = page.locator(".cb-print")
    expect(source).to_contain_text(f"来源：经验库案例 {Path(CASE).stem}。打印日期：")
    expect(source).to_be_visible()
    hidden = (".cb-tools", ".headerlink", ".md-header", ".md-footer", ".cb-up", ".cb-restored")
    for name in (*hidden, "#cb_citation", ".cb-cite", ".cb-said"):
        expect(page.locator(name).first).to_be_hidden()
    page.goto(address + "excerpts.html")
    expect(page.locator(".cb-booklet .cb-paper--heading-1")).to_have_text(HEADING)
    expect(page.get_by_role("heading", name="我的摘录")).to_be_hidden()
    expect(page.get_by_role("button", name="导出 Word")).to_be_hidden()


@pytest.mark.parametrize("address", ["file"], indirect=True)
def test_buttons_fit_a_thumb(page: Page, address: str) -> None:
    """44 pixels high on a phone, on a case, in a list and among the excerpts."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + CASE)
    page.get_by_role("button", name="收入摘录夹：（二）选树先进典型").click()
    for path in (CASE, "lists/practices.html", "excerpts.html"):
        page.goto(address + path)
        page.locator("button.cb-tool").first.wait_for()
        sizes = page.evaluate(
            """[...document.querySelectorAll(".cb-tools .cb-tool")].map(
                one => Math.min(one.offsetHeight, one.offsetWidth))"""
        )
        assert min(sizes) >= 44
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_excerpts_need_no_storage(browser: Browser, site: Path) -> None:
    """Where the browser forbids it they stay with the tab, and the page says so."""
    page = open_page(browser)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })"
    )
    page.goto((site / CASE).as_uri())
    page.get_by_role("button", name="收入摘录夹：（二）选树先进典型").click()
    expect(page.locator(".cb-said")).to_contain_text("关掉就没有了")
    page.goto((site / "excerpts.html").as_uri())
    expect(page.locator(".cb-excerpts > li")).to_have_count(1)
    expect(page.get_by_text("只在这个标签页里")).to_be_visible()
    page.context.close()

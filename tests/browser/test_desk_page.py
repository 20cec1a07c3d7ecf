"""The page 在线整理, over http:// and file://: a text comes in, a case that passes comes out."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from opencc import OpenCC
from playwright.sync_api import Page, expect

import one_write_up
from casebook.dedupe.relations import ComparedText, relate
from casebook.library import casefile
from casebook.library.folder import case_paths
from casebook.pipeline.compared_texts import documents_in
from casebook.pipeline.write_ups import read_source
from commands import run_text
from frozen import LIBRARY
from structure_golden import golden_write_ups

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
WRITE_UP = f"""某区优化老旧小区加装电梯流程的经验材料
某区住房和城乡建设局
近年来，全区有217个单元申请加装电梯，办下来的不到三成，居民意见很大。{HOSTILE}
一、主要问题
（一）意见难统一。低层住户担心采光和噪声，一户不签，全单元就停下来。
（二）手续跑得多。一部电梯要跑7个部门，平均用时148天。
二、主要做法
（一）先议后报。社区把每户的顾虑记下来，请设计单位上门算清采光，不签的逐户上门。
（二）一窗受理。七个部门的材料并成一套，交到一个窗口，内部流转。
三、工作成效
一年加装63部，平均用时降到52天，没有一起信访。
2024年3月6日
"""
STORED = "localStorage.getItem('casebook-desk-draft')"
MERGING = ("identical", "near", "contains", "revision")


def open_desk(page: Page, address: str) -> None:
    page.goto(f"{address}desk.html")


def save_case(page: Page, folder: Path) -> Path:
    """One action: download the case file."""
    with page.expect_download() as started:
        page.get_by_role("button", name="下载案例文件").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def test_a_pasted_text_becomes_a_case_that_passes(page: Page, address: str, tmp_path: Path) -> None:
    """Three actions; hostile text is text; nothing is stored; a phone has room for all."""
    page.set_viewport_size({"width": 360, "height": 740})
    open_desk(page, address)
    page.get_by_label("文章全文").fill(WRITE_UP)
    page.get_by_label("本单位撰写").check()
    expect(page.locator(".cb-desk__verdict")).to_have_attribute("data-verdict", "fine")
    expect(page.locator(".cb-desk__alike")).to_have_text("库里没有几乎相同的案例。")
    path = save_case(page, tmp_path)
    assert run_text("check_cases", path).returncode == 0
    written = path.read_text(encoding="utf-8")
    assert "## 二、主要做法 {.practice" in written and "date: '2024-03-06'" in written
    assert "sources:\n- {name: 本单位撰写}" in written
    assert page.locator("#cb-desk :is(img, script, a[href^='javascript'])").count() == 0
    assert page.evaluate(STORED) is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    options = {"resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []


def test_a_word_file_becomes_a_case_that_passes(page: Page, address: str, tmp_path: Path) -> None:
    """Three actions; sections and items are those of the text in the file."""
    (tmp_path / "a.docx").write_bytes(one_write_up.as_docx())
    (known,) = read_source(tmp_path / "a.docx").write_ups
    open_desk(page, address)
    page.get_by_label("选择文件").set_input_files(tmp_path / "a.docx")
    expect(page.locator(".cb-desk__status")).to_contain_text(known.title)
    page.get_by_label("本单位撰写").check()
    path = save_case(page, tmp_path)
    assert run_text("check_cases", path).returncode == 0
    headings = [block.heading for block in casefile.read_case(path).blocks[1:]]
    assert headings == [block.heading for block in known.blocks[1:]]


def test_what_is_wrong_is_said_at_its_place_and_a_draft_stays_on_request(
    page: Page, address: str, tmp_path: Path
) -> None:
    """A finding leads to the paragraph; blocks can be divided and joined; the draft comes back."""
    open_desk(page, address)
    page.get_by_label("文章全文").fill(WRITE_UP.replace("没有一起信访", "咨询电话 13912345678"))
    page.locator("[data-rule=phone-number] .cb-desk__finding").click()
    place = page.locator("textarea:focus")
    assert "13912345678" in place.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)")
    place.fill("一年加装63部。\n平均用时降到52天。")
    expect(page.locator("[data-rule=phone-number]")).to_have_count(0)
    blocks = page.locator(".cb-desk__blocks > li")
    before = blocks.count()
    page.get_by_role("button", name="从光标所在段起另成一条").last.click()
    expect(blocks).to_have_count(before + 1)
    expect(page.get_by_label("小标题").last).to_have_value("平均用时降到52天。")
    blocks.last.locator("summary").click()
    page.get_by_role("button", name="并入上一条").last.click()
    expect(blocks).to_have_count(before)
    page.get_by_role("button", name="保存草稿").click()
    page.reload()
    page.get_by_role("button", name="接着整理").click()
    page.get_by_label("网址", exact=True).check()
    page.get_by_label("网址或名称").fill("https://example.org/a")
    written = save_case(page, tmp_path).read_text(encoding="utf-8")
    assert "平均用时降到52天" in written and "- {url: 'https://example.org/a'}" in written
    page.get_by_role("button", name="清除草稿").last.click()
    assert page.evaluate(STORED) is None


def test_a_repost_is_named_with_its_similarity(page: Page, address: str) -> None:
    """A copy in traditional script with a sentence less."""
    (document,) = documents_in(case_paths(LIBRARY)[0])
    text = OpenCC("s2t").convert(document.text.replace("。", "，", 1)[:-40])
    open_desk(page, address)
    page.get_by_label("文章全文").fill(f"{document.title}\n{text}")
    named = page.locator(f"[data-alike='{document.id}']")
    expect(named).to_contain_text("相似度 9")
    expect(named.locator("a")).to_have_attribute("href", f"{address}cases/{document.id}.html")


def changed_copies(document: ComparedText, chance: random.Random) -> list[str]:
    """Re-posts and cut copies of a text."""
    lines = [line for line in document.text.split("\n") if line]
    half = len(lines) // 2
    typed = [
        "".join(chance.choice(("", "的", c)) if chance.random() < 0.03 else c for c in line)
        for line in lines
    ]
    marks = str.maketrans("，。；", ",. ")
    copies = [lines, typed, lines[:half], lines[half:], lines[half // 2 : half // 2 + half]]
    texts = ["\n".join(copy) for copy in copies]
    return [*texts, OpenCC("s2t").convert(texts[0]), texts[0].translate(marks), texts[3] + texts[2]]


@pytest.mark.parametrize("address", ["http"], indirect=True)
def test_sketches_find_what_duplicates_finds(page: Page, address: str) -> None:
    """At least 95 % of the re-posts and cut copies of the frozen library, at most 1 % false."""
    known = [document for path in case_paths(LIBRARY) for document in documents_in(path)]
    chance = random.Random(20)
    texts = [text for document in known for text in changed_copies(document, chance)]
    texts += [golden.text for golden in golden_write_ups()][:20]
    open_desk(page, address)
    named: list[list[dict[str, Any]]] = page.evaluate(
        """async texts => {
          const library = await AlikeCases.open(indexFiles, openIndex);
          const found = [];
          for (const text of texts) found.push(await library.find(text));
          return found;
        }""",
        texts,
    )
    wanted = found = false = 0
    for text, cases in zip(texts, named, strict=True):
        pairs = {other.id: relate(ComparedText("new", "", text), other) for other in known}
        alike = {key for key, pair in pairs.items() if pair and pair.relation in MERGING}
        ids = {case["id"] for case in cases}
        wanted += len(alike)
        found += len(alike & ids)
        false += sum(not (pair := pairs[key]) or pair.relation == "shares" for key in ids)
    assert wanted >= 30
    assert found >= 0.95 * wanted
    assert false <= 0.01 * sum(map(len, named))

"""Theme pages, the matrix, evidence, statistics and gaps."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from casebook.library.folder import Library
from casebook.model import Block, Case
from casebook.site.alike import group_alike_items
from casebook.site.case_items import find_quantities, quote_block
from casebook.site.citation import format_bibtex, format_gb_t_7714
from casebook.site.html import SitePage
from casebook.site.shell import render_bare_page
from casebook.site.statistics import LEAST_COUNTED_CASES, list_missing_facts
from casebook.site.theme_pages import THEME_SECTIONS
from site_library import HOSTILE, items_of, make_case, make_site

Make = Callable[..., Library]

PRACTICE = (
    "每季度请服务对象、基层代表和专家一起现场评议，当场公布得分，考核结果记入个人档案并与评先挂钩。"
)


def case_with(case_id: str, **texts: str) -> Case:
    """A case with one block about 考核评价 of each role given."""
    blocks = [Block(1, case_id)]
    for number, (role, words) in enumerate(texts.items()):
        blocks.append(Block(2, "改进考核评价", role, words, f"k{number}"))
    return make_case(case_id, case_id, blocks=tuple(blocks))


def test_a_theme_page_groups_what_several_cases_do(library: Make) -> None:
    """One quotation for the same practice of three cases, with all three named."""
    cases = [case_with(case_id, practice=PRACTICE) for case_id in "abc"]
    html = make_site(library(*cases)).pages["themes/kaohe-pingjia.md"].html
    assert "3 个案例有此做法" in html
    assert html.count("<blockquote>") == 1
    assert set(re.findall(r"cases/(\w)\.html#k0", html)) == set("abc")


def test_different_practices_are_not_grouped(library: Make) -> None:
    """Two practices of one theme are no group."""
    other = "年底由组织部门统一打分，考核等次直接决定下一年度的经费分配和干部的提拔使用安排。"
    made = library(case_with("a", practice=PRACTICE), case_with("b", practice=other))
    assert group_alike_items(items_of(made)) == {}


def test_a_cell_of_the_matrix_leads_to_the_cases_it_counts(library: Make) -> None:
    """A cause without an answer in the same case is not counted; the list has the others."""
    made = library(
        case_with("a", cause="考核不科学。", practice="改进考核。"),
        case_with("b", cause="考核不科学。"),
        case_with("c", suggestion="改进考核。"),
        case_with("d", cause="考核不科学。", suggestion="改进考核。", practice="改进考核。"),
    )
    pages = make_site(made).pages
    cells = re.findall(r'href="(cell_[^"]+)\.html"[^>]*>(\d+)<', pages["themes/index.md"].html)
    assert cells == [("cell_kaohe-pingjia_kaohe-pingjia", "2")]
    for name, count in cells:
        listed = re.findall(r'cases/(\w)\.html"', pages[f"themes/{name}.md"].html)
        assert (sorted(listed), len(listed)) == (["a", "d"], int(count))


def test_every_cell_counts_what_it_lists(library: Make) -> None:
    """In each cell the number is the length of the list, for cases with different themes."""
    words = ("考核不科学。", "主体责任悬空，一岗双责走样。", "干部队伍老化，后继乏人。")
    cases = [
        case_with(f"c{n}", cause=words[n % 3], practice=words[n % 2], suggestion=words[n // 3 % 3])
        for n in range(12)
    ]
    pages = make_site(library(*cases)).pages
    cells = re.findall(r'href="(cell_[^"]+)\.html"[^>]*>(\d+)<', pages["themes/index.md"].html)
    assert len(cells) > 1
    for name, count in cells:
        assert len(re.findall("<li>", pages[f"themes/{name}.md"].html)) == int(count)


def test_addresses_of_former_names_and_of_empty_pages_lead_on(library: Make) -> None:
    """To the present page if there is one, else to the overview; every role has its anchor."""
    made = library(case_with("a", cause="考核不科学。", practice="改进考核。"))
    themes = dict(made.vocabulary.themes)
    renamed = replace(made.vocabulary, themes=themes, theme_aliases={"旧名": "考核评价"})
    pages = make_site(replace(made, vocabulary=renamed)).pages
    former = {path: page.refresh for path, page in pages.items() if page.bare}
    assert former["themes/jiuming.md"] == "kaohe-pingjia.html"
    cell = "cell_kaohe-pingjia_kaohe-pingjia.html"
    assert former["themes/cell_jiuming_kaohe-pingjia.md"] == cell
    assert former["themes/zeren-luoshi.md"] == "index.html"
    assert former["themes/cell_zeren-luoshi_jiuming.md"] == "index.html"
    assert all(page.refresh in page.html for page in pages.values() if page.bare)
    anchors = re.findall(r'id="cb_(\w+)"', pages["themes/kaohe-pingjia.md"].html)
    assert {role for role, _, _ in THEME_SECTIONS} <= set(anchors)


def test_a_bare_page_is_a_document_of_its_own() -> None:
    """It names its target as text and as a refresh, escaped."""
    page = SitePage(HOSTILE, "<p>x</p>", refresh="a.html", bare=True)
    html = render_bare_page(page)
    assert 'content="0;url=a.html"' in html and "<script" not in html and len(html) < 500


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("满意度达到98%。", ["98%"]),
        ("办结280件，下降两成。", ["280件", "两成"]),
        ("翻了一番。", ["翻了一番"]),
        ("成效很好，2023年以来。", []),
        ("第3版、党的二十大。", []),
    ],
)
def test_quantities_are_numbers_with_a_unit(words: str, found: list[str]) -> None:
    """A number with its unit is evidence; a year or an ordinal is none."""
    assert find_quantities(words) == found


def test_a_quotation_ends_with_a_sentence() -> None:
    """It has whole sentences if they fit, else it is cut and ends with …."""
    block = Block(2, None, text="第一句话。" * 30)
    assert quote_block(block, 23) == "第一句话。" * 4
    assert quote_block(Block(2, None, text="长" * 300), 20) == "长" * 20 + "…"


def test_statistics_need_enough_cases(library: Make) -> None:
    """With fewer than LEAST_COUNTED_CASES cases there are no counts; gaps are always shown."""
    few = make_site(library(make_case())).pages
    assert "lists/statistics.md" not in few and "日期" in few["lists/gaps.md"].html
    enough = (make_case(f"c{n}") for n in range(LEAST_COUNTED_CASES))
    many = make_site(library(*enough, case_with("x", practice=PRACTICE))).pages
    html = many["lists/statistics.md"].html
    assert html.count("<svg") == 5 and "有数据 20" in html


def test_missing_facts_are_named() -> None:
    """The facts that a case lacks, in Chinese."""
    assert list_missing_facts(make_case()) == ["日期", "单位", "问题", "成因"]


def test_gaps_lead_to_the_file(library: Make) -> None:
    """With a repository each gap and each case has a link to its edit page."""
    pages = make_site(library(), edit="https://example.org/edit/main/cases/").pages
    for path in ("lists/gaps.md", "cases/a.md"):
        assert 'href="https://example.org/edit/main/cases/a.md"' in pages[path].html


def test_related_cases_name_the_reason(library: Make) -> None:
    """Cases that share two subjects point to each other and say which."""
    cases = [case_with(i, problem="考核不公。", practice="改进考核。") for i in "ab"]
    html = make_site(library(*cases)).pages["cases/a.md"].html
    assert "都谈到考核评价方面的问题；考核评价方面的做法" in html


def test_a_citation_is_valid_for_any_title() -> None:
    """Known facts in the order of the standard; braces cannot end a BibTeX field."""
    case = make_case(organ="市直机关工委", date="2023-05")
    assert format_gb_t_7714(case) == "市直机关工委. 某区经验材料[EB/OL]. (2023-05) a.html."
    entry = format_bibtex(make_case(title=HOSTILE + "}{"))
    assert entry.count("{") == entry.count("}")


def test_years_are_listed_newest_first(library: Make) -> None:
    """The overview has the newest year first, whatever the counts."""
    dated = [make_case(f"c{n}", date=d) for n, d in enumerate(("2021", "2021-03", "2023", "2022"))]
    html = make_site(library(*dated)).pages["lists/browse.md"].html
    assert re.findall(r">(\d{4}) <b>(\d)<", html) == [("2023", "1"), ("2022", "1"), ("2021", "2")]

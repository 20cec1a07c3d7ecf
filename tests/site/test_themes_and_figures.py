"""Theme pages, the matrix, evidence, statistics and gaps."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from casebook.library.folder import Library
from casebook.model import Block, Case
from casebook.site.alike import group_alike_items
from casebook.site.case_items import quote_block
from casebook.site.html import SitePage
from casebook.site.matrix import SHOWN_THEMES
from casebook.site.related import build_contexts
from casebook.site.shell import render_bare_page
from casebook.site.statistics import LEAST_COUNTED_CASES, list_missing_facts
from casebook.site.theme_pages import MOST_QUOTATIONS, SHOWN_QUOTATIONS, THEME_SECTIONS
from casebook.text.quantities import find_quantities
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


def themed(case_id: str, **themes: str) -> Case:
    """A case with one block of each role given, whose theme a person named."""
    blocks = [Block(1, case_id)]
    for number, (role, names) in enumerate(themes.items()):
        chance = random.Random(f"{case_id}{role}")
        words = "".join(map(chr, chance.choices(range(0x4E00, 0x9FA0), k=40)))
        own = tuple(names.split(","))
        blocks.append(Block(2, "一件事", role, words, f"k{number}", own))
    return make_case(case_id, case_id, blocks=tuple(blocks))


def test_a_theme_page_shows_a_screen_and_folds_the_rest(library: Make) -> None:
    """Without a script: a line to open, and a page of all where they are too many to quote."""
    few = [themed(f"c{n}", practice="考核评价") for n in range(SHOWN_QUOTATIONS)]
    html = make_site(library(*few)).pages["themes/kaohe-pingjia.md"].html
    assert "<details" not in html
    more = [themed(f"c{n}", practice="考核评价") for n in range(MOST_QUOTATIONS)]
    pages = make_site(library(*more)).pages
    shown, _, rest = pages["themes/kaohe-pingjia.md"].html.partition("<details")
    assert (shown.count("<li>"), rest.count("<li>")) == (3, MOST_QUOTATIONS - 3)
    assert f"查看更多（另 {MOST_QUOTATIONS - 3} 条）" in rest and "查看全部" not in rest
    assert pages["themes/all_kaohe-pingjia_practice.md"].refresh == "kaohe-pingjia.html"
    many = [themed(f"c{n}", practice="考核评价") for n in range(MOST_QUOTATIONS + 1)]
    pages = make_site(library(*many)).pages
    assert 'href="all_kaohe-pingjia_practice.html"' in pages["themes/kaohe-pingjia.md"].html
    assert pages["themes/all_kaohe-pingjia_practice.md"].html.count("<li>") == MOST_QUOTATIONS + 1


def test_what_is_mainly_about_a_theme_comes_first(library: Make) -> None:
    """Then figures, then the newest."""
    cases = [
        replace(themed("a", practice="责任落实,考核评价"), date="2025"),
        replace(themed("b", practice="考核评价"), date="2021"),
        replace(themed("c", practice="考核评价"), date="2024"),
    ]
    html = make_site(library(*cases)).pages["themes/kaohe-pingjia.md"].html
    assert re.findall(r"cases/(\w)\.html#k0", html) == ["c", "b", "a"]


def test_a_large_matrix_shows_its_fullest_part(library: Make) -> None:
    """The themes with most cases first; the whole table is one line away."""
    names = list(library().vocabulary.themes)[: SHOWN_THEMES + 2]
    cases = [
        themed(f"c{place}-{n}", cause=name, practice=names[0])
        for place, name in enumerate(names)
        for n in range(place + 1)
    ]
    html = make_site(library(*cases)).pages["themes/index.md"].html
    first, _, rest = html[html.index("cb-matrix") :].partition("<details")
    rows = re.findall(r'scope="row">(.*?)<', first)
    assert rows == names[:1:-1]
    assert re.findall(r'scope="row">(.*?)<', rest) == names[::-1]
    assert f"查看更多（全表 {len(names)} 行 1 列）" in rest


def test_one_case_of_hundreds_makes_no_cell(library: Make) -> None:
    """A cell needs LEAST_SHARE of the fullest; its address still leads on."""
    usual = [themed(f"c{n}", cause="考核评价", practice="考核评价") for n in range(51)]
    made = library(*usual, themed("x", cause="责任落实", practice="考核评价"))
    pages = make_site(made).pages
    assert "责任落实" not in pages["themes/index.md"].html.partition("cb-matrix")[2]
    assert pages["themes/cell_zeren-luoshi_kaohe-pingjia.md"].bare
    pages = make_site(library(*usual[:50], made.cases[-1])).pages
    assert not pages["themes/cell_zeren-luoshi_kaohe-pingjia.md"].bare


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
    assert 'content="0;url=a.html"' in html and "<script" not in html and len(html) < 600


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


def test_the_rarest_subjects_relate_cases(library: Make) -> None:
    """What all cases speak of comes last, and one subject alone relates none."""
    usual = [themed(f"c{n}", problem="考核评价", practice="责任落实") for n in range(9)]
    rare = [themed(i, problem="考核评价", practice="产业发展") for i in "xy"]
    made = library(*usual, *rare, themed("z", practice="产业发展"))
    related = build_contexts(made.cases, items_of(made))
    assert [each.id for each in related["x"].related] == ["y"]
    assert "产业发展" in related["x"].related[0].reason
    assert related["z"].related == ()
    both = themed("w", problem="考核评价", practice="责任落实", cause="产业发展", lesson="考核评价")
    other = themed("v", problem="考核评价", practice="责任落实", cause="产业发展")
    made = library(*usual, both, other)
    first = build_contexts(made.cases, items_of(made))["w"].related[0]
    assert first.id == "v" and first.reason.startswith(
        "都谈到考核评价方面的问题；产业发展方面的成因"
    )


def test_years_are_listed_newest_first(library: Make) -> None:
    """The overview has the newest year first, whatever the counts."""
    dated = [make_case(f"c{n}", date=d) for n, d in enumerate(("2021", "2021-03", "2023", "2022"))]
    html = make_site(library(*dated)).pages["lists/browse.md"].html
    assert re.findall(r">(\d{4}) <b>(\d)<", html) == [("2023", "1"), ("2022", "1"), ("2021", "2")]

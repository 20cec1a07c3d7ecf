"""From an item to what worked, and what else leads from one case to another."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from casebook.library.folder import Library
from casebook.model import Block, Case
from casebook.site.alike import AlikeGroups
from casebook.site.case_items import CaseItem, name_heading
from casebook.site.case_page import render_case_page
from casebook.site.near_identical import find_near_cases
from casebook.site.prepare import prepare_case
from casebook.site.qr_codes import make_qr_codes
from casebook.site.responses import MOST_SHOWN_RESPONSES, Responses
from site_library import make_case, make_site

Make = Callable[..., Library]
SLUGS = {"考核评价": "kaohe"}


def make_item(case: Case, role: str, anchor: str, *themes: str, text: str = "办了。") -> CaseItem:
    """An item with a role and themes."""
    return CaseItem(case, Block(3, f"（一）{anchor}：", role, text, anchor), themes, text)


def list_links(html: str) -> list[str]:
    """The links of responses, without the one to all."""
    return [link for link in re.findall(r'href="([^"]+)"', html) if "themes/" not in link]


def render(
    case: Case, anchor: str, items: Sequence[CaseItem], groups: AlikeGroups | None = None
) -> str:
    """The responses at one item."""
    return Responses(items, SLUGS, groups or {}).render(case)[anchor]


def test_a_problem_leads_to_what_was_done_here_and_elsewhere() -> None:
    """Own practices first, then those of other cases with the same theme, three in all."""
    own, other, apart = (make_case(name, f"{name}的材料") for name in "abc")
    items = [
        make_item(own, "problem", "k1", "考核评价"),
        *(make_item(own, "practice", f"k{n}", "考核评价") for n in (2, 3, 4)),
        make_item(own, "practice", "k5", "别的"),
        *(make_item(other, "practice", f"k{n}", "考核评价") for n in (6, 7)),
        make_item(apart, "practice", "k8", "别的"),
    ]
    html = render(own, "k1", items)
    assert list_links(html) == ["#k2", "#k3", "b.html#k6"]
    assert "怎么应对的" in html and ">k2</a>" in html
    assert "../themes/kaohe.html#cb_practice" in html and "（5）" in html


def test_the_strongest_practice_is_the_one_with_an_outcome_in_figures() -> None:
    """Evidence on the theme comes before a later date."""
    asking = make_case("a", "甲")
    cases = [make_case(name, name, date=date) for name, date in (("n", "2025"), ("f", "2020"))]
    items = [make_item(asking, "problem", "k1", "考核评价")]
    items += [make_item(case, "practice", "k2", "考核评价") for case in cases]
    items.append(make_item(cases[1], "outcome", "k3", "考核评价", text="满意度达到98%。"))
    assert list_links(render(asking, "k1", items)) == ["f.html#k2", "n.html#k2"]


def test_a_practice_leads_to_its_outcome_and_nothing_is_made_up() -> None:
    """The case's own outcome; an item without any response has no box."""
    case, alone = make_case("a", "甲"), make_case("b", "乙")
    items = [make_item(case, "practice", "k1"), make_item(case, "outcome", "k2")]
    items.append(make_item(alone, "practice", "k3"))
    assert list_links(render(case, "k1", items)) == ["#k2"]
    assert render(alone, "k3", items) == ""


def test_nearly_the_same_practice_is_shown_once() -> None:
    """Of two cases with one text, the first; none that the case itself has."""
    asking, first, second, copy = (make_case(name, name) for name in "abcd")
    items = [make_item(asking, "problem", "k1", "考核评价")]
    items += [
        make_item(case, "practice", "k2", "考核评价") for case in (asking, first, second, copy)
    ]
    groups = dict.fromkeys(("b#k2", "c#k2"), ("b#k2", "c#k2"))
    groups |= dict.fromkeys(("a#k2", "d#k2"), ("a#k2", "d#k2"))
    assert list_links(render(asking, "k1", items, groups)) == ["#k2", "b.html#k2"]


def test_a_page_has_at_most_three_responses_and_no_slot_left(library: Make) -> None:
    """Also where nothing is known of the library."""
    made = make_site(library(*(make_case(f"c{n}", f"材料{n}") for n in range(6))))
    html = made.pages["cases/c3.md"].html
    boxes = re.findall(r'<details class="cb-responses".*?</details>', html)
    assert boxes and all(len(list_links(box)) <= MOST_SHOWN_RESPONSES for box in boxes)
    bare = render_case_page(make_case(), prepare_case(make_case(), library()).parts)
    assert "<!--" not in html and "<!--" not in bare.html


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("2.统一入口：", "统一入口"),
        ("（三）每周碰头。", "每周碰头"),
        ("12个村一起干", "12个村一起干"),
        ("一是抓早抓小", "一是抓早抓小"),
        ("（二）", "（二）"),
    ],
)
def test_lists_show_a_heading_without_number_and_colon(heading: str, shown: str) -> None:
    """A figure is no number of an outline, and nothing becomes empty."""
    assert name_heading(heading) == shown


def test_two_cases_of_nearly_one_text_lead_to_each_other(library: Make) -> None:
    """Above the similarity both ways; a third one with other words does not."""
    text = (
        "街道把巡查、上报、处置三件事合到一张清单，每天下班前销号，逾期的第二天在晨会上说明。" * 4
    )
    first, second = (
        make_case(i, "材料", blocks=(Block(1, "材料"), Block(2, "做法", "practice", t, "k001")))
        for i, t in (("a", text), ("b", text + "另补一句。"))
    )
    prepared = [prepare_case(case, library()) for case in (first, second, make_case("c", "另一篇"))]
    groups = dict.fromkeys(("a#k001", "b#k001"), ("a#k001", "b#k001"))
    found = find_near_cases(prepared, groups)
    assert {i: [case.id for case, _ in others] for i, others in found.items()} == {
        "a": ["b"],
        "b": ["a"],
    }
    page = make_site(library(first, second)).pages["cases/b.md"].html
    assert re.search(r'cb-same">另有 1 篇几乎相同：<a href="a\.html">', page)


def test_the_code_is_made_where_the_address_is_known() -> None:
    """One drawing per case, else none."""
    assert make_qr_codes(["a"], "") == {}
    codes = make_qr_codes(["a", "b"], "https://kb.gov.cn/")
    assert [code.count("<svg") for code in codes.values()] == [1, 1]
    assert codes["a"] != codes["b"]


def test_gaps_stand_on_pages_those_that_lack_most_first(library: Make) -> None:
    """At most fifty a page."""
    cases = [make_case(f"c{n:02}", f"材料{n}", date="2024") for n in range(60)]
    worse = make_case("z", "缺得多", region="")
    pages = make_site(library(*cases, worse)).pages
    assert pages["lists/gaps.md"].html.count("../cases/") == 50
    assert pages["lists/gaps-2.md"].html.count("../cases/") == 11
    assert re.search(r"cases/(\w+)\.html", pages["lists/gaps.md"].html)[1] == "z"  # type: ignore[index]


def test_lists_are_entered_at_one_page_and_narrowed_by_a_form(library: Make) -> None:
    """The form asks the search page for what has the role of the list."""
    pages = make_site(library(make_case(date="2024-05"))).pages
    assert 'href="practices.html"' in pages["lists/roles.md"].html
    assert 'href="causes.html"' not in pages["lists/roles.md"].html
    html = pages["lists/practices.md"].html
    assert 'action="../search/index.html"' in html and 'name="role" value="practice"' in html
    assert "<option>2024</option>" in html and "<option>XX市</option>" in html

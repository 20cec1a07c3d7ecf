"""Pages as plain values: what they show, and what they never contain."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.checks.rules import CHECK_RULES
from casebook.library.folder import Library
from casebook.library.identity import with_anchors
from casebook.model import Block, Case, SourceRef, VariantRef
from casebook.site.case_items import OWN_TEXT_CHARACTERS, CaseItem
from casebook.site.html import SitePage, render_markdown
from casebook.site.listings import ENTRIES_PER_PAGE
from casebook.site.listings import render_listing_pages as pages_of_items
from casebook.site.prepare import collect_entries, prepare_case
from casebook.vocabulary import load
from effort import examples
from site_library import HOSTILE, items_of, make_case, make_site, page_of

Make = Callable[..., Library]


def listing_pages(library: Library) -> dict[str, SitePage]:
    """The lists of a library."""
    prepared = [prepare_case(case, library) for case in library.cases]
    return pages_of_items(library.cases, items_of(library), collect_entries(prepared))


def items_with(case: Case, role: str) -> list[CaseItem]:
    """The items of a case with a role."""
    library = Library(Path("nowhere"), (case,), {}, {}, load())
    return [item for item in items_of(library) if item.block.role == role]


def test_blocks_show_role_heading_and_anchor(library: Make) -> None:
    """Each block has its permanent anchor, its role as a word and a link to itself."""
    html = page_of(make_case(), library()).html
    assert 'id="k002"' in html
    assert re.search(r'cb-role--practice"[^>]*>做法</span> （一）建立清单。', html)
    assert 'href="#k002"' in html
    assert 'id="k003"' in html


def test_unknown_facts_are_left_out_of_the_card(library: Make) -> None:
    """The card has only known facts."""
    html = page_of(make_case(), library()).html
    assert "地区" in html
    assert "日期" not in html


@pytest.mark.parametrize("field", ["title", "kind", "organ", "region", "contributor"])
def test_no_field_breaks_out_of_the_page(library: Make, field: str) -> None:
    """Whatever a contributor writes into a field stays text."""
    case = make_case(**{field: HOSTILE})
    for page in make_site(library(case)).pages.values():
        assert "<script" not in page.html
        assert "<img" not in page.html


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "[点这里](javascript:alert(1))",
        "[点这里](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='javascript:alert(1)'>x</a>",
        "![图](x){onerror=alert(1)}",
        "<svg><animate onbegin=alert(1)>",
        "<iframe src=//evil></iframe><style>*{display:none}</style>",
        "<javascript:alert(1)>",
        '[x]: javascript:alert(1) "t"\n\n[x]',
    ],
)
def test_no_markdown_runs_a_script(text: str) -> None:
    """No element, attribute or address that could run anything survives."""
    html = render_markdown(text)
    assert not re.search(r"<(?:script|img|svg|iframe|style|animate)|\son\w+=", html)
    assert not re.search(r'href="(?!https?:|mailto:)', html)


@pytest.mark.parametrize(
    "text",
    [
        ">" * 50_000,
        "> " * 20_000 + "x",
        "*" * 50_000,
        "[" * 20_000,
        "- " * 5_000 + "x",
        "1. " * 5_000 + "x",
        "\n".join(" " * 4 * depth + "- a" for depth in range(300)),
        "|a" * 20_000 + "\n" + "|-" * 20_000,
    ],
)
def test_nesting_does_not_exhaust_the_machine(text: str) -> None:
    """Deep quotations and open brackets are rendered as some text, and quickly."""
    assert render_markdown(text)


@pytest.mark.parametrize(
    "text",
    ["\\" * 50_000, "`a`" * 20_000, "<a " * 500, "a\n=\n" * 500, "|a" * 20_000, "- a\n" * 20_000],
)
def test_text_that_is_costly_as_markdown_is_shown_as_it_stands(text: str) -> None:
    """Nothing is lost, and a page takes less than a second."""
    shown = entities.unescape(re.sub(r"</?p>", "\n", render_markdown(text)))
    assert [line for line in shown.split("\n") if line] == [x for x in text.split("\n") if x]


def test_lists_have_the_finest_blocks_only() -> None:
    """A section whose items are practices is not listed itself."""
    found = items_with(make_case(), "practice")
    assert [item.block.anchor for item in found] == ["k002", "k003"]


def test_a_section_is_listed_where_it_says_much_or_its_items_are_something_else() -> None:
    """A section is listed if it has a long own text, or only items of another role."""
    long = "做" * OWN_TEXT_CHARACTERS
    blocks = (
        Block(1, "标题"),
        Block(2, "一、做法", "practice", long, "k001"),
        Block(3, "（一）", "practice", "短。", "k002"),
        Block(2, "二、做法", "practice", "短。", "k003"),
        Block(3, "（一）", "outcome", "短。", "k004"),
    )
    found = items_with(make_case(blocks=blocks), "practice")
    assert [item.block.anchor for item in found] == ["k001", "k002", "k003"]


@pytest.mark.parametrize(
    ("count", "pages"), [(0, 1), (ENTRIES_PER_PAGE, 1), (ENTRIES_PER_PAGE + 1, 2)]
)
def test_lists_are_cut_into_pages(library: Make, count: int, pages: int) -> None:
    """At most ENTRIES_PER_PAGE entries a page, with links to the other pages."""
    blocks = [Block(1, "标题")]
    blocks += [Block(2, f"第{n}条", "practice", "正文", f"k{n}") for n in range(count)]
    pages_by_path = listing_pages(library(make_case(blocks=tuple(blocks))))
    practices = [path for path in pages_by_path if path.startswith("lists/practices")]
    assert len(practices) == pages
    shown = sum(pages_by_path[path].html.count("cb-list__title") for path in practices)
    assert shown == count
    assert ("practices-2.html" in pages_by_path["lists/practices.md"].html) == (pages > 1)


def test_a_page_of_a_long_list_links_to_neighbors_and_ends(library: Make) -> None:
    """The middle page links to the first, the previous, the next and the last one."""
    blocks = [Block(1, "标题")]
    blocks += [Block(2, f"第{n}条", "cause", "正文", f"k{n}") for n in range(3 * ENTRIES_PER_PAGE)]
    html = listing_pages(library(make_case(blocks=tuple(blocks))))["lists/causes-2.md"].html
    pager = html[html.index("<nav") :]
    assert re.findall(r'href="([^"]+)"', pager) == [
        *("causes.html", "causes.html", "causes-3.html", "causes-3.html"),
    ]
    assert f'<ol class="cb-list" start="{ENTRIES_PER_PAGE + 1}">' in html


def test_cases_are_listed_newest_first(library: Make) -> None:
    """By date, whatever its precision; cases without a date come last, by id."""
    dated = [
        make_case(i, i, date=d) for i, d in [("u", ""), ("t", ""), ("o", "2023"), ("n", "2023-05")]
    ]
    html = listing_pages(library(*dated))["lists/cases.md"].html
    assert re.findall(r"cases/(\w)\.html", html) == ["n", "o", "t", "u"]


def test_an_entry_leads_to_its_anchor(library: Make) -> None:
    """The link of an entry is the permanent address of its block."""
    html = listing_pages(library())["lists/practices.md"].html
    assert 'href="../cases/a.html#k002"' in html


def test_a_variant_is_shown_and_its_address_redirects(
    library: Make, merged: tuple[Case, Case]
) -> None:
    """The variant's page has a visible link and a refresh; the case's page has its text."""
    canonical, variant = merged
    pages = make_site(library(canonical, variants=(variant,))).pages
    assert pages["cases/b.md"].refresh == "a.html"
    assert 'href="a.html"' in pages["cases/b.md"].html
    assert "某区经验材料（节选）" in pages["cases/a.md"].html
    assert "包含" in pages["cases/a.md"].html


def test_a_variant_that_is_missing_leaves_no_dead_link(library: Make) -> None:
    """Without the variant's file there is no section for it, and no entry in the contents."""
    case = make_case(variants=(VariantRef("gone", "near"),))
    page = page_of(case, library(case))
    assert "异文" not in page.html
    assert "异文" not in [item.title for item in page.sections]


def test_home_names_only_themes_that_have_items(library: Make) -> None:
    """A theme without an item is hidden, one with items leads to its page."""
    blocks = (Block(1, "标题"), Block(2, "改进考核评价", "practice", "改进考核评价办法。", "k001"))
    pages = make_site(library(make_case(blocks=blocks))).pages
    assert re.findall(r'href="(themes/[^"]+)"', pages["index.md"].html) == [
        "themes/kaohe-pingjia.html",
        "themes/index.html",
    ]
    assert {path for path, page in pages.items() if path[:7] == "themes/" and not page.bare} == {
        "themes/index.md",
        "themes/kaohe-pingjia.md",
    }


def test_home_counts_what_the_library_holds(library: Make) -> None:
    """Counts are of entries; empty lists have no link."""
    html = make_site(library()).pages["index.md"].html
    assert re.search(r"<strong>2</strong><span>做法</span>", html)
    assert "lists/causes.html" not in html


def test_headings_without_marks_show_their_role(library: Make) -> None:
    """A person may leave the mark out where the heading names the role."""
    blocks = (Block(1, "标题"), Block(2, "主要成效", "", "很好。", "k001"))
    html = make_site(library(make_case(blocks=blocks))).pages["cases/a.md"].html
    assert "cb-role--outcome" in html


def test_blocks_without_anchors_get_those_that_fix_writes(library: Make) -> None:
    """Links to a case before `--fix` have the address that they have after it."""
    blocks = (
        Block(1, "标题"),
        Block(2, "主要做法", "practice", "一。"),
        Block(3, None, "practice", "二。"),
    )
    site = make_site(library(make_case(blocks=blocks)))
    (anchor,) = re.findall(r'cases/a\.html#([^"]*)"', site.pages["lists/practices.md"].html)
    assert anchor == with_anchors(blocks)[2].anchor
    assert f'id="{anchor}"' in site.pages["cases/a.md"].html


def test_no_anchor_of_a_case_equals_an_id_of_the_page(
    library: Make, merged: tuple[Case, Case]
) -> None:
    """Whatever anchor the gate accepts, ids on the page stay unique."""
    canonical, variant = merged
    names = ["content", "sources", "variants", variant.id, "search"]
    blocks = [Block(1, "标题")]
    blocks += [Block(2, f"第{n}条", "cause", "正文", name) for n, name in enumerate(names)]
    case = replace(canonical, blocks=tuple(blocks), sources=(SourceRef("", "0" * 64),))
    ids = re.findall(r' id="([^"]+)"', page_of(case, library(case, variants=(variant,))).html)
    assert sorted(ids) == sorted(set(ids))
    assert len(ids) == len(names) + 5


def test_rules_are_those_of_the_gate(library: Make) -> None:
    """The page of rules names every rule that the gate has."""
    html = make_site(library()).pages["rules.md"].html
    assert [rule.id for rule in CHECK_RULES if f"<code>{rule.id}</code>" not in html] == []


LINES = st.text(
    st.sampled_from("字a1 .)#-+=:>*_`|<&[](){}\\~!\u3000\xa0\t\n\n\n。“”\u2028\x1c\x85"),
    max_size=14,
)


@examples(300)
@given(LINES)
def test_text_without_markup_is_rendered_as_the_renderer_does(source: str) -> None:
    """The fast path gives the same bytes as Markdown."""
    with pytest.MonkeyPatch.context() as patched:
        short = render_markdown(source)
        patched.setattr("casebook.site.html._has_no_markup", lambda source: False)
        assert render_markdown(source) == short

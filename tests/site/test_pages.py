"""Pages as plain values: what they show, what they never let through."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from casebook.library import Library
from casebook.model import Block, Case
from casebook.site import site_pages
from casebook.site.case_page import case_page
from casebook.site.html import markdown
from casebook.site.listings import PER_PAGE, entries, listing_pages
from site_library import HOSTILE, make_case

Make = Callable[..., Library]


def test_blocks_show_role_heading_and_anchor(library: Make) -> None:
    """Each block has its permanent anchor, its role as a word, its own link."""
    html = case_page(make_case(), library()).html
    assert 'id="k002"' in html
    assert re.search(r'cb-role--practice"[^>]*>做法</span> （一）建立清单。', html)
    assert 'href="#k002"' in html
    assert 'id="k003"' in html


def test_unknown_facts_are_left_out_of_the_card(library: Make) -> None:
    """Only what is known stands on the card."""
    html = case_page(make_case(), library()).html
    assert "地区" in html
    assert "日期" not in html


@pytest.mark.parametrize("field", ["title", "kind", "organ", "region", "contributor"])
def test_no_field_breaks_out_of_the_page(library: Make, field: str) -> None:
    """Whatever a contributor writes into a field stays text."""
    case = make_case(**{field: HOSTILE})
    for page in site_pages(library(case)).values():
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
    html = markdown(text)
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
    """Deep quotations and open brackets come out as some text, soon."""
    assert markdown(text)


def test_lists_have_the_finest_blocks_only(library: Make) -> None:
    """A section whose items are practices is no practice of its own."""
    found = entries([make_case()], ("practice",))
    assert [entry.block.anchor for entry in found] == ["k002", "k003"]


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (PER_PAGE, 1), (PER_PAGE + 1, 2)])
def test_lists_are_cut_into_pages(library: Make, count: int, pages: int) -> None:
    """At most PER_PAGE entries a page, each with its neighbors."""
    blocks = [Block(1, "标题")]
    blocks += [Block(2, f"第{n}条", "practice", "正文", f"k{n}") for n in range(count)]
    made = listing_pages(library(make_case(blocks=tuple(blocks))))
    practices = [path for path in made if path.startswith("lists/practices")]
    assert len(practices) == pages
    shown = sum(made[path].html.count("cb-list__title") for path in practices)
    assert shown == count
    assert ("practices-2.html" in made["lists/practices.md"].html) == (pages > 1)


def test_an_entry_leads_to_its_anchor(library: Make) -> None:
    """The link of an entry is the permanent address of its block."""
    html = listing_pages(library())["lists/practices.md"].html
    assert 'href="../cases/a.html#k002"' in html


def test_a_variant_is_shown_and_its_address_leads_on(
    library: Make, merged: tuple[Case, Case]
) -> None:
    """The variant's page has a visible link and a refresh; its text stands on the case's page."""
    canonical, variant = merged
    pages = site_pages(library(canonical, variants=(variant,)))
    assert pages["cases/b.md"].refresh == "a.html"
    assert 'href="a.html"' in pages["cases/b.md"].html
    assert "某区经验材料（节选）" in pages["cases/a.md"].html
    assert "包含" in pages["cases/a.md"].html


def test_home_counts_what_the_library_holds(library: Make) -> None:
    """Counts are of entries; lists without any are not offered."""
    html = site_pages(library())["index.md"].html
    assert re.search(r"<strong>2</strong><span>做法</span>", html)
    assert "lists/causes.html" not in html


def test_headings_without_marks_show_their_role(library: Make) -> None:
    """A person may leave the mark out where the heading names the role."""
    blocks = (Block(1, "标题"), Block(2, "主要成效", "", "很好。", "k001"))
    html = site_pages(library(make_case(blocks=blocks)))["cases/a.md"].html
    assert "cb-role--outcome" in html

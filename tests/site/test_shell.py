"""Pages for the site generator: escaped front matter, nested contents, filled shells."""

from __future__ import annotations

import html

import pytest
import yaml

from casebook.site.html import SitePage, TocItem
from casebook.site.shell import (
    BODY_PLACEHOLDER,
    ENTRY_PLACEHOLDER,
    TITLE_PLACEHOLDER,
    Shell,
    build_toc_tokens,
    choose_shell_kind,
    dump_front_matter,
)
from site_library import HOSTILE


@pytest.mark.parametrize(
    "title",
    [
        HOSTILE,
        "甲：乙 # 丙",
        "'单' \"双\"",
        "两\n行\ttab",
        "{{ config }}",
        "a\x00\x08\x85\ufeffb",
        "- [x]",
    ],
)
def test_a_title_is_one_escaped_string(title: str) -> None:
    """The theme prints front matter unescaped, so it has no sign of HTML; YAML reads it."""
    text = dump_front_matter(SitePage(title, "", description=title))
    loaded = yaml.safe_load(text.split("---\n")[1])
    assert set(loaded) == {"title", "description", "hide"}
    assert not set(loaded["title"]) & set("<>\"'")
    assert loaded["title"] == loaded["description"]


def test_contents_are_nested_and_escaped() -> None:
    """Sections under the title, items under sections; a skipped level does no harm."""
    items = (TocItem(2, "a", "<b>"), TocItem(4, "b", "x"), TocItem(2, "c", "y"))
    (top,) = build_toc_tokens(SitePage("标题", "", items))
    assert [child["id"] for child in top["children"]] == ["a", "c"]
    assert top["children"][0]["children"][0]["id"] == "b"
    assert top["children"][0]["name"] == "&lt;b&gt;"


RENDERED = (
    f'<link rel="canonical" href="https://x/cases/casebook-shell-contents.html">'
    f"<title>{TITLE_PLACEHOLDER} - 站</title><ul>"
    f'<li class="md-nav__item">\n<a href="#{ENTRY_PLACEHOLDER}" class="md-nav__link">'
    f"{ENTRY_PLACEHOLDER}</a>\n</li></ul>"
    f"<main>{BODY_PLACEHOLDER}</main>"
)


def test_a_shell_is_filled_with_a_page() -> None:
    """Title, contents, body and the page's address replace the placeholders."""
    items = (TocItem(2, "a", "甲"), TocItem(3, "b", "<乙>"))
    filled = Shell.parse(RENDERED).fill(SitePage("题<", "<p>文</p>", items), "lists/x.html")
    assert "casebook-shell" not in filled
    assert "<title>题&lt; - 站</title>" in filled and "<main><p>文</p></main>" in filled
    assert 'href="https://x/lists/x.html"' in filled
    assert filled.index('href="#a"') < filled.index('href="#b"') < filled.index("</ul></nav>")
    assert "&lt;乙&gt;" in filled


def test_placeholders_in_a_case_are_text() -> None:
    """A case that contains a placeholder of the shell fills nothing."""
    filled = Shell.parse(RENDERED).fill(
        SitePage(BODY_PLACEHOLDER, f"<p>{TITLE_PLACEHOLDER}</p>"), "cases/a.html"
    )
    assert f"<title>{html.escape(BODY_PLACEHOLDER)} - 站</title>" in filled
    assert f"<main><p>{TITLE_PLACEHOLDER}</p></main>" in filled


def test_a_theme_that_loses_the_body_is_an_error() -> None:
    """No page is published without its text."""
    with pytest.raises(ValueError, match="body"):
        Shell.parse("<title>x</title>")


def test_each_kind_of_page_has_its_shell() -> None:
    """With contents, without, wide, redirecting."""
    pages = [
        SitePage("a", "", (TocItem(2, "b", "b"),)),
        SitePage("a", ""),
        SitePage("a", "", wide=True),
        SitePage("a", "", refresh="b.html"),
    ]
    assert [choose_shell_kind(page) for page in pages] == ["contents", "plain", "wide", "refresh"]

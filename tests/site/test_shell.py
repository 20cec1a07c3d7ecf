"""What the site generator gets of a page: front matter it can trust, nested contents."""

from __future__ import annotations

import pytest
import yaml

from casebook.site.html import Page, TocItem
from casebook.site.shell import front_matter, toc_tokens
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
    """The theme prints front matter as it stands, so it holds no sign of HTML; YAML reads it."""
    text = front_matter(Page(title, "", description=title))
    loaded = yaml.safe_load(text.split("---\n")[1])
    assert set(loaded) == {"title", "description", "hide"}
    assert not set(loaded["title"]) & set("<>\"'")
    assert loaded["title"] == loaded["description"]


def test_contents_are_nested_and_escaped() -> None:
    """Sections under the title, items under sections; a skipped level does no harm."""
    items = (TocItem(2, "a", "<b>"), TocItem(4, "b", "x"), TocItem(2, "c", "y"))
    (top,) = toc_tokens(Page("标题", "", items))
    assert [child["id"] for child in top["children"]] == ["a", "c"]
    assert top["children"][0]["children"][0]["id"] == "b"
    assert top["children"][0]["name"] == "&lt;b&gt;"

"""The sources on a case page: restored places in their context, certain changes counted."""

from __future__ import annotations

import re

import pytest

from casebook.library.folder import load_library
from frozen import LIBRARY
from site_library import page_of


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The HTML of the sample's cases by kind."""
    library = load_library(LIBRARY)
    return {case.kind: page_of(case, library).html for case in library.cases}


def test_a_restored_run_is_one_place_with_its_likely_characters(pages: dict[str, str]) -> None:
    """The old text, the new text, and which characters are inferred."""
    html = pages["调查研究"]
    assert "<del>?!薄爸挥袊@</del>" in html
    assert "<ins><u>。</u>”“只有<u>围绕</u></ins>" in html
    assert html.count("规则 gbk-byte-shift") == 3
    assert "（确定、推断）</small>" in html


def test_context_is_shown_repaired(pages: dict[str, str]) -> None:
    """The text around a restored place is the repaired text."""
    assert re.search(r"一起检查<del>\?!薄爸挥袊@</del>", pages["调查研究"])


def test_certain_changes_are_counted_by_rule(pages: dict[str, str]) -> None:
    """Thousands of certain changes are a number first, a list on request."""
    html = pages["工作建议"]
    assert re.search(r"确定的修复共 \d{3} 处", html)
    assert "<del>dang</del>→<ins>党</ins>×15" in html

"""Markdown for a forge: text stays text, and a page is cut honestly."""

from __future__ import annotations

import re

import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.runtime.markdown_page import (
    LONGEST_CELL,
    Section,
    escape_markdown,
    format_code,
    format_table_head,
    format_table_row,
    render_sections,
)
from effort import examples

LINKED = re.compile(r"://\S|www\.|@\w|#\d|GH-\d")
"""What GitHub links wherever it stands in the text as displayed."""


def render(text: str) -> str:
    """The HTML of Markdown with GitHub's extensions."""
    options = pyromark.Options
    return pyromark.html(text, options=options.ENABLE_TABLES | options.ENABLE_STRIKETHROUGH)


HOSTILE = [
    "![x](https://example.org/a.png)",
    "[点我](javascript:alert(1))",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a|b|c\n|---|---|",
    "`code` **粗** ~~删~~ _斜_",
    "https://example.org/ 和 www.example.org 和 someone@example.org",
    "<https://example.org>",
    "&lt;b&gt;&#64;",
    "\\*\\[x\\](y)\\",
    "一\u202e二\u2028三\x1b[31m",
    "$(rm -rf /) ; `id` && echo $HOME",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_strangers_is_displayed_and_nothing_else(text: str) -> None:
    """One cell that says what the text says: no link, picture, element, or second cell."""
    table = f"{format_table_head('甲', '乙')}\n{format_table_row([escape_markdown(text), '末'])}"
    page = render(table)
    assert page.count("<td>") == 2 and "<td>末</td>" in page
    assert not re.search(r"<(?:a|img|script|em|strong|del|code|b)\b", page)
    assert not LINKED.search(page)


@pytest.mark.parametrize("text", ["@all", "张@maintainer", "见 #12", "org/repo#3", "甲GH-12"])
def test_nobody_is_called_and_no_issue_is_linked(text: str) -> None:
    """GitHub reads mentions in the text as displayed, so a character of no width divides them."""
    page = render(escape_markdown(text))
    assert "\u200b" in page
    assert not LINKED.search(page)


def test_a_long_text_is_cut() -> None:
    """A title of 300,000 characters takes one line."""
    assert len(escape_markdown("长" * 300_000)) == LONGEST_CELL


@pytest.mark.parametrize("text", ["```\n# 题", "````", "a\n~~~\n```sh"])
def test_nothing_ends_a_block_of_code(text: str) -> None:
    """The fence is longer than any in the text."""
    page = render(f"{format_code(text)}\n\n末")
    assert page.count("<pre>") == 1 and page.endswith("</code></pre>\n<p>末</p>\n")


@examples(50)
@given(
    counts=st.lists(st.integers(0, 60), min_size=1, max_size=5), most_bytes=st.integers(800, 4000)
)
def test_a_page_fits_and_counts_what_it_leaves_out(counts: list[int], most_bytes: int) -> None:
    """Rows are whole, in their order; shown and counted ones are all."""
    sections = [
        Section(f"第{i}节", (), [f"行{i}-{n}号" for n in range(count)])
        for i, count in enumerate(counts)
    ]
    page = render_sections(sections, most_bytes)
    assert len(page.encode()) <= most_bytes
    for number, section in enumerate(sections):
        shown = re.findall(rf"^行{number}-\d+号$", page, re.M)
        assert shown == list(section.rows[: len(shown)])
    left_out = sum(map(int, re.findall(r"另有 (\d+) 项未列出", page)))
    assert len(re.findall(r"^行\d+-\d+号$", page, re.M)) + left_out == sum(counts)


def test_a_short_section_leaves_its_room_to_the_next() -> None:
    """An equal share would cut the second one."""
    sections = [Section("短", ["一句。"]), Section("长", (), [f"{n:0>40}" for n in range(20)])]
    assert "未列出" not in render_sections(sections, 1000)

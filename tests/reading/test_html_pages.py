"""The article of pages of different build: all of it, and little else."""

from __future__ import annotations

import pytest
from web_pages import PAGES, WebPage

from casebook.reading.web.html_page import read_html

LEAST_RECALL, MOST_FURNITURE = 0.99, 0.02
"""Shares of the characters of an article, and of the lines that count as its text."""


def measure(page: WebPage) -> tuple[float, float]:
    """The recall of a page's article in characters, and the share of furniture beside it."""
    read = [line.text for line in read_html(page.data).lines if line.facts.origin != "outside"]
    found = sum(len(line) for line in page.lines if line in read)
    other = sum(len(line) for line in read if line not in page.lines)
    return found / sum(map(len, page.lines)), other / sum(map(len, read))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_article_is_found_and_little_else(page: WebPage) -> None:
    """Every paragraph is a line of its own; what is around it is outside of the text."""
    recall, furniture = measure(page)
    assert recall >= LEAST_RECALL
    assert furniture <= MOST_FURNITURE

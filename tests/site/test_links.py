"""Links and anchors of all pages, and the sitemap."""

from __future__ import annotations

import pytest

from casebook.site.links import Links
from casebook.site.sitemap import render_sitemap


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("b.html", True),
        ("b.html#k1", True),
        ("../cases/b.html?q=1#k1", True),
        ("#top", True),
        ("../assets/%E7%BB%8F.txt", True),
        ("https://example.org/x", True),
        ("b.html#k2", False),
        ("c.html", False),
        ("#nowhere", False),
        ("../../b.html", False),
    ],
)
def test_a_link_leads_somewhere_or_is_named(link: str, leads: bool) -> None:
    """Pages, anchors and files are known; a broken link is reported with its page."""
    links = Links(["assets/经.txt"])
    links.add("cases/a.html", f'<p id="top"><a href="{link}">x</a></p>')
    links.add("cases/b.html", '<h2 id="k1">x</h2>')
    found = list(links.find_broken())
    assert [("cases/a.html" in line, link in line) for line in found] == [(True, True)] * (
        not leads
    )


def test_a_sitemap_names_pages_by_their_whole_address() -> None:
    """Addresses are absolute and escaped; the page for errors is left out."""
    xml = render_sitemap("https://example.org/base", ["404.html", "cases/a&b.html"])
    assert xml.count("<loc>") == 1
    assert "<loc>https://example.org/base/cases/a%26b.html</loc>" in xml

"""The sitemap of a site with a known address."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urljoin
from xml.sax.saxutils import escape

MOST_ADDRESSES = 50_000
"""Addresses that one sitemap may have. Source: sitemaps.org, protocol 0.9."""


def render_sitemap(site_url: str, pages: Iterable[str]) -> str:
    """The sitemap as XML, with at most MOST_ADDRESSES pages."""
    base = site_url.rstrip("/") + "/"
    places = [urljoin(base, quote(page)) for page in pages if page != "404.html"][:MOST_ADDRESSES]
    entries = "\n".join(f"<url><loc>{escape(place)}</loc></url>" for place in places)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}\n</urlset>\n"
    )

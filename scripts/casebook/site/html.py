"""Safe HTML: whatever comes from a case is escaped, or sanitized after Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import nh3
from markdown import Markdown

RENDER_LIMIT = 200_000
"""Characters of one block that are rendered as Markdown; longer ones are shown as plain text."""

NESTING_LIMIT = 40
"""Quotation marks at the start of a line that Markdown is trusted with; it recurses on them."""

_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href"}, "th": {"align"}, "td": {"align"}}
_SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True)
class TocItem:
    """An entry of a page's table of contents; `level` counts from 1."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready for the theme: plain title, safe HTML, table of contents.

    `refresh` is a relative address to which the page leads on, '' for an ordinary page.
    """

    title: str
    html: str
    toc: tuple[TocItem, ...] = ()
    refresh: str = ""
    description: str = ""


def text(value: str) -> str:
    """A plain string as HTML, also fit for an attribute in double quotes."""
    return escape(value, quote=True)


def tag(name: str, content: str, **attributes: str) -> str:
    """An element around safe content; attribute values are escaped, `class_` is `class`."""
    rendered = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{rendered}>{content}</{name}>"


def paragraphs(value: str) -> str:
    """Plain text as paragraphs."""
    return "".join(tag("p", text(line)) for line in value.split("\n") if line.strip())


def markdown(source: str) -> str:
    """A case's Markdown as sanitized HTML; raw HTML, scripts and odd links do not survive."""
    nested = any(
        line.count(">", 0, 200) > NESTING_LIMIT for line in source.split("\n") if ">" in line
    )
    if len(source) > RENDER_LIMIT or nested:
        return paragraphs(source)
    rendered = Markdown(extensions=["tables"], output_format="html").convert(source)
    return nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
    )

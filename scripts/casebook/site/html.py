"""Safe HTML: whatever comes from a case is escaped, or sanitized after Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from urllib.parse import quote

import nh3
from markdown import Markdown

MOST_MARKDOWN_CHARACTERS = 200_000
"""Characters of one block that are rendered as Markdown; longer ones are shown as plain text."""

MOST_NESTING_LEVELS = 20
"""Levels of quotations and lists that Markdown is trusted with; it recurses on them."""

MOST_OPENING_BRACKETS = 300
"""Opening brackets of one block that Markdown is trusted with; it is quadratic in them."""

_ALLOWED_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_LINE_OPENING = re.compile(r"[\s>*+.)\d-]+")
_BLOCK_MARK = re.compile(r">|[*+-](?=\s)|\d+[.)](?=\s)")
_MARKUP_SIGN = re.compile(
    r"[\\`*_{}\[\]<>&|~\0-\x09\x0b-\x1f\x7f-\xa0\ufffe\uffff]|[^\S\n]$|^(?:[^\S\n]|[#+=:\-]|\d+[.)])|\A\s|\s\Z",
    re.M,
)
_BLANK_LINES = re.compile(r"\n{2,}")
_ALLOWED_ATTRIBUTES = {"a": {"href"}, "th": {"align"}, "td": {"align"}}
_ALLOWED_SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True)
class TocItem:
    """An entry of a page's table of contents; `level` counts from 1."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page ready for the theme: plain title, safe HTML, table of contents.

    `refresh` is a relative address to which the page leads on, '' for an ordinary page. A `wide`
    page shows no table of contents beside the text.
    """

    title: str
    html: str
    sections: tuple[TocItem, ...] = ()
    refresh: str = ""
    description: str = ""
    wide: bool = False

    @property
    def toc(self) -> tuple[TocItem, ...]:
        """The table of contents: the title, under it the sections."""
        return (TocItem(1, TOP_ID, self.title), *self.sections)


TOP_ID, VARIANTS_ID, SOURCES_ID = "cb_top", "cb_variants", "cb_sources"
"""Ids of a page's own places; an anchor of a case never has an underscore."""


def render_title(value: str, class_: str = "") -> str:
    """The title of a page."""
    return tag("h1", escape(value), id=TOP_ID, class_=class_)


def tag(name: str, content: str, **attributes: str) -> str:
    """An element around safe content; attribute values are escaped, `class_` is `class`."""
    rendered = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{rendered}>{content}</{name}>"


def render_scrolling(table: str, label: str, class_: str = "cb-differences") -> str:
    """A table that may be wider than a phone; by keyboard it scrolls only when it takes focus.

    One without a class would be put into a box of the theme's, which takes none.
    """
    named = table.replace("<table>", '<table class="cb-table">', 1)
    return tag("div", named, class_=class_, tabindex="0", role="region", aria_label=label)


def quote_path(path: str) -> str:
    """A path within the site as a link, whatever characters a received file's name has."""
    return quote(path, safe="/")


def render_paragraphs(value: str) -> str:
    """Plain text as paragraphs."""
    return "".join(tag("p", escape(line)) for line in value.split("\n") if line.strip())


def render_markdown(source: str) -> str:
    """A case's Markdown as sanitized HTML; raw HTML, scripts and odd links do not survive."""
    if _has_no_markup(source):
        return "\n".join(f"<p>{part}</p>" for part in _BLANK_LINES.split(source))
    if not _is_trusted(source):
        return render_paragraphs(source)
    return nh3.clean(
        _make_renderer().reset().convert(source),
        tags=_ALLOWED_TAGS,
        attributes=_ALLOWED_ATTRIBUTES,
        url_schemes=_ALLOWED_SCHEMES,
        link_rel="noopener nofollow",
    )


def _has_no_markup(source: str) -> bool:
    """Whether Markdown would make nothing but paragraphs of a text, as of most: four times faster.

    No mark, no character that HTML escapes, no line that opens or ends with a space or may open a
    list, a heading or a table; the renderer is asked for all others.
    """
    return bool(source) and not _MARKUP_SIGN.search(source)


@cache
def _make_renderer() -> Markdown:
    """One renderer for all texts: making it takes longer than rendering a paragraph."""
    return Markdown(extensions=["tables"], output_format="html")


def _is_trusted(source: str) -> bool:
    """Whether rendering a source as Markdown takes time and depth in proportion to its length."""
    if len(source) > MOST_MARKDOWN_CHARACTERS or source.count("[") > MOST_OPENING_BRACKETS:
        return False
    openings = (_LINE_OPENING.match(line) for line in source.split("\n"))
    return all(
        found is None or _measure_nesting(found[0]) <= MOST_NESTING_LEVELS for found in openings
    )


def _measure_nesting(opening: str) -> int:
    """How deep the marks and spaces at the start of a line may nest."""
    marks = len(_BLOCK_MARK.findall(opening))
    return marks + opening.expandtabs(4).count(" ") // 2

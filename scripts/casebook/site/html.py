"""Safe HTML: all text of a case is escaped, or sanitized after Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from urllib.parse import quote

import nh3
from markdown import Markdown

from casebook.library.case_targets import read_case_target
from casebook.library.markup import find_excess_sign

MOST_MARKDOWN_CHARACTERS = 200_000
"""Characters of a block that is rendered as Markdown; a longer one is shown as plain text."""

MOST_NESTING_LEVELS = 20
"""Levels of quotations and lists in such a block: Markdown recurses on each."""

MOST_COSTLY_SIGNS = 200
"""Signs of each kind of _COSTLY in such a block: the time grows with the square of their number."""

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
_COSTLY = (re.compile(r"\["), re.compile("<"), re.compile(r"^[=-]+[ \t]*$", re.M))
_BLANK_LINES = re.compile(r"\n{2,}")
_ALLOWED_ATTRIBUTES = {"a": {"href"}, "th": {"align"}, "td": {"align"}}
_LINK_OPENING = re.compile(r'<a href="([^"]*)" rel="noopener nofollow">')
CASE_LINK = "cb-case-link"
"""The class of a link from a case to another one."""

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

    `refresh` is the relative address that the page redirects to, '' for an ordinary page; it is
    `bare` if it only keeps a former address and has nothing of the theme. A `wide` page has no
    column for the table of contents. `data` is what it says as JSON-LD.
    """

    title: str
    html: str
    sections: tuple[TocItem, ...] = ()
    refresh: str = ""
    description: str = ""
    wide: bool = False
    bare: bool = False
    data: str = ""

    @property
    def toc(self) -> tuple[TocItem, ...]:
        """The table of contents: the title with the sections below it."""
        return (TocItem(1, TOP_ID, self.title), *self.sections)


TOP_ID, VARIANTS_ID, SOURCES_ID = "cb_top", "cb_variants", "cb_sources"
"""Ids of the generator. They have an underscore, which no anchor of a case has."""


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


def wrap_scrolling_table(table: str, label: str, class_: str = "cb-differences") -> str:
    """A table in a box that scrolls if the table is wider than a phone.

    The box takes focus, so that it scrolls by keyboard. The table gets a class, because the theme
    wraps tables without a class in a box that takes no focus.
    """
    named = table.replace("<table>", '<table class="cb-table">', 1)
    return tag("div", named, class_=class_, tabindex="0", role="region", aria_label=label)


def fold_rest(first: str, rest: str, count: str) -> str:
    """What is shown at once, and the rest under a line that opens it; this needs no script.

    `count` is what that line says: 另 12 条.
    """
    if not rest:
        return first
    return first + tag("details", tag("summary", f"查看更多（{count}）") + rest, class_="cb-rest")


def quote_path(path: str) -> str:
    """A path within the site as a link; the name of a received file may have any character."""
    return quote(path, safe="/")


def render_paragraphs(value: str) -> str:
    """Plain text as paragraphs."""
    return "".join(tag("p", escape(line)) for line in value.split("\n") if line.strip())


def render_markdown(source: str) -> str:
    """A case's Markdown as sanitized HTML: without raw HTML, scripts and other kinds of links."""
    if _has_no_markup(source):
        return "\n".join(f"<p>{part}</p>" for part in _BLANK_LINES.split(source))
    if not _is_trusted(source):
        return render_paragraphs(source)
    clean = nh3.clean(
        _make_renderer().reset().convert(source),
        tags=_ALLOWED_TAGS,
        attributes=_ALLOWED_ATTRIBUTES,
        url_schemes=_ALLOWED_SCHEMES,
        link_rel="noopener nofollow",
    )
    return _LINK_OPENING.sub(_link_case, clean) if ".md" in clean else clean


def _link_case(found: re.Match[str]) -> str:
    """The opening of a link to another case; its page lies in the same folder."""
    target = read_case_target(found[1])
    if target is None:
        return found[0]
    anchor = f"#{target.anchor}" if target.anchor else ""
    return f'<a class="{CASE_LINK}" href="{target.id}.html{anchor}">'


def _has_no_markup(source: str) -> bool:
    """Whether Markdown would turn a text into paragraphs and nothing else.

    That is so for most texts, and skipping Markdown is four times as fast. The answer is no for any
    sign of Markdown, any character that HTML escapes, and any line that begins or ends with a space
    or may begin a list, a heading or a table.
    """
    return bool(source) and not _MARKUP_SIGN.search(source)


@cache
def _make_renderer() -> Markdown:
    """One renderer for all texts: creating it takes longer than rendering a paragraph."""
    return Markdown(extensions=["tables"], output_format="html")


def _is_trusted(source: str) -> bool:
    """Whether Markdown renders a source in linear time and without deep recursion."""
    if len(source) > MOST_MARKDOWN_CHARACTERS or find_excess_sign(source) is not None:
        return False
    if any(len(sign.findall(source)) > MOST_COSTLY_SIGNS for sign in _COSTLY):
        return False
    openings = (_LINE_OPENING.match(line) for line in source.split("\n"))
    return all(
        found is None or _measure_nesting(found[0]) <= MOST_NESTING_LEVELS for found in openings
    )


def _measure_nesting(opening: str) -> int:
    """An upper bound of the levels that the marks and spaces at the start of a line open."""
    marks = len(_BLOCK_MARK.findall(opening))
    return marks + opening.expandtabs(4).count(" ") // 2

"""Generated pages for mkdocs, and the shell: a page that the theme renders once for many pages.

The theme takes seven milliseconds per page. So it renders one page of each kind, with placeholders
for title, description, contents and body, and each generated page is put into such a shell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from casebook.site.content_policy import BARE_POLICY, render_policy
from casebook.site.html import SitePage, TocItem

TITLE_PLACEHOLDER, DESCRIPTION_PLACEHOLDER, ENTRY_PLACEHOLDER = (
    f"casebook-shell-{name}" for name in ("title", "description", "entry")
)
"""The placeholders: words that a theme never writes itself."""

DATA_PLACEHOLDER = '<meta name="casebook-shell-data">'
"""The placeholder of the JSON-LD; a page without any has nothing in its place."""

BODY_PLACEHOLDER = "<h1>casebook-shell-body</h1>"
"""The placeholder of the body: a heading, because the theme adds one to a page without it."""

_SLOT = re.compile(
    rf'(?P<toc><li class="md-nav__item">\s*<a href="#{ENTRY_PLACEHOLDER}".*?</li>)'
    rf"|(?P<slot>{TITLE_PLACEHOLDER}|{DESCRIPTION_PLACEHOLDER}|{DATA_PLACEHOLDER}|{BODY_PLACEHOLDER}|(?:cases/)?casebook-shell-\w+\.html|casebook-shell-refresh)",
    re.S,
)

_INDENT = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Shell:
    """A rendered page, cut at its slots: `pieces` has one element more than `slots`."""

    pieces: tuple[str, ...]
    slots: tuple[str, ...]

    @classmethod
    def parse(cls, html: str) -> Shell:
        """Cut a rendered page at its placeholders. Raises ValueError without exactly one body.

        Blank lines and indents of the templates are removed: they are a seventh of a page.
        """
        html = _INDENT.sub("\n", html)
        pieces, slots, position = [], [], 0
        for match in _SLOT.finditer(html):
            pieces.append(html[position : match.start()])
            slots.append("toc" if match["toc"] else match["slot"])
            position = match.end()
        if slots.count(BODY_PLACEHOLDER) != 1:
            raise ValueError("the theme did not render the shell's body once")
        return cls((*pieces, html[position:]), tuple(slots))

    def fill(self, page: SitePage, address: str) -> str:
        """The HTML document of a page; `address` is its path within the site."""
        values = {
            TITLE_PLACEHOLDER: _escape_line(page.title),
            DESCRIPTION_PLACEHOLDER: _escape_line(page.description),
            BODY_PLACEHOLDER: page.html,
            DATA_PLACEHOLDER: _render_data(page.data),
            "toc": render_contents(build_toc_tokens(page)[0]["children"]),
            "casebook-shell-refresh": _escape_line(page.refresh),
        }
        name = address.rpartition("/")[2]
        own = (name, address)
        filled = (values.get(slot, own[slot.startswith("cases/")]) for slot in self.slots)
        return self.pieces[0] + "".join(
            value + piece for value, piece in zip(filled, self.pieces[1:], strict=True)
        )


def _render_data(data: str) -> str:
    """A block of data, which no browser runs."""
    return f'<script type="application/ld+json">{data}</script>' if data else ""


def render_bare_page(page: SitePage) -> str:
    """A former address that leads elsewhere, in some hundred bytes: there may be many."""
    title, target = _escape_line(page.title), _escape_line(page.refresh)
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8">{render_policy(BARE_POLICY)}'
        f"<title>{title}</title>"
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<link rel="icon" href="../assets/favicon.svg"><meta name="robots" content="noindex">'
        f'<meta http-equiv="refresh" content="0;url={target}">'
        f"</head><body>{page.html}</body></html>\n"
    )


def choose_shell_kind(page: SitePage) -> str:
    """The kind of shell for a page: with contents or without, wide, or redirecting."""
    if page.refresh:
        return "refresh"
    if page.wide:
        return "wide"
    return "contents" if page.sections else "plain"


def make_shell_page(kind: str) -> SitePage:
    """The page that the theme renders as the shell of a kind."""
    sections = (TocItem(2, ENTRY_PLACEHOLDER, ENTRY_PLACEHOLDER),) if kind == "contents" else ()
    refresh = "casebook-shell-refresh" if kind == "refresh" else ""
    return SitePage(
        TITLE_PLACEHOLDER,
        BODY_PLACEHOLDER,
        sections,
        refresh,
        DESCRIPTION_PLACEHOLDER,
        wide=kind == "wide",
    )


def name_shell(kind: str) -> str:
    """The file name (without ending) of a shell within the site generator."""
    return f"casebook-shell-{kind}"


def render_contents(tokens: Sequence[Mapping[str, Any]]) -> str:
    """Nested contents in the theme's markup; the names in the tokens are escaped."""
    return "".join(_render_contents_entry(token) for token in tokens)


def _render_contents_entry(token: Mapping[str, Any]) -> str:
    name = token["name"]
    words = f'<span class="md-ellipsis">{name}</span>'
    link = f'<a href="#{token["id"]}" class="md-nav__link">{words}</a>'
    inner = render_contents(token["children"])
    if inner:
        opening = f'<nav class="md-nav" aria-label="{name}"><ul class="md-nav__list">'
        inner = f"{opening}{inner}</ul></nav>"
    return f'<li class="md-nav__item">{link}{inner}</li>'


def dump_front_matter(page: SitePage) -> str:
    """The page's Markdown file: front matter and no body.

    Values are escaped here, because the theme prints them unescaped.
    """
    hidden = "[navigation, toc]" if page.wide else "[navigation]"
    lines = [f"title: {_quote_yaml(page.title)}", f"description: {_quote_yaml(page.description)}"]
    lines += [f"hide: {hidden}"]
    lines += [f"refresh: {_quote_yaml(page.refresh)}"] if page.refresh else []
    lines += ["shell: true"] if page.title == TITLE_PLACEHOLDER else []
    return "---\n" + "\n".join(lines) + "\n---\n"


def _quote_yaml(value: str) -> str:
    """A YAML string in single quotes; YAML refuses a file with unprintable characters."""
    return f"'{_escape_line(value)}'"


def _escape_line(value: str) -> str:
    line = " ".join(value.split())
    return escape("".join(c for c in line if c.isprintable()), quote=True)


def build_toc_tokens(page: SitePage) -> list[dict[str, Any]]:
    """The table of contents as Python-Markdown's nested tokens, titles escaped."""
    root: list[dict[str, Any]] = []
    stack: list[dict[str, Any]] = []
    for item in page.toc:
        name = escape(item.title)
        token = {"level": item.level, "id": item.id, "name": name, "html": name}
        token |= {"children": [], "data-toc-label": ""}
        while stack and stack[-1]["level"] >= item.level:
            stack.pop()
        (stack[-1]["children"] if stack else root).append(token)
        stack.append(token)
    return root

"""Addresses that a theme's pages once had: they lead on where the page is not there now.

A theme may be renamed, or an item that alone stood on a page may be corrected; a link from outside
should not break.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import product

from casebook.library.folder import Library
from casebook.site.case_items import assign_theme_slugs
from casebook.site.html import SitePage, render_title, tag
from casebook.site.matrix import build_cell_name

MOST_KEPT_NAMES = 40
"""Names of themes, present and former, up to which each cell of the matrix keeps its address: their
number grows with the square."""


def build_list_name(slug: str, role: str) -> str:
    """The file name of the list of a theme's items of a role; the underscore keeps it apart."""
    return f"all_{slug}_{role}"


def render_former_pages(
    library: Library, pages: Mapping[str, SitePage], listed: Sequence[str]
) -> Iterator[tuple[str, SitePage]]:
    """What keeps the addresses of former names, and of pages that have nothing to list now.

    They lead to the page of the present name, or to the overview. `listed` are the roles that
    have lists of their own.
    """
    slugs = assign_theme_slugs(library)
    present = {name: library.vocabulary.theme_name(name) for name in slugs}
    addresses = [(slugs[name], slugs[own], own) for name, own in present.items()]
    addresses += [
        (build_list_name(slugs[name], role), slugs[own], own)
        for (name, own), role in product(present.items(), listed)
    ]
    for row, column in product(slugs, repeat=2) if len(slugs) <= MOST_KEPT_NAMES else ():
        own_row, own_column = present[row], present[column]
        target = build_cell_name(own_row, own_column, slugs)
        addresses.append((build_cell_name(row, column, slugs), target, f"{own_row}，{own_column}"))
    for address, target, name in addresses:
        if f"themes/{address}.md" not in pages:
            is_there = f"themes/{target}.md" in pages
            named = (f"{target}.html", name) if is_there else ("index.html", "按主题查找")
            yield f"themes/{address}.md", _render_page(name, *named)


def _render_page(title: str, target: str, name: str) -> SitePage:
    link = tag("a", escape(name), href=target)
    body = render_title(title) + tag("p", f"请看 {link}。")
    return SitePage(title, body, refresh=target, bare=True)

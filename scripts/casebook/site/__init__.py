"""The site as plain values: every generated page of a library by its path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.identity import with_anchors
from casebook.library import Library
from casebook.model import Case
from casebook.site.alike import joined
from casebook.site.browse import browse_pages
from casebook.site.case_page import case_page
from casebook.site.home import home_page
from casebook.site.html import Page
from casebook.site.items import library_items, theme_slugs
from casebook.site.listings import listing_pages
from casebook.site.received import received_files
from casebook.site.related import surroundings
from casebook.site.rules_page import repairs_page, rules_page
from casebook.site.search_page import search_data, search_page
from casebook.site.statistics import statistics_pages
from casebook.site.theme_pages import theme_pages
from casebook.site.variants import redirect_page
from casebook.structure.roles import resolved


@dataclass(frozen=True, slots=True)
class Site:
    """What the generator adds to docs/.

    `pages` go by the path a Markdown page of theirs would have, `data` (generated files that are
    no pages) and `files` (received documents, to be copied) by their address.
    """

    pages: Mapping[str, Page]
    data: Mapping[str, bytes]
    files: Mapping[str, Path]


def make_site(library: Library, edit: str = "") -> Site:
    """Everything that is generated from a library. Raises UserError for an unreadable source.

    `edit` is the address below which the repository's case files are edited, '' without one.
    """
    library = replace(library, cases=tuple(_complete(case, library) for case in library.cases))
    return Site(_pages(library, edit), search_data(library), received_files(library))


def _pages(library: Library, edit: str) -> dict[str, Page]:
    items = library_items(library)
    pages = {"index.md": home_page(library, items), "search/index.md": search_page()}
    pages |= {"rules.md": rules_page(), "repairs.md": repairs_page()}
    pages |= listing_pages(library, items) | browse_pages(library)
    pages |= theme_pages(library, items, joined(items))
    around = surroundings(library.cases, items, theme_slugs(library), edit)
    pages |= statistics_pages(library, items, around)
    for case in library.cases:
        pages[f"cases/{case.id}.md"] = case_page(case, library, around[case.id])
        for reference in case.variants:
            if variant := library.variants.get(reference.id):
                pages[f"cases/{variant.id}.md"] = redirect_page(variant, case)
    return pages


def _complete(case: Case, library: Library) -> Case:
    """The case with the roles that its headings name, and the anchors that `--fix` would write."""
    roles = resolved(case.blocks, case.kind, library.vocabulary)
    blocks = [replace(block, role=role) for block, role in zip(case.blocks, roles, strict=True)]
    return replace(case, blocks=with_anchors(blocks))

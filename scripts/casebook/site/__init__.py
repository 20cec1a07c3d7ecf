"""The site as plain values: every generated page of a library by its path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.library.folder import Library
from casebook.runtime.cache import NOTHING, Store
from casebook.site.alike import joined_beside
from casebook.site.browse import browse_pages
from casebook.site.case_page import case_page
from casebook.site.home import home_page
from casebook.site.html import SitePage
from casebook.site.listings import listing_pages
from casebook.site.prepare import PreparedCase, entries_of
from casebook.site.related import surroundings
from casebook.site.rules_page import repairs_page, rules_page
from casebook.site.search_page import search_page
from casebook.site.statistics import statistics_pages
from casebook.site.theme_pages import theme_pages
from casebook.site.variants import redirect_page


@dataclass(frozen=True, slots=True)
class Site:
    """What the generator adds to docs/.

    `pages` go by the path a Markdown page of theirs would have, `files` (received documents, to be
    copied) by their address. The search index is written by `search_page.search_tasks`.
    """

    pages: Mapping[str, SitePage]
    files: Mapping[str, Path]


def site_of(
    prepared: Sequence[PreparedCase], library: Library, edit: str = "", store: Store = NOTHING
) -> Site:
    """The site of cases that are prepared; of the library only folder and vocabulary count."""
    library = replace(library, cases=tuple(each.case for each in prepared))
    files = {name: library.folder / path for each in prepared for name, path in each.files.items()}
    return Site(_pages(prepared, library, edit, store), dict(sorted(files.items())))


def _pages(
    prepared: Sequence[PreparedCase], library: Library, edit: str, store: Store
) -> dict[str, SitePage]:
    cases = library.cases
    items = tuple(item for each in prepared for item in each.items)
    groups = joined_beside(items, store)
    pages = {"index.md": home_page(library, items), "search/index.md": search_page()}
    pages |= {"rules.md": rules_page(), "repairs.md": repairs_page()}
    pages |= listing_pages(cases, items, entries_of(prepared))
    pages |= browse_pages(cases, {each.case.id: each.entries[""] for each in prepared})
    around = surroundings(cases, items, edit)
    pages |= statistics_pages(library, items, around)
    for each in prepared:
        case = each.case
        pages[f"cases/{case.id}.md"] = case_page(case.title, each.parts, around[case.id])
        for variant, name in each.variant_titles.items():
            pages[f"cases/{variant}.md"] = redirect_page(name, case)
    return pages | theme_pages(library, items, groups())

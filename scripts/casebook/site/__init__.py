"""The site as plain values: every generated page of a library by its path."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from casebook.library import SOURCES, Library
from casebook.model import Case
from casebook.site.case_page import case_page
from casebook.site.home import home_page
from casebook.site.html import Page
from casebook.site.listings import listing_pages
from casebook.site.provenance import source_address
from casebook.site.search_data import search_data, search_page
from casebook.site.variants import redirect_page
from casebook.structure.roles import resolved


def site_pages(library: Library) -> dict[str, Page]:
    """All generated pages, by the path a Markdown page of theirs would have."""
    library = replace(library, cases=tuple(_with_roles(case, library) for case in library.cases))
    pages = {"index.md": home_page(library), "search/index.md": search_page()}
    pages |= listing_pages(library)
    for case in library.cases:
        pages[f"cases/{case.id}.md"] = case_page(case, library)
        for reference in case.variants:
            if variant := library.variants.get(reference.id):
                pages[f"cases/{variant.id}.md"] = redirect_page(variant, case)
    return pages


def _with_roles(case: Case, library: Library) -> Case:
    """The case with the roles that its headings name where a person wrote no mark."""
    roles = resolved(case.blocks, case.kind, library.vocabulary)
    blocks = (replace(block, role=role) for block, role in zip(case.blocks, roles, strict=True))
    return replace(case, blocks=tuple(blocks))


def site_data(library: Library) -> dict[str, str]:
    """Generated files that are no pages, by their address."""
    return {"search/data.js": search_data(library)}


def site_files(library: Library) -> dict[str, Path]:
    """Received documents that the site offers for download, by their address."""
    folder = library.folder / SOURCES
    return {source_address(name): folder / name for name in library.sources}

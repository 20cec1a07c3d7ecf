"""The site as plain values: every generated page of a library by its path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.library.folder import Library
from casebook.library.source_records import LINES_SUFFIX, read_source_lines
from casebook.model import join_lines
from casebook.runtime.cache import NOTHING, Store
from casebook.site.alike import start_grouping
from casebook.site.browse import render_browse_pages
from casebook.site.case_extras import ExtrasSource
from casebook.site.case_items import CaseItem, assign_theme_slugs
from casebook.site.case_links import CaseLinks
from casebook.site.case_page import render_case_page
from casebook.site.case_tools import has_word_files
from casebook.site.desk_page import DESK_SCRIPT, render_desk_page, render_desk_script
from casebook.site.excerpts_page import render_excerpts_page
from casebook.site.home import render_home_page
from casebook.site.html import SitePage
from casebook.site.list_filter import ListFilter
from casebook.site.listings import (
    render_listing_pages,
    sort_items_newest_first,
    sort_newest_first,
)
from casebook.site.moved_pages import FormerAddresses
from casebook.site.near_identical import find_near_cases
from casebook.site.notices import (
    NO_NOTICES,
    Notices,
    render_notice_pages,
)
from casebook.site.prepare import PreparedCase, collect_entries
from casebook.site.qr_codes import make_qr_codes
from casebook.site.related import CaseContext, build_contexts
from casebook.site.removed_pages import render_removed_pages
from casebook.site.responses import Responses
from casebook.site.roles_page import render_roles_page
from casebook.site.rules_page import render_repairs_page, render_rules_page
from casebook.site.search_page import render_search_page
from casebook.site.statistics import render_statistics_pages
from casebook.site.structured_data import UNKNOWN, SiteFacts
from casebook.site.theme_pages import render_theme_pages
from casebook.site.variants import render_redirect_page


@dataclass(frozen=True, slots=True)
class Site:
    """What the generator adds to docs/.

    `pages` go by the path of a Markdown page (`cases/ID.md`), `files` and `texts` by their address:
    received documents to copy, and the text of those that are Word files, pages and the like, and
    the script of one page. The search index is not part of it; `list_search_tasks` writes that.
    """

    pages: Mapping[str, SitePage]
    files: Mapping[str, Path]
    texts: Mapping[str, str]


def generate_site(
    prepared: Sequence[PreparedCase],
    library: Library,
    edit: str = "",
    store: Store = NOTHING,
    notices: Notices = NO_NOTICES,
    facts: SiteFacts = UNKNOWN,
) -> Site:
    """The site of prepared cases. Only the folder and the vocabulary of `library` are used.

    `edit` is the address below which the repository's case files are edited, '' without one.
    `notices` says what is wrong with files of the library, `facts` what pages say of the site.
    """
    library = replace(library, cases=tuple(each.case for each in prepared))
    files = {name: library.folder / path for each in prepared for name, path in each.files.items()}
    copied = {name: path for name, path in files.items() if not path.name.endswith(LINES_SUFFIX)}
    texts = {name: join_lines(read_source_lines(files[name])[1]) for name in {*files} - {*copied}}
    texts[DESK_SCRIPT] = render_desk_script(library.vocabulary, edit, store)
    pages = _generate_pages(prepared, library, edit, store, notices, facts)
    return Site(pages, dict(sorted(copied.items())), dict(sorted(texts.items())))


def _generate_pages(
    prepared: Sequence[PreparedCase],
    library: Library,
    edit: str,
    store: Store,
    notices: Notices,
    facts: SiteFacts,
) -> dict[str, SitePage]:
    items = tuple(item for each in prepared for item in each.items)
    groups = start_grouping(items, store)
    entries = collect_entries(prepared)
    narrow = ListFilter.collect(library.cases, items)
    pages = _render_single_pages(library, items, bool(notices.left_out))
    pages |= _render_lists(library, items, entries, narrow)
    contexts = build_contexts(sort_newest_first(library.cases), items, edit)
    pages |= render_statistics_pages(library, items, contexts)
    extras = ExtrasSource(
        notices,
        facts,
        has_word_files(len(prepared)),
        Responses(items, assign_theme_slugs(library), groups()),
        find_near_cases(prepared, groups()),
        make_qr_codes([case.id for case in library.cases], facts.url, store),
    )
    former = FormerAddresses(prepared)
    pages |= _render_case_pages(prepared, contexts, former, extras)
    pages |= _render_former_pages(former, library, pages)
    pages |= render_notice_pages(notices)
    return pages | render_theme_pages(library, items, groups(), entries, narrow)


def _render_single_pages(
    library: Library, items: Sequence[CaseItem], has_left_out: bool
) -> dict[str, SitePage]:
    return {
        "index.md": render_home_page(library, items, has_left_out),
        "search/index.md": render_search_page(library.vocabulary),
        "desk.md": render_desk_page(),
        "excerpts.md": render_excerpts_page(),
        "rules.md": render_rules_page(),
        "repairs.md": render_repairs_page(),
    }


def _render_lists(
    library: Library, items: Sequence[CaseItem], entries: Mapping[str, str], narrow: ListFilter
) -> dict[str, SitePage]:
    """The lists of items and of cases, and the pages that lead to them."""
    newest, slugs = sort_items_newest_first(items), assign_theme_slugs(library)
    pages = {"lists/roles.md": render_roles_page(newest)}
    pages |= render_listing_pages(library.cases, newest, entries, narrow, slugs)
    return pages | render_browse_pages(library.cases, entries, narrow)


def _render_case_pages(
    prepared: Sequence[PreparedCase],
    contexts: Mapping[str, CaseContext],
    former: FormerAddresses,
    extras: ExtrasSource,
) -> dict[str, SitePage]:
    """The page of each case, and those at the addresses of its variants."""
    links = CaseLinks(prepared)
    pages = {}
    for each in prepared:
        case = each.case
        body = links.resolve(each.parts.body) + former.render_note(case.id)
        parts = replace(each.parts, body=body)
        page = render_case_page(case, parts, contexts[case.id], extras.collect(case))
        pages[f"cases/{case.id}.md"] = page
        for variant, name in each.variant_titles.items():
            pages[f"cases/{variant}.md"] = render_redirect_page(name, case)
    return pages


def _render_former_pages(
    former: FormerAddresses, library: Library, pages: dict[str, SitePage]
) -> dict[str, SitePage]:
    """The pages at addresses that cases had, and that cases had which were taken down."""
    moved = dict(former.render_pages(pages))
    return moved | dict(render_removed_pages(library.folder, pages | moved))

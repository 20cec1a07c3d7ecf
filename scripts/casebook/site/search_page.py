"""The search page, and the index that it reads."""

from __future__ import annotations

from casebook.library import Library
from casebook.search import Themes, search_files
from casebook.site.html import Page, tag, title


def search_data(library: Library, themes: Themes) -> dict[str, bytes]:
    """The files of the index by address; the cases' blocks must have their anchors."""
    roles = {role.id: role.name for role in library.vocabulary.roles.values()}
    return search_files(library.cases, roles, themes)


def search_page() -> Page:
    """The search page, empty until its script fills it."""
    parts = [
        title("查找"),
        tag("div", "", id="cb-search-form"),
        tag("p", "", id="cb-search-state", role="status", aria_live="polite"),
        tag("div", "", id="cb-search-hits"),
        tag("noscript", tag("p", "查找需要浏览器允许脚本；上方的各个列表不需要。")),
    ]
    return Page("查找", "\n".join(parts), wide=True)

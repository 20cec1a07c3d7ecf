"""The search page, and the index that it reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebook.kept import NOTHING, Store
from casebook.search import merge_entries
from casebook.search.collection import index_case
from casebook.site.html import Page, tag, title
from casebook.site.prepare import Prepared
from casebook.vocabulary import Vocabulary


def search_data(
    prepared: Sequence[Prepared], vocabulary: Vocabulary, store: Store = NOTHING
) -> dict[str, bytes]:
    """The files of the index by address."""
    roles = {role.id: role.name for role in vocabulary.roles.values()}
    entries = (index_case(each.case, each.themes, each.plain) for each in prepared)
    return merge_entries(entries, roles, store)


def write_search_data(
    prepared: Sequence[Prepared], vocabulary: Vocabulary, store: Store, site: Path
) -> None:
    """Write the files of the index into a site."""
    for address, content in search_data(prepared, vocabulary, store).items():
        path = site / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


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

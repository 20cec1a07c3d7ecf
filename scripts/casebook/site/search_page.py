"""The search page and its index."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from casebook.runtime.build_folder import Output
from casebook.search import make_list_files, make_sketch_files, make_text_files
from casebook.search.collection import CaseEntry, index_case
from casebook.site.html import SitePage, render_title, tag
from casebook.site.prepare import PreparedCase
from casebook.vocabulary import PLACE_IN_REGION, Vocabulary


def list_search_tasks(
    prepared: Sequence[PreparedCase], vocabulary: Vocabulary, output: Output
) -> list[Callable[[], None]]:
    """The tasks that write the files of the index into a site; they may run in parallel."""
    roles = {role.id: role.name for role in vocabulary.roles.values()}

    def write(files: Callable[[Iterator[CaseEntry]], Mapping[str, bytes]]) -> None:
        entries = (index_case(each.case, each.themes, each.searched) for each in prepared)
        for address, content in files(entries).items():
            output.write(address, content)

    def write_sketches() -> None:
        own = (index_case(each.case, plain=each.plain) for each in prepared)
        for address, content in make_sketch_files(own).items():
            output.write(address, content)

    lists = partial(make_list_files, roles=roles, synonyms=vocabulary.synonyms)
    return [*(partial(write, files) for files in (lists, make_text_files)), write_sketches]


def render_search_page(vocabulary: Vocabulary) -> SitePage:
    """The search page; its script fills the empty elements, and knows other names of terms."""
    names = {
        "theme": dict(vocabulary.theme_aliases),
        "kind": dict(vocabulary.kind_aliases),
        "region": dict(vocabulary.region_aliases),
    }
    former = json.dumps(names, ensure_ascii=False, separators=(",", ":"))
    parts = [
        render_title("查找"),
        tag(
            "div",
            "",
            id="cb-search-form",
            data_former_names=former,
            data_place_in_region=PLACE_IN_REGION,
        ),
        tag("p", "", id="cb-search-state", role="status", aria_live="polite"),
        tag("div", "", id="cb-search-hits"),
        tag("noscript", tag("p", "查找需要浏览器允许脚本；上方的各个列表不需要。")),
    ]
    return SitePage("查找", "\n".join(parts), wide=True)

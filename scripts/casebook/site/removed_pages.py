"""The pages at the addresses of cases that were taken down: they say so, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from casebook.library.removed_register import RemovedEntry, load_removed
from casebook.site.html import SitePage, render_title, tag

TITLE = "已撤下"


def render_removed_pages(
    folder: Path, taken: Mapping[str, SitePage]
) -> Iterator[tuple[str, SitePage]]:
    """A page for each id of the register whose address no other page has. Raises UserError."""
    for entry in load_removed(folder):
        for name in entry.ids:
            if (path := f"cases/{name}.md") not in taken:
                yield path, _render_page(entry)


def _render_page(entry: RemovedEntry) -> SitePage:
    why = tag("p", f"理由：{escape(entry.reason)}") if entry.reason else ""
    said = tag("p", f"这个案例已于 {escape(entry.date)} 撤下，不再公开。")
    return SitePage(TITLE, render_title(TITLE) + said + why)

"""Internal links and anchors of all pages, checked by the build."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from posixpath import join, normpath
from urllib.parse import unquote

_ANCHOR_OR_LINK = re.compile(r'\s(?:id="([^"]+)"|(?:href|src)="([^"]*)")')
_EXTERNAL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


class Links:
    """The links and anchors of all pages, by the address of the page in the site."""

    def __init__(self, files: Iterable[str] = ()) -> None:
        """`files` are addresses that a link may name besides pages."""
        self._anchors: dict[str, set[str]] = {}
        self._links: dict[str, set[str]] = {}
        self._files = set(files)

    def add(self, address: str, html: str) -> None:
        """Note the anchors and links of a page, or of its part that no other page shares."""
        found = _ANCHOR_OR_LINK.findall(html)
        self._anchors[address] = {anchor for anchor, _ in found if anchor}
        self._links[address] = {
            link.replace("&amp;", "&") for _, link in found if link and not _EXTERNAL.match(link)
        }

    def list_pages(self) -> list[str]:
        """The addresses of all pages, sorted."""
        return sorted(self._anchors)

    def find_broken(self) -> Iterator[str]:
        """A Chinese sentence for each link that leads nowhere."""
        for address in self.list_pages():
            links = self._links[address]
            for link in sorted(link for link in links if not self._leads_somewhere(address, link)):
                yield f"{address} 里的链接 {link} 没有指向任何页面或锚点，请改正。"

    def _leads_somewhere(self, address: str, link: str) -> bool:
        path, _, anchor = link.partition("#")
        path = path.partition("?")[0]
        target = _resolve_link(address.rpartition("/")[0], path) if path else address
        if target not in self._anchors:
            return target in self._files
        return not anchor or unquote(anchor) in self._anchors[target] or anchor == "__skip"


@lru_cache(1 << 16)  # pages of one folder have many links in common
def _resolve_link(folder: str, path: str) -> str:
    """The address that a link in a folder names."""
    return normpath(join(folder, unquote(path)))

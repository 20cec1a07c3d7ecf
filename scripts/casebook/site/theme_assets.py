"""The theme's own files: which ones a site needs, and how they are shipped."""

from __future__ import annotations

import re

_UNUSED = re.compile(r"^assets/javascripts/(?:lunr|workers)/|\.map$")
_WORKER = re.compile(r'"search": "[^"]*/workers/[^"]*", ')
_SOURCE_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=\S+?(?:\s*\*/)?\s*\Z")


def is_unused_asset(path: str) -> bool:
    """Whether no page loads a file of the theme.

    Its search (lunr and the worker) cannot cut Chinese into words and is not used; source maps are
    for its developers. They are 2.2 of 2.5 MB.
    """
    return bool(_UNUSED.search(path))


def drop_source_map(text: str) -> str:
    """A script or style without the comment that names its source map, which is not shipped."""
    return _SOURCE_MAP.sub("\n", text)


def drop_search_worker(page: str) -> str:
    """A page without the address of the theme's search worker, which is not shipped."""
    return _WORKER.sub("", page)

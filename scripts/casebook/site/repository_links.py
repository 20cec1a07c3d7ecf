"""Links of hand-written pages to places in the repository, whose address only the build knows."""

from __future__ import annotations

import re

_LINK = re.compile(r"\[(?P<words>[^\[\]\n]+)\]\(repository:(?P<place>[\w./?=&-]*)\)")


def link_repository(markdown: str, address: str) -> str:
    """Markdown whose links to `repository:PLACE` lead there; without an address, their words.

    >>> link_repository("[上传](repository:tree/HEAD/cases)", "https://example.org/a/b/")
    '[上传](https://example.org/a/b/tree/HEAD/cases)'
    >>> link_repository("[上传](repository:tree/HEAD/cases)", "")
    '上传'
    """
    base = address.rstrip("/")
    if not base:
        return _LINK.sub(r"\g<words>", markdown)
    return _LINK.sub(lambda found: f"[{found['words']}]({base}/{found['place']})", markdown)

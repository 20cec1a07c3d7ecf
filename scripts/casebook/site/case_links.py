"""Links between cases on their pages: where the target is now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casebook.site.html import CASE_LINK
from casebook.site.prepare import PreparedCase
from casebook.site.variants import build_variant_id

_LINK = re.compile(
    rf'<a class="{CASE_LINK}" href="(?P<id>[^"#]+)\.html(?:#(?P<anchor>[^"]*))?">(?P<text>.*?)</a>',
    re.S,
)


class CaseLinks:
    """Where the cases of a library are, and the variants whose addresses lead on to them."""

    def __init__(self, prepared: Sequence[PreparedCase]) -> None:
        self._cases = {each.case.id: each.case for each in prepared}
        self._owners = {v: each.case for each in prepared for v in each.variant_titles}

    def resolve(self, html: str) -> str:
        """The page of a case with its links to cases led on; what leads nowhere is no link."""
        return _LINK.sub(self._resolve, html) if CASE_LINK in html else html

    def _resolve(self, found: re.Match[str]) -> str:
        address = self._find_address(found["id"], found["anchor"] or "")
        link = f'<a class="{CASE_LINK}" href="{address}">{found["text"]}</a>'
        return link if address else found["text"]

    def _find_address(self, case_id: str, anchor: str) -> str:
        """The address of a case or a block of it, from the page of another; '' if it is gone."""
        if case := self._cases.get(case_id):
            is_there = any(block.anchor == anchor for block in case.blocks)
            return f"{case_id}.html#{anchor}" if anchor and is_there else f"{case_id}.html"
        if owner := self._owners.get(case_id):
            taken = {block.anchor for block in owner.blocks if block.source == case_id}
            place = anchor if anchor in taken else build_variant_id(case_id)
            return f"{owner.id}.html#{place}"
        return ""

"""Families of headings merged by level, and the frame that names of one wording make."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casebook.structure.heading_candidates import (
    BRACKET_FAMILY,
    FREE_FAMILY,
    LABEL_FAMILY,
    PLAIN_FAMILY,
    Candidate,
)

NAMED_FAMILY = "named"
"""The family of unmarked role names and 【…】, which have the same level."""

OPENING_ROLES = ("background", "problem")
"""Roles that a write-up opens with; named again under a free heading, one opens its parts."""

_FRAME_WORD = re.compile("案例|项目|作品|活动|栏目|节目|产品|平台|报道")
"""What a write-up is about; two names or more that open with one such word are its frame."""


def find_frame(headings: Sequence[Candidate]) -> frozenset[str]:
    """The names of the outermost sections if they open with one word: 案例背景, 案例启示."""
    words: dict[str, set[str]] = {}
    for heading in headings:
        if merge_family(heading) == NAMED_FAMILY and (
            word := _FRAME_WORD.match(strip_name(heading))
        ):
            words.setdefault(word[0], set()).add(strip_name(heading))
    names = max(words.values(), key=len, default=set())
    return frozenset(names) if len(names) > 1 else frozenset()


def strip_name(heading: Candidate) -> str:
    """The text of a heading without brackets and colon."""
    return heading.text.strip("【】[]〔〕：: ")


def merge_family(heading: Candidate) -> str:
    """The family of a heading, with families of the same level merged."""
    if heading.family in (PLAIN_FAMILY, BRACKET_FAMILY):
        return NAMED_FAMILY
    if heading.family == LABEL_FAMILY:
        return NAMED_FAMILY if heading.role else FREE_FAMILY
    return heading.family

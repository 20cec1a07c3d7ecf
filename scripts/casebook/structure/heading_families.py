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
    """The names of the outermost sections if they open with one word: 案例背景, 案例启示.

    Two of them name roles. Other short ones belong to the frame, too: 平台建设 beside 平台成效.
    """
    words: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for heading in headings:
        name = strip_name(heading)
        if word := _FRAME_WORD.match(name):
            if merge_family(heading) == NAMED_FAMILY:
                words.setdefault(word[0], set()).add(name)
            elif heading.family == FREE_FAMILY and len(name) == len(word[0]) + 2:
                others.setdefault(word[0], set()).add(name)
    word_of_frame, names = max(words.items(), key=lambda item: len(item[1]), default=("", set()))
    return frozenset(names | others.get(word_of_frame, set())) if len(names) > 1 else frozenset()


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

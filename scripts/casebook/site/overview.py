"""结构速览: a case as a strip from problem to outcome that jumps to the blocks."""

from __future__ import annotations

from casebook.library.folder import Library
from casebook.model import Case
from casebook.site.case_items import item_places, quotation
from casebook.site.html import tag, text

ORDER = ("problem", "cause", "practice", "suggestion", "outcome", "lesson")
"""The story of a case, in the order in which the strip tells it."""

SHOWN = 4
"""Items of one role that the strip names; the others are counted."""

NAMED = 26
"""Characters of an item in the strip."""


def overview_strip(case: Case, library: Library) -> str:
    """The strip as HTML; '' where fewer than two roles are known, since it would say nothing."""
    steps = [_step(role, case, library) for role in ORDER]
    shown = [step for step in steps if step]
    if len(shown) < 2:
        return ""
    return tag("nav", tag("ol", "".join(shown)), class_="cb-strip", aria_label="结构速览")


def _step(role: str, case: Case, library: Library) -> str:
    own = (case.blocks[place] for place in item_places(case))
    items = [block for block in own if block.role == role]
    if not items:
        return ""
    name = tag("span", text(library.vocabulary.roles[role].name), class_=f"cb-role cb-role--{role}")
    links = [
        tag("a", text(_short(item.heading or quotation(item))), href=f"#{anchor}")
        for item in items[:SHOWN]
        if (anchor := item.anchor)
    ]
    more = f"等 {len(items)} 条" if len(items) > SHOWN else ""
    return tag("li", name + "".join(links) + (tag("small", more) if more else ""))


def _short(words: str) -> str:
    words = words.strip("。")
    return words if len(words) <= NAMED else words[:NAMED] + "…"

"""结构速览: a strip from problem to outcome, with links to the blocks of a case."""

from __future__ import annotations

from html import escape

from casebook.library.folder import Library
from casebook.model import Case
from casebook.site.case_items import find_item_indexes, name_heading, quote_block
from casebook.site.html import tag

STORY_ROLES = ("problem", "cause", "practice", "suggestion", "outcome", "lesson")
"""The roles of the strip, in its order: the story of a case."""

MOST_STRIP_ITEMS = 4
"""Items of one role in the strip; the others are only counted."""

STRIP_ITEM_CHARACTERS = 26
"""Characters of an item in the strip."""


def render_overview_strip(case: Case, library: Library) -> str:
    """The strip as HTML; '' for fewer than two roles, where it would add nothing."""
    steps = [_render_role(role, case, library) for role in STORY_ROLES]
    shown = [step for step in steps if step]
    if len(shown) < 2:
        return ""
    return tag("nav", tag("ol", "".join(shown)), class_="cb-strip", aria_label="结构速览")


def _render_role(role: str, case: Case, library: Library) -> str:
    own = (case.blocks[index] for index in find_item_indexes(case))
    items = [block for block in own if block.role == role]
    if not items:
        return ""
    name = tag(
        "span", escape(library.vocabulary.roles[role].name), class_=f"cb-role cb-role--{role}"
    )
    links = [
        tag("a", escape(_shorten_item(item.heading or quote_block(item))), href=f"#{anchor}")
        for item in items[:MOST_STRIP_ITEMS]
        if (anchor := item.anchor)
    ]
    more = f"等 {len(items)} 条" if len(items) > MOST_STRIP_ITEMS else ""
    return tag("li", name + "".join(links) + (tag("small", more) if more else ""))


def _shorten_item(words: str) -> str:
    words = name_heading(words)
    return words if len(words) <= STRIP_ITEM_CHARACTERS else words[:STRIP_ITEM_CHARACTERS] + "…"

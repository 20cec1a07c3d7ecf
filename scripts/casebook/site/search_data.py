"""What the search page reads: every item of every case as plain text, in one script file.

A script file loads from a folder too, where a browser lets no page fetch data. The whole library
is one file; that serves some hundred cases.
"""

from __future__ import annotations

import json
from functools import cache

from casebook import markup
from casebook.library import Library
from casebook.model import Block, Case
from casebook.repair.characters import fold
from casebook.site.html import Page, tag, title

CALLBACK = "casebookSearch"
"""The function of docs/scripts/search.js that the file calls with its data."""

_HAN = (0x4E00, 0xA000)


def search_data(library: Library) -> str:
    """The script: `casebookSearch({roles, folds, cases})`.

    `roles` maps role ids to names; `folds` is a string of pairs, traditional then simplified; a
    case is [id, title, kind, region, organ, year, items], an item [anchor, role, heading, text].
    """
    data = {
        "roles": {role.id: role.name for role in library.vocabulary.roles.values()},
        "folds": _folds(),
        "cases": [_case(case) for case in library.cases],
    }
    rendered = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    safe = rendered.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"{CALLBACK}({safe})\n"


@cache
def _folds() -> str:
    """Characters that queries may hold and their simplified forms, two by two."""
    pairs = ((character, fold(character)) for character in map(chr, range(*_HAN)))
    return "".join(before + after for before, after in pairs if before != after)


def _case(case: Case) -> list[object]:
    items = [_item(block) for block in case.blocks if block.text or block.level > 1]
    return [case.id, case.title, case.kind, case.region, case.organ, case.date[:4], items]


def _item(block: Block) -> list[str]:
    heading = (block.heading or "") if block.level > 1 else ""
    return [block.anchor, block.role, heading, markup.to_plain(block.text)]


def search_page() -> Page:
    """The search page, empty until its script fills it."""
    parts = [
        title("查找"),
        tag("div", "", id="cb-search-form"),
        tag("p", "", id="cb-search-state", role="status", aria_live="polite"),
        tag("div", "", id="cb-search-hits"),
        tag("noscript", tag("p", "查找需要浏览器允许脚本；上方的各个列表不需要。")),
    ]
    return Page("查找", "\n".join(parts), wide=True)

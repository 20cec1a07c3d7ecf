"""Cause × practice: which cause was met by what, as a table that leads into the search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product
from urllib.parse import urlencode

from casebook.library import Library
from casebook.site.html import tag, text
from casebook.site.items import Item

SOLVING = ("practice", "suggestion")
"""Roles that answer a cause."""

SHADES = 5
"""Steps of the shading, from the smallest count to the largest."""


def pairs(items: Sequence[Item]) -> Counter[tuple[str, str]]:
    """In how many cases a theme of a cause meets a theme of a practice or suggestion."""
    causes: dict[str, set[str]] = {}
    answers: dict[str, set[str]] = {}
    for item in items:
        if item.block.role == "cause":
            causes.setdefault(item.case.id, set()).update(item.themes)
        elif item.block.role in SOLVING:
            answers.setdefault(item.case.id, set()).update(item.themes)
    met = (product(found, answers.get(case_id, ())) for case_id, found in causes.items())
    return Counter(pair for each in met for pair in each)


def matrix(library: Library, items: Sequence[Item]) -> str:
    """The table as HTML, rows and columns without a count left out; '' where there is none."""
    counts = pairs(items)
    if not counts:
        return ""
    themes = library.vocabulary.themes
    rows = [name for name in themes if any(row == name for row, _ in counts)]
    columns = [name for name in themes if any(column == name for _, column in counts)]
    usual = _usual_roles(items)
    head = tag("td", "成因 ＼ 做法") + "".join(tag("th", text(c), scope="col") for c in columns)
    body = "".join(
        tag("tr", _head(row) + "".join(_cell(row, c, counts, usual[c]) for c in columns))
        for row in rows
    )
    table = tag("table", tag("tr", head) + body, class_="cb-matrix")
    name = "成因与做法"
    scroll = tag("div", table, class_="cb-scroll", tabindex="0", role="region", aria_label=name)
    return tag("p", _CAPTION, class_="cb-intro") + scroll


_CAPTION = (
    "行是成因的主题，列是做法和建议的主题，数字是两者都有的案例数。"
    "点开数字，看这一列主题的做法或建议。"
)


def _usual_roles(items: Sequence[Item]) -> dict[str, str]:
    """By theme, the role that most of its answers have."""
    answers = [item for item in items if item.block.role in SOLVING]
    counts = Counter((theme, item.block.role) for item in answers for theme in item.themes)
    return {theme: role for (theme, role), _ in reversed(counts.most_common())}


def _head(row: str) -> str:
    return tag("th", text(row), scope="row")


def _cell(row: str, column: str, counts: Counter[tuple[str, str]], role: str) -> str:
    count = counts[row, column]
    if not count:
        return tag("td", "")
    shade = -(-count * SHADES // max(counts.values()))
    query = urlencode({"role": role, "theme": column})
    label = f"成因{row}，做法{column}：{count} 个案例"
    link = tag("a", str(count), href=f"../search/index.html?{query}", aria_label=label)
    return tag("td", link, class_=f"cb-shade-{shade}")

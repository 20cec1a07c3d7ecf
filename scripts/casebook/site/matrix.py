"""Cause × practice: a table of the causes and answers that occur together, with a list per cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import product

from casebook.library.folder import Library
from casebook.model import Case
from casebook.site.case_items import CaseItem, assign_theme_slugs, build_item_address
from casebook.site.case_page import describe_block, render_role_label
from casebook.site.html import SitePage, fold_rest, tag, wrap_scrolling_table
from casebook.site.listings import describe_case, paginate_entries, sort_newest_first
from casebook.vocabulary import Role

ANSWER_ROLES = ("practice", "suggestion")
"""Roles that answer a cause."""

SHADES = 5
"""Shades of a cell, from the smallest count to the largest."""

SHOWN_THEMES = 8
"""Rows and columns that are shown at once, those with most cases: about a screen."""

LEAST_SHARE = 0.02
"""Part of the fullest cell's cases that a cell needs: one of hundreds is no pattern."""

MOST_QUOTED_ITEMS = 3
"""Causes, and likewise answers, of one case in the list of a cell."""


@dataclass(frozen=True, slots=True)
class CausesAndAnswers:
    """The causes and the answers of one case, by theme."""

    case: Case
    causes: Mapping[str, Sequence[CaseItem]]
    answers: Mapping[str, Sequence[CaseItem]]


MatrixCells = Mapping[tuple[str, str], Sequence[CausesAndAnswers]]
"""By the theme of a cause and the theme of an answer: the cases that have both."""


def find_cells(items: Sequence[CaseItem]) -> MatrixCells:
    """The cells that have a case, each case once in a cell."""
    by_case: dict[str, CausesAndAnswers] = {}
    for item in items:
        if item.block.role == "cause" or item.block.role in ANSWER_ROLES:
            own = by_case.setdefault(item.case.id, CausesAndAnswers(item.case, {}, {}))
            side = own.causes if item.block.role == "cause" else own.answers
            for theme in item.themes:
                side.setdefault(theme, []).append(item)  # type: ignore[attr-defined]
    found: dict[tuple[str, str], list[CausesAndAnswers]] = {}
    for own in by_case.values():
        for pair in product(own.causes, own.answers):
            found.setdefault(pair, []).append(own)
    least = LEAST_SHARE * max(map(len, found.values()), default=0)
    return {pair: holders for pair, holders in found.items() if len(holders) >= least}


def render_matrix(library: Library, found: MatrixCells) -> str:
    """The table as HTML, without empty rows and columns; '' if no cell has a case.

    The themes with most cases come first; a large table stands whole under a line that opens it.
    """
    if not found:
        return ""
    rows, columns = (_order_themes(library, found, side) for side in (0, 1))
    slugs = assign_theme_slugs(library)
    shown = [
        _render_table(rows[:most], columns[:most], found, slugs)
        for most in (SHOWN_THEMES, len(rows) + len(columns))
    ]
    size = f"{len(rows)} 行 {len(columns)} 列"
    table = fold_rest(shown[0], shown[1] if shown[1] != shown[0] else "", f"全表 {size}")
    return tag("p", _MATRIX_CAPTION, class_="cb-intro") + table


def _order_themes(library: Library, found: MatrixCells, side: int) -> list[str]:
    """The themes of the causes (side 0) or the answers (1), those in most cases first."""
    totals: Counter[str] = Counter()
    for pair, holders in found.items():
        totals[pair[side]] += len(holders)
    named = [name for name in library.vocabulary.themes if totals[name]]
    return sorted(named, key=lambda name: -totals[name])


def _render_table(
    rows: Sequence[str], columns: Sequence[str], found: MatrixCells, slugs: Mapping[str, str]
) -> str:
    most = max(map(len, found.values()))
    head = tag("td", "成因 ＼ 做法") + "".join(tag("th", escape(c), scope="col") for c in columns)
    body = "".join(
        tag(
            "tr",
            tag("th", escape(row), scope="row")
            + "".join(
                _render_cell(row, c, len(found.get((row, c), ())), most, slugs) for c in columns
            ),
        )
        for row in rows
    )
    table = tag("table", tag("tr", head) + body, class_="cb-matrix")
    return wrap_scrolling_table(table, "成因与做法", "cb-scroll")


_MATRIX_CAPTION = (
    "行是成因的主题，列是做法和建议的主题，数字是两者都有的案例数。"
    "点开数字，看这些案例：成因是什么，怎么应对的。"
)


def _render_cell(row: str, column: str, count: int, most: int, slugs: Mapping[str, str]) -> str:
    if not count:
        return tag("td", "")
    shade = -(-count * SHADES // most)
    label = f"成因{row}，做法{column}：{count} 个案例"
    link = tag(
        "a", str(count), href=f"{build_cell_name(row, column, slugs)}.html", aria_label=label
    )
    return tag("td", link, class_=f"cb-shade-{shade}")


def build_cell_name(row: str, column: str, slugs: Mapping[str, str]) -> str:
    """The file name of a cell's list; the underscore keeps it apart from the pages of themes."""
    return f"cell_{slugs[row]}_{slugs[column]}"


def render_cell_pages(library: Library, found: MatrixCells) -> dict[str, SitePage]:
    """The list of each cell, by source path: its cases, the newest first."""
    slugs = assign_theme_slugs(library)
    roles = library.vocabulary.roles
    pages: dict[str, SitePage] = {}
    for (cause, answer), holders in found.items():
        by_id = {own.case.id: own for own in holders}
        ordered = sort_newest_first([own.case for own in holders])
        entries = [_render_cell_entry(by_id[case.id], cause, answer, roles) for case in ordered]
        name = f"{cause}方面的成因，{answer}方面的做法"
        intro = "两者都有的案例，新的在前；每个案例列出成因，再列出做法和建议。"
        path = f"themes/{build_cell_name(cause, answer, slugs)}"
        pages |= paginate_entries(path, name, intro, entries, ("按主题查找", "index.html"))
    return pages


def _render_cell_entry(
    own: CausesAndAnswers, cause: str, answer: str, roles: Mapping[str, Role]
) -> str:
    title = tag("a", escape(own.case.title), href=f"../cases/{own.case.id}.html")
    parts = [tag("p", title, class_="cb-list__title")]
    for items in (own.causes[cause], own.answers[answer]):
        parts += _render_items(items, roles)
    facts = describe_case(own.case)
    parts += [tag("p", escape(facts), class_="cb-list__case")] if facts else []
    return tag("li", "".join(parts))


def _render_items(items: Sequence[CaseItem], roles: Mapping[str, Role]) -> Iterator[str]:
    for item in items[:MOST_QUOTED_ITEMS]:
        words = escape(describe_block(item.block, 60))
        link = tag("a", words, href=build_item_address(item))
        yield tag("p", render_role_label(roles.get(item.block.role)) + link, class_="cb-list__text")
    if len(items) > MOST_QUOTED_ITEMS:
        yield tag("p", f"另有 {len(items) - MOST_QUOTED_ITEMS} 条", class_="cb-list__text")

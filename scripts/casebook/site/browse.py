"""Cases by kind, region, organ and year: an overview, and a list for each value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from casebook.model import Case
from casebook.site.case_items import assign_slugs
from casebook.site.html import SitePage, TocItem, render_title, tag
from casebook.site.list_filter import NO_FILTER, ListFilter
from casebook.site.listings import BROWSE_PAGE, NEWEST_FIRST, paginate_entries, sort_newest_first
from casebook.site.statistics import LEAST_COUNTED_CASES

FACETS: tuple[tuple[str, str, Callable[[Case], str]], ...] = (
    ("kind", "文种", lambda case: case.kind),
    ("year", "年份", lambda case: case.date[:4]),
    ("region", "地区", lambda case: case.region),
    ("organ", "单位", lambda case: case.organ),
)
"""Name in addresses, name for readers, and the value of a case ('' if it is not stated)."""

LEAST_LISTED_CASES = 2
"""Cases from which a value has its own list; a single case is linked directly."""

MOST_FACET_VALUES = 300
"""Values of one facet in the overview; the search finds the others."""

CasesByValue = dict[str, list[Case]]


def render_browse_pages(
    cases: Sequence[Case], entries: Mapping[str, str], narrow: ListFilter = NO_FILTER
) -> dict[str, SitePage]:
    """The overview and the paginated lists, by source path; `entries` is the HTML by case id.

    `narrow` is the form above each list.
    """
    cases = sort_newest_first(cases)
    pages: dict[str, SitePage] = {}
    parts, sections = [], []
    for facet, name, value_of in FACETS:
        grouped = _group_cases(cases, value_of)
        if facet == "year":
            grouped = _sort_years(grouped)
        names = assign_slugs(sorted(grouped))
        for value, found in grouped.items():
            if len(found) >= LEAST_LISTED_CASES:
                path = f"lists/{facet}_{names[value]}"
                listed = [entries[case.id] for case in found]
                tools = narrow.render(**{facet: [value]})
                title = f"{name}：{value}"
                pages |= paginate_entries(path, title, NEWEST_FIRST, listed, BROWSE_PAGE, tools)
        if grouped:
            parts.append(_render_facet(facet, name, grouped, names))
            sections.append(TocItem(2, f"cb_{facet}", name))
    html = "\n".join((render_title("分类浏览"), _render_other_ways(len(cases)), *parts))
    return {"lists/browse.md": SitePage("分类浏览", html, tuple(sections)), **pages}


def _render_other_ways(cases: int) -> str:
    """Links to the statistics, where there are enough cases, and to the list of gaps."""
    counts = tag("a", "统计", href="statistics.html") if cases >= LEAST_COUNTED_CASES else ""
    return tag("p", counts + tag("a", "待补充", href="gaps.html"), class_="cb-ways")


def _group_cases(cases: Sequence[Case], value_of: Callable[[Case], str]) -> CasesByValue:
    """Cases by value, the most frequent first, in order of the value within a count."""
    grouped: CasesByValue = {}
    for case in cases:
        if value := value_of(case):
            grouped.setdefault(value, []).append(case)
    return dict(sorted(grouped.items(), key=lambda entry: (-len(entry[1]), entry[0])))


def _sort_years(grouped: CasesByValue) -> CasesByValue:
    return dict(sorted(grouped.items(), reverse=True))


def _render_facet(facet: str, name: str, grouped: CasesByValue, names: dict[str, str]) -> str:
    links = []
    for value, found in list(grouped.items())[:MOST_FACET_VALUES]:
        single = f"../cases/{found[0].id}.html"
        href = f"{facet}_{names[value]}.html" if len(found) >= LEAST_LISTED_CASES else single
        links.append(tag("a", f"{escape(value)} {tag('b', str(len(found)))}", href=href))
    if len(grouped) > MOST_FACET_VALUES:
        search = f"../search/index.html?{urlencode({'q': ''})}"
        links.append(tag("a", f"另有 {len(grouped) - MOST_FACET_VALUES} 个，请用查找", href=search))
    heading = tag("h2", escape(name), id=f"cb_{facet}")
    return heading + tag("nav", "".join(links), class_="cb-values", aria_label=name)

"""The form above a list: what narrows it is asked of the search page, so it needs no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from casebook.model import Case
from casebook.site.case_items import CaseItem
from casebook.site.html import tag

MOST_CHOICES = 30
"""Values of one filter in the form, the most frequent; the search page has all."""

_LABELS = {"theme": "主题", "region": "地区", "year": "年份"}

_SORT = (
    '<select name="sort" aria-label="排序"><option value="date">新的在前</option>'
    '<option value="">按相关度</option></select>'
)


@dataclass(frozen=True, slots=True)
class ListFilter:
    """The form of a library's lists; `selects` are its fields by the name of the filter."""

    selects: tuple[tuple[str, str], ...] = ()

    @classmethod
    def collect(cls, cases: Sequence[Case], items: Iterable[CaseItem]) -> ListFilter:
        """The form for the themes, regions and years that a library has."""
        themes = _list_frequent(theme for item in items for theme in item.themes)
        regions = _list_frequent(case.region for case in cases if case.region)
        years = sorted({case.date[:4] for case in cases if case.date}, reverse=True)
        values = {"theme": themes, "region": regions, "year": years[:MOST_CHOICES]}
        return cls(tuple((name, _render_select(name, own)) for name, own in values.items() if own))

    def render(self, **fixed: Sequence[str]) -> str:
        """The form for a list of what has one of the `fixed` values; these are not asked for."""
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, values in fixed.items()
            for value in values
        )
        words = '<input type="search" name="q" aria-label="包含的词" placeholder="包含的词">'
        selects = "".join(select for name, select in self.selects if name not in fixed)
        button = tag("button", "筛选", type="submit")
        form = hidden + words + selects + _SORT + button
        return tag("form", form, class_="cb-facets cb-narrow", action="../search/index.html")


NO_FILTER = ListFilter()
"""For a library without themes, regions and years."""


def _list_frequent(values: Iterable[str]) -> list[str]:
    """The most frequent values, the first of equals by name."""
    counts = Counter(values)
    return sorted(counts, key=lambda value: (-counts[value], value))[:MOST_CHOICES]


def _render_select(name: str, values: Iterable[str]) -> str:
    label = _LABELS[name]
    options = "".join(tag("option", escape(value)) for value in values)
    first = f'<option value="">{label}：全部</option>'
    return f'<select name="{name}" aria-label="{label}">{first}{options}</select>'

"""统计 and 待补充: counts of the library as plots, and the facts that cases lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from casebook.library.folder import Library
from casebook.model import Case
from casebook.site.case_items import CaseItem
from casebook.site.html import SitePage, TocItem, render_title, tag, wrap_scrolling_table
from casebook.site.listings import BROWSE_PAGE, paginate_entries
from casebook.site.related import CaseContext

LEAST_COUNTED_CASES = 20
"""Cases from which there is a page of statistics: with fewer, counts mislead."""

BAR_HEIGHT, LABEL_WIDTH, PLOT_WIDTH = 24, 84, 360
"""Sizes in a plot, in units of the SVG."""

WANTED_FACTS: tuple[tuple[str, Callable[[Case], bool]], ...] = (
    ("日期", lambda case: bool(case.date)),
    ("地区", lambda case: bool(case.region)),
    ("单位", lambda case: bool(case.organ)),
    ("文种", lambda case: bool(case.kind)),
    ("问题", lambda case: _has_role(case, "problem")),
    ("成因", lambda case: _has_role(case, "cause")),
    ("做法或建议", lambda case: _has_role(case, "practice") or _has_role(case, "suggestion")),
    ("成效", lambda case: _has_role(case, "outcome")),
)
"""The facts of a complete case, and how to test for each."""


def _has_role(case: Case, role: str) -> bool:
    return any(block.role == role for block in case.blocks)


def render_statistics_pages(
    library: Library, items: Sequence[CaseItem], contexts: Mapping[str, CaseContext]
) -> dict[str, SitePage]:
    """The page of gaps; from LEAST_COUNTED_CASES cases on also the page of statistics."""
    pages = _render_gaps_pages(library.cases, contexts)
    if len(library.cases) >= LEAST_COUNTED_CASES:
        pages["lists/statistics.md"] = _render_statistics_page(library, items)
    return pages


def list_missing_facts(case: Case) -> list[str]:
    """The facts that a case lacks, in the order of WANTED_FACTS."""
    return [name for name, is_there in WANTED_FACTS if not is_there(case)]


def _render_gaps_pages(
    cases: Sequence[Case], contexts: Mapping[str, CaseContext]
) -> dict[str, SitePage]:
    """The cases that lack facts, those that lack most first, on as many pages as it takes."""
    missing = {case.id: list_missing_facts(case) for case in cases}
    counts = Counter(name for names in missing.values() for name in names)
    incomplete = [case for case in cases if missing[case.id]]
    incomplete.sort(key=lambda case: (-len(missing[case.id]), case.id))
    summed = "，".join(f"{name} {counts[name]} 篇" for name, _ in WANTED_FACTS if counts[name])
    intro = f"知道的人请补上，缺得多的在前。有缺项的案例：{summed}。"
    if not incomplete:
        intro = "每个案例都写明了日期、地区、单位、文种、问题、成因、做法和成效。"
    rows = [_render_gap_row(c, missing[c.id], contexts[c.id].edit) for c in incomplete]
    return paginate_entries(
        "lists/gaps", "待补充", intro, rows, BROWSE_PAGE, render=_render_gap_table, wide=True
    )


def _render_gap_table(rows: Sequence[str], _first: int) -> str:
    head = tag("tr", tag("th", "案例", scope="col") + tag("th", "还缺什么", scope="col"))
    return wrap_scrolling_table(tag("table", head + "".join(rows)), "缺项") if rows else ""


def _render_gap_row(case: Case, missing: Sequence[str], edit: str) -> str:
    name = tag("a", escape(case.title), href=f"../cases/{case.id}.html")
    name += " " + tag("a", "补充", href=edit) if edit else ""
    return tag("tr", tag("td", name) + tag("td", "、".join(missing)))


def _render_statistics_page(library: Library, items: Sequence[CaseItem]) -> SitePage:
    roles = library.vocabulary.roles
    outcomes = [item for item in items if item.block.role == "outcome"]
    with_quantities = sum(item.has_quantities for item in outcomes)
    lacking = Counter(name for case in library.cases for name in list_missing_facts(case))
    plots = (
        ("roles", "按角色", _count_names(roles[item.block.role].name for item in items)),
        ("themes", "按主题", _count_names(theme for item in items for theme in item.themes)),
        ("kinds", "按文种", _count_names(case.kind for case in library.cases if case.kind)),
        (
            "evidence",
            "成效的依据",
            {"有数据": with_quantities, "没有数据": len(outcomes) - with_quantities},
        ),
        ("complete", "写明了的案例", {n: len(library.cases) - lacking[n] for n, _ in WANTED_FACTS}),
    )
    shown = [(name, heading, counts) for name, heading, counts in plots if any(counts.values())]
    parts = [tag("h2", h, id=f"cb_{name}") + render_plot(h, counts) for name, h, counts in shown]
    intro = f"{len(library.cases)} 个案例，{len(items)} 条。"
    html = render_title("统计") + tag("p", intro, class_="cb-intro") + "".join(parts)
    return SitePage("统计", html, tuple(TocItem(2, f"cb_{name}", h) for name, h, _ in shown))


def _count_names(names: Iterable[str]) -> dict[str, int]:
    return dict(Counter(names).most_common(20))


def render_plot(name: str, counts: Mapping[str, int]) -> str:
    """Horizontal bars as an SVG; its label gives a screen reader all counts."""
    most = max(counts.values())
    bars = "".join(
        _render_bar(row, label, count, count / most)
        for row, (label, count) in enumerate(counts.items())
    )
    spoken = f"{name}：" + "，".join(f"{label} {count}" for label, count in counts.items())
    box = f"0 0 {PLOT_WIDTH} {BAR_HEIGHT * len(counts)}"
    label = escape(spoken)
    return f'<svg class="cb-plot" viewBox="{box}" role="img" aria-label="{label}">{bars}</svg>'


def _render_bar(row: int, label: str, count: int, share: float) -> str:
    top, room = row * BAR_HEIGHT, PLOT_WIDTH - LABEL_WIDTH - 60
    width = round(share * room, 1)
    words = f'<text x="{LABEL_WIDTH - 8}" y="{top + 16}" text-anchor="end">{escape(label)}</text>'
    bar = f'<rect x="{LABEL_WIDTH}" y="{top + 5}" width="{width}" height="14" rx="2"></rect>'
    number = f'<text x="{LABEL_WIDTH + width + 6}" y="{top + 16}">{count}</text>'
    return words + bar + number

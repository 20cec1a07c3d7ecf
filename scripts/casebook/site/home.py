"""The home page: what one can do here, in one screen, with counts."""

from __future__ import annotations

from casebook.library import Library
from casebook.site.html import Page, tag, text, title
from casebook.site.listings import LISTINGS, counts

_SEARCH = (
    '<form class="cb-search cb-search--page" role="search" action="search/index.html">'
    '<input class="cb-search__input" type="search" name="q" aria-label="查找"'
    ' placeholder="例如：两张皮、考核评价、一岗双责" autocomplete="off"></form>'
)

NEWEST = 8
"""Cases that the home page shows."""


def home_page(library: Library) -> Page:
    """The home page as safe HTML."""
    newest = sorted(library.cases, key=lambda case: (case.date, case.id), reverse=True)[:NEWEST]
    parts = [
        title("经验库", class_="cb-home__title"),
        tag(
            "p",
            "别人遇到过同样的问题吗？为什么会这样？怎么做才管用？"
            "在这里按问题、成因、做法查找各单位的经验材料。",
            class_="cb-home__lead",
        ),
        _SEARCH,
        _cards(library),
        _actions(),
        tag("h2", "案例", id="cases"),
        tag("ul", "".join(_case(case.id, case.title, case.kind) for case in newest)),
        tag("p", tag("a", f"全部 {len(library.cases)} 个案例", href="lists/cases.html")),
    ]
    return Page("首页", tag("div", "\n".join(parts), class_="cb-home"), wide=True)


def _actions() -> str:
    links = (("lists/solutions.html", "找办法"), ("contributing.html", "提交经验材料"))
    first, second = (
        tag("a", name, href=address, class_="md-button" + (" md-button--primary" * (index == 0)))
        for index, (address, name) in enumerate(links)
    )
    return tag("p", f"{first} {second}", class_="cb-home__actions")


def _cards(library: Library) -> str:
    intros = {listing.name: listing.intro for listing in LISTINGS}
    cards = [_card("cases", "案例", len(library.cases), "完整的经验材料。")]
    cards += [_card(name, label, count, intros[name]) for name, label, count in counts(library)]
    return tag("div", "".join(cards), class_="cb-tiles")


def _card(name: str, label: str, count: int, intro: str) -> str:
    content = tag("strong", str(count)) + tag("span", text(label)) + tag("small", text(intro))
    return tag("a", content, href=f"lists/{name}.html", class_="cb-tile")


def _case(case_id: str, title: str, kind: str) -> str:
    link = tag("a", text(title), href=f"cases/{case_id}.html")
    return tag("li", link + (f" {tag('small', text(kind))}" if kind else ""))

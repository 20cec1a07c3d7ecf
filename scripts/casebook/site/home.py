"""The home page: what one can do here, in one screen, with counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import quote

from casebook.library import Library
from casebook.model import Case
from casebook.site.html import Page, tag, text, title
from casebook.site.items import Item
from casebook.site.listings import LISTINGS, counts, newest_first
from casebook.site.theme_pages import theme_tiles

NEWEST = 6
"""Cases that the home page shows."""

SUGGESTED = 6
"""Themes that the home page suggests as words to search for."""

_SEARCH = (
    '<form class="cb-search cb-search--page cb-search--home" role="search"'
    ' action="search/index.html"><input class="cb-search__input" type="search" name="q"'
    ' aria-label="查找" placeholder="一个词、一句话都可以" autocomplete="off">'
    '<button class="cb-search__go" type="submit">查找</button></form>'
)


def home_page(library: Library, items: Sequence[Item]) -> Page:
    """The home page as safe HTML."""
    parts = [
        tag("header", "\n".join(_opening(library)), class_="cb-hero"),
        _tiles(items),
        _themes(library, items),
        tag("div", _newest(library) + _joining(), class_="cb-columns"),
    ]
    return Page("首页", tag("div", "\n".join(parts), class_="cb-home"), wide=True)


def _opening(library: Library) -> Iterator[str]:
    yield title("别人遇到过同样的问题吗？", class_="cb-home__title")
    lead = (
        "为什么会这样？怎么做才管用？"
        f"在 {len(library.cases)} 个案例里按问题、成因、做法查找各单位的经验。"
    )
    yield tag("p", lead, class_="cb-home__lead")
    yield _SEARCH
    words = list(islice(_words(library), SUGGESTED))
    if words:
        links = "".join(tag("a", text(w), href=f"search/index.html?q={quote(w)}") for w in words)
        yield tag("p", tag("span", "可以从这些词开始：") + links, class_="cb-words")


def _words(library: Library) -> Iterator[str]:
    """Themes whose name stands in a text, so that searching for it finds something."""
    for theme in library.vocabulary.themes:
        if any(theme in block.text for case in library.cases for block in case.blocks):
            yield theme


def _tiles(items: Sequence[Item]) -> str:
    """The lists in the order of the story, each with its number of entries."""
    listings = {listing.name: listing for listing in LISTINGS}
    tiles = [
        tag(
            "a",
            tag("strong", str(count))
            + tag("span", text(label))
            + tag("small", text(listings[name].intro)),
            href=f"lists/{name}.html",
            class_=f"cb-tile cb-tile--{listings[name].roles[-1]}",
        )
        for name, label, count in counts(items)
    ]
    return tag("nav", "".join(tiles), class_="cb-tiles", aria_label="按内容浏览") if tiles else ""


def _themes(library: Library, items: Sequence[Item]) -> str:
    """The themes that have items, and the way to all other ways of browsing."""
    by_theme: dict[str, list[Item]] = {}
    for item in items:
        for theme in item.themes:
            by_theme.setdefault(theme, []).append(item)
    tiles = theme_tiles(library, by_theme, "themes/")
    if not tiles:
        return ""
    more = tag("a", "成因与做法对照表", href="themes/index.html")
    ways = more + tag("a", "按文种、地区、单位、年份", href="lists/browse.html")
    heading = tag("h2", "按主题查找", id="cb_themes") + tag("p", ways, class_="cb-ways")
    return tag("section", heading + tiles, class_="cb-home__themes")


def _newest(library: Library) -> str:
    total = len(library.cases)
    shown = newest_first(library.cases)[:NEWEST]
    more = tag("p", tag("a", f"全部 {total} 个案例", href="lists/cases.html"))
    heading = tag("h2", "案例", id="cb_cases")
    return tag("section", heading + tag("ul", "".join(map(_case, shown)), class_="cb-cases") + more)


def _case(case: Case) -> str:
    facts = "，".join(fact for fact in (case.kind, case.region, case.organ, case.date) if fact)
    link = tag("a", text(case.title), href=f"cases/{case.id}.html")
    return tag("li", link + (tag("small", text(facts)) if facts else ""))


def _joining() -> str:
    """How to contribute, in three steps."""
    steps = (
        "把文章存成文本文件，乱码、繁体、夹着的拼音都不用改。",
        "上传到案例库，或者贴进表单，不会用 git 也可以。",
        "文字会自动修复、分段、查重，缺什么用中文告诉你。",
    )
    listed = tag("ol", "".join(tag("li", step) for step in steps))
    button = tag("a", "怎么提交", href="contributing.html", class_="md-button")
    heading = tag("h2", "提交你的经验材料", id="cb_join")
    return tag("section", heading + listed + tag("p", button), class_="cb-join")

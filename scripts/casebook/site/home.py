"""The home page: search, themes, lists with their counts, and the newest cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from casebook.library.folder import Library
from casebook.model import Case
from casebook.site.case_items import CaseItem, assign_theme_slugs
from casebook.site.html import SitePage, render_title, tag
from casebook.site.listings import LISTINGS, count_listings, describe_case, sort_newest_first

NEWEST_CASES = 6
"""Cases on the home page."""

_SEARCH_FORM = (
    '<form class="cb-search cb-search--page cb-search--home" role="search"'
    ' action="search/index.html"><input class="cb-search__input" type="search" name="q"'
    ' aria-label="查找" placeholder="一个词、一句话都可以" autocomplete="off">'
    '<button class="cb-search__go" type="submit">查找</button></form>'
)


def render_home_page(
    library: Library, items: Sequence[CaseItem], left_out: bool = False
) -> SitePage:
    """The home page as safe HTML; `left_out` is whether files with errors are not published."""
    parts = [
        tag("header", "\n".join(_render_opening(library)), class_="cb-hero"),
        _render_theme_section(library, items),
        _render_list_tiles(items),
        tag(
            "div",
            _render_newest_cases(library, left_out) + _render_invitation(),
            class_="cb-columns",
        ),
    ]
    return SitePage("首页", tag("div", "\n".join(parts), class_="cb-home"), wide=True)


def _render_opening(library: Library) -> Iterator[str]:
    yield render_title("别人遇到过同样的问题吗？", class_="cb-home__title")
    lead = (
        "为什么会这样？怎么做才管用？"
        f"在 {len(library.cases)} 个案例里按问题、成因、做法查找各单位的经验。"
    )
    yield tag("p", lead, class_="cb-home__lead")
    yield _SEARCH_FORM


def _render_list_tiles(items: Sequence[CaseItem]) -> str:
    """The lists in the order of the story, each with its number of entries."""
    listings = {listing.name: listing for listing in LISTINGS}
    tiles = [
        tag(
            "a",
            tag("strong", str(count))
            + tag("span", escape(label))
            + tag("small", escape(listings[name].intro)),
            href=f"lists/{name}.html",
            class_=f"cb-tile cb-tile--{listings[name].roles[-1]}",
        )
        for name, label, count in count_listings(items)
    ]
    return tag("nav", "".join(tiles), class_="cb-tiles", aria_label="按内容浏览") if tiles else ""


def _render_theme_section(library: Library, items: Sequence[CaseItem]) -> str:
    """The themes that have items, and links to the other ways of browsing."""
    names = assign_theme_slugs(library)
    counts = Counter(theme for item in items for theme in item.themes)
    chips = [
        tag("a", f"{escape(theme)} {tag('b', str(counts[theme]))}", href=f"themes/{slug}.html")
        for theme, slug in names.items()
        if counts[theme]
    ]
    if not chips:
        return ""
    more = tag("a", "成因与做法对照", href="themes/index.html")
    ways = more + tag("a", "按文种、年份、地区、单位", href="lists/browse.html")
    listed = tag("nav", "".join(chips), class_="cb-jump", aria_label="主题")
    heading = tag("h2", "按主题查找", id="cb_themes")
    return tag("section", heading + listed + tag("p", ways, class_="cb-ways"), class_="cb-topical")


def _render_newest_cases(library: Library, left_out: bool) -> str:
    total = len(library.cases)
    shown = sort_newest_first(library.cases)[:NEWEST_CASES]
    links = [tag("a", f"全部 {total} 个案例", href="lists/cases.html")]
    links += [tag("a", "未发布的文件", href="lists/unpublished.html")] if left_out else []
    more = tag("p", "，".join(links))
    heading = tag("h2", "案例", id="cb_cases")
    return tag(
        "section",
        heading + tag("ul", "".join(map(_render_newest_case, shown)), class_="cb-cases") + more,
    )


def _render_newest_case(case: Case) -> str:
    facts = describe_case(case)
    link = tag("a", escape(case.title), href=f"cases/{case.id}.html")
    return tag("li", link + (tag("small", escape(facts)) if facts else ""))


def _render_invitation() -> str:
    """How to contribute, in three steps."""
    steps = (
        "把文章粘贴进网页，或者选一个文件，不用装程序，也不会上传。",
        "分段、角色和重复的案例当场就能看到，缺什么用中文告诉你。",
        "补几项信息，下载成案例文件，提交或者寄给维护者。",
    )
    listed = tag("ol", "".join(tag("li", step) for step in steps))
    button = tag("a", "在线整理", href="desk.html", class_="md-button md-button--primary")
    other = tag("a", "其他办法", href="contributing.html")
    heading = tag("h2", "提交你的经验材料", id="cb_join")
    return tag("section", heading + listed + tag("p", f"{button} {other}"), class_="cb-join")

"""按内容浏览: the one entry to the lists of problems, causes, practices and so on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from casebook.site.case_items import CaseItem, build_item_address
from casebook.site.case_page import describe_block
from casebook.site.html import SitePage, TocItem, render_title, tag
from casebook.site.listings import LISTINGS, Listing, count_listings, select_items

SHOWN_ITEMS = 3
"""Newest entries of each list on the page, one a case."""

_INTRO = (
    "每个案例都按内容分了段：遇到什么问题，为什么，怎么做的，结果怎样。"
    "从你手上的事情在哪一步开始看。"
)


def render_roles_page(items: Sequence[CaseItem]) -> SitePage:
    """The page with each list that has an entry; `items` are those of the library, newest first."""
    counts = {name: count for name, _, count in count_listings(items)}
    shown = [listing for listing in LISTINGS if listing.name in counts]
    sections = (
        "\n".join(_render_section(listing, counts[listing.name], items)) for listing in shown
    )
    opening = render_title("按内容浏览") + tag("p", _INTRO, class_="cb-intro")
    html = opening + tag("div", "".join(tag("section", s) for s in sections), class_="cb-steps")
    toc = tuple(TocItem(2, f"cb_{listing.name}", listing.title) for listing in shown)
    return SitePage("按内容浏览", html, toc, wide=True)


def _render_section(listing: Listing, count: int, items: Sequence[CaseItem]) -> Iterator[str]:
    name = tag("a", escape(listing.title), href=f"{listing.name}.html")
    part = f"cb-part cb-part--{listing.roles[-1]}"
    yield tag("h2", name, id=f"cb_{listing.name}", class_=part)
    yield tag("p", escape(listing.intro), class_="cb-intro")
    links = (
        tag(
            "li",
            tag("a", escape(describe_block(item.block)), href=build_item_address(item))
            + tag("small", escape(item.case.title)),
        )
        for item in _select_newest(listing, items)
    )
    yield tag("ul", "".join(links), class_="cb-cases")
    yield tag("p", tag("a", f"全部 {count} 条", href=f"{listing.name}.html"), class_="cb-more")


def _select_newest(listing: Listing, items: Sequence[CaseItem]) -> list[CaseItem]:
    """The newest items of a list, one a case, of the role that no other list has."""
    selected = select_items(listing, items)
    own = [item for item in selected if item.block.role == listing.roles[-1]] or selected
    newest: dict[str, CaseItem] = {}
    for item in own:
        newest.setdefault(item.case.id, item)
        if len(newest) == SHOWN_ITEMS:
            break
    return list(newest.values())

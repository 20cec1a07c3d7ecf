"""Blocks of a page that are beside its article: by their names, or by what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casebook.reading.web.html_lines import PageLine, Region
from casebook.reading.web.html_view import SENTENCE_MARKS, PageView, is_link, is_prose
from casebook.reading.web.page_parts import page_parts, words_of_names

_BROKEN_OFF = re.compile(
    r"(?:…|\.{3}|[【\[]?(?:详细|更多|全文|阅读全文|查看)[】\]]?)\s?[>»›]{0,2}$"
)
_NUMBERED_NAME = re.compile(
    r"(?:post|pid|floor|reply|comment|msg|message|lou|answer)[a-z]*[-_]?\d+$", re.I
)
_DIGITS = re.compile(r"\d+")
_FURNITURE_TAGS = frozenset(("nav", "aside", "footer", "button", "menu"))

LINES_OF_TEASER = 5
"""Lines of a block that leads to another article: its title, what it says, its day."""

FEWEST_ITEMS, LONGEST_ITEM_TITLE = 3, 60
"""Items of a block beside the article, and characters of the title of one."""

MOST_OF_FURNITURE = 0.25
"""Share of a page's marks from which a block is no furniture, whatever its class says."""


def leave_out_blocks(view: PageView) -> None:
    """Note the blocks beside the article, those of its foot, and what readers wrote."""
    _leave_out_named_blocks(view)
    _leave_out_remarks(view)
    _leave_out_later_posts(view)
    _leave_out_teasers(view)
    _leave_out_side_blocks(view)


def _leave_out_named_blocks(view: PageView) -> None:
    parts = page_parts()
    most = max(MOST_OF_FURNITURE * view.sums[-1], 1)
    for region in view.page.regions:
        names = words_of_names(region.attributes.get("class", ""), region.attributes.get("id", ""))
        places = range(region.first, region.end)
        if names & parts.comments and count_remarks(view, places) > 1:
            view.leave_out(places)
        is_foot = region.tag == "footer" or bool(names & parts.feet)
        if is_foot and _names_an_owner(view, region):
            view.leave_out(places)
        named = region.tag in _FURNITURE_TAGS or names & (parts.classes | parts.comments)
        if named and view.marks_in(region) < most:
            view.leave_out(places)


def _names_an_owner(view: PageView, region: Region) -> bool:
    """Whether a block has the lines of a foot (版权所有, ICP备), and is not most of the page."""
    lines = view.lines[region.first : region.end]
    sign = page_parts().foot_alone
    is_most = view.marks_in(region) > 0.9 * view.sums[-1]
    return not is_most and any(sign.search(line.text) for line in lines)


def _leave_out_remarks(view: PageView) -> None:
    """Leave out what follows the heading of what readers wrote."""
    parts = page_parts()
    for place, line in enumerate(view.lines):
        if view.sums[place] < 5 or len(line.text) > 20 or not parts.remarks.fullmatch(line.text):
            continue
        later = range(place + 1, len(view.lines))
        if count_remarks(view, later) > 1 or not any(is_prose(view.lines[i]) for i in later):
            view.leave_out((place, *later))
            return


def count_remarks(view: PageView, places: Iterable[int]) -> int:
    """The short lines that stand beside remarks of readers: 3楼, 回复, 赞（12）."""
    sign = page_parts().remark
    texts = (view.lines[place].text for place in places)
    return sum(len(text) < 40 and sign.search(text) is not None for text in texts)


def _leave_out_later_posts(view: PageView) -> None:
    """Of the numbered posts of a thread the first is the text."""
    groups: dict[str, list[Region]] = {}
    for region in view.page.regions:
        name = region.attributes.get("id", "")
        if _NUMBERED_NAME.search(name) and view.marks_in(region):
            groups.setdefault(_DIGITS.sub("", name), []).append(region)
    for group in groups.values():
        first = group[0]
        for region in group[1:]:
            if region.first >= first.end:
                view.leave_out(range(region.first, region.end))


def _leave_out_teasers(view: PageView) -> None:
    """Blocks of one kind, each a link with a few lines, lead to other articles."""
    for group in _groups_of_items(view):
        teasers = [region for region in group if is_link(view.lines[region.first])]
        if len(teasers) < 2 or len(teasers) < len(group):
            continue
        last = [view.lines[place].text for r in teasers for place in range(r.first + 1, r.end)]
        broken_off = sum(_BROKEN_OFF.search(text) is not None for text in last)
        marks = sum(map(view.marks_in, teasers))
        if broken_off > 1 or marks < MOST_OF_FURNITURE * view.sums[-1]:
            for region in teasers:
                view.leave_out(range(region.first, region.end))


def _groups_of_items(view: PageView) -> Iterable[list[Region]]:
    """Blocks of a few lines that are of one kind and in one block."""
    groups: dict[tuple[int, str, str | None], list[Region]] = {}
    for region in view.page.regions:
        if 1 < region.end - region.first <= LINES_OF_TEASER:
            kind = (region.parent, region.tag, region.attributes.get("class"))
            groups.setdefault(kind, []).append(region)
    return groups.values()


def _leave_out_side_blocks(view: PageView) -> None:
    """Leave out blocks of items, each with a title and a little text, beside that of the article.

    Scripts may open them, so that they need have no links. The pieces of an article look the same,
    but have its headline above them, not in the block of one of them.
    """
    total = view.sums[-1]
    dense = [region for region in view.page.regions if view.marks_in(region) * 2 > total]
    if not dense:
        return
    main = min(dense, key=lambda region: (region.end - region.first, -region.first))
    for group in _groups_of_items(view):
        side = view.page.regions[group[0].parent] if group[0].parent >= 0 else main
        apart = side.end <= main.first or side.first >= main.end
        marks = sum(map(view.marks_in, group))
        if not apart or len(group) < FEWEST_ITEMS or marks < 0.9 * view.marks_in(side):
            continue
        is_small = marks < MOST_OF_FURNITURE * total
        titled = all(_is_title_of_item(view.lines[region.first]) for region in group)
        if is_small and titled and _has_headline(view, main, side):
            view.leave_out(range(side.first, side.end))


def _is_title_of_item(line: PageLine) -> bool:
    return len(line.text) <= LONGEST_ITEM_TITLE and not SENTENCE_MARKS.search(line.text[-1:])


def _has_headline(view: PageView, main: Region, side: Region) -> bool:
    """Whether the outermost block around `main` without `side` begins with a heading."""
    block = main
    while block.parent >= 0:
        outer = view.page.regions[block.parent]
        if outer.first <= side.first < outer.end:
            break
        block = outer
    return any(
        line.level in (1, 2) for line in view.lines[block.first : main.first + LINES_OF_TEASER]
    )

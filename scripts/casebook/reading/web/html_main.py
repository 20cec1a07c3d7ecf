"""Which lines of a page are its article: the densest block, what belongs to it, and what does not.

Each line has a value: its marks where it is text, a negative one where it is a link or page
furniture. The block with the greatest sum is the article with little else, as in

    body            -41      60 links, a headline, an article, a footer
      div.main      +22      the headline, the article, a list of related articles
        div.text    +31      the article

Such a sum prefers no small block: an article in several blocks has them all in the block around
them. The innermost block with nearly the same sum is the core, whose lines are text unless they
look like furniture; of the lines around it only those count that look like text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from casebook.reading.web.html_lines import PageLine, PageText, Region
from casebook.reading.web.page_parts import page_parts, words_of_names
from casebook.text.furniture_lines import is_field_line, kind_of_line

MARKS = re.compile(r"[，。；：、！？,;:!?“”《》]|[A-Za-z)]\.(?=\s|$)")
_SENTENCE_MARKS = re.compile(r"[。！？；，]|[A-Za-z)]\.(?=\s|$)")
FILE = re.compile(r"附\s?[件表图录]|\.(?:docx?|pdf|xlsx?|wps|et|ofd|zip|rar|pptx?|txt)\b", re.I)
_DATE_ALONE = re.compile(
    r"[\[【(（]?\s?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s\d{1,2}:\d\d(?::\d\d)?)?\s?[\]】)）]?"
)
_POSTED = re.compile(r".{0,20}发表于\s?[：:]?\s?\d{4}-.{4,25}")
_INDEX = re.compile(r"索\s{0,3}引\s{0,3}号\s?[：:]?")
_BROKEN_OFF = re.compile(
    r"(?:…|\.{3}|[【\[]?(?:详细|更多|全文|阅读全文|查看)[】\]]?)\s?[>»›]{0,2}$"
)
_ENUMERATED = re.compile(r"《|[（(]?[\d一二三四五六七八九十]{1,3}[、．.）)]")
_CREDIT = re.compile("编辑|附件|记者|来源")
_DATES = re.compile(r"\d{2,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?|\d\d:\d\d|[\s\[\]【】()（）·|]")
_NUMBERED_NAME = re.compile(
    r"(?:post|pid|floor|reply|comment|msg|message|lou|answer)[a-z]*[-_]?\d+$", re.I
)
_DIGITS = re.compile(r"\d+")
_KNOWN_CORES = frozenset(("js_content",))
_LEAVES = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "caption", "label"))
_FURNITURE_TAGS = frozenset(("nav", "aside", "footer", "button", "menu"))

LINK_SHARE = 0.6
"""Share of a line's characters in links from which the line is a link."""

LINKS_COUNTED = 3
"""Links in a row that lower the sum of a block; with all of a long menu no block around both
pieces of an article could have the greatest."""

LINK_SHARE_OF_TABLE = 0.9
"""The same of a table of data, whose names are often links."""

LINES_OF_TEASER = 5
"""Lines of a block that leads to another article: its title, what it says, its day."""

FEWEST_ITEMS, LONGEST_ITEM_TITLE = 3, 60
"""Items of a block beside the article, and characters of the title of one."""

CORE_SHARE = 0.95
"""Share of the article's sum that its core has at least."""

MOST_OF_FURNITURE = 0.25
"""Share of a page's marks from which a block is no furniture, whatever its class says."""


class PageView:
    """The lines of a page with their values and what is outside of the text already."""

    def __init__(self, page: PageText) -> None:
        self.page = page
        self.lines = page.lines
        self.marks = [0 if line.hidden else count_marks(line) for line in page.lines]
        self.sums = [0, *accumulate(self.marks)]
        self.outside = [line.hidden for line in page.lines]
        self.core: range = range(0)
        self.frame: range = range(0)

    def marks_in(self, region: Region) -> int:
        """The marks of the lines of a block."""
        return self.sums[region.end] - self.sums[region.first]

    def leave_out(self, places: Iterable[int]) -> None:
        """Note that lines are outside of the text."""
        for place in places:
            self.outside[place] = True


def count_marks(line: PageLine) -> int:
    """The marks of a line; those in links count less."""
    if is_link(line):
        return 0
    if line.rows is not None:
        return len(line.rows) + len(MARKS.findall(line.text))
    return len(MARKS.findall(line.text))


def is_link(line: PageLine) -> bool:
    """Whether a line is little but links; the name of an attached file is text."""
    if not line.links:
        return False
    count = len(_DATES.sub("", line.text))
    share = LINK_SHARE if line.rows is None else LINK_SHARE_OF_TABLE
    return line.linked >= share * count and not FILE.search(line.text)


def is_furniture(text: str) -> bool:
    """Whether a line is page furniture by its text alone."""
    if len(text) < 60 and (_POSTED.fullmatch(text) or page_parts().buttons.fullmatch(text)):
        return True
    kind = kind_of_line(text)
    return kind in ("site", "tool") or (kind == "beside" and not _CREDIT.search(text))


def is_prose(line: PageLine) -> bool:
    """Whether a line has a sentence and is no furniture."""
    marks = len(_SENTENCE_MARKS.findall(line.text))
    return (
        (marks > 1 or (marks > 0 and len(line.text) > 12))
        and line.linked < 0.3 * len(line.text)
        and not kind_of_line(line.text)
        and not is_field_line(line.text)
    )


def find_article(page: PageText) -> PageView:
    """Find the article of a page: its core, the frame around it, and what is outside."""
    view = PageView(page)
    _leave_out_named_blocks(view)
    _leave_out_remarks(view)
    _leave_out_later_posts(view)
    _leave_out_teasers(view)
    _leave_out_side_blocks(view)
    _find_core(view)
    _leave_out_furniture(view)
    return view


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
    return len(line.text) <= LONGEST_ITEM_TITLE and not _SENTENCE_MARKS.search(line.text[-1:])


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


def _value(view: PageView, place: int) -> float:
    line = view.lines[place]
    if view.outside[place]:
        return 0.0
    if is_link(line):
        return -2.0 if place < LINKS_COUNTED or not _is_long_run(view, place) else 0.0
    if kind_of_line(line.text) not in ("", "fact"):
        return -2.0
    return view.marks[place] + len(line.text) / 100


def _is_long_run(view: PageView, place: int) -> bool:
    """Whether the lines before a link are links as well: a long menu is no worse than a short."""
    return all(map(is_link, view.lines[place - LINKS_COUNTED : place]))


def _find_core(view: PageView) -> None:
    for region in view.page.regions:
        if region.attributes.get("id") in _KNOWN_CORES and view.marks_in(region):
            view.core = view.frame = range(region.first, region.end)
            return
    sums = [0.0, *accumulate(_value(view, place) for place in range(len(view.lines)))]
    blocks = [
        (sums[region.end] - sums[region.first], region)
        for region in view.page.regions
        if region.tag not in _LEAVES
    ]
    best, frame = 0.0, range(len(view.lines))
    for value, region in blocks:
        if value > 0 and value >= best:
            best, frame = value, range(region.first, region.end)
    core = frame
    for value, region in blocks:
        within = region.first >= core.start and region.end <= core.stop
        if within and value >= CORE_SHARE * best and region.end - region.first > 1:
            core = range(region.first, region.end)
    view.core, view.frame = core, frame


def _leave_out_furniture(view: PageView) -> None:
    _leave_out_foot(view)
    for place in view.core:
        line = view.lines[place]
        is_row = line.links > 2 and is_link(line) and not _SENTENCE_MARKS.search(line.text)
        if is_row or is_furniture(line.text) or _is_index(line):
            view.outside[place] = True
    for run in _link_runs(view):
        _leave_out_list(view, run)


def _is_index(line: PageLine) -> bool:
    """Whether a line is the table with which an office files the page."""
    return line.rows is not None and _INDEX.search(line.text[:200]) is not None


def _leave_out_foot(view: PageView) -> None:
    """Leave out the lines at the foot of a page that has no block of its own for them."""
    parts = page_parts()
    place = view.core.stop
    first = place
    while place > view.core.start:
        place -= 1
        line = view.lines[place]
        if parts.foot_alone.search(line.text) and len(line.text) < 200:
            first = place
        elif not (is_left_out(view, place) or parts.foot.search(line.text)):
            break
    view.leave_out(range(first, view.core.stop))


def _link_runs(view: PageView) -> Iterator[range]:
    """Runs of lines of the core that are links, with the dates among them."""
    start = None
    for place in (*view.core, view.core.stop):
        goes_on = place in view.core and (
            is_link(view.lines[place])
            or (start is not None and _DATE_ALONE.fullmatch(view.lines[place].text))
        )
        if goes_on and start is None:
            start = place
        elif not goes_on and start is not None:
            yield range(start, place)
            start = None


def _leave_out_list(view: PageView, run: range) -> None:
    """Leave out a list of other articles: one with such a heading, or at the end of the text."""
    before = run.start - 1
    opening = view.lines[before].text if before >= view.core.start else ""
    if len(opening) < 25 and page_parts().related.fullmatch(opening):
        view.leave_out((before, *run))
        return
    links = [view.lines[place].text for place in run if is_link(view.lines[place])]
    spoken_of = opening.endswith(("：", ":")) or all(map(_ENUMERATED.match, links))
    if len(links) > 2 and not spoken_of:
        view.leave_out(run)


def paragraphs_around(view: PageView) -> set[int]:
    """Lines outside of the core that look like text: in its frame, or in blocks of its kind.

    What stands between such lines (a heading, a caption) belongs to them.
    """
    places = {place for place in view.frame if place not in view.core and _is_text(view, place)}
    if places:
        ends = (*places, view.core.start, view.core.stop - 1)
        between = (p for p in range(min(ends), max(ends)) if p not in view.core)
        places.update(p for p in between if not is_left_out(view, p))
    name = _kind_of_core(view)
    for region in view.page.regions:
        if name and (region.tag, region.attributes.get("class")) == name:
            like = [p for p in range(region.first, region.end) if p not in view.core]
            if any(_is_text(view, place) for place in like):
                places.update(place for place in like if not is_left_out(view, place))
    return places


def is_left_out(view: PageView, place: int) -> bool:
    """Whether a line is outside of the text wherever it stands."""
    line = view.lines[place]
    return view.outside[place] or is_link(line) or is_furniture(line.text)


def _is_text(view: PageView, place: int) -> bool:
    return not is_left_out(view, place) and is_prose(view.lines[place])


def _kind_of_core(view: PageView) -> tuple[str, str | None] | None:
    found: Sequence[Region] = [
        region
        for region in view.page.regions
        if region.first == view.core.start and region.end == view.core.stop
    ]
    named = [(r.tag, r.attributes["class"]) for r in found if r.attributes.get("class")]
    return named[-1] if named else None

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
from collections.abc import Iterator, Sequence
from itertools import accumulate

from casebook.reading.web.html_beside import LINES_OF_TEASER, leave_out_blocks
from casebook.reading.web.html_lines import PageLine, PageText, Region
from casebook.reading.web.html_view import (
    SENTENCE_MARKS,
    PageView,
    is_furniture,
    is_link,
    is_prose,
)
from casebook.reading.web.page_parts import page_parts
from casebook.text.furniture_lines import kind_of_line

_DATE_ALONE = re.compile(
    r"[\[【(（]?\s?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s\d{1,2}:\d\d(?::\d\d)?)?\s?[\]】)）]?"
)
_INDEX = re.compile(r"索\s{0,3}引\s{0,3}号\s?[：:]?")
_ENUMERATED = re.compile(r"《|[（(]?[\d一二三四五六七八九十]{1,3}[、．.）)]")
_KNOWN_CORES = frozenset(("js_content",))
_LEAVES = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "caption", "label"))

LINKS_COUNTED = 3
"""Links in a row that lower the sum of a block; with all of a long menu no block around both
pieces of an article could have the greatest."""

SHORTEST_EXTRACT = 20
"""Characters of the first words of an article that are shown above it."""

CORE_SHARE = 0.95
"""Share of the article's sum that its core has at least."""


def find_article(page: PageText) -> PageView:
    """Find the article of a page: its core, the frame around it, and what is outside."""
    view = PageView(page)
    leave_out_blocks(view)
    _find_core(view)
    _leave_out_furniture(view)
    return view


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
    _leave_out_extract(view)
    for place in view.core:
        line = view.lines[place]
        is_row = line.links > 2 and is_link(line) and not SENTENCE_MARKS.search(line.text)
        if is_row or is_furniture(line.text) or _is_index(line):
            view.outside[place] = True
    for run in _link_runs(view):
        _leave_out_list(view, run)


def _leave_out_extract(view: PageView) -> None:
    """Leave out the first words of the article above it, broken off with three points."""
    start, stop = view.core.start, view.core.stop
    for place in range(max(0, start - LINES_OF_TEASER), min(stop, start + LINES_OF_TEASER)):
        text = view.lines[place].text
        stem = text.rstrip("….")
        if stem == text or len(stem) < SHORTEST_EXTRACT:
            continue
        later = view.lines[place + 1 : place + 1 + LINES_OF_TEASER]
        if any(line.text.startswith(stem) and len(line.text) > len(stem) + 3 for line in later):
            view.outside[place] = True


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

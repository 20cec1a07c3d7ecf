"""Lines of a printed document to paragraphs: which line goes on in the next."""

from __future__ import annotations

import re

from casebook.reading.pdf.pdf_layout import (
    AT_EDGE,
    INDENT,
    Layout,
    PlacedLine,
    unit_width,
)
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS, CLOSING_MARKS, FULL_STOPS

_LABEL = re.compile(
    r"[〇零一二三四五六七八九十百]{1,5}[、．]|[（(][〇零一二三四五六七八九十百0-9０-９a-zA-Z]{1,5}[）)]"
    r"|[0-9０-９]{1,3}(?:[.．][0-9]{1,3}){0,3}[.．、)）](?![0-9０-９])|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\s"
    r"|第[〇零一二三四五六七八九十百0-9０-９]{1,5}[章节条编部分篇]|[①-⑳㈠-㈩]"
    r"|[•●■◆▪□○◦➢✓\ue000-\uf8ff]"
)
_ENDED = re.compile(f"[{ANY_SENTENCE_ENDS}：][{CLOSING_MARKS}]*$")
_FULL_STOP = re.compile(f"[{FULL_STOPS}][{CLOSING_MARKS}]*$")
_OWN_LINE = re.compile("[（(—–-]|附件|附：|主送|抄送")

TITLE_SIZE = 1.12
"""Sizes of the text from which lines may be a title of several lines."""

DEEP = 4.2
"""Sizes from the edge from which a line stands by itself: a date, a signature, a verse."""

SHORT, JUSTIFIED_SHORT = 3.0, 1.5
"""Sizes that a short line leaves of its column in any case, and where lines are justified."""

_EXTRA_GAP = 0.28
"""Sizes by which the distance to the next paragraph is greater than that of lines."""

_TITLE_GAP = 2.1
"""Sizes of the greatest distance of two lines of a title."""


def goes_on(paragraph: list[PlacedLine], after: PlacedLine, layout: Layout) -> bool:
    """Whether a line continues the paragraph that these lines are the beginning of."""
    last = paragraph[-1]
    if _is_set_otherwise(paragraph, after, layout):
        return False
    if _is_title(last, layout) and _is_title(after, layout):
        return _is_same_title(paragraph, after, layout)
    if _is_spaced(last, after, layout) or _stands_alone(last) or _stands_alone(after):
        return False
    if _is_short(paragraph, after, layout):
        return False
    return _is_placed_on(paragraph, after, layout)


def _is_set_otherwise(paragraph: list[PlacedLine], after: PlacedLine, layout: Layout) -> bool:
    """Whether the size differs, or a bold line comes before a plain one that begins a paragraph."""
    last = paragraph[-1]
    if abs(last.line.size - after.line.size) > 0.06 * last.line.size:
        return True
    changes = last.line.weight != after.line.weight
    all_of_it = all(placed.line.weight == last.line.weight for placed in paragraph)
    begins = after.indent > INDENT[0] or not layout.is_indented
    return changes and all_of_it and (begins or _ENDED.search(last.line.text) is not None)


def _is_title(placed: PlacedLine, layout: Layout) -> bool:
    return placed.line.size > TITLE_SIZE * layout.size and (
        placed.is_level or placed.rest < 1 or placed.indent < AT_EDGE
    )


def _is_same_title(paragraph: list[PlacedLine], after: PlacedLine, layout: Layout) -> bool:
    """Whether two large lines are one title: near each other, the second without a label."""
    last = paragraph[-1]
    near = last.line.base - after.line.base < _TITLE_GAP * last.line.size
    if after.first or not near or _opens_item(after.line.text) or _ENDED.search(last.line.text):
        return False
    needed = unit_width(last.line.text, after.line.text, layout.advance)
    return (last.is_level and after.is_level) or last.rest <= needed


def _opens_item(text: str) -> bool:
    return (_LABEL.match(text) or _OWN_LINE.match(text)) is not None


def _is_spaced(last: PlacedLine, after: PlacedLine, layout: Layout) -> bool:
    """Whether the distance is greater than that of the lines of a paragraph."""
    if after.first or last.page != after.page:
        return False
    gap = last.line.base - after.line.base
    return gap > layout.pitch(last.line.size) + _EXTRA_GAP * last.line.size


def _stands_alone(placed: PlacedLine) -> bool:
    """Whether a line begins far from the left edge, as dates and signatures do."""
    return placed.indent > DEEP


def _is_short(paragraph: list[PlacedLine], after: PlacedLine, layout: Layout) -> bool:
    """Whether a line ends though what follows would have had room.

    Where distances or indents divide paragraphs, only a much shorter line ends one without.
    """
    last = paragraph[-1]
    needed = unit_width(last.line.text, after.line.text, layout.advance)
    goes_back = layout.is_indented and after.indent < AT_EDGE and paragraph[0].indent > AT_EDGE
    if goes_back or (layout.is_spaced and not after.first):
        return last.rest > max(JUSTIFIED_SHORT if layout.is_justified else SHORT, needed)
    return last.rest > (AT_EDGE if layout.is_justified else needed)


def _is_placed_on(paragraph: list[PlacedLine], after: PlacedLine, layout: Layout) -> bool:
    """Whether a line begins where the next line of the paragraph is to begin."""
    first, last = paragraph[0], paragraph[-1]
    shift = after.indent - last.indent
    decided = layout.is_indented or (layout.is_spaced and not after.first)
    if not decided and _LABEL.match(after.line.text) and _FULL_STOP.search(last.line.text):
        return False
    if len(paragraph) > 1:
        return abs(shift) < AT_EDGE
    if shift > AT_EDGE:  # only text under a label hangs
        return _LABEL.match(first.line.text) is not None and shift < INDENT[1]
    if shift > -AT_EDGE:
        begins = layout.is_indented and INDENT[0] <= first.indent <= INDENT[1]
        return not begins
    return True

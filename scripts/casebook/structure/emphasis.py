"""Which lines a document's form sets apart from its running text: by style, size, weight, place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from casebook.model import NO_FACTS
from casebook.structure.paragraphs import HEADING_CHARACTERS, Paragraph

LARGER = 1.08
"""By how much a line is larger than the text at least: 小三 (15 points) is above 四号 (14)."""

_MASTHEAD = re.compile(
    r"(?:文件|简报|专报|快报|内参|信息|动态|情况交流|月刊|通讯)(?:[（(〔\[]?第?[^，。]{1,12}期[）)〕\]]?)?$"
)
"""The head of an official paper or bulletin, which is printed larger than the title."""

MOST_SET_APART = 0.5
"""Share of the paragraphs above which what is set apart is the text itself."""

FEWEST_STYLED = 2
"""Lines with a heading style; the style of a single one is often a slip."""


def find_emphasized(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The indexes of short lines that are larger, bold or centered, as the running text is not."""
    marked = [p for p in paragraphs if p.facts is not NO_FACTS and not p.is_row]
    if not marked:
        return frozenset()
    length = Counter[tuple[float, bool, bool]]()
    for paragraph in marked:
        length[_form(paragraph)] += len(paragraph.text)
    size, bold, centered = max(length, key=lambda form: length[form])
    found = {
        index
        for index, paragraph in enumerate(paragraphs)
        if len(paragraph.text) <= HEADING_CHARACTERS
        and not paragraph.is_row
        and (
            (paragraph.facts.bold and not bold)
            or (paragraph.facts.centered and not centered)
            or (size and paragraph.facts.size >= LARGER * size)
        )
    }
    return frozenset(found) if len(found) <= MOST_SET_APART * len(marked) else frozenset()


def find_styled(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """The heading level of each line that has a heading style, by its index; {} for a lone one."""
    styled = {
        index: paragraph.facts.level
        for index, paragraph in enumerate(paragraphs)
        if paragraph.facts.level and len(paragraph.text) <= HEADING_CHARACTERS
    }
    return styled if len(styled) >= FEWEST_STYLED else {}


def find_title_lines(paragraphs: Sequence[Paragraph], within: int) -> range:
    """The lines that the form makes the title: by its style, else the largest of the first ones.

    A title that is broken in two has two lines of one form. `within` is how many lines are looked
    at. The range is empty where the form says nothing.
    """
    if not paragraphs:
        return range(0)
    styled = [i for i, paragraph in enumerate(paragraphs[:within]) if paragraph.facts.level == 1]
    if len(styled) == 1 and not any(p.facts.level == 1 for p in paragraphs[within:]):
        return range(styled[0], styled[0] + 1)
    body = Counter[float]()
    for paragraph in paragraphs:
        body[paragraph.facts.size] += len(paragraph.text)
    sizes = [0.0 if _MASTHEAD.search(p.text) else p.facts.size for p in paragraphs[:within]]
    usual, largest = max(body, key=lambda size: body[size]), max(sizes)
    first = last = sizes.index(largest)
    while last + 1 < len(sizes) and sizes[last + 1] == largest:
        last += 1
    lines = range(first, last + 1)
    return lines if usual and largest >= LARGER * usual and len(lines) <= 2 else range(0)


def _form(paragraph: Paragraph) -> tuple[float, bool, bool]:
    facts = paragraph.facts
    return facts.size, facts.bold, facts.centered

"""The automatic numbers of lists: numbering.xml and the counters that run through a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from casebook.model import BULLET
from casebook.reading.counting import format_number
from casebook.reading.word.docx_names import (
    ALTERNATE,
    VAL,
    W,
    chosen_branch,
    is_on,
    number,
    value,
)
from casebook.reading.word.docx_styles import ParagraphStyle, StyleSheet
from casebook.reading.word.safe_xml import Element

MOST_LEVELS, MOST_WIDTH, MOST_LABEL = 9, 9, 64
"""Levels of a list, figures to which a number is padded, characters that a label is made of."""

_PLACE = re.compile("%([1-9])")
_SEEN = re.compile(r"\w")
_CUSTOM_WIDTH = re.compile(r"\d+")


class ListLevel(NamedTuple):
    """One level of a list: where it starts, and what its label is made of.

    `text` has %1 … %9 for the counters of the levels, `width` pads figures with zeros, `restart`
    is the level (from 1) that clears this counter, 0 for never and None for any outer one.
    """

    start: int = 0
    form: str = "decimal"
    width: int = 0
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    is_legal: bool = False
    is_hidden: bool = False
    style: str = ""


class ListInstance(NamedTuple):
    """A list as paragraphs name it: an abstract list, and what this one has of its own."""

    abstract: str
    levels: dict[int, ListLevel]
    starts: dict[int, int]


@dataclass
class _Counters:
    """How far the levels of an abstract list have counted; None where one has not begun."""

    values: list[int | None] = field(default_factory=lambda: [None] * MOST_LEVELS)
    used: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """The lists of a document and their counters; `root` is the part with them, or None."""

    def __init__(self, root: Element | None, styles: StyleSheet) -> None:
        """Read all definitions."""
        elements = [] if root is None else root.findall(f"{W}abstractNum")
        self._styles = styles
        self._abstracts = {each.get(f"{W}abstractNumId", ""): each for each in elements}
        nums = [] if root is None else root.findall(f"{W}num")
        self._nums = {each.get(f"{W}numId", ""): each for each in nums}
        self._levels: dict[str, dict[int, ListLevel]] = {}
        self._lists: dict[str, ListInstance | None] = {}
        self._counters: dict[str, _Counters] = {}

    def _list(self, num_id: str) -> ListInstance | None:
        if num_id not in self._lists:
            num = self._nums.get(num_id)
            self._lists[num_id] = None if num is None else self._read_list(num)
        return self._lists[num_id]

    def _read_list(self, num: Element) -> ListInstance:
        abstract = self._abstract_of(num)
        levels = dict(self._levels_of(abstract))
        starts: dict[int, int] = {}
        for override in num.findall(f"{W}lvlOverride"):
            place = number(override.get(f"{W}ilvl"), 0)
            if (level := override.find(f"{W}lvl")) is not None:
                levels[place] = _read_level(level)
            if start := value(override, "startOverride"):
                starts[place] = number(start, 1)
        return ListInstance(abstract, levels, starts)

    def _levels_of(self, abstract: str) -> dict[int, ListLevel]:
        if abstract not in self._levels:
            element = self._abstracts.get(abstract)
            self._levels[abstract] = {} if element is None else _read_levels(element)
        return self._levels[abstract]

    def _abstract_of(self, num: Element) -> str:
        """The abstract list of a num; one that links to a style stands for that style's list."""
        seen: set[str] = set()
        abstract = value(num, "abstractNumId")
        while abstract not in seen:
            seen.add(abstract)
            link = value(self._abstracts.get(abstract), "numStyleLink")
            linked = self._nums.get(self._styles.numbering_of(link)) if link else None
            if linked is not None:
                abstract = value(linked, "abstractNumId")
        return abstract

    def place_of(self, form: Element | None, style: ParagraphStyle) -> tuple[str, int]:
        """The list and the level of a paragraph with these properties; list '' for none."""
        own, level = value(form, f"numPr/{W}numId"), number(value(form, f"numPr/{W}ilvl"), -1)
        num_id = own or style.num_id
        found = None if num_id in ("", "0") else self._list(num_id)
        if found is None:
            return "", 0
        if level < 0 and not own:
            level = _level_of_style(found, style)
        level = max(level, style.list_level) if level < 0 else level
        return num_id, min(max(level, 0), MOST_LEVELS - 1)

    def label(self, num_id: str, level: int) -> tuple[str, str]:
        """Count a paragraph of a list; its label, and whether tab, space or nothing follows it."""
        found = self._list(num_id)
        if found is None or level not in found.levels:
            return "", ""
        counters = self._counters.setdefault(found.abstract, _Counters())
        _count(counters, found, num_id, level)
        shown = found.levels[level]
        text = "" if shown.is_hidden else _label_text(found, level, counters.values)
        return text, shown.suffix


def _level_of_style(found: ListInstance, style: ParagraphStyle) -> int:
    """The level that names the style, or one that it is based on up to that with the list; -1."""
    for name in style.listers:
        for place, level in found.levels.items():
            if level.style == name:
                return place
    return -1


def _count(counters: _Counters, found: ListInstance, num_id: str, level: int) -> None:
    """Add one to a level's counter; outer ones begin, inner ones are cleared."""
    values = counters.values
    for outer in range(level):
        if values[outer] is None:
            values[outer] = _start(found, outer)
    current = values[level]
    values[level] = _start(found, level) if current is None else current + 1
    if level in found.starts and (num_id, level) not in counters.used:
        values[level] = found.starts[level]
    counters.used.add((num_id, level))
    for inner in range(level + 1, MOST_LEVELS):
        if _is_cleared(found.levels.get(inner), level):
            values[inner] = None


def _start(found: ListInstance, level: int) -> int:
    return found.levels[level].start if level in found.levels else 1


def _is_cleared(inner: ListLevel | None, by: int) -> bool:
    restart = None if inner is None else inner.restart
    return restart is None or by < restart


def _label_text(found: ListInstance, level: int, values: list[int | None]) -> str:
    shown = found.levels[level]
    if shown.form == "bullet":
        return BULLET

    def count(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        if at > level:
            return ""
        form = found.levels.get(at, ListLevel())
        if shown.is_legal and form.form not in ("none", "bullet"):
            form = form._replace(form="decimal")
        return format_number(values[at] or 0, form.form).zfill(form.width)

    text = _PLACE.sub(count, shown.text)
    return text if shown.form != "none" or _SEEN.search(text) else ""


def join_label(label: str, suffix: str, text: str) -> str:
    """A paragraph with its label; a tab becomes a blank where label and text would run together.

    None stands after 、 and ）, nor after ①; `1.` has one before a figure.
    """
    if label == BULLET:
        return text
    if not label or suffix == "nothing":
        return label + text
    open_ended = label[-1].isdecimal() or label[-1].isalpha()
    decimal = label[-1] in ".．" and text[:1].isdecimal()
    return label + (" " if suffix == "space" or open_ended or decimal else "") + text


def _read_levels(parent: Element) -> dict[int, ListLevel]:
    levels = parent.findall(f"{W}lvl")
    return {number(each.get(f"{W}ilvl"), 0): _read_level(each) for each in levels}


def _read_level(element: Element) -> ListLevel:
    form, width = _number_form(element)
    restart = value(element, "lvlRestart")
    return ListLevel(
        number(value(element, "start"), 0),
        form,
        width,
        value(element, "lvlText")[:MOST_LABEL],
        value(element, "suff", "tab").lower(),
        number(restart, 0) if restart else None,
        bool(is_on(element.find(f"{W}isLgl"))),
        bool(is_on(element.find(f"{W}rPr/{W}vanish"))),
        value(element, "pStyle"),
    )


def _number_form(level: Element) -> tuple[str, int]:
    """The number format of a level; a custom one such as 001, 002 is figures of a width."""
    alternate = level.find(ALTERNATE)
    holder = chosen_branch(alternate) if alternate is not None else level
    form = holder.find(f"{W}numFmt") if holder is not None else None
    if form is None:
        return "decimal", 0
    if form.get(VAL) == "custom":
        first = _CUSTOM_WIDTH.match(form.get(f"{W}format", ""))
        return "decimal", min(len(first[0]), MOST_WIDTH) if first else 0
    return form.get(VAL, "decimal"), 0

"""How deep each heading stands: families of markers nest in the order in which they appear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from casebook.model import LOWEST_LEVEL
from casebook.structure.heading_candidates import BRACKET, FREE, LABEL, PLAIN, Candidate
from casebook.structure.markers import PART, continues

INNER = "free-inner"
"""Free headings under one that has no text of its own."""

NAMED = "named"
"""Unmarked names of roles and 【…】: one family as far as depth goes."""

DEEP, DEEP_ROWS = 3, 2
"""Headings that stand right on one another at most, and how often the longest rows come at least
for a write-up to be that deep."""

_OPENING = ("背景", "引言", "导语", "前言", "动因", "缘起", "概述", "简介", "概况", "基本情况")
_HOLDS_PARTS = ("practice", "problem", "cause", "outcome", "lesson", "suggestion")
_OUTERMOST = ("division", "chapter", "han")


def find_levels(headings: Sequence[Candidate], with_text: Sequence[bool]) -> list[int]:
    """The level of each heading (2 for a section); none is skipped.

    `with_text` says for each heading whether a text stands directly under it.
    """
    if rows := _deep_rows(headings, with_text):
        return _levels_of_rows(headings, rows)
    walk = _Walk(headings, with_text)
    return [walk.level(index) for index in range(len(headings))]


def _deep_rows(headings: Sequence[Candidate], with_text: Sequence[bool]) -> list[range]:
    """The rows of headings that stand right on one another, where unmarked ones nest.

    A row ends with the heading that has a text. [] where a marker counts, where headings nest more
    than DEEP deep, or where fewer than DEEP_ROWS rows are that deep.
    """
    if any(_family(heading) not in (NAMED, FREE, PART) for heading in headings):
        return []
    rows, start = [], 0
    for index, text in enumerate(with_text):
        if text or index + 1 == len(headings):
            rows.append(range(start, index + 1))
            start = index + 1
    deepest = max(map(len, rows), default=0)
    return (
        rows if 2 <= deepest <= DEEP and sum(len(r) == deepest for r in rows) >= DEEP_ROWS else []
    )


def _levels_of_rows(headings: Sequence[Candidate], rows: Sequence[range]) -> list[int]:
    """Each row ends at the deepest level; cases and what opens or closes the write-up do not.

    Two deep, neither does the name of a role alone that is not the open section's: 传播效果.
    """
    levels: list[int] = []
    deepest = max(map(len, rows))
    names = Counter(_name(heading) for heading in headings)
    open_role = ""
    for row in rows:
        first, last = headings[row.start], headings[row.stop - 1]
        at_edge = row.start == 0 or row.stop == len(headings)
        new = len(row) < deepest == 2 and first.role != open_role and names[_name(first)] == 1
        if (at_edge or new) and _family(first) == NAMED:
            level = 2
        else:
            level = deepest + 2 - len(row) - (last.family == PART)
        level = min(level, levels[-1] + 1 if levels else 2)
        open_role = first.role if level == 2 else open_role
        levels.extend(level + step for step in range(len(row)))
    return levels


class _Walk:
    """The state of the walk over the headings of one write-up: the open families, outermost first.

    `known` is the level that a family had last, `named` the level of each name of a role, `last`
    the index of the last heading of a family.
    """

    def __init__(self, headings: Sequence[Candidate], with_text: Sequence[bool]) -> None:
        self.headings = headings
        self.with_text = with_text
        self.families = [_family(heading) for heading in headings]
        self.next_of = self._links()
        self.groups = self._groups()
        self.stack: list[str] = []
        self.known: dict[str, int] = {}
        self.named: dict[str, int] = {}
        self.last: dict[str, int] = {}
        self.section = -1

    def level(self, index: int) -> int:
        """The level of the next heading."""
        family = self.families[index]
        self._enter(index)
        level = min(len(self.stack) + 1, LOWEST_LEVEL)
        self.known[family], self.last[family] = level, index
        if family == NAMED and self.stack[-1] == NAMED:
            self.named[_name(self.headings[index])] = level
            self.section = index
        return level

    def _links(self) -> list[int]:
        """For each heading the index of the one that counts on from it, or its own."""
        links = list(range(len(self.headings)))
        last: dict[str, int] = {}
        for index, heading in enumerate(self.headings):
            if not heading.number:
                continue
            before = last.get(heading.family)
            if before is not None and continues(
                heading.number, self.headings[before].number, heading.family
            ):
                links[before] = index
            last[heading.family] = index
        return links

    def _groups(self) -> list[int]:
        """For each free heading how many free ones stand in a row with it."""
        sizes = [0] * len(self.headings)
        start = 0
        for index in range(len(self.families) + 1):
            if index == len(self.families) or self.families[index] != FREE:
                sizes[start:index] = [index - start] * (index - start)
                start = index + 1
        return sizes

    def _enter(self, index: int) -> None:
        """Bring the open families to where this heading stands."""
        heading, family = self.headings[index], self.families[index]
        if family == NAMED and self._is_part_of_section(index):
            self.stack = [*self.stack[: self.stack.index(NAMED) + 1], FREE]
        elif family == NAMED:
            self._enter_named(index)
        elif family == FREE and INNER in self.stack and not self._holds_free(index):
            del self.stack[self.stack.index(INNER) + 1 :]
        elif family in self.stack and not self._opens_inner(index):
            del self.stack[self.stack.index(family) + 1 :]
        elif family == FREE:
            self._enter_free(index)
        elif heading.number > 1 and family in self.known:
            self.stack = [*self.stack[: self.known[family] - 2], family]
        else:
            self._leave_opening(index)
            self.stack.append(family)

    def _enter_named(self, index: int) -> None:
        """A name of a role stands on top, unless a sequence goes on around it."""
        depth = self.named.get(_name(self.headings[index]), 0)
        around = [family for family in self.stack if self._goes_on(family, index)]
        if depth > 2 and not around:
            around = [family for family in self.stack[: depth - 2] if family != NAMED]
        self.stack = [*around, NAMED]

    def _is_part_of_section(self, index: int) -> bool:
        """Whether a name of the open section's role stands among its parts: 人才不足 in 困难."""
        if NAMED not in self.stack or self.headings[index].family == BRACKET:
            return False
        among = FREE in self.stack or not self.with_text[self.section]
        return among and self.headings[index].role == self.headings[self.section].role

    def _enter_free(self, index: int) -> None:
        """A free heading stands under the one before it, or beside an unmarked one.

        Behind a sequence that begins anew under it, it stands beside the heading of that sequence.
        """
        if self._opens_inner(index):
            self.stack.append(INNER)
            return
        if self._is_on_top(index):
            self.stack = [FREE]
            return
        following = index + self.groups[index]
        if following < len(self.headings) and self.headings[following].number == 1:
            family = self.families[following]
            if family in self.stack and not self._goes_on(family, index):
                del self.stack[self.stack.index(family) :]
                if self.stack and self.stack[-1] in (NAMED, FREE):
                    self.stack.pop()
                self.stack.append(FREE)
                return
        if self.stack and self.stack[-1] == NAMED and not self._is_part(index):
            self.stack.pop()
        self.stack.append(FREE)

    def _opens_inner(self, index: int) -> bool:
        """Whether a free heading is the first under another free one."""
        above = index - 1
        return above >= 0 and self.stack[-1:] == [FREE] and self._holds_free(above)

    def _holds_free(self, index: int) -> bool:
        """Whether a free heading without a text stands right above another."""
        families = self.families[index : index + 2]
        return families == [FREE, FREE] and not self.with_text[index]

    def _is_on_top(self, index: int) -> bool:
        """Whether the outermost headings are unmarked and every open sequence has ended."""
        if not self.stack or self.stack[0] not in (NAMED, FREE) or self.known.get(FREE, 2) > 2:
            return False
        numbered = [family for family in self.stack if family not in (NAMED, FREE)]
        return bool(numbered) and not any(self._goes_on(family, index) for family in numbered)

    def _is_part(self, index: int) -> bool:
        """Whether the free headings that start here are parts of the named one before them."""
        above = index - 1
        if not self.with_text[above]:
            return True
        if self.known.get(FREE) == self.known[NAMED]:
            return False
        return self.groups[index] > 1 and self.headings[above].role in _HOLDS_PARTS

    def _leave_opening(self, index: int) -> None:
        """一、 behind a background with a text of its own is no part of it."""
        above = index - 1
        if self.stack != [NAMED] or self.families[index] not in _OUTERMOST:
            return
        if self.with_text[above] and _name(self.headings[above]).endswith(_OPENING):
            self.stack.clear()

    def _goes_on(self, family: str, index: int) -> bool:
        """Whether the sequence of a family that is open before `index` goes on behind it."""
        last = self.last.get(family)
        return last is not None and self.next_of[last] > index


def _name(heading: Candidate) -> str:
    return heading.text.strip("【】[]〔〕：: ")


def _family(heading: Candidate) -> str:
    """The family as far as depth goes."""
    if heading.family in (PLAIN, BRACKET):
        return NAMED
    if heading.family == LABEL:
        return NAMED if heading.role else FREE
    return heading.family

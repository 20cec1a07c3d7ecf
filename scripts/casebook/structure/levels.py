"""The level of each heading: families of markers nest in the order in which they first occur."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from casebook.model import LOWEST_LEVEL
from casebook.structure.heading_candidates import (
    ANNEX_FAMILY,
    BRACKET_FAMILY,
    FREE_FAMILY,
    Candidate,
)
from casebook.structure.heading_families import (
    NAMED_FAMILY,
    OPENING_ROLES,
    find_frame,
    merge_family,
    strip_name,
)
from casebook.structure.markers import PART_FAMILY, continues

INNER_FAMILY = "free-inner"
"""The family of free headings under a free heading without a text of its own."""

MOST_ROW_HEADINGS, FEWEST_LONGEST_ROWS = 3, 2
"""Most headings in a row, and the number of longest rows from which a write-up is that deep."""

SECTION_NAME_CHARACTERS = 5
"""Characters; a longer heading that ends with the name of a role may be an item: 上游报道分析."""

LIKE_OUTER_POINTS = 2
"""Points by which a heading must be more like the outer ones than like the inner one before it."""

NEAR_CHARACTERS = 2
"""Characters; headings that differ by no more in length are about as long."""

_NO_MARKS = re.compile("[^，：、；？！—]")

_OPENING_NAMES = (
    "背景",
    "引言",
    "导语",
    "前言",
    "动因",
    "缘起",
    "概述",
    "简介",
    "概况",
    "基本情况",
)
_ROLES_WITH_PARTS = ("practice", "problem", "cause", "outcome", "lesson", "suggestion")
_OUTERMOST_FAMILIES = ("division", "chapter", "han")


def find_levels(headings: Sequence[Candidate], with_text: Sequence[bool]) -> list[int]:
    """The level of each heading (2 for a section); no level is skipped.

    `with_text` says for each heading whether a text is directly under it.
    """
    if not find_frame(headings) and (rows := _find_rows(headings, with_text)):
        return _level_rows(headings, rows)
    walk = _LevelWalk(headings, with_text)
    return [walk.enter_level(index) for index in range(len(headings))]


def _find_rows(headings: Sequence[Candidate], with_text: Sequence[bool]) -> list[range]:
    """The rows of unmarked headings, if they nest; each row ends with a heading that has a text.

    [] if any heading has a marker other than that of a part, if a row is longer than
    MOST_ROW_HEADINGS, or if there are fewer than FEWEST_LONGEST_ROWS rows of the longest kind.
    """
    if any(
        merge_family(heading) not in (NAMED_FAMILY, FREE_FAMILY, PART_FAMILY)
        for heading in headings
    ):
        return []
    rows, start = [], 0
    for index, text in enumerate(with_text):
        if text or index + 1 == len(headings):
            rows.append(range(start, index + 1))
            start = index + 1
    deepest = max(map(len, rows), default=0)
    return (
        rows
        if 2 <= deepest <= MOST_ROW_HEADINGS
        and sum(len(r) == deepest for r in rows) >= FEWEST_LONGEST_ROWS
        else []
    )


def _level_rows(headings: Sequence[Candidate], rows: Sequence[range]) -> list[int]:
    """The levels of headings in rows.

    A row is a run of headings in which only the last one has a text. The last one has the deepest
    level, the one before it one level less, and so on. If the longest rows of a write-up have two
    headings, the deepest level is 3:

        主要做法                   level 2
        内容贴近街坊   (text)      level 3    end of a row of two
        形式常换常新   (text)      level 3    a row of one
        传播效果       (text)      level 2    the exception

    The exceptions are rows that begin with a role name. They begin at level 2 if they are the first
    or the last row of the write-up. They also do if the longest rows have two headings, and the
    name occurs once and has another role than the open section. A row that ends with a case
    (案例一) begins one level higher than other rows.
    """
    levels: list[int] = []
    deepest = max(map(len, rows))
    names = Counter(strip_name(heading) for heading in headings)
    open_role = ""
    for row in rows:
        first, last = headings[row.start], headings[row.stop - 1]
        new = len(row) < deepest == 2 and first.role != open_role and names[strip_name(first)] == 1
        at_end = row.stop == len(headings) and names[strip_name(first)] == 1
        if (row.start == 0 or at_end or new) and merge_family(first) == NAMED_FAMILY:
            level = 2
        else:
            level = deepest + 2 - len(row) - (last.family == PART_FAMILY)
        level = min(level, levels[-1] + 1 if levels else 2)
        open_role = first.role if level == 2 else open_role
        levels.extend(level + step for step in range(len(row)))
    return levels


class _LevelWalk:
    """Levels by a walk over the headings of one write-up, with a stack of the open families.

    After each step these hold:

    - `stack`: the families of the headings that this heading is in, outermost first, and its own
      family on top (INNER_FAMILY for a free heading in a free one). Its level is len(stack) + 1.
    - `known`: for each family the level of its last heading, and `last`: the index of that heading.
    - `named`: for each role name the level at which it was last on top of the stack.
    - `section`: the index of the last such role name, or -1.
    - `outer`: the index of the last free heading that is not in another one.

    An example, with the stack after each step:

        1.甲公司案    arabic             level 2
        基本案情      arabic, named      level 3: 2. follows, so 1. still goes on around it
        2.乙公司案    arabic             level 2: a family in the stack closes what is in it
        基本案情      arabic, named      level 3: no number follows, but `named` has its level
    """

    def __init__(self, headings: Sequence[Candidate], with_text: Sequence[bool]) -> None:
        self.headings = headings
        self.with_text = with_text
        self.frame = find_frame(headings)
        self.families = [merge_family(heading) for heading in headings]
        self._promote_framed()
        self._demote_inner_names()
        self.holders = sum(map(self._holds_free, range(len(headings))))
        self.next_of = self._link_sequences()
        self.groups = self._count_groups()
        self.stack: list[str] = []
        self.known: dict[str, int] = {}
        self.named: dict[str, int] = {}
        self.last: dict[str, int] = {}
        self.section = -1
        self.outer = 0

    def enter_level(self, index: int) -> int:
        """Go on to a heading, and return its level. Every index is entered once, in order."""
        family = self.families[index]
        self._enter(index)
        level = min(len(self.stack) + 1, LOWEST_LEVEL)
        self.known[family], self.last[family] = level, index
        if family == NAMED_FAMILY and self.stack[-1] == NAMED_FAMILY:
            self.named[strip_name(self.headings[index])] = level
            self.section = index
        elif self.stack[-1] == FREE_FAMILY:
            self.outer = index
        return level

    def _promote_framed(self) -> None:
        """Make short free headings of the frame names: 平台建设 beside 平台成效."""
        for index, family in enumerate(self.families):
            if family == FREE_FAMILY and self._is_framed(index):
                self.families[index] = NAMED_FAMILY

    def _demote_inner_names(self) -> None:
        """Make names free headings that are inside a section: long ones and ones within a frame.

        A long one stands between free headings (对素质教育的思考). One within a frame has a role
        that the frame has already, or is right under a heading without a text, which owns it and
        the names right after it, or is long and holds headings itself in a section of the frame.
        """
        if not self.frame:
            self._demote_named_parts()
        holders = any(map(self._holds_free, range(len(self.headings))))
        roles = {h.role for h in self.headings if strip_name(h) in self.frame}
        owned = holds = False
        for index, heading in enumerate(self.headings):
            if self.families[index] != NAMED_FAMILY or self._is_framed(index):
                owned = False
                holds = heading.role in _ROLES_WITH_PARTS if self._is_framed(index) else holds
                continue
            long = len(heading.text) > SECTION_NAME_CHARACTERS
            holds_free = self.families[index + 1 : index + 2] == [FREE_FAMILY]
            if long and holders and holds_free and not self.with_text[index]:
                self.families[index] = FREE_FAMILY  # next to other headings that hold free ones
                continue
            between = self.families[index - 1 : index + 2 : 2] == [FREE_FAMILY, FREE_FAMILY]
            inner = long and between and self.with_text[index] and not heading.text[0].isdecimal()
            if self.frame:
                owned = owned or (index > 0 and not self.with_text[index - 1])
                opens = holds and long and not self.with_text[index]
                inner = inner or owned or opens or heading.role in roles
            if inner:
                self.families[index] = FREE_FAMILY

    def _demote_named_parts(self) -> None:
        """Make names free headings that are right under a free heading without a text.

        The first one has an opening role that was named before. A lesson at the end is outside.
        """
        seen: set[str] = set()
        owned = False
        for index, heading in enumerate(self.headings):
            family = self.families[index]
            if family != NAMED_FAMILY:
                owned = False
                continue
            above = index > 0 and self.families[index - 1] == FREE_FAMILY
            opens = above and not self.with_text[index - 1] and heading.role in OPENING_ROLES
            closes = heading.role == "lesson" and index + 1 == len(self.headings)
            owned = (owned or (opens and heading.role in seen)) and not closes
            if owned:
                self.families[index] = FREE_FAMILY
            seen.add(heading.role)

    def _is_framed(self, index: int) -> bool:
        return strip_name(self.headings[index]) in self.frame

    def _link_sequences(self) -> list[int]:
        """For each heading the index of the one that continues its numbers, or its own."""
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

    def _count_groups(self) -> list[int]:
        """For each free heading the number of free headings in a row with it; 0 for all others."""
        sizes = [0] * len(self.headings)
        start = 0
        for index in range(len(self.families) + 1):
            if index == len(self.families) or self.families[index] != FREE_FAMILY:
                sizes[start:index] = [index - start] * (index - start)
                start = index + 1
        return sizes

    def _enter(self, index: int) -> None:
        """Update the stack for a heading."""
        heading, family = self.headings[index], self.families[index]
        if family == ANNEX_FAMILY:
            self.stack = [family]
            self.known.clear()
        elif family == NAMED_FAMILY and self._is_part_of_section(index):
            self.families[index] = FREE_FAMILY
            self.holders += self._holds_free(index) + (index > 0 and self._holds_free(index - 1))
            self._enter(index)
        elif family == NAMED_FAMILY:
            self._enter_named(index)
        elif family == FREE_FAMILY and INNER_FAMILY in self.stack and self._stays_inner(index):
            del self.stack[self.stack.index(INNER_FAMILY) + 1 :]
        elif family in self.stack and not self._opens_inner(index):
            del self.stack[self.stack.index(family) + 1 :]
        elif family == FREE_FAMILY:
            self._enter_free(index)
        elif heading.number > 1 and family in self.known:
            self.stack = [*self.stack[: self.known[family] - 2], family]
        else:
            self._leave_opening(index)
            self.stack.append(family)

    def _enter_named(self, index: int) -> None:
        """Update the stack for a role name: outermost, unless a sequence goes on around it."""
        depth = self.named.get(strip_name(self.headings[index]), 0)
        around = [family for family in self.stack if self._goes_on(family, index)]
        if depth > 2 and not around:
            around = [family for family in self.stack[: depth - 2] if family != NAMED_FAMILY]
        self.stack = [*around, NAMED_FAMILY]

    def _is_part_of_section(self, index: int) -> bool:
        """Whether a name with the role of the open section is among its parts: 人才不足 in 困难."""
        if NAMED_FAMILY not in self.stack or self._is_framed(index):
            return False
        if self.headings[index].family == BRACKET_FAMILY:
            return False
        below = self.headings[index + 1 : index + 2]
        if below and below[0].number == 1 and below[0].family in self.stack:
            return False  # its numbers start again under it, as they did under the section
        among = FREE_FAMILY in self.stack or not self.with_text[self.section]
        return among and self.headings[index].role == self.headings[self.section].role

    def _enter_free(self, index: int) -> None:
        """Update the stack for a free heading: under the one before, or next to an unmarked one.

        If a sequence starts again at 1 under it, it is next to the heading of that sequence.
        """
        if self._opens_inner(index):
            self.stack.append(INNER_FAMILY)
            return
        if self._is_on_top(index):
            self.stack = [FREE_FAMILY]
            return
        following = index + self.groups[index]
        if following < len(self.headings) and self.headings[following].number == 1:
            family = self.families[following]
            if family in self.stack and not self._goes_on(family, index):
                del self.stack[self.stack.index(family) :]
                if self.stack and self.stack[-1] in (NAMED_FAMILY, FREE_FAMILY):
                    self.stack.pop()
                self.stack.append(FREE_FAMILY)
                return
        if self.stack and self.stack[-1] == NAMED_FAMILY and not self._is_part(index):
            self.stack.pop()
        self.stack.append(FREE_FAMILY)

    def _opens_inner(self, index: int) -> bool:
        """Whether a free heading is the first under another free one."""
        above = index - 1
        return above >= 0 and self.stack[-1:] == [FREE_FAMILY] and self._holds_free(above)

    def _stays_inner(self, index: int) -> bool:
        """Whether a free heading is next to an inner one, not next to the one that holds it.

        Where several headings hold others, one that holds none is an inner one.
        """
        if self._holds_free(index) or self.holders > 1:
            return not self._holds_free(index)
        text, outer = self.headings[index].text, self.headings[self.outer].text
        inner = (self.headings[place].text for place in (self.outer + 1, index - 1))
        most = max(_count_likeness(text, other) for other in inner)
        return _count_likeness(text, outer) < most + LIKE_OUTER_POINTS

    def _holds_free(self, index: int) -> bool:
        """Whether a free heading without a text is right above another."""
        families = self.families[index : index + 2]
        return families == [FREE_FAMILY, FREE_FAMILY] and not self.with_text[index]

    def _is_on_top(self, index: int) -> bool:
        """Whether a free heading is outermost: others are, and all open sequences have ended."""
        if (
            not self.stack
            or self.stack[0] not in (NAMED_FAMILY, FREE_FAMILY)
            or self.known.get(FREE_FAMILY, 2) > 2
        ):
            return False
        numbered = [family for family in self.stack if family not in (NAMED_FAMILY, FREE_FAMILY)]
        return bool(numbered) and not any(self._goes_on(family, index) for family in numbered)

    def _is_part(self, index: int) -> bool:
        """Whether the free headings that start here are parts of the role name before them."""
        above = index - 1
        if not self.with_text[above]:
            return True
        if self.known.get(FREE_FAMILY) == self.known[NAMED_FAMILY]:
            return False
        return (self.groups[index] > 1 or bool(self.frame)) and self.headings[above].role in (
            "",
            *_ROLES_WITH_PARTS,
        )

    def _leave_opening(self, index: int) -> None:
        """Close a background with a text of its own before 一、, which is no part of it."""
        above = index - 1
        if self.stack != [NAMED_FAMILY] or self.families[index] not in _OUTERMOST_FAMILIES:
            return
        if self.with_text[above] and strip_name(self.headings[above]).endswith(_OPENING_NAMES):
            self.stack.clear()

    def _goes_on(self, family: str, index: int) -> bool:
        """Whether the sequence of an open family has a further number after `index`."""
        last = self.last.get(family)
        return last is not None and self.next_of[last] > index


def _count_likeness(one: str, other: str) -> int:
    """Points for two headings of one wording: equal marks, the same end, about the same length."""
    marks = _NO_MARKS.sub("", one) == _NO_MARKS.sub("", other)
    return (
        2 * marks + 2 * (one[-2:] == other[-2:]) + (abs(len(one) - len(other)) <= NEAR_CHARACTERS)
    )

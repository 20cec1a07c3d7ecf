"""What stands before and after a value: its label, its unit, the head of its column."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from casebook.checks.private import private_words

_LONGEST_ROW = 2000
"""Characters of a row whose cells are counted."""

_LONGEST_LABEL_LINE = 15
"""Characters of a line that can be the label of the line below it."""

_LONGEST_FIELD = 16
_FIELD = re.compile(r"[A-Za-z_]=$|(?<!\w)ID ?[:=] ?$", re.I)

_AFTER = 12

_TABLES = re.compile(r"(?:^[ ]*\|[^\n]*(?:\n|\Z)){2,}|(?:^[^\n\t]*\t[^\n]*(?:\n|\Z)){2,}", re.M)

_BETWEEN_VALUES = re.compile(r"[、,/;或和及 ]{1,3}")


class Surroundings:
    """Looks around values of a folded text; `text` is the whole of it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def has_label(self, kind: str, start: int) -> bool:
        """Whether a label of a kind stands right before `start`, or heads its column."""
        pattern = private_words.label_pattern(kind)
        return any(map(pattern.search, self._zones(start)))

    def is_field(self, start: int) -> bool:
        """Whether a value at `start` belongs to a field of a web address or of a record."""
        return bool(_FIELD.search(self.text, max(0, start - _LONGEST_FIELD), start))

    def names_thing(self, start: int) -> bool:
        """Whether the number at `start` is that of a contract, a file, a device or the like."""
        return any(map(private_words.thing_pattern().search, self._zones(start)))

    def is_amount(self, start: int, end: int) -> bool:
        """Whether a unit follows a number, or the word for an amount comes before it."""
        if private_words.unit_pattern().match(self.text, end, end + _AFTER):
            return True
        return any(map(private_words.amount_pattern().search, self._zones(start)))

    def continues_list(self, end_before: int, start: int) -> bool:
        """Whether only a mark divides a value from one that ended before it, as in a list."""
        return 0 < end_before < start <= end_before + 3 and bool(
            _BETWEEN_VALUES.fullmatch(self.text, end_before, start)
        )

    def _zones(self, start: int) -> tuple[str, ...]:
        zone = self.text[max(0, start - private_words.LONGEST_LABEL_ZONE) : start]
        above, feed, zone = zone.rpartition("\n")
        zones = (zone,)
        if feed and not zone.strip():
            above = above.rpartition("\n")[2]
            zones = (above,) if len(above) <= _LONGEST_LABEL_LINE else zones
        head = self._column_head(start)
        return (*zones, head) if head else zones

    def _column_head(self, start: int) -> str:
        """The first row's cell above a place in a table, or ''."""
        spans = self._tables
        number = bisect_right(spans, (start, len(self.text) + 1)) - 1
        if number < 0 or start >= spans[number][1]:
            return ""
        head_start = spans[number][0]
        line = self.text.rfind("\n", max(head_start, start - _LONGEST_ROW), start) + 1
        if not line:
            return ""
        head = self.text[head_start : head_start + _LONGEST_ROW].partition("\n")[0]
        divider = "|" if head.lstrip().startswith("|") else "\t"
        cells = head.split(divider)
        column = self.text.count(divider, line, start)
        return cells[column].strip() if column < len(cells) else ""

    @cached_property
    def _tables(self) -> list[tuple[int, int]]:
        return [found.span() for found in _TABLES.finditer(self.text)]

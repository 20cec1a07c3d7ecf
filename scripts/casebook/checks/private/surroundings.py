"""What stands before and after a value: its label, its unit, the head of its column."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from casebook.checks.private import private_words

_LONGEST_ZONE = 40
"""Characters before a value in which its label is looked for."""

_LONGEST_ROW = 2000
"""Characters of a row whose cells are counted."""

_LONGEST_LABEL_LINE = 15
"""Characters of a line that can be the label of the line below it."""

_TABLES = re.compile(r"(?:^[ ]*\|[^\n]*(?:\n|\Z)){2,}|(?:^[^\n\t]*\t[^\n]*(?:\n|\Z)){2,}", re.M)
_FIELD = re.compile(r"=[A-Za-z_]| ?[:=] ?DI(?!\w)", re.I)
_BETWEEN_VALUES = re.compile(r"[、,/;或和及 ]{1,3}")


class Surroundings:
    """Looks around values of a folded text; `text` is the whole of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._mentioned: dict[str, bool] = {}
        self._zones_at: tuple[int, tuple[str, ...]] = (-1, ())

    def has_label(self, kind: str, start: int) -> bool:
        """Whether a label of a kind stands right before `start`, or heads its column."""
        if kind not in self._mentioned:
            labels = private_words.list_labels(kind)
            self._mentioned[kind] = any(map(self._compact.__contains__, labels))
        return self._mentioned[kind] and self._is_preceded(private_words.label_pattern(kind), start)

    def is_public_line(self, start: int) -> bool:
        """Whether the number at `start` is a hotline or a switchboard."""
        return self._is_preceded(private_words.public_line_pattern(), start)

    def names_thing(self, start: int) -> bool:
        """Whether the number at `start` is that of a contract, a file, a device or the like."""
        return self._is_preceded(private_words.thing_pattern(), start)

    def is_field(self, start: int) -> bool:
        """Whether a value at `start` belongs to a field of a web address or of a record."""
        return self._is_preceded(_FIELD, start)

    def is_amount(self, start: int, end: int) -> bool:
        """Whether a unit follows a number, or the word for an amount comes before it."""
        if private_words.unit_pattern().match(self.text, end):
            return True
        return self._is_preceded(private_words.amount_pattern(), start)

    def continues_list(self, end_before: int, start: int) -> bool:
        """Whether only a mark divides a value from one that ended before it, as in a list."""
        return 0 < end_before < start <= end_before + 3 and bool(
            _BETWEEN_VALUES.fullmatch(self.text, end_before, start)
        )

    def _is_preceded(self, backwards: re.Pattern[str], start: int) -> bool:
        return any(map(backwards.match, self._read_zones(start)))

    def _read_zones(self, start: int) -> tuple[str, ...]:
        """What precedes a place in its line, and the head of its column, both backwards."""
        if self._zones_at[0] != start:
            self._zones_at = start, tuple(zone[::-1] for zone in self._find_zones(start))
        return self._zones_at[1]

    def _find_zones(self, start: int) -> tuple[str, ...]:
        above, feed, zone = self.text[max(0, start - _LONGEST_ZONE) : start].rpartition("\n")
        head = self._find_column_head(start)
        if head:
            return zone, head
        if feed and not zone.strip():
            above = above.rpartition("\n")[2]
            return (above,) if len(above) <= _LONGEST_LABEL_LINE else ()
        return (zone,)

    def _find_column_head(self, start: int) -> str:
        """The first row's cell above a place in a table, or ''."""
        number = bisect_right(self._tables, (start, len(self.text) + 1)) - 1
        if number < 0 or start >= self._tables[number][1]:
            return ""
        head_start = self._tables[number][0]
        line = self.text.rfind("\n", max(head_start, start - _LONGEST_ROW), start) + 1
        if not line:
            return ""
        head = self.text[head_start : head_start + _LONGEST_ROW].partition("\n")[0]
        divider = "|" if head.lstrip().startswith("|") else "\t"
        cells = head.split(divider)
        column = self.text.count(divider, line, start)
        return cells[column].strip() if column < len(cells) else ""

    @cached_property
    def _compact(self) -> str:
        return self.text.lower().replace(" ", "")

    @cached_property
    def _tables(self) -> list[tuple[int, int]]:
        if "|" not in self.text and "\t" not in self.text:
            return []
        return [found.span() for found in _TABLES.finditer(self.text)]

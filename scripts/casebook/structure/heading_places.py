"""The places of candidates for headings: what is above, beside and below each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from casebook.structure.heading_candidates import (
    ANNEX_FAMILY,
    BRACKET_FAMILY,
    FREE_FAMILY,
    PLAIN_FAMILY,
    Candidate,
)
from casebook.structure.heading_families import OPENING_ROLES, find_frame
from casebook.structure.lines import is_byline, is_honor, is_organ, is_outside_text
from casebook.structure.paragraphs import Paragraph
from casebook.text.sentence_ends import HALF_WIDTH_ENDS, LINE_ENDS, SENTENCE_ENDS, STATEMENT_ENDS

SHORT_CHARACTERS = 24
"""Characters up to which a heading is short.

On the golden write-ups 30 loses 4 headings and lets 2 false ones through; 20 changes nothing.
"""

CLAUSE_CHARACTERS = 16
"""Characters; a longer line with a comma may be the text under a heading itself."""

CLOSED_CHARACTERS = 36
"""Characters; a longer line is a text of its own, even without a final mark."""

LIST_LINES = 3
"""Unmarked lines in a row that make a list; with 2, 8 golden headings are lost."""

FEWEST_CLOSED = 3
"""Paragraphs that must all end with a mark before a line without one stands out."""

FEWEST_STACKS = 2
"""Places with two unmarked lines in a row above a text, from which headings nest.

With 1, 10 false headings are found in the golden write-ups.
"""

_CLOSED = re.compile(rf"[{LINE_ENDS}{HALF_WIDTH_ENDS}’》.:)]$")
_SENTENCE_END = re.compile(f"[{SENTENCE_ENDS}]")
_ENUMERATES = re.compile("[/／；|].*[/／；|]")
BOOK_TITLE = re.compile(r"《[^《》]+》(?:[（(][^（）()]*[）)])?$")


class HeadingPlaces:
    """The places of the candidates in one write-up, found in time linear in its paragraphs.

    `stack` is described at `_measure_stacks`, `rows` at `_find_rows`. `nests` says that unmarked
    headings are above others, and `frame` holds the names of the outermost sections, if their
    wording shows them. `clauses` is the number of long lines with a comma, each alone above a text.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], candidates: Sequence[Candidate]) -> None:
        self.paragraphs = paragraphs
        self.at = {candidate.index: candidate for candidate in candidates}
        self.texts = Counter(candidate.text for candidate in candidates)
        self.first_text = next(
            (index for index, p in enumerate(paragraphs) if _SENTENCE_END.search(p.text)),
            len(paragraphs),
        )
        self.frame = find_frame(candidates)
        self.first_of_role = {c.role: c.index for c in reversed(candidates)}
        self.stack = self._measure_stacks()
        self.rows = self._find_rows()
        tops = {row for row in self.rows if len(row) == 2 and self._opens_a_text(row)}
        self.nests = len(tops) >= FEWEST_STACKS
        self.clauses = sum(self._has_clauses(candidate) for candidate in candidates)
        self.closes_every_text = self._closes_every_text()
        first = next((c for c in candidates if c.number or c.role), None)
        self.first_section = first.index if first else len(paragraphs)
        self.brackets = [c.index for c in candidates if c.family == BRACKET_FAMILY and not c.run_in]
        self.ones = Counter(c.family for c in candidates if c.number == 1)
        self.restarts = first is not None and self.ones[first.family] > 1
        self.counts = first is not None and first.number == 1
        self.free_above = sum(
            c.family == FREE_FAMILY and self.stack[c.index + 1] == 1
            for c in candidates
            if c.index < self.first_section
        )

    def _measure_stacks(self) -> list[int]:
        """For each paragraph the number of lines from here to the next text, that text included.

        1 for a text, 2 for a candidate right above one, 3 for one above that, and 0 for candidates
        without a text under them. Lines outside the text do not count. The last item is 0.
        """
        depth = [0] * (len(self.paragraphs) + 1)
        last = len(self.paragraphs) - 1
        annexed = any(c.family == ANNEX_FAMILY for c in self.at.values())
        for index in range(len(self.paragraphs) - 1, -1, -1):
            candidate = self.at.get(index)
            if candidate is None and is_outside_text(self.paragraphs[index].text):
                depth[index] = depth[index + 1]
            elif candidate is None or self._is_text(candidate) or (annexed and index == last):
                depth[index] = 1  # a list is the text of an annex
            else:
                depth[index] = depth[index + 1] + 1 if depth[index + 1] else 0
        return depth

    def _measure_below(self, candidate: Candidate) -> int:
        """The stack below a candidate; 0 for a free line above a number that goes on: 三、体会."""
        row = self.rows[candidate.index]
        following = self.at.get(row.stop) if row else None
        goes_on = following is not None and following.number > 1
        return 0 if goes_on else self.stack[candidate.index + 1]

    def _is_text(self, candidate: Candidate) -> bool:
        """Whether a candidate is or has a text itself, even if it is a heading."""
        text = candidate.text
        long = not BOOK_TITLE.match(text) and len(text) > (
            CLAUSE_CHARACTERS if "，" in text else SHORT_CHARACTERS
        )
        enumerates = candidate.family == FREE_FAMILY and bool(_ENUMERATES.search(text))
        return candidate.run_in or text[-1] in STATEMENT_ENDS or long or enumerates

    def _find_rows(self) -> list[range]:
        """For each paragraph the row of short free lines that it is in; empty for all others."""
        rows = [range(0)] * len(self.paragraphs)
        start = 0
        for index in range(len(self.paragraphs) + 1):
            candidate = self.at.get(index)
            if (
                candidate is None
                or candidate.family != FREE_FAMILY
                or len(candidate.text) > SHORT_CHARACTERS
            ):
                rows[start:index] = [range(start, index)] * (index - start)
                start = index + 1
        return rows

    def _is_in_list(self, row: range) -> bool:
        return len(row) >= LIST_LINES and not self._is_nested(row)

    def _opens_a_text(self, row: range) -> bool:
        """Whether a row is right above a text, and none of its lines is a text itself."""
        return bool(self.stack[row.stop]) and not any(self._is_text(self.at[n]) for n in row)

    def _is_nested(self, row: range) -> bool:
        """Whether a row of three is a section, its first part and the first item of that part.

        Only if rows of two lines are above texts elsewhere; without such rows they are a list.
        """
        return self.nests and len(row) == LIST_LINES and self._opens_a_text(row)

    def _holds_nothing(self, candidate: Candidate) -> bool:
        """Whether an unmarked line is right above a role name that occurs only once.

        Then it is a subtitle or a caption, unless headings nest in this write-up.
        """
        row = self.rows[candidate.index]
        if row and row.start and (self.nests or self._may_hold_names(candidate)):
            return False
        following = self.at.get(row.stop if row else candidate.index + 1)
        if following is None or following.family != PLAIN_FAMILY or self.texts[following.text] > 1:
            return False
        return candidate.family == FREE_FAMILY or (
            candidate.family == PLAIN_FAMILY and candidate.index == 0
        )

    def _may_hold_names(self, candidate: Candidate) -> bool:
        """Whether a free line may be a section with named parts.

        The name below it has a role that was named before. It is none of the frame; without a
        frame its role is one that a write-up opens with.
        """
        row = self.rows[candidate.index]
        below = self.at.get(row.stop)
        if len(row) > 1 or below is None or below.text in self.frame:
            return False
        again = self.first_of_role[below.role] < candidate.index
        begins = bool(self.frame) or below.role in OPENING_ROLES
        return again and begins and self._follows_a_close(candidate.index)

    def _is_above_all(self, candidate: Candidate) -> bool:
        """Whether a free line is above the first text and the first section: a subtitle, a paper.

        Not if it is right above a text and others like it come before the first section, nor if
        headings nest in this write-up or the numbers of the first section start again.
        """
        if candidate.family != FREE_FAMILY or candidate.index >= min(
            self.first_text, self.first_section
        ):
            return False
        right_above = self.restarts and candidate.index == self.first_section - 1
        return not (self.nests or right_above or self._opens_sections(candidate))

    def _is_signed(self, candidate: Candidate) -> bool:
        """Whether an unmarked line is the end of a title above its author, or signs the text."""
        if candidate.family not in (FREE_FAMILY, PLAIN_FAMILY) or candidate.run_in:
            return False
        below = self.paragraphs[candidate.index + 1 : candidate.index + 2]
        if candidate.index < self.first_text:
            return bool(below) and candidate.index > 0 and is_byline(below[0].text)
        return bool(below) and is_outside_text(below[0].text) and is_organ(candidate.text)

    def _is_gist(self, candidate: Candidate) -> bool:
        """Whether a label with its text (裁判要旨：…) is above all sections, in brackets."""
        sections = self.brackets
        return candidate.run_in and len(sections) > 1 and candidate.index < sections[0]

    def _opens_sections(self, candidate: Candidate) -> bool:
        """Whether a line above the first text may be a section in words of its own."""
        return self.stack[candidate.index + 1] == 1 and (not self.counts or self.free_above > 1)

    def _follows_a_close(self, index: int) -> bool:
        before = index - 1
        while before >= 0 and before not in self.at and self._is_outside(before):
            before -= 1
        return before < 0 or before in self.at or _is_closed(self.paragraphs[before].text)

    def _is_outside(self, index: int) -> bool:
        return is_outside_text(self.paragraphs[index].text)

    def _is_listed(self, index: int) -> bool:
        """Whether a row of lines follows a colon: 荣誉如下： opens a list."""
        row = self.rows[index]
        return len(row) > 1 and row.start > 0 and self.paragraphs[row.start - 1].text[-1] in "：:"

    def _has_clauses(self, candidate: Candidate) -> bool:
        """Whether a candidate is alone above a text and very long, or long and with a comma."""
        return (
            candidate.family == FREE_FAMILY
            and ("，" in candidate.text or len(candidate.text) > CLOSED_CHARACTERS)
            and len(candidate.text) > CLAUSE_CHARACTERS
            and candidate.text[-1] not in STATEMENT_ENDS
            and self._follows_a_close(candidate.index)
            and len(self.paragraphs[candidate.index + 1 : candidate.index + 2]) == 1
            and len(self.paragraphs[candidate.index + 1].text) > len(candidate.text)
            and candidate.index + 1 not in self.at
        )

    def _closes_every_text(self) -> bool:
        """Whether each paragraph ends like one: then a line that does not is a heading."""
        texts = [p for n, p in enumerate(self.paragraphs) if n not in self.at and not p.is_row]
        ends = [_CLOSED.search(p.text) for p in texts if not is_outside_text(p.text)]
        return len(ends) >= FEWEST_CLOSED and all(ends)


def _is_closed(text: str) -> bool:
    """Whether a text is over at its end, so that a heading may follow."""
    return len(text) > CLOSED_CHARACTERS or bool(_CLOSED.search(text)) or is_honor(text)
